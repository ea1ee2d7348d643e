using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.Modules;

/// <summary>Recurrent, attending, padding, pooling and other modules, and losses: what Python's give from the same seed, gradients too.</summary>
public class MoreModulesAgainstPythonTests
{
    private readonly List<(string Name, double[] Values)> found = [];

    [Fact]
    public void Modules_and_losses_give_what_they_give_in_python()
    {
        var expected = PythonTorch.Run("more_modules.py", []);
        Recurrent();
        Pooling();
        Edges();
        Shaping();
        Attention();
        foreach (var reduction in new[] { Reduction.Mean, Reduction.Sum, Reduction.None }) Losses(reduction);
        Assert.Equal(expected.Select(e => e.Split(' ')[0]), found.Select(f => f.Name));
        var wrong = new List<string>();
        foreach (var (line, (name, values)) in expected.Zip(found))
        {
            var wanted = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(v => double.Parse(v.Replace("nan", "NaN"), CultureInfo.InvariantCulture)).ToArray();
            if (wanted.Length != values.Length || wanted.Zip(values).Any(p => !(Math.Abs(p.First - p.Second) <= 2e-5 * Math.Max(1, Math.Abs(p.First)))))
                wrong.Add($"{name}: {values.Length} [{string.Join(", ", values.Take(6))}] instead of {wanted.Length} [{string.Join(", ", wanted.Take(6))}]");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private void Recurrent()
    {
        Run("RNN", () => RNN(3, 4, 2, bidirectional: true), [R(5, 2, 3)], (m, x) => List(m.call(x[0])));
        Run("RNN.relu", () => RNN(3, 4, nonLinearity: NonLinearities.ReLU, batchFirst: true, bias: false), [R(2, 5, 3), R(1, 2, 4)], (m, x) => List(m.call(x[0], x[1])));
        Run("LSTM", () => LSTM(3, 4, 2, bidirectional: true, batchFirst: true), [R(2, 5, 3)], (m, x) => List(m.call(x[0])));
        Run("LSTM.states", () => LSTM(3, 4), [R(5, 3), R(1, 4), R(1, 4)], (m, x) => List(m.call(x[0], (x[1], x[2]))));
        Run("GRU", () => GRU(3, 4, batchFirst: true), [R(5, 3), R(1, 4)], (m, x) => List(m.call(x[0], x[1])));
        Run("RNNCell", () => RNNCell(3, 4), [R(2, 3), R(2, 4)], (m, x) => [m.call(x[0], x[1])]);
        Run("RNNCell.relu", () => RNNCell(3, 4, NonLinearities.ReLU, bias: false), [R(3)], (m, x) => [m.forward(x[0])]);
        Run("GRUCell", () => GRUCell(3, 4), [R(2, 3), R(2, 4)], (m, x) => [m.call(x[0], x[1])]);
        Run("LSTMCell", () => LSTMCell(3, 4), [R(2, 3)], (m, x) => List(m.call(x[0])));
        Run("LSTMCell.states", () => LSTMCell(3, 4), [R(3), R(4), R(4)], (m, x) => List(m.call(x[0], (x[1], x[2]))));
    }

    private void Pooling()
    {
        One("MaxPool3d", () => MaxPool3d(2, stride: 1, padding: 1), R(1, 2, 3, 4, 4));
        One("MaxPool3d.ceil", () => MaxPool3d((1, 2, 3), ceil_mode: true), R(1, 1, 3, 5, 5));
        One("AvgPool3d", () => AvgPool3d(2, divisor_override: 3), R(1, 2, 4, 4, 4));
        One("AvgPool3d.tuple", () => AvgPool3d((1, 2, 2), stride: (1, 1, 2), padding: (0, 1, 1), count_include_pad: false), R(1, 1, 2, 4, 4));
        One("LPPool1d", () => LPPool1d(2, 3, stride: 2), () => rand(2, 2, 7));
        One("LPPool2d", () => LPPool2d(3, [2, 3]), () => rand(1, 2, 5, 6));
        One("AdaptiveMaxPool1d", () => AdaptiveMaxPool1d(3), R(1, 2, 7));
        One("AdaptiveMaxPool2d", () => AdaptiveMaxPool2d([2, 3]), R(1, 2, 5, 7));
        One("AdaptiveMaxPool3d", () => AdaptiveMaxPool3d([1, 2, 2]), R(1, 1, 3, 4, 4));
        Run("MaxUnpool1d", Identity, [R(1, 2, 8)], (_, x) => [Unpool1(x[0])]);
        Run("MaxUnpool2d", Identity, [R(1, 2, 6, 8)], (_, x) => [Unpool2(x[0])]);
        Run("MaxUnpool3d", Identity, [R(1, 2, 4, 6, 8)], (_, x) => [Unpool3(x[0])]);
    }

    private static Tensor Unpool1(Tensor x) => MaxPool1d(2).forward_with_indices(x) is var (v, i) ? MaxUnpool1d(2).call(v, i) : x;
    private static Tensor Unpool2(Tensor x) => MaxPool2d(2).forward_with_indices(x) is var (v, i) ? MaxUnpool2d(2).call(v, i) : x;
    private static Tensor Unpool3(Tensor x) => MaxPool3d(2).forward_with_indices(x) is var (v, i) ? MaxUnpool3d(2).call(v, i) : x;

    private void Edges()
    {
        long[] one = [1, 2, 4], two = [1, 2, 4, 5], three = [1, 2, 4, 5, 6];
        One("ConstantPad1d", () => ConstantPad1d(1, 0.5), R(one));
        One("ReflectionPad1d", () => ReflectionPad1d(2), R(one));
        One("ReplicationPad1d", () => ReplicationPad1d((0, 1)), R(one));
        Norms("InstanceNorm1d", (a, r) => InstanceNorm1d(2, affine: a, track_running_stats: r), one);
        One("ConstantPad2d", () => ConstantPad2d(1, 0.5), R(two));
        One("ReflectionPad2d", () => ReflectionPad2d(2), R(two));
        One("ReplicationPad2d", () => ReplicationPad2d((0, 1, 2, 3)), R(two));
        Norms("InstanceNorm2d", (a, r) => InstanceNorm2d(2, affine: a, track_running_stats: r), two);
        One("ConstantPad3d", () => ConstantPad3d(1, 0.5), R(three));
        One("ReflectionPad3d", () => ReflectionPad3d(2), R(three));
        One("ReplicationPad3d", () => ReplicationPad3d((0, 1, 2, 3, 4, 5)), R(three));
        Norms("InstanceNorm3d", (a, r) => InstanceNorm3d(2, affine: a, track_running_stats: r), three);
        One("ZeroPad2d", () => ZeroPad2d((1, 2, 0, 3)), R(1, 2, 3, 3));
    }

    private void Norms(string name, Func<bool, bool, InstanceNorm> make, long[] shape)
    {
        One(name, () => make(true, false), R(shape));
        One(name + ".single", () => make(false, false), R(shape[1..]));
        Run(name + ".running", () => make(false, true), [R(shape)], (m, x) =>
        {
            var first = m.call(x[0]);
            m.eval();
            return [first, m.call(x[0])];
        });
    }

    private void Shaping()
    {
        One("Unflatten", () => Unflatten(1, [2, 3]), R(2, 6));
        One("PixelShuffle", () => PixelShuffle(2), R(1, 8, 2, 3));
        One("PixelUnshuffle", () => PixelUnshuffle(2), R(1, 2, 4, 6));
        One("ChannelShuffle", () => ChannelShuffle(2), () => randn(1, 4, 2, 2));
        One("Fold", () => Fold((4, 5), (2, 2)), R(1, 8, 12));
        One("Unfold", () => Unfold((2, 3), padding: (1, 1), stride: (2, 2)), R(1, 2, 4, 5));
        One("LocalResponseNorm", () => LocalResponseNorm(3, alpha: 0.1, beta: 0.6, k: 2), R(2, 5, 3, 2));
        One("LocalResponseNorm.even", () => LocalResponseNorm(2), R(2, 5, 3, 2, 2));
        Run("CosineSimilarity", () => CosineSimilarity(0), [R(4, 3), R(4, 3)], (m, x) => [m.call(x[0], x[1])]);
        Run("PairwiseDistance", () => PairwiseDistance(1.5, keepdim: true), [R(4, 3), R(4, 3)], (m, x) => [m.call(x[0], x[1])]);
        Run("Bilinear", () => Bilinear(3, 2, 4), [R(5, 3), R(5, 2)], (m, x) => [m.call(x[0], x[1])]);
        Run("Bilinear.nobias", () => Bilinear(3, 2, 4, hasBias: false), [R(5, 3), R(5, 2)], (m, x) => [m.call(x[0], x[1])]);
        One("PReLU", () => PReLU(3, 0.1), R(2, 3, 4));
        Func<Tensor> bags = () => tensor(new long[] { 1, 3, 0, 5, 2, 2 }), starts = () => tensor(new long[] { 0, 2, 2, 5 });
        foreach (var (name, mode) in new[] { ("sum", EmbeddingBagMode.Sum), ("mean", EmbeddingBagMode.Mean), ("max", EmbeddingBagMode.Max) })
            Run("EmbeddingBag." + name, () => EmbeddingBag(6, 3, mode: mode), [bags, starts], (m, x) => [m.call(x[0], x[1])]);
        Run("EmbeddingBag.rows", () => EmbeddingBag(6, 3), [() => tensor(new long[] { 1, 3, 0, 5 }).view(2, 2)], (m, x) => [m.call(x[0])]);
        Run("EmbeddingBag.weights", () => EmbeddingBag(6, 3, mode: EmbeddingBagMode.Sum, padding_index: 2),
            [bags, starts, () => tensor(new[] { 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f })], (m, x) => [m.call(x[0], x[1], x[2])]);
        foreach (var (mode, shape) in new (UpsampleMode, long[])[]
        {
            (UpsampleMode.Nearest, [1, 2, 3]), (UpsampleMode.Nearest, [1, 2, 3, 4]), (UpsampleMode.Nearest, [1, 1, 2, 3, 2]), (UpsampleMode.Linear, [1, 2, 3]),
            (UpsampleMode.Bilinear, [1, 2, 3, 4]), (UpsampleMode.Bicubic, [1, 1, 3, 4]), (UpsampleMode.Trilinear, [1, 1, 2, 3, 2]),
        }) One($"Upsample.{mode.ToString().ToLowerInvariant()}.{shape.Length}", () => Upsample(scale_factor: [1.7], mode: mode), R(shape));
        One("Upsample.size", () => Upsample([5, 7], mode: UpsampleMode.Bilinear, align_corners: true), R(1, 2, 3, 4));
        One("Upsample.recompute", () => Upsample(scale_factor: [1.7], mode: UpsampleMode.Bilinear, recompute_scale_factor: true), R(1, 2, 3, 4));
    }

    private void Attention()
    {
        Run("MultiheadAttention", () => MultiheadAttention(8, 2), [R(4, 3, 8), R(5, 3, 8), R(5, 3, 8)], (m, x) => List(m.call(x[0], x[1], x[2])));
        Run("MultiheadAttention.all", () => MultiheadAttention(8, 4, add_bias_kv: true, add_zero_attn: true, kdim: 6, vdim: 4), [R(4, 3, 8), R(5, 3, 6), R(5, 3, 4)], (m, x) =>
            List(m.call(x[0], x[1], x[2], arange(5).ge(4).expand(3, 5), attn_mask: ones(4, 5).triu(2).to(ScalarType.Bool))));
        One("TransformerEncoderLayer", () => TransformerEncoderLayer(8, 2, 16, 0), R(4, 3, 8));
        Run("TransformerEncoderLayer.gelu", () => TransformerEncoderLayer(8, 2, 16, 0, Activations.GELU), [R(4, 3, 8)], (m, x) => [m.call(x[0], ones(4, 4).triu(1).to(ScalarType.Bool))]);
        Run("TransformerEncoder", () => TransformerEncoder(TransformerEncoderLayer(8, 2, 16, 0), 2), [R(4, 3, 8)], (m, x) => [m.call(x[0])]);
        Run("TransformerDecoderLayer", () => TransformerDecoderLayer(8, 2, 16, 0, Activations.GELU), [R(4, 3, 8), R(5, 3, 8)], (m, x) => [m.call(x[0], x[1])]);
        Run("TransformerDecoder", () => TransformerDecoder(TransformerDecoderLayer(8, 2, 16, 0), 2), [R(4, 3, 8), R(5, 3, 8)], (m, x) =>
            [m.call(x[0], x[1], ones(4, 4).triu(1).to(ScalarType.Bool), ones(4, 5).triu(2), arange(4).ge(3).expand(3, 4), arange(5).ge(4).expand(3, 5))]);
        Run("Transformer", () => Transformer(8, 2, 2, 1, 16, 0), [R(5, 3, 8), R(4, 3, 8)], (m, x) => [m.call(x[0], x[1])]);
        Run("Transformer.masks", () => Transformer(8, 2, 1, 2, 16, 0), [R(5, 3, 8), R(4, 3, 8)], (m, x) =>
            [m.call(x[0], x[1], ones(5, 5).triu(1), ones(4, 4).triu(1).to(ScalarType.Bool), ones(4, 5).triu(2), arange(5).ge(4).expand(3, 5), arange(4).ge(3).expand(3, 4), arange(5).ge(4).expand(3, 5))]);
    }

    private void Losses(Reduction r)
    {
        var end = "." + r.ToString().ToLowerInvariant();
        Func<Tensor> many = () => randint(2, [4L, 3L]).@float(), sign = () => randint(2, [4L]) * 2.0f - 1, signs = () => randint(2, [4L, 3L]) * 2.0f - 1;
        Run("GaussianNLLLoss" + end, () => GaussianNLLLoss(true, 0.1f, r), [R(4, 3), R(4, 3), () => rand(4, 3).requires_grad_()], (m, x) => [m.call(x[0], x[1], x[2])]);
        Run("GaussianNLLLoss.rows" + end, () => GaussianNLLLoss(reduction: r), [R(4, 3), R(4, 3), () => rand(4, 1)], (m, x) => [m.call(x[0], x[1], x[2])]);
        Run("PoissonNLLLoss" + end, () => PoissonNLLLoss(full: true, reduction: r), [R(4, 3), () => rand(4, 3) * 3], (m, x) => [m.call(x[0], x[1])]);
        Run("CosineEmbeddingLoss" + end, () => CosineEmbeddingLoss(0.2, r), [R(4, 3), R(4, 3), sign], (m, x) => [m.call(x[0], x[1], x[2])]);
        Run("HingeEmbeddingLoss" + end, () => HingeEmbeddingLoss(reduction: r), [R(4, 3), signs], (m, x) => [m.call(x[0], x[1])]);
        Run("MarginRankingLoss" + end, () => MarginRankingLoss(0.3, r), [R(4), R(4), sign], (m, x) => [m.call(x[0], x[1], x[2])]);
        Run("MultiLabelMarginLoss" + end, () => MultiLabelMarginLoss(r), [R(2, 4), () => tensor(new long[] { 3, 0, -1, 1, 1, -1, 0, 0 }).view(2, 4)], (m, x) => [m.call(x[0], x[1])]);
        Run("MultiLabelSoftMarginLoss" + end, () => MultiLabelSoftMarginLoss(tensor(new[] { 0.5f, 1, 2 }), r), [R(4, 3), many], (m, x) => [m.call(x[0], x[1])]);
        Run("MultiMarginLoss" + end, () => MultiMarginLoss(2, 0.5, reduction: r), [R(4, 3), () => tensor(new long[] { 0, 2, 1, 1 })], (m, x) => [m.call(x[0], x[1])]);
        Run("SoftMarginLoss" + end, () => SoftMarginLoss(r), [R(4, 3), many], (m, x) => [m.call(x[0], x[1])]);
        Run("TripletMarginLoss" + end, () => TripletMarginLoss(0.8, swap: true, reduction: r), [R(4, 3), R(4, 3), R(4, 3)], (m, x) => [m.call(x[0], x[1], x[2])]);
        Run("TripletMarginWithDistanceLoss" + end, () => TripletMarginWithDistanceLoss((a, b) => (a - b).abs().sum(1), swap: true, reduction: r), [R(4, 3), R(4, 3), R(4, 3)], (m, x) => [m.call(x[0], x[1], x[2])]);
        Run("CTCLoss" + end, () => CTCLoss(reduction: r), [R(5, 2, 4), () => tensor(new long[] { 1, 2, 3, 0 }).view(2, 2), () => tensor(new long[] { 5, 4 }), () => tensor(new long[] { 2, 1 })],
            (m, x) => [m.call(x[0].log_softmax(2), x[1], x[2], x[3])]);
    }

    private static Func<Tensor> R(params long[] shape) => () => randn(shape).requires_grad_();

    private void One(string name, Func<Module<Tensor, Tensor>> make, Func<Tensor> input) => Run(name, make, [input], (m, x) => [m.call(x[0])]);

    private void Run<T>(string name, Func<T> make, Func<Tensor>[] inputs, Func<T, Tensor[], Tensor[]> call) where T : Module
    {
        manual_seed(21);
        var module = make();
        var given = inputs.Select(i => i()).ToArray();
        var results = call(module, given);
        Show(name, results);
        if (!results[0].requires_grad) return;
        results.Where(r => r.requires_grad).Select(r => r.pow(2).sum()).Aggregate((a, b) => a + b).backward();
        Show(name + ".grads", [.. module.parameters().Select(p => p.grad).OfType<Tensor>(), .. given.Where(x => x.is_leaf && x.requires_grad).Select(x => x.grad!)]);
    }

    private static Tensor[] List((Tensor, Tensor) results) => [results.Item1, results.Item2];
    private static Tensor[] List((Tensor, Tensor, Tensor) results) => [results.Item1, results.Item2, results.Item3];
    private static Tensor[] List(Tuple<Tensor, Tensor?> results) => [results.Item1, results.Item2!];

    private void Show(string name, params Tensor[] tensors) => found.Add((name, tensors.SelectMany(t => t.detach().@double().data<double>().ToArray()).ToArray()));
}
