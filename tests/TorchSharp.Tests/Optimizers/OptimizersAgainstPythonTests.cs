using TorchSharp.Modules;
using TorchSharp.Tests.Operators;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Tests.Optimizers;

/// <summary>Twenty steps of the optimizers with their settings, and fifty of every schedule on top of one, from the same weights and gradients as in Python.</summary>
public class OptimizersAgainstPythonTests
{
    private const string Loop = """

        x = torch.randn(8, 5, dtype=torch.float64)
        p = [torch.nn.Parameter(torch.randn(5, 3, dtype=torch.float64)), torch.nn.Parameter(torch.randn(3, dtype=torch.float64))]
        o = optim.{0}
        s = {1}
        found = []
        for step in range({2}):
            o.zero_grad()
            ((x * (step % 4)) @ p[0] + p[1]).pow(2).mean().backward()
            o.step()
            if s: s.step()
            found += [o.param_groups[0]["lr"]]
        p, torch.tensor(found, dtype=torch.float64)
        """;

    private static readonly (string Python, Func<IEnumerable<Parameter>, Optimizer> Here)[] Optimizers =
    [
        ("SGD(p, 0.1)", p => SGD(p, 0.1)),
        ("SGD(p, 0.05, momentum=0.9)", p => SGD(p, 0.05, momentum: 0.9)),
        ("SGD(p, 0.05, momentum=0.9, dampening=0.3, weight_decay=0.1)", p => SGD(p, 0.05, momentum: 0.9, dampening: 0.3, weight_decay: 0.1)),
        ("SGD(p, 0.05, momentum=0.9, nesterov=True, weight_decay=0.1)", p => SGD(p, 0.05, momentum: 0.9, nesterov: true, weight_decay: 0.1)),
        ("SGD(p, 0.01, weight_decay=0.1, maximize=True)", p => SGD(p, 0.01, weight_decay: 0.1, maximize: true)),
        ("Adam(p)", p => Adam(p)),
        ("Adam(p, 0.1, (0.5, 0.7), 1e-3, 0.2)", p => Adam(p, 0.1, 0.5, 0.7, 1e-3, 0.2)),
        ("Adam(p, 0.1, amsgrad=True)", p => Adam(p, 0.1, amsgrad: true)),
        ("Adam(p, 0.1, weight_decay=0.1, amsgrad=True, maximize=True)", p => Adam(p, 0.1, weight_decay: 0.1, amsgrad: true, maximize: true)),
        // TorchSharp's default decay is none.
        ("AdamW(p, weight_decay=0)", p => AdamW(p)),
        ("AdamW(p, 0.1, (0.5, 0.7), 1e-3, 0.2)", p => AdamW(p, 0.1, 0.5, 0.7, 1e-3, 0.2)),
        ("AdamW(p, 0.1, weight_decay=0, amsgrad=True, maximize=True)", p => AdamW(p, 0.1, amsgrad: true, maximize: true)),
    ];

    private static readonly (string Python, Func<Optimizer, lr_scheduler.LRScheduler> Here)[] Schedules =
    [
        ("StepLR(o, 7, 0.5)", o => lr_scheduler.StepLR(o, 7, 0.5)),
        ("StepLR(o, 1)", o => lr_scheduler.StepLR(o, 1)),
        ("MultiStepLR(o, [3, 20, 21, 49], 0.3)", o => lr_scheduler.MultiStepLR(o, [3, 20, 21, 49], 0.3)),
        ("ExponentialLR(o, 0.93)", o => lr_scheduler.ExponentialLR(o, 0.93)),
        ("LambdaLR(o, lambda e: 0.95 ** e + 0.1 * (e % 3))", o => lr_scheduler.LambdaLR(o, e => Math.Pow(0.95, e) + (0.1 * (e % 3)))),
        ("MultiplicativeLR(o, lambda e: 0.9 if e % 2 else 1.05)", o => lr_scheduler.MultiplicativeLR(o, e => e % 2 == 1 ? 0.9 : 1.05)),
        ("ConstantLR(o)", o => lr_scheduler.ConstantLR(o)),
        ("ConstantLR(o, 0.2, 30)", o => lr_scheduler.ConstantLR(o, 0.2, 30)),
        ("LinearLR(o)", o => lr_scheduler.LinearLR(o)),
        ("LinearLR(o, 0.1, 0.9, 40)", o => lr_scheduler.LinearLR(o, 0.1, 0.9, 40)),
        ("CosineAnnealingLR(o, 10)", o => lr_scheduler.CosineAnnealingLR(o, 10)),
        ("CosineAnnealingLR(o, 50, 0.001)", o => lr_scheduler.CosineAnnealingLR(o, 50, 0.001)),
        ("PolynomialLR(o)", o => lr_scheduler.PolynomialLR(o)),
        ("PolynomialLR(o, 45, 1.5)", o => lr_scheduler.PolynomialLR(o, 45, 1.5)),
        ("SequentialLR(o, [optim.lr_scheduler.ConstantLR(o, 0.1, 8), optim.lr_scheduler.ExponentialLR(o, 0.9)], [5])",
            o => lr_scheduler.SequentialLR(o, [lr_scheduler.ConstantLR(o, 0.1, 8), lr_scheduler.ExponentialLR(o, 0.9)], [5])),
        ("SequentialLR(o, [optim.lr_scheduler.LinearLR(o, 0.2, total_iters=6), optim.lr_scheduler.CosineAnnealingLR(o, 20, 0.01), optim.lr_scheduler.LambdaLR(o, lambda e: 1 / (e + 1))], [6, 30])",
            o => lr_scheduler.SequentialLR(o, [lr_scheduler.LinearLR(o, 0.2, total_iters: 6), lr_scheduler.CosineAnnealingLR(o, 20, 0.01), lr_scheduler.LambdaLR(o, e => 1.0 / (e + 1))], [6, 30])),
        ("ChainedScheduler([optim.lr_scheduler.ConstantLR(o, 0.1, 20), optim.lr_scheduler.StepLR(o, 7, 0.5), optim.lr_scheduler.CosineAnnealingLR(o, 15)])",
            o => lr_scheduler.ChainedLR([lr_scheduler.ConstantLR(o, 0.1, 20), lr_scheduler.StepLR(o, 7, 0.5), lr_scheduler.CosineAnnealingLR(o, 15)])),
    ];

    [Fact]
    public void Twenty_steps_of_every_optimizer_end_where_they_end_in_python()
    {
        PythonTorch.SkipIfMissing();
        Comparison.WithPython("optimizers", Optimizers.Select(o => new Expression(Python(o.Python, "None", 20), () => Train(o.Here, null, 20))), Optimizers.Length);
    }

    [Fact]
    public void Fifty_steps_of_every_schedule_give_the_rates_and_weights_that_they_give_in_python()
    {
        PythonTorch.SkipIfMissing();
        var calls = Schedules.SelectMany(s => new[] { Optimizers[1], Optimizers[6] }, (s, o) => new Expression(Python(o.Python, "optim.lr_scheduler." + s.Python, 50), () => Train(o.Here, s.Here, 50)));
        Comparison.WithPython("schedules on optimizers", calls, 2 * Schedules.Length);
    }

    private static string Python(string optimizer, string schedule, int steps) => Loop.Replace("{0}", optimizer).Replace("{1}", schedule).Replace("{2}", steps.ToString());

    private static (Parameter[], Tensor) Train(Func<IEnumerable<Parameter>, Optimizer> make, Func<Optimizer, lr_scheduler.LRScheduler>? schedule, int steps)
    {
        var x = randn(8, 5, ScalarType.Float64);
        Parameter[] p = [new(randn(5, 3, ScalarType.Float64)), new(randn(3, ScalarType.Float64))];
        var optimizer = make(p);
        var scheduler = schedule?.Invoke(optimizer);
        var found = new List<double>();
        for (var step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            ((x * (step % 4)).matmul(p[0]) + p[1]).pow(2).mean().backward();
            optimizer.step();
            scheduler?.step();
            found.Add(optimizer.ParamGroups.First().LearningRate);
        }

        return (p, tensor(found.ToArray()));
    }
}
