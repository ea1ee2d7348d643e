#:sdk Microsoft.NET.Sdk.Web
#:package FedNotebook@0.1.0
#:property ManagePackageVersionsCentrally=false

// Federated training as an ordinary program. Once ./fednb has built the package: dotnet run quickstart.cs
// (The Web SDK above brings the framework that a dependency of the notebook package belongs to; nothing here is a web server.)
using FedNotebook;
using TorchSharp;
using static TorchSharp.torch;

// Two hospitals have 500 patients each: four measurements, and whether they fell ill. A third group of 200 is ours, to test with.
torch.manual_seed(1);
var cause = torch.tensor(new float[] { 2, -1, 0.5f, 1 });
BaseDataset Patients(int count)
{
    var measurements = torch.randn(count, 4);
    return sy.BaseDataset(measurements, (measurements.matmul(cause) + 0.3 * torch.randn(count) > 0).to(ScalarType.Int64));
}

var patients = Patients(1000).federate(sy.VirtualWorker("north-hospital"), sy.VirtualWorker("south-hospital"));
var loader = sy.FederatedDataLoader(patients, batch_size: 20, shuffle: true, num_iterators: 2);
var test = Patients(200);

var model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2));
var optimizer = optim.SGD(model.parameters(), 0.1);
const int Epochs = 3;
var plot = new LossPlot("Who falls ill? Learnt at two hospitals", total: Epochs * loader.Count);

for (var epoch = 1; epoch <= Epochs; epoch++)
{
    foreach (var (data, target) in loader)              // pointers: the patients stay in their hospital
    {
        model.send(data.location);                      // the model goes there,
        optimizer.zero_grad();
        var loss = F.cross_entropy(model.forward(data), target);
        loss.backward();
        optimizer.step();
        model.get();                                    // and comes home
        plot.Add(loss.get().item<float>(), worker: data.location.id);
    }

    var accuracy = model.forward(test.data).argmax(1).eq(test.targets).to(ScalarType.Float32).mean().item<float>();
    plot.Round(accuracy);
    Console.WriteLine($"Epoch {epoch} of {Epochs}: {accuracy:P0} of the test patients are told right.");
}

plot.SaveHtml("loss.html");
Console.WriteLine($"The plot is in {Path.GetFullPath("loss.html")}: open it in a browser.");
