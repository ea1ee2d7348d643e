using System.Reflection;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.Operators;

/// <summary>Inputs and arguments with which a function of nn.functional makes sense.</summary>
internal static class FunctionalArguments
{
    /// <summary>Once with the defaults, once with everything that is optional given, once with other values.</summary>
    public const int Variants = 3;

    public static IEnumerable<(string, Tensor)> Inputs(string method)
    {
        long[]? size = method switch
        {
            _ when method.Contains("1d") => [3, 8],
            _ when method.Contains("2d") || method.StartsWith("pixel_") => [4, 6, 6],
            _ when method.Contains("3d") => [2, 5, 5, 5],
            "ctc_loss" => [2, 4],
            _ => null,
        };
        return size is null ? EveryTensorMethodTests.Inputs() : EveryTensorMethodTests.Types.SelectMany(type => new (string, Tensor)[]
        {
            ($"{type} [2,{string.Join(",", size)}]", Make([2, .. size], type)),
            ($"{type} [{string.Join(",", size)}]", Make(size, type)),
            ($"{type} [0,{string.Join(",", size)}]", Make([0, .. size], type)),
            ($"{type} transposed [2,{string.Join(",", size)}]", Make([size[0], 2, .. size[1..]], type).transpose(0, 1)),
        });
    }

    public static object?[] For(MethodInfo method, Tensor self, List<Tensor> tensors, int variant)
    {
        return Array.ConvertAll(method.GetParameters()[1..], p =>
        {
            var value = p.ParameterType == typeof(Tensor) ? Other(method.Name, p, self, variant) : Plain(method.Name, p, self, variant);
            if (value is Tensor tensor) tensors.Add(tensor);
            return value;
        });
    }

    private static object? Plain(string method, ParameterInfo parameter, Tensor self, int variant)
    {
        var changed = variant > 0;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(Reduction)) return (Reduction)(variant switch { 0 => (int)Reduction.Mean, 1 => (int)Reduction.Sum, _ => (int)Reduction.None });
        if (type == typeof(PaddingModes)) return variant switch { 0 => PaddingModes.Constant, 1 => PaddingModes.Reflect, _ => PaddingModes.Replicate };
        if ((method, parameter.Name) is ("batch_norm", "training")) return variant > 0;
        if (type == typeof(bool)) return parameter.HasDefaultValue && variant != 1 && parameter.Name != "training" ? parameter.DefaultValue : variant == 1 ^ (parameter.DefaultValue is true);
        if (type == typeof(ScalarType)) return changed ? ScalarType.Float64 : null;
        long? number = parameter.Name switch
        {
            "kernel_size" or "upscale_factor" or "downscale_factor" => 2,
            "output_size" => 3,
            "outputSize" => variant == 0 ? 5 : null,
            "stride" or "strides" => variant == 1 ? 2 : null,
            "padding" => variant == 1 ? 1 : parameter.DefaultValue as long?,
            "dilation" => variant == 2 ? 2 : null,
            "divisor_override" => variant == 1 ? 3 : null,
            "pad" => 1,
            "num_groups" => self.ndim > 1 && self.shape[1] % 2 == 0 ? 2 : 1,
            "dim" => variant == 2 ? 0 : parameter.DefaultValue as long? ?? -1,
            "num_classes" => changed ? 7 : -1,
            "p" when type == typeof(int) => 1 + variant % 2,
            _ => null,
        };
        if (type == typeof(long)) return number ?? parameter.DefaultValue;
        if (type == typeof(int)) return (int)number!;
        if (type == typeof((long, long))) return number is { } two ? (two, two) : null;
        if (type == typeof((long, long, long))) return number is { } three ? (three, three, three) : null;
        if (type == typeof((long, long, long, long))) return (1L, 0L, 2L, 1L);
        if (type == typeof(long[]))
        {
            return parameter.Name switch
            {
                "normalized_shape" => self.ndim == 0 ? [] : [self.shape[^1]],
                "pad" => variant == 0 ? [1, 2] : [1, 0, 1, 1],
                _ => number is { } n ? Enumerable.Repeat(n, Dimensions(method)).ToArray() : null,
            };
        }

        double? fraction = parameter.Name switch
        {
            "scaleFactor" => variant == 0 ? null : 2,
            "label_smoothing" or "margin" or "delta" or "beta" => changed ? 0.5 : parameter.DefaultValue as double?,
            "negative_slope" or "alpha" or "lambda" or "value" => changed ? 0.3 : parameter.DefaultValue as double?,
            _ => parameter.DefaultValue as double?,
        };
        if (type == typeof(double)) return fraction ?? (parameter.Name == "scaleFactor" ? null : 0.4);
        return parameter.HasDefaultValue ? parameter.DefaultValue : throw new InvalidOperationException($"{method} has a parameter {parameter} that no value is known for");
    }

    private static Tensor? Other(string method, ParameterInfo parameter, Tensor self, int variant)
    {
        var name = parameter.Name!;
        if (parameter.HasDefaultValue && variant != 1 || name.StartsWith("running_") && variant == 2) return null;
        var last = self.ndim == 0 ? 1 : self.shape[^1];
        var channels = method.Contains("conv") ? Channels(self, Dimensions(method)) : self.ndim < 2 ? last : self.shape[1];
        var kernel = Enumerable.Repeat(2L, Dimensions(method));
        var transposed = method.StartsWith("conv_transpose");
        return (method, name) switch
        {
            _ when method.Contains("conv") => name == "bias" ? Like([transposed ? 3 : 4], self) : Like(transposed ? [channels, 3, .. kernel] : [4, channels, .. kernel], self),
            ("linear", "weights") => Like([2, last], self),
            ("bilinear", "weight") => Like([2, last, last], self),
            ("linear" or "bilinear", "bias") => Like([2], self),
            ("layer_norm", _) => Like([last], self),
            ("prelu", _) => Like(variant == 1 && self.ndim > 1 ? [channels] : [1], self),
            ("batch_norm" or "group_norm", _) => Like([channels], self),
            ("nll_loss" or "cross_entropy" or "multi_margin_loss", "weight") => Like([channels], self),
            ("nll_loss" or "cross_entropy", "target") => randint(0, Math.Max(1, channels), self.ndim < 2 ? [] : [self.shape[0], .. self.shape[2..]], ScalarType.Int64),
            ("multi_margin_loss", "target") => randint(0, Math.Max(1, channels), self.ndim < 2 ? [] : [self.shape[0]], ScalarType.Int64),
            ("ctc_loss", "targets") => randint(1, 4, self.ndim < 3 ? [1] : [self.shape[1], 1], ScalarType.Int64),
            ("ctc_loss", _) => full(self.ndim < 3 ? [] : [self.shape[1]], name == "input_lengths" ? self.shape[0] : 1, ScalarType.Int64),
            ("cosine_embedding_loss", "target") => Signs(self.ndim < 2 ? [] : [self.shape[0]], self),
            ("margin_ranking_loss" or "hinge_embedding_loss" or "soft_margin_loss", "target") => Signs(self.shape, self),
            _ => Like(self.shape, self),
        };
    }

    private static int Dimensions(string method) => method.Contains("1d") ? 1 : method.Contains("3d") ? 3 : 2;

    private static long Channels(Tensor self, int dimensions) => self.shape[(int)self.ndim - dimensions - 1];

    private static Tensor Signs(long[] shape, Tensor self) => rand(shape).gt(0.5).to_type(ScalarType.Int64).mul(2).sub(1).to_type(self.dtype);

    private static Tensor Like(long[] shape, Tensor self) => Make(shape, self.dtype);

    private static Tensor Make(long[] shape, ScalarType type) => EveryTensorMethodTests.Make(shape, type);
}
