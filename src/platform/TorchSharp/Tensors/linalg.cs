using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class linalg
    {
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        /// <summary>An orthogonal and a triangular factor; with <see cref="QRMode.R"/> the first is empty.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Aten.linalg_qr.Tensors2(input, mode == QRMode.R ? "r" : mode.ToString().ToLowerInvariant());

        /// <summary>The solutions, the sums of their squared errors, the ranks and the singular values, as far as the method gives them.</summary>
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) => Solve(input, other, null);
        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other, double rcond) => Solve(input, other, rcond);

        private static (Tensor, Tensor, Tensor, Tensor) Solve(Tensor input, Tensor other, double? rcond) =>
            Aten.linalg_lstsq.TensorsN(4, input, other, rcond, "gelsy") is var r ? (r[0]!, r[1]!, r[2]!, r[3]!) : default;
    }

    public static partial class special
    {
        public static Tensor sigmoid(Tensor input) => expit(input);
        public static Tensor sigmoid_(Tensor input) => input.Needed().sigmoid_();
    }
}
