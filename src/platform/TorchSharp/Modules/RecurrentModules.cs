using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Elman's recurrent network; the state is bent by tanh or by ReLU.</summary>
    public sealed class RNN : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly Recurrent net;
        private readonly nn.NonLinearities nonLinearity;

        internal RNN(
            long inputSize, long hiddenSize, long numLayers, nn.NonLinearities nonLinearity, bool bias, bool batchFirst, double dropout, bool bidirectional,
            Device? device, ScalarType? dtype) : base(nameof(RNN))
        {
            net = new(this, 1, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
            this.nonLinearity = nonLinearity;
        }

        /// <summary>The weights of a layer, forwards.</summary>
        public Parameter? get_weight_ih(long idx) => net.Find($"weight_ih_l{idx}");
        public Parameter? get_weight_hh(long idx) => net.Find($"weight_hh_l{idx}");
        public Parameter? get_bias_ih(long idx) => net.Find($"bias_ih_l{idx}");
        public Parameter? get_bias_hh(long idx) => net.Find($"bias_hh_l{idx}");

        /// <summary>Nothing is to be done: only CUDA wants its weights in one piece.</summary>
        public void flatten_parameters()
        {
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

        /// <summary>Over sequences of different lengths.</summary>
        public (nn.utils.rnn.PackedSequence, Tensor) call(nn.utils.rnn.PackedSequence input, Tensor? h0 = null) =>
            net.Run(nonLinearity == nn.NonLinearities.ReLU ? Aten.rnn_relu_data : Aten.rnn_tanh_data, input, h0, training);

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0) =>
            net.Run(nonLinearity == nn.NonLinearities.ReLU ? Aten.rnn_relu_input : Aten.rnn_tanh_input, input, h0, training);
    }

    /// <summary>Gated recurrent units (Cho et al. 2014).</summary>
    public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private readonly Recurrent net;

        internal GRU(
            long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
            : base(nameof(GRU)) =>
            net = new(this, 3, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <summary>Nothing is to be done: only CUDA wants its weights in one piece.</summary>
        public void flatten_parameters()
        {
        }

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

        /// <summary>Over sequences of different lengths.</summary>
        public (nn.utils.rnn.PackedSequence, Tensor) call(nn.utils.rnn.PackedSequence input, Tensor? h0 = null) => net.Run(Aten.gru_data, input, h0, training);

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null) => net.Run(Aten.gru_input, input, h0, training);
    }

    /// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997).</summary>
    public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        private readonly Recurrent net;

        internal LSTM(
            long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
            : base(nameof(LSTM)) =>
            net = new(this, 4, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <summary>Nothing is to be done: only CUDA wants its weights in one piece.</summary>
        public void flatten_parameters()
        {
        }

        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        /// <summary>Over sequences of different lengths.</summary>
        public (nn.utils.rnn.PackedSequence, Tensor, Tensor) call(nn.utils.rnn.PackedSequence input, (Tensor, Tensor)? h0_c0 = null) => net.Run(Aten.lstm_data, input, h0_c0, training);

        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null) => net.Run(Aten.lstm_input, input, h0_c0, training);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public enum NonLinearities
            {
                ReLU = 0,
                Tanh = 1,
            }

            public static RNN RNN(
                long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, nonLinearity, bias, batchFirst, dropout, bidirectional, device, dtype);

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
