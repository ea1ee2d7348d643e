using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

public class EveryOptimizerTests
{
    private static readonly (string Name, Func<IEnumerable<Parameter>, optim.Optimizer> Make)[] Makers =
    [
        ("adadelta", p => optim.Adadelta(p, 0.9, weight_decay: 0.01)),
        ("adadelta.maximize", p => optim.Adadelta(p, 0.5, rho: 0.8, maximize: true)),
        ("adagrad", p => optim.Adagrad(p, 0.05, lr_decay: 0.1, weight_decay: 0.01, initial_accumulator_value: 0.2)),
        ("adam", p => optim.Adam(p, 0.02, 0.8, 0.99, weight_decay: 0.1, amsgrad: true, maximize: true)),
        ("adamw", p => optim.AdamW(p, 0.02, weight_decay: 0.2, amsgrad: true)),
        ("adamax", p => optim.Adamax(p, 0.02, weight_decay: 0.05)),
        ("asgd", p => optim.ASGD(p, 0.05, lambd: 0.01, t0: 5, weight_decay: 0.01)),
        ("nadam", p => optim.NAdam(p, 0.02, weight_decay: 0.05, momentum_decay: 0.01)),
        ("radam", p => optim.RAdam(p, 0.02, weight_decay: 0.05)),
        ("rmsprop", p => optim.RMSProp(p, 0.01, weight_decay: 0.05)),
        ("rmsprop.centered", p => optim.RMSProp(p, 0.01, alpha: 0.9, momentum: 0.7, centered: true)),
        ("rprop", p => optim.Rprop(p, 0.01, 0.4, 1.3, 0.001, 0.1)),
        ("sgd", p => optim.SGD(p, 0.05, momentum: 0.8, dampening: 0.2, weight_decay: 0.01)),
        ("lbfgs", p => optim.LBFGS(p, 0.5, max_iter: 4, history_size: 3)),
        ("lbfgs.long", p => optim.LBFGS(p, 0.1)),
    ];

    [Fact]
    public void Twenty_steps_of_every_optimizer_end_where_they_end_in_python()
    {
        var expected = PythonTorch.Run("optimizers.py", []).Select(l => l.Split(' ')).ToList();
        Assert.Equal(expected.Select(e => e[0]), Makers.Select(m => m.Name));
        var wrong = new List<string>();
        foreach (var (line, (name, make)) in expected.Zip(Makers))
        {
            var wanted = line[1..].Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
            var got = Train(make);
            if (wanted.Length != got.Length || wanted.Zip(got).Any(p => Math.Abs(p.First - p.Second) > 1e-6))
                wrong.Add($"{name}: {string.Join(" ", got.Take(4))} instead of {string.Join(" ", wanted.Take(4))}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static double[] Train(Func<IEnumerable<Parameter>, optim.Optimizer> make)
    {
        manual_seed(7);
        using var model = nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 2)).@double();
        Tensor x = randn(12, 5).@double(), y = randn(12, 2).@double();
        using var optimizer = make(model.parameters());
        for (var i = 0; i < 20; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.step(() =>
            {
                optimizer.zero_grad();
                var loss = nn.functional.mse_loss(model.call(x), y);
                loss.backward();
                return loss;
            });
        }

        return model.parameters().SelectMany(p => p.data<double>().ToArray()).ToArray();
    }
}
