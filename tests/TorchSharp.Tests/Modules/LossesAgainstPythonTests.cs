using TorchSharp.Modules;
using TorchSharp.Tests.Operators;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Modules;

/// <summary>Losses with every reduction, weights, ignored classes and smoothed labels; clipping, vectors of parameters and initialisation: as in Python.</summary>
public class LossesAgainstPythonTests
{
    private const string P = "x = torch.randn(6, 4).requires_grad_(); c = torch.randint(4, (6,)); y = torch.rand(6, 4); w = torch.rand(4); ";

    private static (Tensor X, Tensor C, Tensor Y, Tensor W) Given() => (randn(6, 4).requires_grad_(), randint(4, [6L]), rand(6, 4), rand(4));

    // The loss, and what it makes of the gradient.
    private static Expression Loss(string python, Func<Tensor, Tensor, Tensor, Tensor, Tensor> here) =>
        new($"{P}l = {python}\nl.sum().backward()\nl, x.grad", () =>
        {
            var (x, c, y, w) = Given();
            var l = here(x, c, y, w);
            l.sum().backward();
            return (l, x.grad);
        }, python);

    private static IEnumerable<Expression> Losses() => new[] { Reduction.Mean, Reduction.Sum, Reduction.None }.SelectMany(r =>
    {
        var p = $"reduction='{r.ToString().ToLowerInvariant()}'";
        return new[]
        {
            Loss($"F.cross_entropy(x, c, w, ignore_index=2, {p})", (x, c, _, w) => F.cross_entropy(x, c, w, 2, r)),
            Loss($"F.cross_entropy(x, c, w, ignore_index=1, label_smoothing=0.3, {p})", (x, c, _, w) => F.cross_entropy(x, c, w, 1, r, 0.3)),
            Loss($"F.cross_entropy(x, y.softmax(1), w, label_smoothing=0.2, {p})", (x, _, y, w) => F.cross_entropy(x, y.softmax(1), w, reduction: r, label_smoothing: 0.2)),
            Loss($"F.cross_entropy(x.reshape(2, 4, 3), c.reshape(2, 3), {p})", (x, c, _, _) => F.cross_entropy(x.reshape(2, 4, 3), c.reshape(2, 3), reduction: r)),
            Loss($"nn.CrossEntropyLoss(w, ignore_index=3, {p})(x, c)", (x, c, _, w) => CrossEntropyLoss(w, 3, r).call(x, c)),
            Loss($"nn.CrossEntropyLoss({p})(x[0], c[0])", (x, c, _, _) => CrossEntropyLoss(reduction: r).call(x[0], c[0])),
            Loss($"nn.NLLLoss(w, {p})(x.log_softmax(1), c)", (x, c, _, w) => NLLLoss(w, r).call(x.log_softmax(1), c)),
            Loss($"nn.BCELoss(w, {p})(x.sigmoid(), y)", (x, _, y, w) => BCELoss(w, r).call(x.sigmoid(), y)),
            Loss($"nn.BCEWithLogitsLoss(w, {p}, pos_weight=w * 2)(x, y)", (x, _, y, w) => BCEWithLogitsLoss(w, r, w * 2).call(x, y)),
            Loss($"nn.MSELoss({p})(x, y)", (x, _, y, _) => MSELoss(r).call(x, y)),
            Loss($"nn.L1Loss({p})(x, y)", (x, _, y, _) => L1Loss(r).call(x, y)),
            Loss($"nn.SmoothL1Loss({p}, beta=0.25)(x, y)", (x, _, y, _) => SmoothL1Loss(r, 0.25).call(x, y)),
            Loss($"nn.HuberLoss({p}, delta=0.25)(x, y)", (x, _, y, _) => HuberLoss(0.25, r).call(x, y)),
            Loss($"nn.KLDivLoss({p}, log_target=True)(x.log_softmax(1), y.log_softmax(1))", (x, _, y, _) => KLDivLoss(true, r).call(x.log_softmax(1), y.log_softmax(1))),
        };
    });

    private static IEnumerable<Expression> Rest() =>
    [
        .. new[] { ("2", 2.0), ("1", 1.0), ("0.5", 0.5), ("math.inf", double.PositiveInfinity) }.SelectMany(norm => new[] { 0.01, 1e6 }, (norm, most) => new Expression(
            $"l = nn.Linear(5, 3); l(torch.randn(4, 5)).pow(2).sum().backward(); n = nn.utils.clip_grad_norm_(l.parameters(), {most:0.0#}, {norm.Item1})\nfloat(n), l.weight.grad, l.bias.grad", () =>
            {
                var l = Linear(5, 3);
                l.call(randn(4, 5)).pow(2).sum().backward();
                // Python's norm is of float32.
                var n = (double)(float)nn.utils.clip_grad_norm_(l.parameters(), most, norm.Item2);
                return (n, l.weight.grad, l.bias!.grad);
            })),
        new("l = nn.Linear(5, 3); l(torch.randn(4, 5)).pow(2).sum().backward(); nn.utils.clip_grad_value_(l.parameters(), 0.3)\nl.weight.grad, l.bias.grad", () =>
        {
            var l = Linear(5, 3);
            l.call(randn(4, 5)).pow(2).sum().backward();
            nn.utils.clip_grad_value_(l.parameters(), 0.3);
            return (l.weight.grad, l.bias!.grad);
        }),
        new("l = nn.Linear(5, 3); v = nn.utils.parameters_to_vector(l.parameters()); nn.utils.vector_to_parameters(v * 2 + 1, l.parameters())\nv, l.weight, l.bias", () =>
        {
            var l = Linear(5, 3);
            var v = nn.utils.parameters_to_vector(l.parameters());
            nn.utils.vector_to_parameters((v * 2) + 1, l.parameters());
            return (v, l.weight, l.bias);
        }),
        new("t = torch.empty(4, 3, 2)\n[getattr(nn.init, f)(t).clone() for f in ('xavier_uniform_', 'xavier_normal_', 'kaiming_uniform_', 'kaiming_normal_', 'ones_', 'zeros_')]", () =>
        {
            var t = empty(4, 3, 2);
            return new Func<Tensor, Tensor>[] { x => init.xavier_uniform_(x), x => init.xavier_normal_(x), x => init.kaiming_uniform_(x), x => init.kaiming_normal_(x), init.ones_, init.zeros_ }.Select(f => f(t).clone()).ToArray();
        }),
        new("t = torch.empty(5, 7)\nnn.init.xavier_uniform_(t, 2.5).clone(), nn.init.xavier_normal_(t, 0.5).clone(), nn.init.uniform_(t, -2, 3).clone(), nn.init.normal_(t, 1, 4).clone(), nn.init.constant_(t, 2.5).clone()", () =>
        {
            var t = empty(5, 7);
            return new[] { init.xavier_uniform_(t, 2.5).clone(), init.xavier_normal_(t, 0.5).clone(), init.uniform_(t, -2, 3).clone(), init.normal_(t, 1, 4).clone(), init.constant_(t, 2.5).clone() };
        }),
        new("t = torch.empty(5, 7)\nnn.init.kaiming_uniform_(t, 0.3, 'fan_out', 'leaky_relu').clone(), nn.init.kaiming_normal_(t, 0, 'fan_out', 'relu').clone(), nn.init.kaiming_normal_(t, 0, 'fan_in', 'tanh').clone()", () =>
        {
            var t = empty(5, 7);
            return new[]
            {
                init.kaiming_uniform_(t, 0.3, init.FanInOut.FanOut, init.NonlinearityType.LeakyReLU).clone(), init.kaiming_normal_(t, 0, init.FanInOut.FanOut, init.NonlinearityType.ReLU).clone(),
                init.kaiming_normal_(t, 0, init.FanInOut.FanIn, init.NonlinearityType.Tanh).clone(),
            };
        }),
    ];

    [Fact]
    public void Every_loss_is_what_it_is_in_python()
    {
        PythonTorch.SkipIfMissing();
        var calls = Losses().ToList();
        Comparison.WithPython("losses", calls, calls.Count);
    }

    [Fact]
    public void Clipping_vectors_and_initialisation_do_what_they_do_in_python()
    {
        PythonTorch.SkipIfMissing();
        var calls = Rest().ToList();
        Comparison.WithPython("lines on parameters", calls, calls.Count);
    }
}
