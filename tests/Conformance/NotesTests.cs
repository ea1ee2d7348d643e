using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

/// <summary>The learning notes, line by line, in C#. The comment above each line is the notes' Python.</summary>
public class NotesTests
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Fact]
    public void Workers_and_grid()
    {
        // hook = sy.TorchHook(torch)
        var hook = sy.TorchHook();
        // bob = sy.VirtualWorker(hook, id="bob")
        var bob = sy.VirtualWorker(hook, id: Some.Worker("bob").id);
        var workers = new[] { bob, alice };
        // x = torch.tensor([1,2,3,4,5]); x.send(bob)
        var (x, y) = (torch.tensor(new long[] { 1, 2, 3, 4, 5 }).tag("#boston"), torch.tensor(new long[] { 1, 1, 1, 1, 1 }));
        var (x_ptr, y_ptr) = (x.send(bob), y.send(bob));
        // bob._objects
        Assert.Equal($"{{{x.id}: tensor([1, 2, 3, 4, 5]), {y.id}: tensor([1, 1, 1, 1, 1])}}", bob._objects.ToString());
        // grid = sy.PrivateGridNetwork(*workers)
        var grid = sy.PrivateGridNetwork(workers);
        // results = grid.search("#boston")
        var results = grid.search("#boston");
        Assert.Equal([bob.id], results.Keys);
        Assert.Equal(x.id, results[bob.id][0].id_at_location);
        GC.KeepAlive((x_ptr, y_ptr));
    }

    [Fact]
    public void Tensors_and_pointers()
    {
        // x = torch.tensor([1,2,3,4,5], requires_grad=True)
        Assert.True(torch.tensor(new[] { 1f, 2, 3, 4, 5 }, requires_grad: true).requires_grad);
        // z = torch.tensor([1,2,3,4,5]).tag("#fun", "#mnist",).describe("The images in the MNIST training dataset.")
        var z = torch.tensor(new long[] { 1, 2, 3, 4, 5 }).tag("#fun", "#mnist").describe("The images in the MNIST training dataset.");
        // z.tags, z.description
        Assert.Equal(["#fun", "#mnist"], z.tags);
        Assert.Equal("The images in the MNIST training dataset.", z.description);
        // x_ptr = x.send(bob)
        var x_ptr = z.send(bob);
        // z = x_ptr + x_ptr
        var sum = x_ptr + x_ptr;
        // x_ptr.location
        Assert.Equal($"<VirtualWorker id:{bob.id} #objects:2>", x_ptr.location.ToString());
        Assert.Equal([2L, 4, 6, 8, 10], Some.Longs(sum.get()));
    }

    [Fact]
    public void Pointers_to_pointers()
    {
        // x = torch.tensor([1,2,3,4]); x_ptr = x.send(bob); pointer_to_x_ptr = x_ptr.send(alice)
        var x = torch.tensor(new long[] { 1, 2, 3, 4 });
        var x_ptr = x.send(bob);
        var pointer_to_x_ptr = x_ptr.send(alice);
        Assert.Equal((1, 1), (bob.objects_count, alice.objects_count));
        // x.get().get()
        Assert.Equal([1L, 2, 3, 4], Some.Longs(pointer_to_x_ptr.get().get()));
        Assert.Equal((0, 0), (bob.objects_count, alice.objects_count));
    }

    [Fact]
    public void Moving()
    {
        // x = torch.tensor([1,2,3,4,5]).send(bob)
        var x = torch.tensor(new long[] { 1, 2, 3, 4, 5 }).send(bob);
        Assert.Equal("{}", alice._objects.ToString());
        // x = x.move(alice)
        x = x.move(alice);
        Assert.Equal("{}", bob._objects.ToString());
        Assert.Equal($"{{{x.id_at_location}: tensor([1, 2, 3, 4, 5])}}", alice._objects.ToString());
    }

    /// <summary>Expected: the same SGD in numbers, worked out for the weights .5, -.5 and the bias .1.</summary>
    [Fact]
    public void L04_the_first_template_learns_the_toy_data_set()
    {
        // data = torch.tensor([[0,0],[0,1],[1,0],[1,1.]], requires_grad=True)
        var data = torch.tensor(new[,] { { 0f, 0f }, { 0f, 1f }, { 1f, 0f }, { 1f, 1f } }, requires_grad: true);
        // target = torch.tensor([[0],[0],[1],[1.]], requires_grad=True)
        var target = torch.tensor(new[,] { { 0f }, { 0f }, { 1f }, { 1f } }, requires_grad: true);
        // data_bob = data_bob.send(bob) ...
        var (data_bob, target_bob) = (data[..2].send(bob), target[..2].send(bob));
        var (data_alice, target_alice) = (data[2..].send(alice), target[2..].send(alice));
        // datasets = [(data_bob,target_bob),(data_alice,target_alice)]
        var datasets = new[] { (data_bob, target_bob), (data_alice, target_alice) };
        // model = nn.Linear(2,1)
        var model = Some.Linear();
        // opt = optim.SGD(params=model.parameters(), lr=0.1)
        var opt = optim.SGD(model.parameters(), 0.1);
        var losses = new List<float>();
        for (var iter = 0; iter < 10; iter++)
            // for data,target in datasets:
            foreach (var (x, y) in datasets)
            {
                // model.send(data.location)
                model.send(x.location);
                // opt.zero_grad()
                opt.zero_grad();
                // pred = model(data)
                var pred = model.forward(x);
                // loss = ((pred - target)**2).sum()
                var loss = (pred - y).pow(2).sum();
                // loss.backward()
                loss.backward();
                // opt.step()
                opt.step();
                // model.get()
                model.get();
                // print(loss.get())
                losses.Add(loss.get().item<float>());
            }

        float[] first = [.17f, .6932f, .156944f, .083408f, .126269f, .052065f, .09056f, .03794f];
        for (var i = 0; i < first.Length; i++) Assert.Equal(first[i], losses[i], 1e-4);
        Assert.Equal(.013291f, losses[^2], 1e-4);
        Assert.Equal(.006494f, losses[^1], 1e-4);
        Assert.Equal(.948443f, Some.Floats(model.weight!.detach())[0], 1e-4);
        Assert.Equal(-.088163f, Some.Floats(model.weight!.detach())[1], 1e-4);
        Assert.Equal(.098397f, Some.Floats(model.bias!.detach())[0], 1e-4);
    }

    [Fact]
    public void Averaging_at_a_secure_worker()
    {
        var secure_worker = Some.Worker("secure_worker");
        var model = nn.Linear(2, 1);
        // bobs_model = model.copy().send(bob)
        var (bobs_model, alices_model) = (model.copy().send(bob), model.copy().send(alice));
        // alices_model.move(secure_worker); bobs_model.move(secure_worker)
        alices_model.move(secure_worker);
        bobs_model.move(secure_worker);
        var expected = Some.Floats(model.weight!.detach());
        using (torch.no_grad())
        {
            model.weight!.fill_(9);
            // model.weight.set_(((alices_model.weight.data + bobs_model.weight.data) / 2).get())
            model.weight!.set_(((alices_model.weight!.ptr() + bobs_model.weight!.ptr()) / 2).get());
            // model.bias.set_(((alices_model.bias.data + bobs_model.bias.data) / 2).get())
            model.bias!.set_(((alices_model.bias!.ptr() + bobs_model.bias!.ptr()) / 2).get());
        }

        Assert.Equal(expected, Some.Floats(model.weight!.detach()));
    }

    [Fact]
    public void The_second_template_and_the_test()
    {
        var rows = sy.BaseDataset(torch.rand(20, 4), torch.randint(0, 2, new long[] { 20 }));
        // federated_train_loader = sy.FederatedDataLoader(dataset.federate((bob, alice)), batch_size=..., shuffle=True)
        var federated_train_loader = sy.FederatedDataLoader(rows.federate(bob, alice), batch_size: 4, shuffle: true);
        var model = nn.Sequential(("fc", nn.Linear(4, 2)), ("out", nn.LogSoftmax(1)));
        var optimizer = optim.SGD(model.parameters(), 0.1);
        // model.train()
        model.train();
        var batches = 0;
        // for batch_idx, (data, target) in enumerate(federated_train_loader):
        foreach (var (batch, labels) in federated_train_loader)
        {
            // model.send(data.location)
            model.send(batch.location);
            // data, target = data.to(device), target.to(device)
            var (data, target) = (batch.to(CPU), labels.to(CPU));
            // optimizer.zero_grad()
            optimizer.zero_grad();
            // output = model(data)
            var output = model.forward(data);
            // loss = F.nll_loss(output, target)
            var loss = F.nll_loss(output, target);
            // loss.backward(); optimizer.step(); model.get()
            loss.backward();
            optimizer.step();
            model.get();
            // loss = loss.get(); loss.item()
            Assert.True(float.IsFinite(loss.get().item<float>()));
            batches++;
        }

        // len(federated_train_loader)
        Assert.Equal(federated_train_loader.Count, batches);

        // model.eval()
        model.eval();
        var (test_loss, correct) = (0.0, 0L);
        var test_loader = torch.utils.data.DataLoader(rows, batchSize: 5);
        // with torch.no_grad():
        using (torch.no_grad())
            // for data, target in test_loader:
            foreach (var (data, target) in test_loader)
            {
                // output = model(data)
                var output = model.forward(data);
                // test_loss += F.nll_loss(output, target, reduction='sum').item()
                test_loss += F.nll_loss(output, target, reduction: nn.Reduction.Sum).item<float>();
                // pred = output.argmax(1, keepdim=True)
                var pred = output.argmax(1, keepdim: true);
                // correct += pred.eq(target.view_as(pred)).sum().item()
                correct += pred.eq(target.view_as(pred)).sum().item<long>();
            }

        // test_loss /= len(test_loader.dataset)
        test_loss /= test_loader.dataset.Count;
        Assert.InRange(test_loss, 0.01, 5);
        Assert.InRange(correct, 0, 20);
    }
}
