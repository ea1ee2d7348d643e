using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace FedNotebook.Benchmarks;

/// <summary>The network of PySyft's tutorial 6: two convolutions and two linear layers, for digits of 28 by 28.</summary>
internal sealed class Cnn : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = nn.Conv2d(1, 20, 5);
    private readonly Conv2d conv2 = nn.Conv2d(20, 50, 5);
    private readonly Linear fc1 = nn.Linear(4 * 4 * 50, 500);
    private readonly Linear fc2 = nn.Linear(500, 10);

    public Cnn() : base(nameof(Cnn)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var x = F.max_pool2d(F.relu(conv1.call(input)), 2, 2);
        x = F.max_pool2d(F.relu(conv2.call(x)), 2, 2);
        x = F.relu(fc1.call(x.view(-1, 4 * 4 * 50)));
        return F.log_softmax(fc2.call(x), 1);
    }
}
