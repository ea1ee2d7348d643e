using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Training;

/// <summary>The same seed, the same model, the same data: the same losses as Python's, step by step.</summary>
public class TrainingTests
{
    private static readonly (string Name, Func<IEnumerable<Parameter>, optim.Optimizer> Make)[] Optimizers =
    [
        ("sgd", p => optim.SGD(p, 0.1)),
        ("momentum", p => optim.SGD(p, 0.05, momentum: 0.9, dampening: 0.1, weight_decay: 0.01)),
        ("nesterov", p => optim.SGD(p, 0.05, momentum: 0.9, nesterov: true)),
        ("adam", p => optim.Adam(p, 0.01, weight_decay: 0.01)),
        ("amsgrad", p => optim.Adam(p, 0.01, amsgrad: true)),
    ];

    [Fact]
    public void Models_train_with_the_losses_of_python()
    {
        var expected = PythonTorch.Run("training.py", []);
        var found = new List<string>();
        foreach (var (name, make) in Optimizers)
        {
            manual_seed(3);
            using var mlp = Sequential(Linear(20, 32), ReLU(), Linear(32, 4));
            Train("mlp " + name, mlp, make, randn(16, 20), randint(4, [16L]), (x, y) => F.cross_entropy(x, y), found);
            manual_seed(4);
            using var cnn = new Cnn();
            Train("cnn " + name, cnn, make, randn(8, 1, 28, 28), randint(10, [8L]), (x, y) => F.nll_loss(x, y), found);
        }

        Assert.Equal(expected.Length, found.Count);
        foreach (var (wanted, got) in expected.Zip(found))
        {
            var (a, b) = (wanted.Split(' '), got.Split(' '));
            Assert.Equal(a[..2], b[..2]);
            Assert.Equal(double.Parse(a[2], CultureInfo.InvariantCulture), double.Parse(b[2], CultureInfo.InvariantCulture), 1e-5);
        }
    }

    private static void Train(
        string name, Module<Tensor, Tensor> model, Func<IEnumerable<Parameter>, optim.Optimizer> make, Tensor x, Tensor y, Func<Tensor, Tensor, Tensor> loss, List<string> losses)
    {
        using var optimizer = make(model.parameters());
        for (var step = 0; step < 8; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var l = loss(model.call(x), y);
            l.backward();
            optimizer.step();
            losses.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {l.item<float>():R}"));
        }
    }

    private sealed class Cnn : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1 = Conv2d(1, 4, 3, padding: 1L);
        private readonly BatchNorm2d bn = BatchNorm2d(4);
        private readonly Conv2d conv2 = Conv2d(4, 8, 3, stride: 2L);
        private readonly Linear fc1 = Linear(8 * 3 * 3, 16);
        private readonly Linear fc2 = Linear(16, 10);

        public Cnn() : base(nameof(Cnn)) => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            x = F.max_pool2d(F.relu(bn.call(conv1.call(x))), 2);
            x = F.avg_pool2d(F.relu(conv2.call(x)), 2);
            x = F.dropout(tanh(fc1.call(x.flatten(1))), 0.25, training);
            return F.log_softmax(fc2.call(x), 1);
        }
    }
}
