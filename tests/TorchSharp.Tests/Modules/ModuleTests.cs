using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.Modules;

public class ModuleTests
{
    private sealed class Net : Module<Tensor, Tensor>
    {
        private readonly Linear first = Linear(4, 3);
        private readonly Module<Tensor, Tensor> rest = Sequential(("act", ReLU()), ("out", Linear(3, 2)));
        private readonly Parameter scale = new(ones(1));
        private readonly Tensor seen = zeros(1);

        public Net() : base(nameof(Net)) => RegisterComponents();

        public Dropout drop { get; } = Dropout(0.5);

        public override Tensor forward(Tensor input)
        {
            seen.add_(1).Dispose();
            return drop.call(rest.call(first.call(input))) * scale;
        }
    }

    [Fact]
    public void Fields_become_components_in_their_order()
    {
        var net = new Net();
        Assert.Equal(["scale", "first.weight", "first.bias", "rest.out.weight", "rest.out.bias"], net.named_parameters().Select(p => p.name));
        Assert.Equal(["seen"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["first", "rest", "drop"], net.named_children().Select(c => c.name));
        Assert.Equal(["scale", "first.weight", "first.bias", "rest.out.weight", "rest.out.bias", "seen"], net.state_dict().Keys);
    }

    [Fact]
    public void Train_and_eval_reach_all_below()
    {
        var net = new Net();
        Assert.True(net.drop.training);
        net.eval();
        Assert.False(net.training);
        Assert.False(net.drop.training);
        Assert.Equal(net.call(ones(2, 4)), net.call(ones(2, 4)));
        net.train();
        Assert.True(net.drop.training);
    }

    [Fact]
    public void The_state_dict_is_live_and_loads_by_copy()
    {
        var (a, b) = (new Net(), new Net());
        Assert.NotEqual(a.state_dict()["first.weight"], b.state_dict()["first.weight"]);
        var (missing, unexpected) = b.load_state_dict(a.state_dict());
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(a.state_dict()["first.weight"], b.state_dict()["first.weight"]);
        using (no_grad()) a.state_dict()["first.weight"].zero_();
        Assert.NotEqual(a.state_dict()["first.weight"], b.state_dict()["first.weight"]);
    }

    [Fact]
    public void A_state_that_does_not_fit_says_how()
    {
        var net = new Net();
        var state = net.state_dict().Where(e => e.Key != "scale").ToDictionary(e => e.Key, e => e.Value);
        state["extra"] = ones(1);
        var error = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state));
        Assert.Contains("Missing: scale", error.Message);
        Assert.Contains("Unexpected: extra", error.Message);
        var (missing, unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["extra"], unexpected);
        state["first.bias"] = ones(7);
        Assert.Contains("'first.bias'", Assert.Throws<ArgumentException>(() => net.load_state_dict(state, strict: false)).Message);
    }

    [Fact]
    public void A_saved_module_loads_the_same()
    {
        var (a, b) = (new Net(), new Net());
        using var stream = new MemoryStream();
        a.save(stream);
        stream.Position = 0;
        b.load(stream);
        a.eval();
        b.eval();
        Assert.Equal(a.call(ones(1, 4)), b.call(ones(1, 4)));
    }

    [Fact]
    public void The_file_format_is_the_upstream_one()
    {
        using var stream = new MemoryStream();
        var linear = Linear(784, 128);
        linear.save(stream);
        Assert.Equal([2, 6, .. "weight"u8, 6, 2, 0x80, 1, 0x90, 6], stream.ToArray()[..14]);
        Assert.Equal(1 + 7 + 6 + 4 * 784 * 128 + 5 + 4 + 4 * 128, stream.Length);
    }

    [Fact]
    public void A_truncated_or_foreign_file_is_refused_with_a_sentence()
    {
        using var stream = new MemoryStream();
        new Net().save(stream);
        var bytes = stream.ToArray();
        for (var length = 0; length < bytes.Length; length += 7)
            Assert.Throws<InvalidDataException>(() => new Net().load(new MemoryStream(bytes[..length])));
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var hostile = (byte[])bytes.Clone();
            for (var n = 0; n < 8; n++) hostile[random.Next(Math.Min(hostile.Length, 60))] = (byte)random.Next(256);
            var error = Record.Exception(() => new Net().load(new MemoryStream(hostile)));
            Assert.True(error is null or InvalidDataException or InvalidOperationException or ArgumentException, error?.ToString());
        }

        Assert.Throws<FileNotFoundException>(() => new Net().load("there is no such file"));
    }

    [Fact]
    public void Hooks_see_and_change_what_passes()
    {
        var linear = Linear(2, 2);
        var before = linear.register_forward_pre_hook((_, x) => x * 0);
        var after = linear.register_forward_hook((_, _, y) => y + 100);
        Assert.Equal(linear.bias! + 100, linear.call(ones(2)));
        before.remove();
        after.remove();
        Assert.Equal(linear.forward(ones(2)), linear.call(ones(2)));
    }

    [Fact]
    public void Converting_keeps_the_parameters()
    {
        var net = new Net();
        var weight = net.get_parameter("first.weight");
        net.to(ScalarType.Float64);
        Assert.Same(weight, net.get_parameter("first.weight"));
        Assert.Equal(ScalarType.Float64, weight!.dtype);
        Assert.Equal(ScalarType.Float64, net.call(ones([1, 4], ScalarType.Float64)).dtype);
        Assert.Throws<ArgumentException>(() => net.to(ScalarType.Int64));
    }

    [Fact]
    public void Zero_grad_sets_to_none_or_to_zero()
    {
        var net = new Net();
        net.call(ones(1, 4)).sum().backward();
        net.zero_grad(set_to_none: false);
        Assert.All(net.parameters(), p => Assert.Equal(0, p.grad!.abs().sum().item<float>()));
        net.zero_grad();
        Assert.All(net.parameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void Disposing_a_module_disposes_all_below()
    {
        var net = new Net();
        var tensors = net.state_dict().Values.ToList();
        net.Dispose();
        Assert.All(tensors, t => Assert.True(t.IsInvalid));
    }

    [Fact]
    public void A_module_with_two_inputs_is_called_with_both()
    {
        Assert.Equal(2, MSELoss(Reduction.Sum).call(ones(2), zeros(2)).item<float>());
        Assert.Equal(1, MSELoss().call(ones(2), zeros(2)).item<float>());
    }

    [Fact]
    public void A_sequential_is_called_in_order_and_sliced()
    {
        var net = Sequential(Linear(3, 3), ReLU(), Linear(3, 1));
        Assert.Equal(3, net.Count);
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], net.named_parameters().Select(p => p.name));
        Assert.Equal([2, 3], net[0..2].call(ones(2, 3)).shape);
        Assert.Equal([2, 1], net.call(ones(2, 3)).shape);
    }

    [Fact]
    public void A_component_name_that_is_taken_is_refused()
    {
        var net = new Net();
        Assert.Contains("'first'", Assert.Throws<InvalidOperationException>(() => net.register_module("first", ReLU())).Message);
        Assert.Throws<ArgumentException>(() => net.register_module("a.b", ReLU()));
    }
}
