using TorchSharp.Modules;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The weights of a recurrent module, by layer and direction, under PyTorch's names.</summary>
    internal sealed class RecurrentWeights
    {
        private readonly List<(string Name, Parameter Weight)> all = [];

        public RecurrentWeights(
            long gates, long inputSize, long hiddenSize, long numLayers, bool bias, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        {
            if (numLayers < 1) throw new ArgumentException($"A recurrent module has at least 1 layer, not {numLayers}.", nameof(numLayers));
            if (dropout is not (>= 0 and <= 1)) throw new ArgumentException("The probability of dropping must be from 0 to 1.", nameof(dropout));
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

            void Add(string name, long[] shape) => all.Add((name, Initial.Parameter(shape, device, dtype)));
        }

        public IEnumerable<(string Name, Parameter Weight)> All => all;
        public Tensor[] List => all.Select(w => (Tensor)w.Weight).ToArray();
    }

    public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly RecurrentWeights weights;
        private readonly long hiddenSize, numLayers;
        private readonly bool bias, batchFirst, bidirectional;
        private readonly double dropout;

        internal GRU(
            long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
            : base(nameof(GRU))
        {
            (this.hiddenSize, this.numLayers, this.bias, this.batchFirst, this.bidirectional, this.dropout) = (hiddenSize, numLayers, bias, batchFirst, bidirectional, dropout);
            weights = new(3, inputSize, hiddenSize, numLayers, bias, dropout, bidirectional, device, dtype);
            foreach (var (name, weight) in weights.All) register_parameter(name, weight);
        }

        public void flatten_parameters()
        {
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
        {
            using var scope = NewDisposeScope();
            var x = input.ndim == 2 ? input.unsqueeze(batchFirst ? 0 : 1) : input;
            var h = h0 is null
                ? zeros([numLayers * (bidirectional ? 2 : 1), x.size(batchFirst ? 0 : 1), hiddenSize], x.dtype, x.device)
                : input.ndim == 2 ? h0.unsqueeze(1) : h0;
            var (output, hn) = Aten.gru_input.Tensors2(x, h, weights.List, bias, numLayers, dropout, training, bidirectional, batchFirst);
            if (input.ndim == 2) (output, hn) = (output.squeeze(batchFirst ? 0 : 1), hn.squeeze(1));
            return scope.MoveToOuter(output, hn);
        }
    }

    public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        private readonly RecurrentWeights weights;
        private readonly long hiddenSize, numLayers;
        private readonly bool bias, batchFirst, bidirectional;
        private readonly double dropout;

        internal LSTM(
            long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
            : base(nameof(LSTM))
        {
            (this.hiddenSize, this.numLayers, this.bias, this.batchFirst, this.bidirectional, this.dropout) = (hiddenSize, numLayers, bias, batchFirst, bidirectional, dropout);
            weights = new(4, inputSize, hiddenSize, numLayers, bias, dropout, bidirectional, device, dtype);
            foreach (var (name, weight) in weights.All) register_parameter(name, weight);
        }

        public void flatten_parameters()
        {
        }

        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
        {
            using var scope = NewDisposeScope();
            var x = input.ndim == 2 ? input.unsqueeze(batchFirst ? 0 : 1) : input;
            Tensor h, c;
            if (h0_c0 is { } given) (h, c) = input.ndim == 2 ? (given.Item1.unsqueeze(1), given.Item2.unsqueeze(1)) : given;
            else h = c = zeros([numLayers * (bidirectional ? 2 : 1), x.size(batchFirst ? 0 : 1), hiddenSize], x.dtype, x.device);
            var (output, hn, cn) = Aten.lstm_input.Tensors3(x, new[] { h, c }, weights.List, bias, numLayers, dropout, training, bidirectional, batchFirst);
            if (input.ndim == 2) (output, hn, cn) = (output.squeeze(batchFirst ? 0 : 1), hn.squeeze(1), cn.squeeze(1));
            return scope.MoveToOuter(output, hn, cn);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GRU GRU(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false,
                Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

            public static LSTM LSTM(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false,
                Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
