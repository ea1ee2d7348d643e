using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Modules;

/// <summary>Modules, losses, initialisation and clipping give what Python's give, from the same seed on.</summary>
public class ModulesAgainstPythonTests
{
    private readonly List<(string Name, double[] Values)> found = [];

    [Fact]
    public void Modules_losses_and_initialisation_give_what_they_give_in_python()
    {
        var expected = PythonTorch.Run("modules.py", []);
        Modules();
        Losses();
        Rest();
        var wrong = new List<string>();
        Assert.Equal(expected.Select(e => e.Split(' ')[0]), found.Select(f => f.Name));
        foreach (var (line, (name, values)) in expected.Zip(found))
        {
            var wanted = line.Split(' ')[1..].Select(v => double.Parse(v.Replace("nan", "NaN"), CultureInfo.InvariantCulture)).ToArray();
            if (wanted.Length != values.Length || wanted.Zip(values).Any(p => Math.Abs(p.First - p.Second) > 1e-5 * Math.Max(1, Math.Abs(p.First))))
                wrong.Add($"{name}: [{string.Join(", ", values.Take(8))}] instead of [{string.Join(", ", wanted.Take(8))}]");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private void Modules()
    {
        Run("Linear", () => Linear(3, 2), 4, 3);
        Run("Linear.nobias", () => Linear(3, 2, hasBias: false), 3);
        Run("Conv1d", () => Conv1d(4, 2, 3, stride: 2, padding: 1L, groups: 2), 2, 4, 7);
        Run("Conv2d", () => Conv2d(2, 4, (3, 2), stride: (2, 1), padding: (1, 0), bias: false), 1, 2, 6, 5);
        Run("Conv2d.same", () => Conv2d(1, 2, 3, Padding.Same), 1, 1, 4, 5);
        Run("Conv2d.valid", () => Conv2d(1, 2, 3, Padding.Valid), 1, 1, 4, 5);
        Run("Conv2d.reflect", () => Conv2d(1, 1, 3, padding: 1L, padding_mode: PaddingModes.Reflect), 1, 1, 4, 4);
        Run("Conv2d.circular", () => Conv2d(1, 1, (3, 1), padding: (1, 0), padding_mode: PaddingModes.Circular), 1, 1, 4, 3);
        Run("Conv3d", () => Conv3d(2, 4, (3, 2, 1), stride: (2, 1, 1), padding: (1, 0, 0), groups: 2), 1, 2, 5, 4, 3);
        Run("Conv3d.same", () => Conv3d(1, 2, 3, Padding.Same), 1, 1, 3, 4, 3);
        Run("ConvTranspose1d", () => ConvTranspose1d(4, 2, 3, stride: 2, padding: 1, output_padding: 1, groups: 2), 2, 4, 5);
        Run("ConvTranspose2d", () => ConvTranspose2d(2, 3, (3, 2), stride: (2, 1), dilation: (1, 2), bias: false), 1, 2, 4, 3);
        Run("ConvTranspose3d", () => ConvTranspose3d(1, 2, 2, stride: 2), 1, 1, 2, 3, 2);
        Run("MaxPool1d", () => MaxPool1d(2, padding: 1), 1, 2, 5);
        Run("MaxPool2d", () => MaxPool2d(3, stride: 2, padding: 1, ceil_mode: true), 1, 1, 6, 6);
        Run("AvgPool1d", () => AvgPool1d(2, 1, 1, count_include_pad: false), 1, 2, 5);
        Run("AvgPool2d", () => AvgPool2d((2, 3), stride: (1, 1)), 1, 1, 4, 4);
        Run("AdaptiveAvgPool1d", () => AdaptiveAvgPool1d(3), 1, 2, 7);
        Run("AdaptiveAvgPool2d", () => AdaptiveAvgPool2d(2), 1, 2, 5, 7);
        Run("AdaptiveAvgPool3d", () => AdaptiveAvgPool3d((1, 2, 2)), 1, 1, 3, 4, 4);
        Run("BatchNorm1d", () => BatchNorm1d(3), 5, 3);
        Run("BatchNorm2d.eval", () => Eval(BatchNorm2d(2, eps: 0.1)), 2, 2, 2, 2);
        Run("BatchNorm3d", () => BatchNorm3d(2, affine: false), 2, 2, 2, 2, 1);
        Run("LayerNorm", () => LayerNorm([3, 2]), 2, 3, 2);
        Run("GroupNorm", () => GroupNorm(2, 4), 2, 4, 3);
        Run("Embedding", () => Embedding(7, 3, padding_idx: 2), m => randint(7, [2L, 3L]), (m, x) => [m.call(x)]);
        Run("GRU", () => GRU(3, 4, numLayers: 2, bidirectional: true), _ => Random(5, 2, 3), (m, x) => List(m.call(x)));
        Run("LSTM", () => LSTM(3, 4, batchFirst: true), _ => Random(2, 5, 3), (m, x) => List(m.call(x)));
        Run("LSTM.single", () => LSTM(3, 2, bias: false), _ => Random(5, 3), (m, x) => List(m.call(x)));
        Run("Dropout1d", () => Dropout1d(0.4), 4, 3);
        Run("Dropout2d", () => Dropout2d(0.4), 4, 3, 2, 2);
        long[] volume = [3, 4, 2, 2, 2];
        Run("Dropout", () => Dropout(0.4), volume);
        Run("Dropout3d", () => Dropout3d(0.4), volume);
        Run("AlphaDropout", () => AlphaDropout(0.4), volume);
        Run("FeatureAlphaDropout", () => FeatureAlphaDropout(0.4), volume);
        foreach (var (name, make) in new (string, Func<Module<Tensor, Tensor>>)[]
        {
            ("ReLU", () => ReLU()), ("ReLU6", () => ReLU6()), ("LeakyReLU", () => LeakyReLU()), ("RReLU", () => RReLU()), ("ELU", () => ELU(0.5)), ("CELU", () => CELU(0.5)),
            ("SELU", () => SELU()), ("GELU", GELU), ("SiLU", () => SiLU()), ("Mish", () => Mish()), ("GLU", () => GLU()), ("Sigmoid", () => Sigmoid()),
            ("LogSigmoid", () => LogSigmoid()), ("Hardsigmoid", () => Hardsigmoid()), ("Hardswish", () => Hardswish()), ("Hardtanh", () => Hardtanh()),
            ("Hardshrink", () => Hardshrink()), ("Tanh", () => Tanh()), ("Tanhshrink", () => Tanhshrink()), ("Softmax", () => Softmax(1)), ("Softmax2d", () => Softmax2d()),
            ("Softmin", () => Softmin(0)), ("LogSoftmax", () => LogSoftmax(1)), ("Softplus", () => Softplus()), ("Softshrink", () => Softshrink()),
            ("Softsign", () => Softsign()), ("Threshold", () => Threshold(0.1, 20)), ("Identity", () => Identity()), ("Flatten", () => Flatten()),
        }) Run(name, make, 2, 4, 3, 2);
    }

    private void Losses()
    {
        foreach (var (name, reduction) in new[] { ("mean", Reduction.Mean), ("sum", Reduction.Sum), ("none", Reduction.None) })
        {
            manual_seed(12);
            Tensor x = randn(4, 3), y = rand(4, 3), c = randint(3, [4L]), w = rand(3);
            Show("mse." + name, MSELoss(reduction).call(x, y));
            Show("l1." + name, L1Loss(reduction).call(x, y));
            Show("smooth." + name, SmoothL1Loss(reduction, 0.5).call(x, y));
            Show("huber." + name, HuberLoss(0.5, reduction).call(x, y));
            Show("nll." + name, NLLLoss(w, reduction).call(x.log_softmax(1), c));
            Show("ce." + name, F.cross_entropy(x, c, w, reduction: reduction, label_smoothing: 0.1));
            Show("ce.p." + name, CrossEntropyLoss(reduction: reduction).call(x, y));
            Show("bce." + name, BCELoss(reduction: reduction).call(x.sigmoid(), y));
            Show("bcel." + name, BCEWithLogitsLoss(reduction: reduction, pos_weights: w).call(x, y));
            Show("kl." + name, KLDivLoss(false, reduction).call(x.log_softmax(1), y));
        }
    }

    // Goes on from where the losses left the random numbers, as the script does.
    private void Rest()
    {
        manual_seed(12);
        Tensor x = randn(4, 3), y = rand(4, 3), c = randint(3, [4L]), w = rand(3);
        Show("normalize", F.normalize(x));
        Show("pad", F.pad(x, (1, 2), value: 0.5));
        Show("one_hot", F.one_hot(c, 4));
        var linear = Linear(3, 2);
        linear.call(x).sum().backward();
        Show("clip", tensor(nn.utils.clip_grad_norm_(linear.parameters(), 0.5)));
        Show("clipped", [.. linear.parameters().Select(p => p.grad!)]);
        Show("vector", nn.utils.parameters_to_vector(linear.parameters()));
        foreach (var (name, fill) in new (string, Func<Tensor, Tensor>)[]
        {
            ("kaiming_uniform_", t => init.kaiming_uniform_(t)), ("kaiming_normal_", t => init.kaiming_normal_(t)), ("xavier_uniform_", t => init.xavier_uniform_(t)),
            ("xavier_normal_", t => init.xavier_normal_(t)),
        })
        {
            manual_seed(13);
            Show(name, fill(empty(4, 3, 2)));
        }
    }

    private void Run(string name, Func<Module<Tensor, Tensor>> make, params long[] shape) => Run(name, make, _ => Random(shape), (m, x) => [m.call(x)]);

    private void Run<T>(string name, Func<T> make, Func<T, Tensor> input, Func<T, Tensor, Tensor[]> call) where T : Module
    {
        manual_seed(11);
        var module = make();
        var x = input(module);
        var results = call(module, x);
        Show(name, results);
        if (!results[0].requires_grad) return;
        results[0].pow(2).sum().backward();
        Show(name + ".grads", [.. module.parameters().Select(p => p.grad!), .. x.requires_grad ? new[] { x.grad! } : []]);
    }

    private static Tensor Random(params long[] shape) => randn(shape).requires_grad_();

    private static Tensor[] List((Tensor, Tensor) results) => [results.Item1, results.Item2];

    private static Tensor[] List((Tensor, Tensor, Tensor) results) => [results.Item1, results.Item2, results.Item3];

    private static T Eval<T>(T module) where T : Module
    {
        module.eval();
        return module;
    }

    private void Show(string name, params Tensor[] tensors) => found.Add((name, tensors.SelectMany(t => t.detach().@double().data<double>().ToArray()).ToArray()));
}
