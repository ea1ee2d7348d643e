using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Makes sequences, images or volumes larger or smaller, to a size or by a factor.</summary>
    public sealed class Upsample : ParameterLessModule<Tensor, Tensor>
    {
        private readonly long[]? wanted;
        private readonly double[]? factors;

        internal Upsample(long[]? size, double[]? scale_factor, UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor) : base(nameof(Upsample))
        {
            (wanted, factors) = (size, scale_factor);
            (this.mode, this.align_corners, this.recompute_scale_factor) = (mode, align_corners, recompute_scale_factor);
        }

        public ReadOnlySpan<long> size => wanted;
        public ReadOnlySpan<double> scale_factor => factors;
        public UpsampleMode mode { get; }
        public bool? align_corners { get; }
        public bool? recompute_scale_factor { get; set; }

        public override Tensor forward(Tensor input)
        {
            var places = (int)input.Needed().ndim - 2;
            if (places is < 1 or > 3) throw new ArgumentException($"The input must have 3, 4 or 5 dimensions, but has {places + 2}.", nameof(input));
            if (wanted is null == factors is null) throw new ArgumentException("Either a size or a scale factor is needed, and not both.");
            if (mode == UpsampleMode.Nearest && align_corners is not null) throw new ArgumentException("The nearest value has no corners to align.", nameof(align_corners));
            var size = Each(wanted, places);
            var scale = Each(factors, places);
            if (recompute_scale_factor == true && scale is not null)
            {
                size = scale.Select((s, i) => (long)Math.Floor(input.shape[i + 2] * s)).ToArray();
                scale = null;
            }

            var corners = align_corners ?? false;
            return (mode, places) switch
            {
                (UpsampleMode.Nearest, 1) => Aten.upsample_nearest1d_vec.Tensor(input, size, scale),
                (UpsampleMode.Nearest, 2) => Aten.upsample_nearest2d_vec.Tensor(input, size, scale),
                (UpsampleMode.Nearest, _) => Aten.upsample_nearest3d_vec.Tensor(input, size, scale),
                (UpsampleMode.Linear, 1) => Aten.upsample_linear1d_vec.Tensor(input, size, corners, scale),
                (UpsampleMode.Bilinear, 2) => Aten.upsample_bilinear2d_vec.Tensor(input, size, corners, scale),
                (UpsampleMode.Bicubic, 2) => Aten.upsample_bicubic2d_vec.Tensor(input, size, corners, scale),
                (UpsampleMode.Trilinear, 3) => Aten.upsample_trilinear3d_vec.Tensor(input, size, corners, scale),
                _ => throw new ArgumentException($"{mode} does not work on an input of {places + 2} dimensions.", nameof(input)),
            };
        }

        private static T[]? Each<T>(T[]? given, int places) => given is null ? null : given.Length == 1 ? Enumerable.Repeat(given[0], places).ToArray()
            : given.Length == places ? given : throw new ArgumentException($"{given.Length} sizes or factors are given, but the input has {places} places to scale.");
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public enum UpsampleMode
        {
            Nearest = 0,
            Linear = 1,
            Bilinear = 2,
            Bicubic = 3,
            Trilinear = 4,
        }

        public static partial class nn
        {
            public static Upsample Upsample(
                long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool? align_corners = null, bool? recompute_scale_factor = null) =>
                new(size, scale_factor, mode, align_corners, recompute_scale_factor);
        }
    }
}
