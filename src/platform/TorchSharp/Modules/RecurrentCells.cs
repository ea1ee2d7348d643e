using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The four weights of a cell, registered with the module that has them.</summary>
    internal sealed class CellWeights
    {
        private static readonly string[] Names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];
        private readonly nn.Module owner;
        private readonly long hiddenSize;
        private readonly Parameter?[] weights = new Parameter?[4];

        public CellWeights(nn.Module owner, long gates, long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype)
        {
            if (inputSize < 0 || hiddenSize < 0) throw new ArgumentException($"A cell's sizes must not be negative: {inputSize}, {hiddenSize}.");
            (this.owner, this.hiddenSize) = (owner, hiddenSize);
            var bound = hiddenSize > 0 ? 1 / Math.Sqrt(hiddenSize) : 0;
            long[][] shapes = [[gates * hiddenSize, inputSize], [gates * hiddenSize, hiddenSize], [gates * hiddenSize], [gates * hiddenSize]];
            for (var i = 0; i < (bias ? 4 : 2); i++)
            {
                this[i] = Initial.Parameter(shapes[i], device, dtype);
                nn.init.uniform_(this[i]!, -bound, bound).Dispose();
            }
        }

        public Parameter? this[int place]
        {
            get => weights[place];
            set => owner.SetComponent(Names[place], weights[place] = value ?? (place > 1 ? null : throw new ArgumentNullException(Names[place])));
        }

        /// <summary>One step of an operator with one state; an input without a batch gets one for the call.</summary>
        public Tensor Step(Operator run, Tensor input, Tensor? state)
        {
            using var scope = NewDisposeScope();
            var x = Batched(input);
            var result = run.Tensor(x, State(input, x, state), weights[0], weights[1], weights[2], weights[3]);
            return (input.ndim == 1 ? result.squeeze(0) : result).MoveToOuterDisposeScope();
        }

        public (Tensor, Tensor) Step(Operator run, Tensor input, (Tensor, Tensor)? states)
        {
            using var scope = NewDisposeScope();
            var x = Batched(input);
            var (h, c) = run.Tensors2(x, new[] { State(input, x, states?.Item1), State(input, x, states?.Item2) }, weights[0], weights[1], weights[2], weights[3]);
            if (input.ndim == 1) (h, c) = (h.squeeze(0), c.squeeze(0));
            return scope.MoveToOuter(h, c);
        }

        private static Tensor Batched(Tensor input) => input.Needed().ndim switch
        {
            1 => input.unsqueeze(0),
            2 => input,
            _ => throw new ArgumentException($"A cell needs an input of 2 dimensions, or of 1 without a batch, but got {input.ndim}.", nameof(input)),
        };

        private Tensor State(Tensor input, Tensor x, Tensor? given)
        {
            if (given is not null && given.ndim != input.ndim)
                throw new ArgumentException($"The state must have {input.ndim} dimensions, as the input has, but has {given.ndim}.");
            return given is null ? zeros([x.size(0), hiddenSize], x.dtype, x.device) : input.ndim == 1 ? given.unsqueeze(0) : given;
        }
    }

    /// <summary>One step of an RNN.</summary>
    public sealed class RNNCell : nn.Module<Tensor, Tensor?, Tensor>
    {
        private readonly CellWeights cell;
        private readonly nn.NonLinearities nonLinearity;

        internal RNNCell(long inputSize, long hiddenSize, nn.NonLinearities nonLinearity, bool bias, Device? device, ScalarType? dtype) : base(nameof(RNNCell))
        {
            cell = new(this, 1, inputSize, hiddenSize, bias, device, dtype);
            this.nonLinearity = nonLinearity;
        }

        public Parameter weight_ih
        {
            get => cell[0]!;
            set => cell[0] = value;
        }

        public Parameter weight_hh
        {
            get => cell[1]!;
            set => cell[1] = value;
        }

        public Parameter? bias_ih
        {
            get => cell[2];
            set => cell[2] = value;
        }

        public Parameter? bias_hh
        {
            get => cell[3];
            set => cell[3] = value;
        }

        public override Tensor forward(Tensor input, Tensor? h0 = null) =>
            cell.Step(nonLinearity == nn.NonLinearities.ReLU ? Aten.rnn_relu_cell : Aten.rnn_tanh_cell, input, h0);
    }

    /// <summary>One step of a GRU.</summary>
    public sealed class GRUCell : nn.Module<Tensor, Tensor?, Tensor>
    {
        private readonly CellWeights cell;

        internal GRUCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(GRUCell)) =>
            cell = new(this, 3, inputSize, hiddenSize, bias, device, dtype);

        public Parameter weight_ih
        {
            get => cell[0]!;
            set => cell[0] = value;
        }

        public Parameter weight_hh
        {
            get => cell[1]!;
            set => cell[1] = value;
        }

        public Parameter? bias_ih
        {
            get => cell[2];
            set => cell[2] = value;
        }

        public Parameter? bias_hh
        {
            get => cell[3];
            set => cell[3] = value;
        }

        public override Tensor forward(Tensor input, Tensor? h0 = null) => cell.Step(Aten.gru_cell, input, h0);
    }

    /// <summary>One step of an LSTM.</summary>
    public sealed class LSTMCell : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)>
    {
        private readonly CellWeights cell;

        internal LSTMCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype) : base(nameof(LSTMCell)) =>
            cell = new(this, 4, inputSize, hiddenSize, bias, device, dtype);

        public Parameter weight_ih
        {
            get => cell[0]!;
            set => cell[0] = value;
        }

        public Parameter weight_hh
        {
            get => cell[1]!;
            set => cell[1] = value;
        }

        public Parameter? bias_ih
        {
            get => cell[2];
            set => cell[2] = value;
        }

        public Parameter? bias_hh
        {
            get => cell[3];
            set => cell[3] = value;
        }

        public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0) => cell.Step(Aten.lstm_cell, input, h0_c0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static RNNCell RNNCell(
                long inputSize, long hiddenSize, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, nonLinearity, bias, device, dtype);

            public static GRUCell GRUCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, bias, device, dtype);

            public static LSTMCell LSTMCell(long inputSize, long hiddenSize, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, bias, device, dtype);
        }
    }
}
