using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>What a class derived from Module reaches: its components, and being asked to convert.</summary>
public class OwnModuleTests
{
    private sealed class Own : nn.Module<Tensor, Tensor>
    {
        private Parameter weight = new(ones(2));

        public Own() : base(nameof(Own))
        {
            ConditionallyRegisterParameter(nameof(weight), weight);
            ConditionallyRegisterParameter("scale", (Tensor)ones(1));
            ConditionallyRegisterBuffer("seen", zeros(1));
        }

        public List<string> Asked { get; } = [];
        public int Components => _internal_params.Count + _internal_buffers.Count + _internal_submodules.Count;
        public string[] Names => [.. _named_parameters().Select(p => p.name), .. _named_buffers().Select(b => b.name)];
        public int Own_parameters => _parameters().Length;
        public DeviceType Where => _deviceType;

        public bool Replace(ScalarType type)
        {
            if (!ReplaceParameter(type, null, weight, out var changed)) return false;
            weight = changed!;
            return true;
        }

        protected internal override nn.Module _to(ScalarType dtype, bool non_blocking)
        {
            Asked.Add(dtype.ToString());
            return base._to(dtype, non_blocking);
        }

        public override Tensor forward(Tensor input) => input * weight;
    }

    [Fact]
    public void Its_components_are_registered_in_order_and_a_plain_tensor_becomes_a_parameter()
    {
        var own = new Own();
        Assert.Equal(["weight", "scale", "seen"], own.Names);
        Assert.Equal(3, own.Components);
        Assert.Equal(2, own.Own_parameters);
        Assert.All(own.parameters(), p => Assert.True(p.requires_grad));
    }

    [Fact]
    public void It_is_asked_to_convert_also_where_it_is_a_part_of_another()
    {
        var own = new Own();
        var whole = nn.Sequential(nn.Linear(2, 2), own).to(ScalarType.Float64);
        Assert.Equal(["Float64"], own.Asked);
        Assert.All(whole.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Assert.Equal(ScalarType.Float64, whole.call(ones(1, 2, ScalarType.Float64)).dtype);
        Assert.False(own.Replace(ScalarType.Float64));
        Assert.True(own.Replace(ScalarType.Float32));
        whole.to(CPU);
        Assert.Equal(DeviceType.CPU, own.Where);
    }

    [Fact]
    public void Sequential_names_its_parameters_as_the_api_does()
    {
        var whole = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2));
        whole.train(on: false);
        Assert.False(whole.training);
        Assert.Equal(3, whole.named_buffers(include_persistent: true).Count());
    }

    [Fact]
    public void Named_dimensions_go_from_a_factory_through_operators()
    {
        var x = zeros(2, 3, 4, names: ["N", "C", "L"]);
        Assert.Equal(["N", "C", "L"], x.names);
        Assert.Equal(["N", "all"], x.flatten(["C", "L"], "all").names);
        Assert.Equal([2L, 12L], x.flatten(["C", "L"], "all").shape);
        Assert.Equal(["L", "N", "C"], x.align_to("L", "N", "C").names);
        Assert.Equal(["A", "B", "C", "L"], x.unflatten("N", ("A", 1), ("B", 2)).names);
        Assert.False(ones(2).has_names());
        Assert.Equal([null, "b"], ones(2, 2).refine_names("*", "b").names);
    }
}
