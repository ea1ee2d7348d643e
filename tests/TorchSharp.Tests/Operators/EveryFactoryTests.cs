using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>
/// Every overload that makes a tensor out of numbers, arrays, lists, spans or chance, compared with Python: the same values, the same types, and the
/// same random numbers from the same seed.
/// </summary>
public class EveryFactoryTests
{
    [Fact]
    public void Every_factory_makes_what_it_makes_in_python()
    {
        PythonTorch.SkipIfMissing();
        var calls = FactoryCalls.All().ToList();
        var refused = Comparison.WithPython("ways to make a tensor", calls, atLeast: 200);
        var overloads = FactoryCalls.Methods().Select(m => m.ToString()).Distinct().ToList();
        var never = overloads.Except(calls.Where(c => !refused.Contains(c)).Select(c => c.Source)).ToList();
        Assert.True(never.Count == 0, "never gave a tensor: " + string.Join("\n", never));
        Console.WriteLine($"  in all {overloads.Count} overloads");
    }

    [Fact]
    public void The_same_seed_gives_the_numbers_that_it_gives_in_python()
    {
        PythonTorch.SkipIfMissing();
        var p = "m = torch.rand(4, 5); ";
        ComparedCall[] calls =
        [
            new Expression("torch.rand(3, 4), torch.randn(5), torch.randn(40), torch.rand(2)", () => (rand(3, 4), randn(5), randn(40), rand(2))),
            new Expression("torch.randint(10, (7,)), torch.randint(-5, 5, (2, 3)), torch.randperm(20), torch.randint(2**40, (3,))", () => (randint(10, [7L]), randint(-5, 5, [2L, 3L]), randperm(20), randint(1L << 40, [3L]))),
            new Expression("torch.normal(2.0, 0.5, (3, 3)), torch.normal(torch.ones(3), torch.rand(3))", () => (normal(2.0, 0.5, [3L, 3L]), normal(ones(3), rand(3)))),
            new Expression(p + "torch.rand_like(m), torch.randn_like(m), torch.randint_like(m, 2, 9), torch.bernoulli(m)", () => { var m = rand(4, 5); return (rand_like(m), randn_like(m), randint_like(m, 2, 9), bernoulli(m)); }),
            new Expression(p + "torch.multinomial(m, 3), torch.multinomial(m, 9, True), torch.poisson(m * 4)", () => { var m = rand(4, 5); return (multinomial(m, 3), multinomial(m, 9, true), poisson(m * 4)); }),
            new Expression(p + "m.normal_(1, 2).clone(), m.uniform_(-1, 3).clone(), m.exponential_(2).clone(), m.cauchy_(1, 2).clone(), m.log_normal_(1, 0.5).clone(), m.geometric_(0.3).clone(), m.random_(3, 17).clone(), m.bernoulli_(0.3).clone()",
                () => { var m = rand(4, 5); return new[] { m.normal_(1, 2).clone(), m.uniform_(-1, 3).clone(), m.exponential_(2).clone(), m.cauchy_(1, 2).clone(), m.log_normal_(1, 0.5).clone(), m.geometric_(0.3).clone(), m.random_(3, 17).clone(), m.bernoulli_(0.3).clone() }; }),
            new Expression(p + "F.dropout(m, 0.3), F.alpha_dropout(m, 0.3, True)", () => { var m = rand(4, 5); return (nn.functional.dropout(m, 0.3), nn.functional.alpha_dropout(m, 0.3, true)); }),
            new Expression("torch.manual_seed(-3)\ntorch.rand(3)", () => { manual_seed(-3); return rand(3); }),
            new Expression("g = torch.Generator()\ng.manual_seed(11)\ntorch.rand(3, generator=g), torch.randperm(9, generator=g), torch.randint(5, (4,), generator=g), torch.rand(3)", () => { var g = new Generator(); g.manual_seed(11); return (rand(3, generator: g), randperm(9, generator: g), randint(5, [4L], generator: g), rand(3)); }),
            new Expression("s = torch.get_rng_state()\na = torch.rand(5)\ntorch.set_rng_state(s)\na, torch.rand(5), torch.initial_seed()", () => { var s = torch.random.get_rng_state(); var a = rand(5); torch.random.set_rng_state(s); return (a, rand(5), torch.random.initial_seed()); }),
            new Expression("torch.rand(2, 2, dtype=torch.complex128), torch.randn(3, dtype=torch.complex64), torch.rand(5, dtype=torch.bfloat16), torch.randn(3, dtype=torch.half)", () => (rand(2, 2, ScalarType.ComplexFloat64), randn(3, ScalarType.ComplexFloat32), rand(5, ScalarType.BFloat16), randn(3, ScalarType.Float16))),
        ];
        Comparison.WithPython("draws of random numbers", calls, atLeast: calls.Length);
    }
}
