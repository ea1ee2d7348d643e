using System.Reflection;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Operators;

/// <summary>The functions of nn.functional whose arguments hang together so that no table of arguments suits them: each with lines of its own, as in Python.</summary>
public class ShapedFunctionsTests
{
    // Under a second name, or with values that only a pooling gives.
    private static readonly string[] Names =
    [
        "interpolate", "upsample", "upsample_nearest", "upsample_bilinear", "upsample_nearest2d", "upsample_nearest3d", "grid_sample", "affine_grid", "unfold", "fold",
        "adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d", "adaptive_max_pool1d_with_indices", "adaptive_max_pool2d_with_indices",
        "adaptive_max_pool3d_with_indices", "lp_pool1d", "lp_pool2d", "max_unpool1d", "max_unpool2d", "max_unpool3d", "conv1d_padding", "conv2d_padding", "conv3d_padding",
        "instance_norm", "local_response_norm", "scaled_dot_product_attention", "gaussian_nll_loss", "multi_label_margin_loss", "multilabel_soft_margin_loss",
        "triplet_margin_loss", "triplet_margin_with_distance_loss", "Hardshrink", "Hardtanh", "Mish", "SiLU", "Softshrink", "Softsign", "Tanhshrink", "Threshold",
    ];

    internal static bool Has(MethodInfo method) => Names.Contains(method.Name);

    private static Expression Graded(string make, string python, Func<Tensor> given, Func<Tensor, Tensor> here, string source) => new(
        $"x = {make}.requires_grad_(); y = {python}; y.pow(2).sum().backward()\ny, x.grad", () =>
        {
            var x = given().requires_grad_();
            var y = here(x);
            y.pow(2).sum().backward();
            return (y, x.grad);
        }, source);

    private static Expression On(long[] shape, string python, Func<Tensor, Tensor> here, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(here))] string source = "") =>
        Graded($"torch.randn({string.Join(", ", shape)}, dtype=torch.float64)", python, () => randn(shape, float64), here, source);

    private static readonly long[] Line = [2, 3, 8], Image = [2, 3, 6, 5], Volume = [1, 2, 4, 5, 6];

    private static IEnumerable<Expression> Resized() =>
    [
        On(Line, "F.interpolate(x, size=5)", x => F.interpolate(x, [5])),
        On(Line, "F.interpolate(x, scale_factor=1.7, mode='linear')", x => F.interpolate(x, scale_factor: [1.7], mode: InterpolationMode.Linear)),
        On(Line, "F.interpolate(x, scale_factor=1.7, mode='linear', recompute_scale_factor=True)", x => F.interpolate(x, scale_factor: [1.7], mode: InterpolationMode.Linear, recompute_scale_factor: true)),
        On(Line, "F.interpolate(x, size=3, mode='area')", x => F.interpolate(x, [3], mode: InterpolationMode.Area)),
        On(Line, "F.interpolate(x, size=11, mode='nearest-exact')", x => F.interpolate(x, [11], mode: InterpolationMode.NearestExact)),
        On(Image, "F.interpolate(x, size=(9, 4), mode='bilinear', align_corners=True)", x => F.interpolate(x, [9, 4], mode: InterpolationMode.Bilinear, align_corners: true)),
        On(Image, "F.interpolate(x, size=(9, 4), mode='bicubic')", x => F.interpolate(x, [9, 4], mode: InterpolationMode.Bicubic)),
        On(Image, "F.interpolate(x, scale_factor=(0.5, 0.6), mode='bilinear', antialias=True)", x => F.interpolate(x, scale_factor: [0.5, 0.6], mode: InterpolationMode.Bilinear, antialias: true)),
        On(Image, "F.interpolate(x, scale_factor=0.5, mode='bicubic', antialias=True)", x => F.interpolate(x, scale_factor: [0.5], mode: InterpolationMode.Bicubic, antialias: true)),
        On(Image, "F.interpolate(x, scale_factor=0.5, mode='area')", x => F.interpolate(x, scale_factor: [0.5], mode: InterpolationMode.Area)),
        On(Image, "F.interpolate(x, size=7, mode='nearest-exact')", x => F.interpolate(x, [7], mode: InterpolationMode.NearestExact)),
        On(Volume, "F.interpolate(x, scale_factor=2, mode='trilinear')", x => F.interpolate(x, scale_factor: [2], mode: InterpolationMode.Trilinear)),
        On(Volume, "F.interpolate(x, scale_factor=0.7)", x => F.interpolate(x, scale_factor: [0.7])),
        On(Volume, "F.interpolate(x, size=(2, 3, 3), mode='area')", x => F.interpolate(x, [2, 3, 3], mode: InterpolationMode.Area)),
        On(Volume, "F.interpolate(x, size=3, mode='nearest-exact')", x => F.interpolate(x, [3], mode: InterpolationMode.NearestExact)),
        On(Line, "F.interpolate(x, size=5, mode='bilinear')", x => F.interpolate(x, [5], mode: InterpolationMode.Bilinear)),
        On(Line, "F.interpolate(x, size=5, align_corners=True)", x => F.interpolate(x, [5], align_corners: true)),
        On(Line, "F.interpolate(x)", x => F.interpolate(x)),
        On(Line, "F.interpolate(x, size=(5, 6))", x => F.interpolate(x, [5, 6])),
        On([3, 8], "F.interpolate(x, size=5)", x => F.interpolate(x, [5])),
        On(Line, "F.upsample(x, size=5, mode='linear')", x => F.upsample(x, [5], mode: UpsampleMode.Linear)),
        On(Image, "F.upsample(x, scale_factor=2)", x => F.upsample(x, scale_factor: [2])),
        On(Image, "F.upsample_nearest(x, scale_factor=2)", x => F.upsample_nearest(x, scale_factor: [2])),
        On(Image, "F.upsample_nearest(x, size=(3, 9))", x => F.upsample_nearest2d(x, [3, 9])),
        On(Volume, "F.upsample_nearest(x, scale_factor=2)", x => F.upsample_nearest3d(x, scaleFactors: [2])),
        On(Image, "F.upsample_bilinear(x, scale_factor=2)", x => F.upsample_bilinear(x, scale_factor: [2], align_corners: true)),
        .. new[] { ("zeros", GridSamplePaddingMode.Zeros), ("border", GridSamplePaddingMode.Border), ("reflection", GridSamplePaddingMode.Reflection) }.SelectMany(
            outside => new[] { ("bilinear", GridSampleMode.Bilinear), ("nearest", GridSampleMode.Nearest) }, (outside, mode) => On(
                Image, $"F.grid_sample(x, torch.randn(2, 3, 4, 2, dtype=torch.float64), mode='{mode.Item1}', padding_mode='{outside.Item1}')",
                x => F.grid_sample(x, randn(2, 3, 4, 2, float64), mode.Item2, outside.Item2))),
        On(Volume, "F.grid_sample(x, torch.randn(1, 3, 4, 2, 3, dtype=torch.float64), align_corners=True)", x => F.grid_sample(x, randn([1, 3, 4, 2, 3], float64), align_corners: true)),
        On([2, 2, 3], "F.affine_grid(x, [2, 1, 4, 5])", x => F.affine_grid(x, [2, 1, 4, 5])),
        On([1, 3, 4], "F.affine_grid(x, [1, 2, 3, 4, 5], align_corners=True)", x => F.affine_grid(x, [1, 2, 3, 4, 5], true)),
        On([1, 3, 4], "F.affine_grid(x, [1, 2, 3, 4])", x => F.affine_grid(x, [1, 2, 3, 4])),
    ];

    private static IEnumerable<Expression> Windows() =>
    [
        On(Image, "F.unfold(x, 2)", x => F.unfold(x, 2)),
        On(Image, "F.unfold(x, (2, 3), dilation=2, padding=(1, 2), stride=(2, 1))", x => F.unfold(x, (2, 3), (2, 2), (1, 2), (2, 1))),
        On([2, 12, 4], "F.fold(x, 3, 2)", x => F.fold(x, 3, 2)),
        On([2, 12, 20], "F.fold(x, (4, 5), (2, 3), padding=(1, 1), stride=1)", x => F.fold(x, (4, 5), (2, 3), padding: (1, 1))),
        On(Line, "F.adaptive_max_pool1d(x, 3)", x => F.adaptive_max_pool1d(x, 3)),
        On(Image, "F.adaptive_max_pool2d(x, (3, 2))", x => F.adaptive_max_pool2d(x, [3, 2])),
        On(Volume, "F.adaptive_max_pool3d(x, (3, 2, 1))", x => F.adaptive_max_pool3d(x, [3, 2, 1])),
        On(Line, "F.adaptive_max_pool1d(x, 3, return_indices=True)[1] * x.sum()", x => F.adaptive_max_pool1d_with_indices(x, 3).indices * x.sum()),
        On(Image, "F.adaptive_max_pool2d(x, (3, 2), return_indices=True)[1] * x.sum()", x => F.adaptive_max_pool2d_with_indices(x, [3, 2]).indices * x.sum()),
        On(Volume, "F.adaptive_max_pool3d(x, (3, 2, 1), return_indices=True)[1] * x.sum()", x => F.adaptive_max_pool3d_with_indices(x, [3, 2, 1]).indices * x.sum()),
        On(Line, "F.lp_pool1d(x, 2, 3)", x => F.lp_pool1d(x, 2, 3)),
        On(Line, "F.lp_pool1d(x, 3, 3, stride=2, ceil_mode=True)", x => F.lp_pool1d(x, 3, 3, 2, true)),
        On(Image, "F.lp_pool2d(x, 2, 3)", x => F.lp_pool2d(x, 2, 3)),
        On(Image, "F.lp_pool2d(x, 2, (3, 2), stride=(1, 2))", x => F.lp_pool2d(x, 2, [3, 2], [1, 2])),
        On(Line, "F.max_unpool1d(*F.max_pool1d(x, 2, return_indices=True), 2)", x => F.max_unpool1d(F.max_pool1d_with_indices(x, 2).Item1, F.max_pool1d_with_indices(x, 2).Item2, 2)),
        On(Image, "F.max_unpool2d(*F.max_pool2d(x, 2, return_indices=True), 2, output_size=(6, 5))", x =>
        {
            var (values, at) = F.max_pool2d_with_indices(x, [2, 2]);
            return F.max_unpool2d(values, at, [2], output_size: [6, 5]);
        }),
        On(Volume, "F.max_unpool3d(*F.max_pool3d(x, 2, return_indices=True), 2)", x =>
        {
            var (values, at) = F.max_pool3d_with_indices(x, [2, 2, 2]);
            return F.max_unpool3d(values, at, [2, 2, 2]);
        }),
        On(Line, "F.conv1d(x, torch.randn(4, 3, 3, dtype=torch.float64), padding='same', dilation=2)", x => F.conv1d_padding(x, randn(4, 3, 3, float64), padding: Padding.Same, dilation: 2)),
        On(Image, "F.conv2d(x, torch.randn(3, 1, 3, 2, dtype=torch.float64), padding='same', groups=3)", x => F.conv2d_padding(x, randn(3, 1, 3, 2, float64), padding: Padding.Same, groups: 3)),
        On(Image, "F.conv2d(x, torch.randn(4, 3, 3, 2, dtype=torch.float64), stride=2, padding='valid')", x => F.conv2d_padding(x, randn(4, 3, 3, 2, float64), strides: [2, 2])),
        On(Image, "F.conv2d(x, torch.randn(4, 3, 3, 2, dtype=torch.float64), stride=2, padding='same')", x => F.conv2d_padding(x, randn(4, 3, 3, 2, float64), strides: [2, 2], padding: Padding.Same)),
        On(Volume, "F.conv3d(x, torch.randn(4, 2, 3, 2, 2, dtype=torch.float64), padding='same')", x => F.conv3d_padding(x, randn([4, 2, 3, 2, 2], float64), padding: Padding.Same)),
    ];

    private static IEnumerable<Expression> Norms() =>
    [
        On(Image, "F.instance_norm(x)", x => F.instance_norm(x)),
        On(Image, "F.instance_norm(x, weight=torch.ones(3, dtype=torch.float64) * 2, bias=torch.ones(3, dtype=torch.float64), eps=0.1)",
            x => F.instance_norm(x, weight: ones(3, float64) * 2, bias: ones(3, float64), eps: 0.1)),
        On(Line, "F.instance_norm(x, torch.ones(3, dtype=torch.float64), torch.full((3,), 2., dtype=torch.float64), use_input_stats=False)",
            x => F.instance_norm(x, ones(3, float64), full(3, 2, float64), use_input_stats: false)),
        On([2, 3, 1], "F.instance_norm(x)", x => F.instance_norm(x)),
        On(Image, "F.local_response_norm(x, 2, alpha=0.1)", x => F.local_response_norm(x, 2, 0.1)),
        On(Line, "F.local_response_norm(x, 3, beta=0.5, k=2)", x => F.local_response_norm(x, 3, beta: 0.5, k: 2)),
        .. new[] { ("None", (Tensor?)null), ("torch.ones(4, 5, dtype=torch.bool).tril(1)", ones([4, 5], @bool).tril(1)), ("torch.ones(4, 5, dtype=torch.float64).triu(1)", ones([4, 5], float64).triu(1)) }
            .Select(mask => On([2, 3, 4, 6], $"torch.ops.aten._scaled_dot_product_attention(x, torch.randn(2, 3, 5, 6, dtype=torch.float64), torch.randn(2, 3, 5, 7, dtype=torch.float64), {mask.Item1})[0]",
                x => F.scaled_dot_product_attention(x, randn(2, 3, 5, 6, float64), randn(2, 3, 5, 7, float64), mask.Item2))),
        On([3, 4, 6], "torch.ops.aten._scaled_dot_product_attention(x, torch.randn(3, 4, 6, dtype=torch.float64), x, None, 0., False, True)[0]",
            x => F.scaled_dot_product_attention(x, randn(3, 4, 6, float64), x, is_casual: true)),
    ];

    private static IEnumerable<Expression> Losses() => new[] { nn.Reduction.Mean, nn.Reduction.Sum, nn.Reduction.None }.SelectMany(r =>
    {
        var p = $"reduction='{r.ToString().ToLowerInvariant()}'";
        const string y = "torch.rand(4, 3, dtype=torch.float64)", z = "torch.randn(4, 3, dtype=torch.float64)";
        Tensor Y() => rand(4, 3, float64);
        Tensor Z() => randn(4, 3, float64);
        return new[]
        {
            On([4, 3], $"F.gaussian_nll_loss(x, {z}, {y}, {p})", x => F.gaussian_nll_loss(x, Z(), Y(), reduction: r)),
            On([4, 3], $"F.gaussian_nll_loss(x, {z}, torch.rand(4, 1, dtype=torch.float64), full=True, {p})", x => F.gaussian_nll_loss(x, Z(), rand(4, 1, float64), true, reduction: r)),
            On([4, 3], $"F.multilabel_margin_loss(x, torch.tensor([[0, 2, -1], [1, -1, 0], [2, 1, 0], [-1, 0, 1]]), {p})",
                x => F.multi_label_margin_loss(x, tensor(new[] { 0L, 2, -1, 1, -1, 0, 2, 1, 0, -1, 0, 1 }, 4, 3), r)),
            On([4, 3], $"F.multilabel_soft_margin_loss(x, {y}, {y}, {p})", x => F.multilabel_soft_margin_loss(x, Y(), Y(), r)),
            On([4, 3], $"F.triplet_margin_loss(x, {z}, {y}, {p})", x => F.triplet_margin_loss(x, Z(), Y(), reduction: r)),
            On([4, 3], $"F.triplet_margin_loss(x, {z}, {y}, margin=0.5, p=1, swap=True, {p})", x => F.triplet_margin_loss(x, Z(), Y(), 0.5, 1, swap: true, reduction: r)),
            On([4, 3], $"F.triplet_margin_with_distance_loss(x, {z}, {y}, {p})", x => F.triplet_margin_with_distance_loss(x, Z(), Y(), reduction: r)),
            On([4, 3], $"F.triplet_margin_with_distance_loss(x, {z}, {y}, distance_function=lambda a, b: (a - b).abs().sum(-1), margin=2., swap=True, {p})",
                x => F.triplet_margin_with_distance_loss(x, Z(), Y(), (a, b) => (a - b).abs().sum(-1), 2, true, r)),
        };
    });

    private static IEnumerable<Expression> Activations() =>
    [
        On([7], "F.hardshrink(x, 0.3)", x => F.Hardshrink(x, 0.3)),
        On([7], "F.hardtanh(x, -0.3, 0.4)", x => F.Hardtanh(x, -0.3, 0.4)),
        On([7], "F.mish(x)", x => F.Mish(x)),
        On([7], "F.silu(x)", x => F.SiLU(x)),
        On([7], "F.softshrink(x, 0.3)", x => F.Softshrink(x, 0.3)),
        On([7], "F.softsign(x)", x => F.Softsign(x)),
        On([7], "F.tanhshrink(x)", x => F.Tanhshrink(x)),
        On([7], "F.threshold(x, 0.1, 20)", x => F.Threshold(x, 0.1, 20)),
    ];

    [Fact]
    public void They_do_what_they_do_in_python()
    {
        PythonTorch.SkipIfMissing();
        var all = Resized().Concat(Windows()).Concat(Norms()).Concat(Losses()).Concat(Activations()).ToList();
        var forgotten = Names.Where(name => !all.Any(e => e.Source.Contains($"F.{name}(")));
        Assert.True(!forgotten.Any(), "no line for " + string.Join(" ", forgotten));
        var refused = Comparison.WithPython("functions of nn.functional with shapes of their own", all, 70);
        Assert.Equal(10, refused.Count);
    }

    [Fact]
    public void Weights_begin_as_in_python()
    {
        PythonTorch.SkipIfMissing();
        (string, Func<Tensor, Tensor>, long[])[] ways =
        [
            ("trunc_normal_(x)", x => nn.init.trunc_normal_(x), [5, 4]),
            ("trunc_normal_(x, 1, 2, 0.5, 3)", x => nn.init.trunc_normal_(x, 1, 2, 0.5, 3), [50]),
            ("orthogonal_(x)", x => nn.init.orthogonal_(x), [5, 3]),
            ("orthogonal_(x, 2.5)", x => nn.init.orthogonal_(x, 2.5), [3, 2, 4]),
            ("orthogonal_(x)", x => nn.init.orthogonal_(x), [3]),
            ("eye_(x)", x => nn.init.eye_(x), [3, 5]),
            ("eye_(x)", x => nn.init.eye_(x), [3, 5, 1]),
            ("dirac_(x)", x => nn.init.dirac_(x), [4, 3, 5]),
            ("dirac_(x)", x => nn.init.dirac_(x), [2, 3, 4, 3]),
            ("dirac_(x)", x => nn.init.dirac_(x), [2, 2, 1, 2, 3]),
            ("dirac_(x)", x => nn.init.dirac_(x), [2, 2]),
            ("sparse_(x, 0.3)", x => nn.init.sparse_(x, 0.3), [10, 4]),
            ("sparse_(x, 0.5, 2)", x => nn.init.sparse_(x, 0.5, 2), [3, 3]),
        ];
        var calls = ways.Select(way => new Expression($"x = torch.zeros({string.Join(", ", way.Item3)}, dtype=torch.float64).requires_grad_()\nnn.init.{way.Item1}, x", () =>
        {
            var x = zeros(way.Item3, float64).requires_grad_();
            return (way.Item2(x), x);
        }, way.Item1)).ToList();
        Assert.Equal(3, Comparison.WithPython("ways to begin", calls, 9).Count);
    }
}
