using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Limited-memory BFGS (Nocedal 1980) with a fixed step: it asks the closure for the loss and its gradients several times a step, and has one group.
    /// </summary>
    public class LBFGS : optim.Optimizer, optim.ILearningRateController
    {
        private readonly long max_iter, max_eval, history_size;
        private readonly double tolerance_grad, tolerance_change;
        private readonly List<(Tensor Gradient, Tensor Step, double Curvature)> history = [];
        private Tensor? direction, previous;
        private double length, scale = 1;
        private long iterations;

        protected double _rate;

        internal LBFGS(
            IEnumerable<Parameter> parameters, double lr, long max_iter, long? max_eval, double tolerance_grad, double tolerance_change, long history_size)
        {
            if (!(lr >= 0)) throw new ArgumentException("lr must be zero or more.", nameof(lr));
            if (max_iter < 1) throw new ArgumentException($"max_iter must be at least 1, not {max_iter}.", nameof(max_iter));
            if (history_size < 1) throw new ArgumentException($"history_size must be at least 1, not {history_size}.", nameof(history_size));
            (this.max_iter, this.max_eval, this.history_size) = (max_iter, max_eval ?? max_iter * 5 / 4, history_size);
            (this.tolerance_grad, this.tolerance_change) = (tolerance_grad, tolerance_change);
            LearningRate = InitialLearningRate = lr;
            ArgumentNullException.ThrowIfNull(parameters);
            _parameter_groups.Add(new ParamGroup<OptimizerOptions>(parameters, new OptimizerOptions { LearningRate = lr, InitialLearningRate = lr }));
            if (!this.parameters().Any()) throw new ArgumentException("There are no parameters to optimize.", nameof(parameters));
        }

        public double LearningRate
        {
            get => _rate;
            set => _rate = value;
        }

        public double InitialLearningRate { get; set; }

        public override IEnumerable<optim.ILearningRateController> ParamGroups => [this];

        /// <param name="closure">Sets the gradients to zero, computes the loss, calls backward on it and gives it back.</param>
        public override Tensor step(Func<Tensor>? closure)
        {
            ArgumentNullException.ThrowIfNull(closure, nameof(closure));
            using var mode = no_grad();
            var first = Evaluate(closure);
            using var scope = NewDisposeScope();
            var gradient = Gradient();
            if (Largest(gradient) <= tolerance_grad) return first;
            double loss = first.ToDouble(), evaluations = 1;
            for (var iteration = 1; ; iteration++)
            {
                iterations++;
                Turn(gradient);
                Keep(ref previous, gradient.clone());
                length = iterations == 1 ? Math.Min(1, 1 / gradient.abs().sum().ToDouble()) * _rate : _rate;
                if (gradient.dot(direction!).ToDouble() > -tolerance_change) break;
                Move();
                if (iteration == max_iter) break;

                var before = loss;
                using (var again = Evaluate(closure)) loss = again.ToDouble();
                gradient = Gradient();
                if (++evaluations >= max_eval || Largest(gradient) <= tolerance_grad) break;
                if (Largest(direction! * length) <= tolerance_change || Math.Abs(loss - before) < tolerance_change) break;
            }

            return first;
        }

        private static Tensor Evaluate(Func<Tensor> closure)
        {
            using var grad = enable_grad();
            return closure() ?? throw new InvalidOperationException("The closure must give back the loss.");
        }

        /// <summary>The direction against the gradient, bent by what the steps before have told of the curvature.</summary>
        private void Turn(Tensor gradient)
        {
            if (previous is null || direction is null)
            {
                Keep(ref direction, gradient.neg());
                return;
            }

            Learn(gradient.sub(previous), direction.mul(length));
            var turned = gradient.neg();
            var weights = new double[history.Count];
            for (var i = history.Count - 1; i >= 0; i--)
            {
                weights[i] = history[i].Step.dot(turned).ToDouble() / history[i].Curvature;
                turned.add_(history[i].Gradient, -weights[i]);
            }

            turned.mul_(scale);
            for (var i = 0; i < history.Count; i++)
                turned.add_(history[i].Step, weights[i] - history[i].Gradient.dot(turned).ToDouble() / history[i].Curvature);
            Keep(ref direction, turned);
        }

        private void Learn(Tensor change, Tensor step)
        {
            var curvature = change.dot(step).ToDouble();
            if (!(curvature > 1e-10)) return;
            if (history.Count == history_size)
            {
                Forget(history[0]);
                history.RemoveAt(0);
            }

            history.Add((change.DetachFromDisposeScope(), step.DetachFromDisposeScope(), curvature));
            scale = curvature / change.dot(change).ToDouble();
        }

        private void Move()
        {
            long start = 0;
            foreach (var parameter in parameters())
            {
                parameter.add_(direction!.narrow(0, start, parameter.numel()).view_as(parameter), length);
                start += parameter.numel();
            }
        }

        private Tensor Gradient() => cat(parameters().Select(p => p.grad?.reshape(-1) ?? zeros([p.numel()], p.dtype, p.device)).ToArray());

        private static double Largest(Tensor tensor) => tensor.numel() == 0 ? 0 : tensor.abs().max().ToDouble();

        private static void Keep(ref Tensor? kept, Tensor tensor)
        {
            kept?.Dispose();
            kept = tensor.DetachFromDisposeScope();
        }

        private static void Forget((Tensor Gradient, Tensor Step, double) pair)
        {
            pair.Gradient.Dispose();
            pair.Step.Dispose();
        }

        private protected override void Free()
        {
            history.ForEach(Forget);
            history.Clear();
            direction?.Dispose();
            previous?.Dispose();
            (direction, previous) = (null, null);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static LBFGS LBFGS(
                IEnumerable<Parameter> parameters, double lr = 0.01, long max_iter = 20, long? max_eval = null, double tolerange_grad = 1E-05,
                double tolerance_change = 1E-09, long history_size = 100) =>
                new(parameters, lr, max_iter, max_eval, tolerange_grad, tolerance_change, history_size);

            public static LBFGS LBFGS(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, long max_iter = 20, long? max_eval = null, double tolerange_grad = 1E-05,
                double tolerance_change = 1E-09, long history_size = 100) =>
                new(parameters.Select(p => p.parameter), lr, max_iter, max_eval, tolerange_grad, tolerance_change, history_size);
        }
    }
}
