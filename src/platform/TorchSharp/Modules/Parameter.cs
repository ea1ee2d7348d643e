using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public class Parameter : Tensor
    {
        /// <summary>Takes the data over: the tensor that was given is empty afterwards.</summary>
        public Parameter(Tensor data, bool requires_grad = true) : base(data ?? throw new ArgumentNullException(nameof(data))) =>
            this.requires_grad = requires_grad;
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
