using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent with momentum, after PyTorch's definition (Sutskever et al. 2013 for the momentum).</summary>
    public class SGD : OptimizerHelper, optim.IMomentum
    {
        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        {
            Require(lr >= 0, nameof(lr), lr, "zero or more");
            Require(momentum >= 0, nameof(momentum), momentum, "zero or more");
            Require(weight_decay >= 0, nameof(weight_decay), weight_decay, "zero or more");
            if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum needs a momentum, and no dampening.", nameof(nesterov));
            _defaults = new Options
            {
                LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize,
            };
            foreach (var group in parameters ?? throw new ArgumentNullException(nameof(parameters))) add_param_group(group);
        }

        public double Momentum
        {
            get => ((Options)_defaults).momentum!.Value;
            set
            {
                foreach (var group in _parameter_groups) ((Options)group.Options).momentum = value;
                ((Options)_defaults).momentum = value;
            }
        }

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);
        private protected override OptimizerOptions NewOptions() => new Options();

        public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

        private void Step(ParamGroup group)
        {
            var options = group.Options;
            double lr = options.LearningRate!.Value, momentum = options.momentum!.Value, decay = options.weight_decay!.Value;
            foreach (var parameter in group.Parameters)
            {
                var grad = parameter.grad;
                if (grad is null) continue;
                if (options.maximize!.Value) grad = -grad;
                if (decay != 0) grad = grad.add(parameter, decay);
                if (momentum != 0)
                {
                    var state = StateOf<State>(parameter, options);
                    if (state.momentum_buffer is null) state.momentum_buffer = grad.clone().detach().DetachFromDisposeScope();
                    else state.momentum_buffer.mul_(momentum).add_(grad, 1 - options.dampening!.Value);
                    grad = options.nesterov!.Value ? grad.add(state.momentum_buffer, momentum) : state.momentum_buffer;
                }

                parameter.add_(grad, -lr);
            }
        }

        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(momentum!.Value);
                writer.Write(dampening!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(nesterov!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                momentum = Read(reader);
                dampening = Read(reader);
                weight_decay = Read(reader);
                nesterov = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                momentum = other.momentum;
                dampening = other.dampening;
                weight_decay = other.weight_decay;
                nesterov = other.nesterov;
                maximize = other.maximize;
            }

            internal override void Complete(OptimizerOptions defaults)
            {
                var d = (Options)defaults;
                momentum ??= d.momentum;
                dampening ??= d.dampening;
                weight_decay ??= d.weight_decay;
                nesterov ??= d.nesterov;
                maximize ??= d.maximize;
            }
        }

        public class State : OptimizerState, IDisposable
        {
            public State(Parameter parameter) : base(parameter)
            {
            }

            public Tensor? momentum_buffer;

            public override void Initialize(OptimizerOptions options)
            {
            }

            public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer);

            public override void LoadStateDict(BinaryReader reader) => LoadConditionalStateTensor(reader, ref momentum_buffer, _parameter.device);

            public override void LoadStateDict(OptimizerState source)
            {
                if (ReferenceEquals(source, this)) return;
                Release();
                momentum_buffer = Copy(((State)source).momentum_buffer);
            }

            public override bool ApproximatelyEquals(OptimizerState other) => other is State s && Close(momentum_buffer, s.momentum_buffer);

            public override void to(Device device) => momentum_buffer = Moved(momentum_buffer, device);

            public void Dispose() => Release();

            internal override IEnumerable<Tensor> Tensors => momentum_buffer is null ? [] : [momentum_buffer];
        }

        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup() => base.Options = new Options();

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
                bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize,
                })
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
                bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
                bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
