using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

public class ContainerTests
{
    [Fact]
    public void A_parameter_list_names_its_parameters_by_their_places()
    {
        Parameter a = new(ones(1)), b = new(ones(2)), c = new(ones(1));
        var list = nn.ParameterList(a, b);
        list.append(c);
        Assert.Equal(["0", "1", "2"], list.named_parameters().Select(p => p.name));
        Assert.True(list.Remove(c));
        list.Insert(0, c);
        list.RemoveAt(1);
        Assert.Equal([("0", c), ("1", b)], list.named_parameters());
        Assert.Equal(["0", "1"], list.state_dict().Keys);
        Assert.Throws<ArgumentNullException>(() => list.Add(null!));
    }

    [Fact]
    public void A_parameter_dictionary_names_its_parameters_by_their_keys()
    {
        Parameter a = new(ones(1)), b = new(ones(2)), c = new(ones(3));
        var named = nn.ParameterDict(("left", a), ("right", b));
        named.Insert(1, ("middle", c));
        Assert.Equal(["left", "middle", "right"], named.state_dict().Keys);
        Assert.Equal([1, 3, 2], named.parameters().Select(p => p.numel()));
        Assert.Same(c, named["middle"]);
        Assert.Equal(("right", b), named[2]);
        Assert.Equal([0, -1, -1], new[] { ("left", a), ("left", b), ("up", a) }.Select(named.IndexOf));
        Assert.True(named.Remove("left"));
        named["right"] = a;
        Assert.Equal([("middle", c), ("right", a)], named.named_parameters(true));
        Assert.Equal([ScalarType.Float64, ScalarType.Float64], named.to(ScalarType.Float64).parameters().Select(p => p.dtype));
        Assert.Contains("middle, right", Assert.Throws<KeyNotFoundException>(() => named["left"]).Message);
        Assert.Throws<ArgumentException>(() => named.Add("right", b));
        Assert.Throws<ArgumentNullException>(() => named.Add("none", null!));
        named.clear();
        Assert.Empty(named.parameters());
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly ParameterList scales = nn.ParameterList(new Parameter(ones(1)), new Parameter(ones(1)));
        private readonly ModuleDict<nn.Module<Tensor, Tensor>> parts = nn.ModuleDict<nn.Module<Tensor, Tensor>>(("first", nn.Linear(2, 3)), ("last", nn.Linear(3, 1)));

        public Net() : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input) => parts["last"].call(parts["first"].call(input) * scales[0]) * scales[1];
    }

    [Fact]
    public void Lists_and_dictionaries_in_a_module_are_trained_and_saved_with_it()
    {
        var net = new Net();
        Assert.Equal(["scales.0", "scales.1", "parts.first.weight", "parts.first.bias", "parts.last.weight", "parts.last.bias"], net.state_dict().Keys);
        var before = net.parameters().Select(p => p.clone()).ToList();
        var optimizer = optim.SGD(net.parameters(), 0.1);
        net.call(ones(4, 2)).sum().backward();
        optimizer.step();
        Assert.DoesNotContain(net.parameters().Zip(before), p => p.First.Equals(p.Second));
    }

    [Fact]
    public void A_module_dictionary_keeps_its_order_and_says_what_it_has()
    {
        var parts = nn.ModuleDict(("b", nn.ReLU()), ("a", nn.Linear(1, 1)));
        Assert.Equal(["b", "a"], parts.keys());
        Assert.Contains("b, a", Assert.Throws<KeyNotFoundException>(() => parts["c"]).Message);
        Assert.Throws<ArgumentException>(() => parts.Add("a", nn.ReLU()));
        Assert.Throws<ArgumentException>(() => parts.Add("c.d", nn.ReLU()));
        Assert.Equal(2, parts.Count);
        Assert.Equal("a", parts[1].Item1);
        parts.Insert(0, ("c", nn.Tanh()));
        Assert.Equal(["c", "b", "a"], parts.named_children().Select(m => m.name));
        Assert.True(parts.Remove(parts[0]));
        Assert.True(parts.Remove("b"));
        Assert.Equal(["a.weight", "a.bias"], parts.state_dict().Keys);
    }

    [Fact]
    public void A_transposed_convolution_gives_the_size_that_is_asked_for()
    {
        var up = nn.ConvTranspose2d(1, 1, 3, stride: 2, padding: 1L);
        Assert.Equal([1, 1, 9, 10], up.forward(ones(1, 1, 5, 5), [9, 10]).shape);
        Assert.Contains("from 9 to 10", Assert.Throws<ArgumentException>(() => up.forward(ones(1, 1, 5, 5), [9, 11])).Message);
        Assert.Throws<ArgumentException>(() => up.forward(ones(1, 1, 5, 5), [9]));
    }
}
