using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Pointers;

/// <summary>In C# a literal 0 is also a value of any enum: what takes a dimension must not take it for a type.</summary>
public class ZeroTests
{
    [Fact]
    public void Zero_is_the_first_dimension_of_what_a_pointer_points_to()
    {
        var (bob, alice) = Some.BobAndAlice();
        var x = arange(6).reshape(2, 3);
        Assert.Equal([3, 5, 7], Some.Longs(x.send(bob).sum(0).get()));
        Assert.Equal([0, 4, 10], Some.Longs(x.send(bob).prod(0).get()));
        Assert.Equal([3, 5, 7], Some.Longs(torch.sum(x.send(bob), 0).get()));
        Assert.Equal([3, 5, 7], Some.Longs(((PointerTensor)x.send(bob).send(alice).sum(0).get()).get()));
        Assert.All(x.send(bob, alice).sum(0).get(), sum => Assert.Equal([3, 5, 7], Some.Longs(sum)));
        Assert.Equal(ScalarType.Float64, x.send(bob).sum(ScalarType.Float64).get().dtype);
    }
}
