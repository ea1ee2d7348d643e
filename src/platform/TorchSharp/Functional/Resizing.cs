using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
        NearestExact = 6,
    }

    public enum GridSampleMode
    {
        Nearest = 0,
        Bilinear = 2,
    }

    public enum GridSamplePaddingMode
    {
        Zeros = 0,
        Reflection = 1,
        Border = 2,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Sequences [batch, channels, length], images or volumes in another size: to <paramref name="size"/>, or by <paramref name="scale_factor"/>.</summary>
            /// <param name="recompute_scale_factor">Whether the factor is that of the two sizes in whole numbers, not the one that was given.</param>
            /// <param name="antialias">Smooths what becomes smaller (images only, bilinear or bicubic).</param>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null,
                bool recompute_scale_factor = false, bool antialias = false)
            {
                var places = (int)x.Needed().ndim - 2;
                if (places is < 1 or > 3) throw new ArgumentException($"The input must have 3, 4 or 5 dimensions, but has {places + 2}.", nameof(x));
                if (size is null == scale_factor is null) throw new ArgumentException("Either a size or a scale factor is needed, and not both.");
                if (mode is InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area && align_corners is not null)
                    throw new ArgumentException($"{mode} has no corners to align.", nameof(align_corners));
                if (antialias && !(places == 2 && mode is InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ArgumentException("Only images, bilinear or bicubic, can be smoothed while they become smaller.", nameof(antialias));
                if (recompute_scale_factor && scale_factor is null) throw new ArgumentException("There is no scale factor to compute anew: a size is given.", nameof(recompute_scale_factor));
                var wanted = Each(size, places);
                var factors = Each(scale_factor, places);
                if (factors is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    wanted = factors.Select((f, i) => (long)Math.Floor(x.shape[i + 2] * f)).ToArray();
                    factors = null;
                }

                var corners = align_corners ?? false;
                return (mode, places) switch
                {
                    (InterpolationMode.Nearest, 1) => Aten.upsample_nearest1d_vec.Tensor(x, wanted, factors),
                    (InterpolationMode.Nearest, 2) => Aten.upsample_nearest2d_vec.Tensor(x, wanted, factors),
                    (InterpolationMode.Nearest, _) => Aten.upsample_nearest3d_vec.Tensor(x, wanted, factors),
                    (InterpolationMode.NearestExact, 1) => Aten._upsample_nearest_exact1d_vec.Tensor(x, wanted, factors),
                    (InterpolationMode.NearestExact, 2) => Aten._upsample_nearest_exact2d_vec.Tensor(x, wanted, factors),
                    (InterpolationMode.NearestExact, _) => Aten._upsample_nearest_exact3d_vec.Tensor(x, wanted, factors),
                    (InterpolationMode.Area, 1) => adaptive_avg_pool1d(x, wanted![0]),
                    (InterpolationMode.Area, 2) => adaptive_avg_pool2d(x, wanted!),
                    (InterpolationMode.Area, _) => adaptive_avg_pool3d(x, wanted!),
                    (InterpolationMode.Linear, 1) => Aten.upsample_linear1d_vec.Tensor(x, wanted, corners, factors),
                    (InterpolationMode.Bilinear, 2) when antialias => Aten._upsample_bilinear2d_aa_vec.Tensor(x, wanted, corners, factors),
                    (InterpolationMode.Bilinear, 2) => Aten.upsample_bilinear2d_vec.Tensor(x, wanted, corners, factors),
                    (InterpolationMode.Bicubic, 2) when antialias => Aten._upsample_bicubic2d_aa_vec.Tensor(x, wanted, corners, factors),
                    (InterpolationMode.Bicubic, 2) => Aten.upsample_bicubic2d_vec.Tensor(x, wanted, corners, factors),
                    (InterpolationMode.Trilinear, 3) => Aten.upsample_trilinear3d_vec.Tensor(x, wanted, corners, factors),
                    _ => throw new ArgumentException($"{mode} does not work on an input of {places + 2} dimensions.", nameof(x)),
                };
            }

            private static T[]? Each<T>(T[]? given, int places) => given is null ? null : given.Length == 1 ? Enumerable.Repeat(given[0], places).ToArray()
                : given.Length == places ? given : throw new ArgumentException($"{given.Length} sizes or factors are given, but the input has {places} places to scale.");

            /// <summary>As <see cref="interpolate"/>; the nearest values have no corners to align, whatever is said of them.</summary>
            public static Tensor upsample(Tensor input, long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                interpolate(input, size, scale_factor, Interpolation(mode), mode == UpsampleMode.Nearest ? null : align_corners);

            public static Tensor upsample_nearest(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) => interpolate(x, size, scale_factor);

            public static Tensor upsample_bilinear(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);

            public static Tensor upsample_nearest2d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) => Nearest(input, 4, outputSizes, scaleFactors);

            public static Tensor upsample_nearest3d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) => Nearest(input, 5, outputSizes, scaleFactors);

            private static Tensor Nearest(Tensor input, int dimensions, long[]? size, double[]? factors) => input.Needed().ndim == dimensions
                ? interpolate(input, size, factors)
                : throw new ArgumentException($"The input must have {dimensions} dimensions, but has {input.ndim}.", nameof(input));

            internal static InterpolationMode Interpolation(UpsampleMode mode) => mode switch
            {
                UpsampleMode.Nearest => InterpolationMode.Nearest,
                UpsampleMode.Linear => InterpolationMode.Linear,
                UpsampleMode.Bilinear => InterpolationMode.Bilinear,
                UpsampleMode.Bicubic => InterpolationMode.Bicubic,
                UpsampleMode.Trilinear => InterpolationMode.Trilinear,
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
            };

            /// <summary>The input's values at the places that the grid names, from -1 to 1 over the input.</summary>
            /// <param name="grid">[batch, height, width, 2] for images, [batch, depth, height, width, 3] for volumes.</param>
            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                // libtorch counts the modes otherwise.
                long how = mode switch { GridSampleMode.Bilinear => 0, GridSampleMode.Nearest => 1, _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode.") };
                long outside = padding_mode switch
                {
                    GridSamplePaddingMode.Zeros => 0,
                    GridSamplePaddingMode.Border => 1,
                    GridSamplePaddingMode.Reflection => 2,
                    _ => throw new ArgumentOutOfRangeException(nameof(padding_mode), padding_mode, "There is no such mode."),
                };
                return Aten.grid_sampler.Tensor(input, grid, how, outside, align_corners ?? false);
            }

            /// <summary>The grid of a turned, scaled and moved picture, for <see cref="grid_sample"/>.</summary>
            /// <param name="theta">[batch, 2, 3] for images, [batch, 3, 4] for volumes.</param>
            /// <param name="size">The size of the result with batch and channels.</param>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false)
            {
                ArgumentNullException.ThrowIfNull(theta);
                ArgumentNullException.ThrowIfNull(size);
                if (!theta.is_floating_point()) throw new ArgumentException($"theta must be of a floating point type, not {theta.dtype}.", nameof(theta));
                if (size.Any(s => s <= 0)) throw new ArgumentException($"Every size must be above zero, but they are [{string.Join(", ", size)}].", nameof(size));
                long places = size.Length - 2;
                if (places is not (2 or 3)) throw new ArgumentException($"size must have 4 or 5 numbers, but has {size.Length}.", nameof(size));
                if (theta.ndim != 3 || theta.shape[1] != places || theta.shape[2] != places + 1)
                    throw new ArgumentException($"theta must be [batch, {places}, {places + 1}] for a size of {size.Length} numbers, but is [{string.Join(", ", theta.shape)}].", nameof(theta));
                return Aten.affine_grid_generator.Tensor(theta, size, align_corners);
            }
        }
    }
}
