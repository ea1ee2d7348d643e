using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Tests.Schedulers;

public class ScheduleTests
{
    private static readonly (string Name, Func<Optimizer, lr_scheduler.LRScheduler> Make)[] Makers =
    [
        ("StepLR", o => lr_scheduler.StepLR(o, 3, 0.5)),
        ("MultiStepLR", o => lr_scheduler.MultiStepLR(o, [2, 5, 5], 0.5)),
        ("ExponentialLR", o => lr_scheduler.ExponentialLR(o, 0.9)),
        ("LambdaLR", o => lr_scheduler.LambdaLR(o, e => 1.0 / (e + 1))),
        ("MultiplicativeLR", o => lr_scheduler.MultiplicativeLR(o, _ => 0.8)),
        ("ConstantLR", o => lr_scheduler.ConstantLR(o, 0.5, 4)),
        ("LinearLR", o => lr_scheduler.LinearLR(o, 0.25, 0.75, 6)),
        ("CosineAnnealingLR", o => lr_scheduler.CosineAnnealingLR(o, 5, 0.01)),
        ("PolynomialLR", o => lr_scheduler.PolynomialLR(o, 8, 2.0)),
        ("CyclicLR", o => lr_scheduler.CyclicLR(o, [0.1, 0.2], [1.0, 0.5], 3, 2, lr_scheduler.impl.CyclicLR.Mode.Triangular2)),
        ("CyclicLR.exp", o => lr_scheduler.CyclicLR(o, 0.1, 1.0, 4, mode: lr_scheduler.impl.CyclicLR.Mode.ExpRange, gamma: 0.9, cycle_momentum: false)),
        ("OneCycleLR", o => lr_scheduler.OneCycleLR(o, [1.0, 0.5], total_steps: 14, pct_start: 0.4)),
        ("OneCycleLR.linear", o => lr_scheduler.OneCycleLR(o, 1.0, epochs: 4, steps_per_epoch: 5, anneal_strategy: lr_scheduler.impl.OneCycleLR.AnnealStrategy.Linear, three_phase: true)),
    ];

    [Fact]
    public void Schedules_give_the_rates_that_they_give_in_python()
    {
        var expected = PythonTorch.Run("schedules.py", []).ToDictionary(l => l.Split(' ')[0], l => l.Split(' ')[1..].Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray());
        var found = Makers.ToDictionary(m => m.Name, m => Rates(m.Make));
        found["ReduceLROnPlateau"] = Plateau();
        Assert.Equal(expected.Keys, found.Keys);
        foreach (var (name, rates) in found)
            foreach (var (wanted, got) in expected[name].Zip(rates, (a, b) => (a, b))) Assert.True(Math.Abs(wanted - got) < 1e-12, $"{name}: {string.Join(" ", rates)}");
    }

    [Fact]
    public void A_second_schedule_begins_from_the_first_rates_not_from_what_the_first_schedule_made_of_them()
    {
        var optimizer = SGD([new Parameter(ones(1))], 1.0);
        lr_scheduler.ConstantLR(optimizer, 0.25, 4);
        Assert.Equal(0.25, optimizer.ParamGroups.Single().LearningRate);
        lr_scheduler.LambdaLR(optimizer, _ => 0.5);
        Assert.Equal(0.5, optimizer.ParamGroups.Single().LearningRate);
        Assert.Equal(1.0, optimizer.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void Schedules_that_do_not_go_together_are_refused()
    {
        Optimizer one = SGD([new Parameter(ones(1))], 1.0), other = SGD([new Parameter(ones(1))], 1.0);
        lr_scheduler.LRScheduler Of(Optimizer o) => lr_scheduler.ExponentialLR(o, 0.9);
        Assert.Throws<ArgumentException>(() => lr_scheduler.SequentialLR(one, [Of(one), Of(other)], [3]));
        Assert.Throws<ArgumentException>(() => lr_scheduler.SequentialLR(one, [Of(one), Of(one)], [3, 4]));
        Assert.Throws<ArgumentException>(() => lr_scheduler.SequentialLR(one, [], []));
        Assert.Throws<ArgumentException>(() => lr_scheduler.ChainedLR([Of(one), Of(other)]));
        Assert.Throws<ArgumentException>(() => lr_scheduler.ChainedLR([]));
        Assert.Throws<ArgumentNullException>(() => lr_scheduler.ChainedLR(null!));
    }

    private static double[] Rates(Func<Optimizer, lr_scheduler.LRScheduler> make)
    {
        var optimizer = SGD([new SGD.ParamGroup { Parameters = [new Parameter(ones(1))] }, new SGD.ParamGroup([new Parameter(ones(1))], 0.1, momentum: 0.5)], 1.0, momentum: 0.5);
        var scheduler = make(optimizer);
        var rates = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            rates.AddRange(optimizer.ParamGroups.SelectMany(g => new[] { g.LearningRate, ((IMomentum)g).Momentum }));
            Assert.Equal(optimizer.ParamGroups.Select(g => g.LearningRate), scheduler.get_last_lr());
            optimizer.step();
            scheduler.step();
        }

        return rates.ToArray();
    }

    private static double[] Plateau()
    {
        var optimizer = SGD([new Parameter(ones(1))], 1.0);
        var scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, factor: 0.5, patience: 1, cooldown: 1, min_lr: [0.1]);
        return new[] { 5, 4, 4, 4, 4, 4, 4, 3, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5 }.Select(value =>
        {
            scheduler.step(value);
            return optimizer.ParamGroups.Single().LearningRate;
        }).ToArray();
    }
}
