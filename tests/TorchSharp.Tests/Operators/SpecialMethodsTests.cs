using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Methods that Python writes otherwise, compared with what its brackets and conversions give.</summary>
public class SpecialMethodsTests
{
    private readonly Tensor matrix = arange(12, ScalarType.Float64).reshape(3, 4);

    [Fact]
    public void Index_and_slice_pick_what_brackets_pick()
    {
        Gives([4, 5, 6, 7], matrix.index(TensorIndex.Single(1)));
        Gives([1, 3, 5, 7, 9, 11], matrix.index(TensorIndex.Colon, TensorIndex.Slice(1, 4, 2)));
        Gives([8, 9, 10, 11, 0, 1, 2, 3], matrix.index(tensor(new long[] { 2, 0 })));
        Gives([0, 2, 4, 6, 8, 10], matrix.slice(1, 0, 4, 2));
    }

    [Fact]
    public void Index_put_writes_where_brackets_would()
    {
        var target = zeros(2, 3, ScalarType.Float64);
        target.index_put_(tensor(5.0), TensorIndex.Single(1), TensorIndex.Slice(1, 3));
        Gives([0, 0, 0, 0, 5, 5], target);
        target.index_put_(tensor(new[] { 1.0, 2.0 }), [tensor(new long[] { 0, 0 }), tensor(new long[] { 1, 1 })], accumulate: true);
        Gives([0, 3, 0, 0, 5, 5], target);
    }

    [Fact]
    public void Where_chooses_and_round_rounds_to_decimals()
    {
        var values = tensor(new[] { 0.5, 1.5, -2.25, 2.345 });
        Gives([0.5, 1.5, 0, 2.345], values.where(values > 0, zeros_like(values)));
        Gives([0, 2, -2, 2], values.round());
        Gives([0.5, 1.5, -2.2, 2.3], values.round(1));
        Gives([0, 2, -2, 2], values.clone().round_());
    }

    [Fact]
    public void Conversions_keep_values_and_change_types()
    {
        var floats = tensor(new[] { 1.7, -1.7, 0.0 });
        foreach (var whole in new[] { floats.to(ScalarType.Int64), floats.to_type(ScalarType.Int64), floats.type(ScalarType.Int64), floats.type_as(tensor(1L)) })
        {
            Assert.Equal(ScalarType.Int64, whole.dtype);
            Assert.Equal([1L, -1L, 0L], whole.data<long>().ToArray());
        }

        Assert.Equal([true, true, false], floats.to(ScalarType.Bool).data<bool>().ToArray());
    }

    [Fact]
    public void Copy_converts_and_broadcasts_and_set_shares()
    {
        Gives([1, 2, 1, 2], zeros(2, 2, ScalarType.Float64).copy_(tensor(new long[] { 1, 2 })));
        var source = tensor(new[] { 1.0, 2.0 });
        var other = zeros(3, ScalarType.Float64);
        other.set_(source);
        source.fill_(9);
        Gives([9, 9], other);
    }

    [Fact]
    public void A_complex_tensor_is_viewed_as_pairs() =>
        Gives([1, 3, 2, 4], complex(tensor(new[] { 1.0, 2.0 }), tensor(new[] { 3.0, 4.0 })).view_as_real());

    [Fact]
    public void Istft_takes_back_what_stft_made()
    {
        var signal = rand(64, ScalarType.Float64);
        var window = hann_window(16, dtype: ScalarType.Float64);
        var back = signal.stft(16, 4, 16, window, return_complex: true).istft(16, 4, 16, window, length: 64);
        Assert.True(back.allclose(signal), back.npstr());
    }

    private static void Gives(double[] expected, Tensor found)
    {
        Assert.Equal(expected.Length, found.numel());
        Assert.True(found.reshape(-1).allclose(tensor(expected)), found.npstr());
    }
}
