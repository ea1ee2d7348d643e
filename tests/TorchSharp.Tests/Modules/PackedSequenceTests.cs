using TorchSharp.Tests.Operators;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Tests.Modules;

/// <summary>Sequences of different lengths, and recurrent modules over them: as in Python.</summary>
public class PackedSequenceTests
{
    private const string P = "R = nn.utils.rnn; s = [torch.randn(n, 3) for n in (2, 5, 1, 4)]; t = sorted(s, key=len, reverse=True)\n";

    private static Tensor[] S() => [randn(2, 3), randn(5, 3), randn(1, 3), randn(4, 3)];

    private static Tensor[] Sorted() => [.. S().OrderByDescending(s => s.shape[0])];

    private static Tensor[] All(PackedSequence p) => [p.data, p.batch_sizes, .. new[] { p.sorted_indices, p.unsorted_indices }.OfType<Tensor>()];

    private static IEnumerable<Expression> Calls() =>
    [
        new(P + "R.pad_sequence(s)", () => pad_sequence(S())),
        new(P + "R.pad_sequence(s, True, -1)", () => pad_sequence(S(), true, -1)),
        new(P + "tuple(x for x in R.pack_sequence(s, False))", () => All(pack_sequence(S(), false))),
        new(P + "tuple(x for x in R.pack_sequence(t) if x is not None)", () => All(pack_sequence(Sorted()))),
        new(P + "R.pack_sequence(s)", () => All(pack_sequence(S()))),
        new(P + "R.pad_packed_sequence(R.pack_sequence(s, False), True, 9, 7)", () => pad_packed_sequence(pack_sequence(S(), false), true, 9, 7)),
        new(P + "R.pad_packed_sequence(R.pack_sequence(t))", () => pad_packed_sequence(pack_sequence(Sorted()))),
        new(P + "R.pad_packed_sequence(R.pack_sequence(t), total_length=4)", () => pad_packed_sequence(pack_sequence(Sorted()), total_length: 4)),
        new(P + "tuple(R.pack_padded_sequence(R.pad_sequence(s, True), torch.tensor([2, 4, 1, 3]), True, False))",
            () => All(pack_padded_sequence(pad_sequence(S(), true), tensor(new[] { 2, 4, 1, 3 }), true, false))),
        new(P + "R.pack_padded_sequence(R.pad_sequence(s), torch.tensor([2, 4, 0, 3]), enforce_sorted=False)", () => All(pack_padded_sequence(pad_sequence(S()), tensor(new[] { 2L, 4, 0, 3 }), enforce_sorted: false))),
        new(P + "m = nn.RNN(3, 4, 2); o, h = m(R.pack_sequence(s, False))\no.data, h", () =>
        {
            var packed = Given();
            var (o, h) = nn.RNN(3, 4, 2).call(packed);
            return new[] { o.data, h };
        }),
        new(P + "m = nn.RNN(3, 4, nonlinearity='relu', bidirectional=True); o, h = m(R.pack_sequence(s, False))\no.data, h",
            () =>
            {
                var packed = Given();
                var (o, h) = nn.RNN(3, 4, nonLinearity: nn.NonLinearities.ReLU, bidirectional: true).call(packed);
                return new[] { o.data, h };
            }),
        new(P + "m = nn.GRU(3, 4, bidirectional=True); o, h = m(R.pack_sequence(s, False), torch.ones(2, 4, 4))\no.data, h, R.pad_packed_sequence(o)", () =>
        {
            var packed = Given();
            var (o, h) = nn.GRU(3, 4, bidirectional: true).call(packed, ones(2, 4, 4));
            var (padded, lengths) = pad_packed_sequence(o);
            return new[] { o.data, h, padded, lengths };
        }),
        new(P + "m = nn.LSTM(3, 4, 2); o, (h, c) = m(R.pack_sequence(s, False), (torch.randn(2, 4, 4), torch.randn(2, 4, 4))); o.data.pow(2).sum().backward()\no.data, h, c, m.weight_ih_l0.grad", () =>
        {
            var packed = Given();
            var m = nn.LSTM(3, 4, 2);
            var (o, h, c) = m.call(packed, (randn(2, 4, 4), randn(2, 4, 4)));
            o.data.pow(2).sum().backward();
            return new[] { o.data, h, c, m.get_parameter("weight_ih_l0")!.grad };
        }),
    ];

    // The sequences are drawn before the weights, as in Python.
    private static PackedSequence Given() => pack_sequence(S(), false);

    [Fact]
    public void Sequences_of_different_lengths_are_packed_and_unpacked_as_in_python()
    {
        PythonTorch.SkipIfMissing();
        Assert.Equal(3, Comparison.WithPython("packed sequences", Calls(), 11).Count);
    }

    [Fact]
    public void A_packed_sequence_lives_and_dies_with_its_scope()
    {
        PackedSequence inner, outer;
        using (NewDisposeScope())
        {
            inner = pack_sequence(S(), false);
            outer = pack_sequence(S(), false).DetachFromDisposeScope();
        }

        Assert.True(inner.data.IsInvalid);
        Assert.Equal(12, outer.data.size(0));
        outer.Dispose();
        Assert.All(All(outer), t => Assert.True(t.IsInvalid));
    }
}
