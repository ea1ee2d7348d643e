using TorchSharp.Modules;

namespace PointerBenchmark;

/// <summary>Two convolutions and two linear layers, as in PySyft's tutorial 6.</summary>
internal sealed class Cnn : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = nn.Conv2d(1, 20, 5);
    private readonly Conv2d conv2 = nn.Conv2d(20, 50, 5);
    private readonly Linear fc1 = nn.Linear(4 * 4 * 50, 500);
    private readonly Linear fc2 = nn.Linear(500, 10);

    public Cnn() : base(nameof(Cnn)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = F.max_pool2d(F.relu(conv1.forward(input)), 2);
        x = F.max_pool2d(F.relu(conv2.forward(x)), 2);
        x = F.relu(fc1.forward(x.view(-1, 4 * 4 * 50)));
        return F.log_softmax(fc2.forward(x), 1).MoveToOuterDisposeScope();
    }
}
