using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace FedNotebook.Benchmarks;

/// <summary>The work that is measured, as a user of TorchSharp writes it. A case does it `count` times and answers a value to compare.</summary>
internal static class Cases
{
    private delegate Tensor Loss(Tensor input, Tensor target);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FirstTensor() => ones(2, 2).Dispose();

    /// <summary>"dropped": nothing is disposed, all is left to the collector.</summary>
    public static Dictionary<string, Func<int, double>> Make() => new()
    {
        ["add"] = Add(requires_grad: false),
        ["add-grad"] = Add(requires_grad: true),
        ["add-dropped"] = AddDropped(),
        ["mlp"] = Train(3, Mlp, [784], p => optim.SGD(p, 0.05), CrossEntropy),
        ["mlp-dropped"] = Train(3, Mlp, [784], p => optim.SGD(p, 0.05), CrossEntropy, dropped: true),
        ["mlp-adam"] = Train(3, Mlp, [784], p => optim.Adam(p, 1e-6), CrossEntropy),
        ["cnn"] = Train(4, () => new Cnn(), [1, 28, 28], p => optim.SGD(p, 0.01), NegativeLogLikelihood),
        ["cnn-dropped"] = Train(4, () => new Cnn(), [1, 28, 28], p => optim.SGD(p, 0.01), NegativeLogLikelihood, dropped: true),
        ["matmul"] = Matmul(),
    };

    private static Func<int, double> Add(bool requires_grad)
    {
        var x = ones(2, 2, requires_grad: requires_grad);
        var y = ones(2, 2);
        return count =>
        {
            for (var i = 0; i < count; i++) (x + y).Dispose();
            return (x + y).sum().item<float>();
        };
    }

    private static Func<int, double> AddDropped()
    {
        var x = ones(2, 2);
        var y = ones(2, 2);
        return count =>
        {
            for (var i = 0; i < count; i++) _ = x + y;
            return (x + y).sum().item<float>();
        };
    }

    private static Func<int, double> Matmul()
    {
        manual_seed(5);
        var a = randn(1024, 1024);
        var b = randn(1024, 1024);
        return count =>
        {
            for (var i = 0; i < count; i++) a.matmul(b).Dispose();
            return a.matmul(b).sum().item<float>();
        };
    }

    private static Func<int, double> Train(
        int seed, Func<nn.Module<Tensor, Tensor>> make, long[] shape, Func<IEnumerable<Parameter>, optim.Optimizer> optimizer, Loss loss, bool dropped = false)
    {
        manual_seed(seed);
        var model = make();
        var x = randn([64, .. shape]);
        var y = randint(10, [64]);
        var opt = optimizer(model.parameters());
        return count =>
        {
            double last = 0;
            for (var i = 0; i < count; i++)
            {
                using var scope = dropped ? null : NewDisposeScope();
                opt.zero_grad();
                var l = loss(model.call(x), y);
                l.backward();
                opt.step();
                last = l.item<float>();
            }

            return last;
        };
    }

    private static Sequential Mlp() => nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10));

    private static Tensor CrossEntropy(Tensor input, Tensor target) => F.cross_entropy(input, target);

    private static Tensor NegativeLogLikelihood(Tensor input, Tensor target) => F.nll_loss(input, target);
}
