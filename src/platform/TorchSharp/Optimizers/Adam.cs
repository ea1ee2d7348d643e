using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam (Kingma and Ba 2014; AMSGrad after Reddi et al. 2018), in PyTorch's form.</summary>
    public class Adam : OptimizerHelper, optim.IBetas
    {
        public Adam(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public Adam(
            IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
        {
            Require(lr >= 0, nameof(lr), lr, "zero or more");
            Require(beta1 is >= 0 and < 1, nameof(beta1), beta1, "at least 0 and below 1");
            Require(beta2 is >= 0 and < 1, nameof(beta2), beta2, "at least 0 and below 1");
            Require(eps >= 0, nameof(eps), eps, "zero or more");
            Require(weight_decay >= 0, nameof(weight_decay), weight_decay, "zero or more");
            _defaults = new Options
            {
                LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
            };
            foreach (var group in parameters ?? throw new ArgumentNullException(nameof(parameters))) add_param_group(group);
        }

        public (double, double) Betas
        {
            get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
            set
            {
                foreach (var options in _parameter_groups.Select(g => (Options)g.Options).Append((Options)_defaults)) (options.beta1, options.beta2) = value;
            }
        }

        private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);
        private protected override OptimizerOptions NewOptions() => new Options();

        public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

        private void Step(ParamGroup group)
        {
            var options = group.Options;
            double beta1 = options.beta1!.Value, beta2 = options.beta2!.Value, decay = options.weight_decay!.Value;
            foreach (var parameter in group.Parameters)
            {
                var grad = parameter.grad;
                if (grad is null) continue;
                if (options.maximize!.Value) grad = -grad;
                if (decay != 0) grad = grad.add(parameter, decay);

                var state = StateOf<State>(parameter, options);
                state.step++;
                state.exp_avg!.mul_(beta1).add_(grad, 1 - beta1);
                state.exp_avg_sq!.mul_(beta2).addcmul_(grad, grad, 1 - beta2);

                var correction1 = 1 - Math.Pow(beta1, state.step);
                var correction2 = Math.Sqrt(1 - Math.Pow(beta2, state.step));
                var second = state.exp_avg_sq;
                if (state.max_exp_avg_sq is { } max)
                {
                    max.copy_(torch.maximum(max, state.exp_avg_sq));
                    second = max;
                }

                parameter.addcdiv_(state.exp_avg, (second.sqrt() / correction2).add_(options.eps!.Value), -(options.LearningRate!.Value / correction1));
            }
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                writer.Write(beta1!.Value);
                writer.Write(beta2!.Value);
                writer.Write(eps!.Value);
                writer.Write(weight_decay!.Value);
                writer.Write(amsgrad!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                beta1 = Read(reader);
                beta2 = Read(reader);
                eps = Read(reader);
                weight_decay = Read(reader);
                amsgrad = reader.ReadBoolean();
                maximize = reader.ReadBoolean();
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                beta1 = other.beta1;
                beta2 = other.beta2;
                eps = other.eps;
                weight_decay = other.weight_decay;
                amsgrad = other.amsgrad;
                maximize = other.maximize;
            }

            internal override void Complete(OptimizerOptions defaults)
            {
                var d = (Options)defaults;
                beta1 ??= d.beta1;
                beta2 ??= d.beta2;
                weight_decay ??= d.weight_decay;
                eps ??= d.eps;
                amsgrad ??= d.amsgrad;
                maximize ??= d.maximize;
            }
        }

        public class State : OptimizerState, IDisposable
        {
            public State(Parameter parameter) : base(parameter)
            {
            }

            public long step;
            public Tensor? exp_avg;
            public Tensor? exp_avg_sq;
            public Tensor? max_exp_avg_sq;

            public override void Initialize(OptimizerOptions options)
            {
                Release();
                step = 0;
                exp_avg = zeros_like(_parameter).DetachFromDisposeScope();
                exp_avg_sq = zeros_like(_parameter).DetachFromDisposeScope();
                max_exp_avg_sq = ((Options)options).amsgrad!.Value ? zeros_like(_parameter).DetachFromDisposeScope() : null;
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                exp_avg!.Save(writer);
                exp_avg_sq!.Save(writer);
                SaveConditionalStateTensor(writer, max_exp_avg_sq);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                Release();
                step = reader.ReadInt64() is >= 0 and var steps ? steps : throw new InvalidDataException("This is not the state of an optimizer, or it is damaged: it counts fewer than no steps.");
                exp_avg = Read(reader, _parameter.device);
                exp_avg_sq = Read(reader, _parameter.device);
                LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
            }

            public override void LoadStateDict(OptimizerState source)
            {
                if (ReferenceEquals(source, this)) return;
                var other = (State)source;
                Release();
                step = other.step;
                exp_avg = Copy(other.exp_avg);
                exp_avg_sq = Copy(other.exp_avg_sq);
                max_exp_avg_sq = Copy(other.max_exp_avg_sq);
            }

            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State s && step == s.step && Close(exp_avg, s.exp_avg) && Close(exp_avg_sq, s.exp_avg_sq) && Close(max_exp_avg_sq, s.max_exp_avg_sq);

            public override void to(Device device)
            {
                exp_avg = Moved(exp_avg, device);
                exp_avg_sq = Moved(exp_avg_sq, device);
                max_exp_avg_sq = Moved(max_exp_avg_sq, device);
            }

            public void Dispose() => Release();

            internal override IEnumerable<Tensor> Tensors => new[] { exp_avg, exp_avg_sq, max_exp_avg_sq }.OfType<Tensor>();
        }

        public class ParamGroup : ParamGroup<Options>, optim.IBetas
        {
            public ParamGroup() => base.Options = new Options();

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0,
                bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize,
                })
            {
            }

            public (double, double) Betas
            {
                get => (Options.beta1!.Value, Options.beta2!.Value);
                set => (Options.beta1, Options.beta2) = value;
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
            public static Adam Adam(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0,
                bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<Adam.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0,
                bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
