using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Puts the maxima back to where they were; all else is zero.</summary>
    internal static class Unpooling
    {
        public static Tensor Run(Tensor tensor, Tensor indices, long[] kernel_size, long[]? stride, long[]? padding, long[]? output_size)
        {
            var places = kernel_size.Length;
            stride ??= kernel_size;
            padding ??= new long[places];
            var shape = tensor.Needed().shape;
            if (shape.Length != places + 1 && shape.Length != places + 2)
                throw new ArgumentException($"The input must have {places + 1} or {places + 2} dimensions, but has {shape.Length}.", nameof(tensor));
            var size = new long[places];
            for (var i = 0; i < places; i++) size[i] = (shape[shape.Length - places + i] - 1) * stride[i] - 2 * padding[i] + kernel_size[i];
            if (output_size is not null)
            {
                var wanted = output_size.Length > places ? output_size[^places..] : output_size;
                if (wanted.Length != places) throw new ArgumentException($"output_size must have {places} sizes, not {output_size.Length}.", nameof(output_size));
                for (var i = 0; i < places; i++)
                    if (Math.Abs(wanted[i] - size[i]) >= stride[i])
                        throw new ArgumentException($"output_size {i} must be between {size[i] - stride[i]} and {size[i] + stride[i]}, not {wanted[i]}.", nameof(output_size));
                size = wanted;
            }

            if (places == 3) return Aten.max_unpool3d.Tensor(tensor, indices, size, stride, padding);
            if (places == 2) return Aten.max_unpool2d.Tensor(tensor, indices, size);
            using Tensor column = tensor.unsqueeze(-1), at = indices.Needed().unsqueeze(-1);
            using var result = Aten.max_unpool2d.Tensor(column, at, new[] { size[0], 1 });
            return result.squeeze(-1);
        }
    }

    public sealed class MaxUnpool1d : ParameterLessModule<Tensor, Tensor, long[]?, Tensor>
    {
        internal MaxUnpool1d(long kernel_size, long? stride, long? padding) : base(nameof(MaxUnpool1d)) =>
            (this.kernel_size, this.stride, this.padding) = (kernel_size, stride, padding);

        public long kernel_size { get; set; }
        public long? stride { get; set; }
        public long? padding { get; set; }

        public new Tensor call(Tensor tensor, Tensor indices, long[]? output_size = null) => base.call(tensor, indices, output_size);

        public override Tensor forward(Tensor tensor, Tensor indices, long[]? output_size = null) =>
            Unpooling.Run(tensor, indices, [kernel_size], stride is { } s ? [s] : null, padding is { } p ? [p] : null, output_size);
    }

    public sealed class MaxUnpool2d : ParameterLessModule<Tensor, Tensor, long[]?, Tensor>
    {
        internal MaxUnpool2d(long[] kernel_size, long[]? stride, long[]? padding) : base(nameof(MaxUnpool2d)) =>
            (this.kernel_size, this.stride, this.padding) = (kernel_size, stride!, padding!);

        public long[] kernel_size { get; set; }
        public long[] stride { get; set; }
        public long[] padding { get; set; }

        public new Tensor call(Tensor tensor, Tensor indices, long[]? output_size = null) => base.call(tensor, indices, output_size);

        public override Tensor forward(Tensor tensor, Tensor indices, long[]? output_size = null) =>
            Unpooling.Run(tensor, indices, kernel_size, stride, padding, output_size);
    }

    public sealed class MaxUnpool3d : ParameterLessModule<Tensor, Tensor, long[]?, Tensor>
    {
        internal MaxUnpool3d(long[] kernel_size, long[]? stride, long[]? padding) : base(nameof(MaxUnpool3d)) =>
            (this.kernel_size, this.stride, this.padding) = (kernel_size, stride!, padding!);

        public long[] kernel_size { get; set; }
        public long[] stride { get; set; }
        public long[] padding { get; set; }

        public new Tensor call(Tensor tensor, Tensor indices, long[]? output_size = null) => base.call(tensor, indices, output_size);

        public override Tensor forward(Tensor tensor, Tensor indices, long[]? output_size = null) =>
            Unpooling.Run(tensor, indices, kernel_size, stride, padding, output_size);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MaxUnpool1d MaxUnpool1d(long kernel_size, long? stride = null, long? padding = null) => new(kernel_size, stride, padding);

            public static MaxUnpool2d MaxUnpool2d(long kernel_size, long? stride = null, long? padding = null) =>
                new([kernel_size, kernel_size], Pair.List(stride), Pair.List(padding));
            public static MaxUnpool2d MaxUnpool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null) =>
                new(Pair.List(kernel_size), Pair.List(stride), Pair.List(padding));
            public static MaxUnpool2d MaxUnpool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null) => new(kernel_size, stride, padding);

            public static MaxUnpool3d MaxUnpool3d(long kernel_size, long? stride = null, long? padding = null) =>
                new(Cubes.List(kernel_size), Cubes.List(stride), Cubes.List(padding));
            public static MaxUnpool3d MaxUnpool3d((long, long, long) kernel_size, (long, long, long)? stride = null, (long, long, long)? padding = null) =>
                new(Cubes.List(kernel_size), Cubes.List(stride), Cubes.List(padding));
            public static MaxUnpool3d MaxUnpool3d(long[] kernel_size, long[]? stride = null, long[]? padding = null) => new(kernel_size, stride, padding);
        }
    }
}
