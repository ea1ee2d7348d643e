using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What RNN, GRU and LSTM share: weights by layer and direction under PyTorch's names, first states, and inputs without a batch.</summary>
internal sealed class Recurrent
{
    private readonly List<(string Name, Parameter Weight)> all = [];
    private readonly long hiddenSize, numLayers;
    private readonly bool bias, batchFirst, bidirectional;
    private readonly double dropout;

    public Recurrent(
        nn.Module owner, long gates, long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional,
        Device? device, ScalarType? dtype)
    {
        if (numLayers < 1) throw new ArgumentException($"A recurrent module has at least 1 layer, not {numLayers}.", nameof(numLayers));
        if (inputSize < 0 || hiddenSize < 0) throw new ArgumentException($"A recurrent module's sizes must not be negative: {inputSize}, {hiddenSize}.");
        if (dropout is not (>= 0 and <= 1)) throw new ArgumentException("The probability of dropping must be from 0 to 1.", nameof(dropout));
        (this.hiddenSize, this.numLayers, this.bias, this.batchFirst, this.dropout, this.bidirectional) = (hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
        for (var layer = 0; layer < numLayers; layer++)
        {
            foreach (var suffix in bidirectional ? new[] { "", "_reverse" } : [""])
            {
                var width = layer == 0 ? inputSize : hiddenSize * (bidirectional ? 2 : 1);
                Add($"weight_ih_l{layer}{suffix}", [gates * hiddenSize, width]);
                Add($"weight_hh_l{layer}{suffix}", [gates * hiddenSize, hiddenSize]);
                if (!bias) continue;
                Add($"bias_ih_l{layer}{suffix}", [gates * hiddenSize]);
                Add($"bias_hh_l{layer}{suffix}", [gates * hiddenSize]);
            }
        }

        var bound = hiddenSize > 0 ? 1 / Math.Sqrt(hiddenSize) : 0;
        foreach (var (_, weight) in all) nn.init.uniform_(weight, -bound, bound).Dispose();
        foreach (var (name, weight) in all) owner.register_parameter(name, weight);

        void Add(string name, long[] shape) => all.Add((name, Initial.Parameter(shape, device, dtype)));
    }

    private int Batch => batchFirst ? 0 : 1;

    public Parameter? Find(string name) => all.Find(w => w.Name == name).Weight;

    /// <summary>Runs an operator with one state: RNN and GRU.</summary>
    public (Tensor, Tensor) Run(Operator run, Tensor input, Tensor? h0, bool training)
    {
        using var scope = NewDisposeScope();
        var x = Batched(input);
        var (output, hn) = run.Tensors2(x, State(input, x, h0), Weights, bias, numLayers, dropout, training, bidirectional, batchFirst);
        if (input.ndim == 2) (output, hn) = (output.squeeze(Batch), hn.squeeze(1));
        return scope.MoveToOuter(output, hn);
    }

    /// <summary>Runs an operator with two states: LSTM.</summary>
    public (Tensor, Tensor, Tensor) Run(Operator run, Tensor input, (Tensor, Tensor)? h0_c0, bool training)
    {
        using var scope = NewDisposeScope();
        var x = Batched(input);
        var states = new[] { State(input, x, h0_c0?.Item1), State(input, x, h0_c0?.Item2) };
        var (output, hn, cn) = run.Tensors3(x, states, Weights, bias, numLayers, dropout, training, bidirectional, batchFirst);
        if (input.ndim == 2) (output, hn, cn) = (output.squeeze(Batch), hn.squeeze(1), cn.squeeze(1));
        return scope.MoveToOuter(output, hn, cn);
    }

    /// <summary>Over sequences of different lengths, with one state.</summary>
    public (nn.utils.rnn.PackedSequence, Tensor) Run(Operator run, nn.utils.rnn.PackedSequence input, Tensor? h0, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        var (output, hn) = run.Tensors2(input.data, input.batch_sizes, State(input, h0), Weights, bias, numLayers, dropout, training, bidirectional);
        return (Like(input, output), Back(input, hn));
    }

    /// <summary>Over sequences of different lengths, with two states.</summary>
    public (nn.utils.rnn.PackedSequence, Tensor, Tensor) Run(Operator run, nn.utils.rnn.PackedSequence input, (Tensor, Tensor)? h0_c0, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        var states = new[] { State(input, h0_c0?.Item1), State(input, h0_c0?.Item2) };
        var (output, hn, cn) = run.Tensors3(input.data, input.batch_sizes, states, Weights, bias, numLayers, dropout, training, bidirectional);
        return (Like(input, output), Back(input, hn), Back(input, cn));
    }

    // In the order of the packed sequences; the result goes back to the order in which they came.
    private Tensor State(nn.utils.rnn.PackedSequence input, Tensor? given) =>
        given is null ? zeros([numLayers * (bidirectional ? 2 : 1), input.batch_sizes[0].ToInt64(), hiddenSize], input.data.dtype, input.data.device)
        : input.sorted_indices is { } sorted ? given.index_select(1, sorted) : given;

    private static Tensor Back(nn.utils.rnn.PackedSequence input, Tensor state) =>
        (input.unsorted_indices is { } back ? state.index_select(1, back) : state).MoveToOuterDisposeScope();

    private static nn.utils.rnn.PackedSequence Like(nn.utils.rnn.PackedSequence input, Tensor output) =>
        new nn.utils.rnn.PackedSequence(output, input.batch_sizes.alias(), input.sorted_indices?.alias(), input.unsorted_indices?.alias()).MoveToOuterDisposeScope();

    private Tensor[] Weights => all.Select(w => (Tensor)w.Weight).ToArray();

    private Tensor Batched(Tensor input) => input.Needed().ndim switch
    {
        2 => input.unsqueeze(Batch),
        3 => input,
        _ => throw new ArgumentException($"A recurrent module needs an input of 3 dimensions, or of 2 without a batch, but got {input.ndim}.", nameof(input)),
    };

    private Tensor State(Tensor input, Tensor x, Tensor? given)
    {
        if (given is not null && given.ndim != input.ndim)
            throw new ArgumentException($"The state must have {input.ndim} dimensions, as the input has, but has {given.ndim}.");
        return given is null ? zeros([numLayers * (bidirectional ? 2 : 1), x.size(Batch), hiddenSize], x.dtype, x.device)
            : input.ndim == 2 ? given.unsqueeze(1) : given;
    }
}
