namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            public static Tensor constant_(Tensor tensor, Scalar val) => WithoutGrad(() => tensor.Needed().fill_(val));
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);
            public static Tensor zeros_(Tensor tensor) => WithoutGrad(() => tensor.Needed().zero_());

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                WithoutGrad(() => tensor.Needed().uniform_(low, high, generator));

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                WithoutGrad(() => tensor.Needed().normal_(mean, std, generator));

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                var (fan_in, fan_out) = CalculateFanInAndFanOut(tensor);
                var bound = Math.Sqrt(3.0) * (gain * Math.Sqrt(2.0 / (fan_in + fan_out)));
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1)
            {
                var (fan_in, fan_out) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fan_in + fan_out)));
            }

            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1) => xavier_normal_(tensor, gain);

            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fan_in, fan_out) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fan_in : fan_out);
            }

            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + param * param)),
                _ => 1,
            };

            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.Needed().shape;
                if (shape.Length < 2)
                    throw new ArgumentException($"Fan-in and fan-out need a tensor of at least 2 dimensions, but this one has {shape.Length}.", nameof(tensor));
                var field = shape[2..].Aggregate(1L, (x, y) => x * y);
                return (shape[1] * field, shape[0] * field);
            }

            /// <summary>Numbers from a normal distribution, of which none lies outside <paramref name="a"/> and <paramref name="b"/>.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null) => WithoutGrad(() =>
            {
                double low = Share((a - mean) / std), high = Share((b - mean) / std);
                using var scope = NewDisposeScope();
                return tensor.Needed().uniform_(2 * low - 1, 2 * high - 1, generator).erfinv_().mul_(std * Math.Sqrt(2)).add_(mean).clamp_(min: a, max: b).MoveToOuterDisposeScope();

                // How much of the normal distribution lies below.
                static double Share(double x) => (1 + Scalar(x / Math.Sqrt(2))) / 2;

                static double Scalar(double x)
                {
                    using var at = torch.tensor(x);
                    using var found = at.erf();
                    return found.item<double>();
                }
            });

            /// <summary>Rows, or columns where there are fewer of them, that stand at right angles to each other and are <paramref name="gain"/> long (Saxe et al. 2013).</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1) => WithoutGrad(() =>
            {
                var shape = tensor.Needed().shape;
                if (shape.Length < 2) throw new ArgumentException($"Only a tensor of at least 2 dimensions can be orthogonal, but this one has {shape.Length}.", nameof(tensor));
                if (tensor.numel() == 0) return tensor.alias();
                using var scope = NewDisposeScope();
                long rows = shape[0], columns = tensor.numel() / rows;
                var numbers = empty([rows, columns], tensor.dtype, tensor.device).normal_();
                if (rows < columns) numbers = numbers.t();
                var (q, r) = linalg.qr(numbers);
                // The signs make the distribution even.
                q = q * r.diagonal().sign();
                if (rows < columns) q = q.t();
                return tensor.copy_(q.reshape(shape)).mul_(gain).MoveToOuterDisposeScope();
            });

            /// <summary>Ones on the diagonal of a matrix, zeros elsewhere.</summary>
            public static Tensor eye_(Tensor tensor) => WithoutGrad(() =>
            {
                var shape = tensor.Needed().shape;
                if (shape.Length != 2) throw new ArgumentException($"Only a tensor of 2 dimensions has a diagonal, but this one has {shape.Length}.", nameof(tensor));
                using var eye = torch.eye(shape[0], shape[1], tensor.dtype, tensor.device);
                return tensor.copy_(eye);
            });

            /// <summary>The weights of a convolution that gives back as many of its input's channels as it can.</summary>
            public static Tensor dirac_(Tensor tensor) => WithoutGrad(() =>
            {
                var shape = tensor.Needed().shape;
                if (shape.Length is < 3 or > 5) throw new ArgumentException($"Only the weights of a convolution (3, 4 or 5 dimensions) can be so, but this tensor has {shape.Length}.", nameof(tensor));
                using var scope = NewDisposeScope();
                var result = tensor.zero_();
                var middle = shape[2..].Select(edge => TensorIndex.Single(edge / 2));
                for (long channel = 0; channel < Math.Min(shape[0], shape[1]); channel++) tensor[[channel, channel, .. middle]] = 1;
                return result.MoveToOuterDisposeScope();
            });

            /// <summary>Normal numbers, of which in each column the share <paramref name="sparsity"/> is zero (Martens 2010).</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01) => WithoutGrad(() =>
            {
                var shape = tensor.Needed().shape;
                if (shape.Length != 2) throw new ArgumentException($"Only a tensor of 2 dimensions can be made so, but this one has {shape.Length}.", nameof(tensor));
                if (sparsity is not (>= 0 and <= 1)) throw new ArgumentException("The share of zeros must be from 0 to 1.", nameof(sparsity));
                using var scope = NewDisposeScope();
                var zeros = (long)Math.Ceiling(sparsity * shape[0]);
                var result = tensor.normal_(0, std);
                for (long column = 0; column < shape[1]; column++) tensor[TensorIndex.Tensor(randperm(shape[0])[..(int)zeros]), column] = 0;
                return result.MoveToOuterDisposeScope();
            });

            private static Tensor WithoutGrad(Func<Tensor> change)
            {
                using var mode = no_grad();
                return change();
            }
        }
    }
}
