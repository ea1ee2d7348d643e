using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class G_MultiPointers
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Fact]
    public void G01_an_operation_runs_at_each_worker()
    {
        var a = tensor(new[] { 1L, 2, 3, 4, 5 }).send(bob, alice);
        Assert.Equal([4L, 8, 12, 16, 20], Some.Longs((a + a).get(sum_results: true)));
        Assert.All((a + a).get(), t => Assert.Equal([2L, 4, 6, 8, 10], Some.Longs(t)));
        Assert.Equal(2, a.Count);
        Assert.Single(bob._objects);
        a.Dispose();
        Assert.Empty(bob._objects);
        Assert.Empty(alice._objects);
    }

    [Fact]
    public void G02_its_dimensions_are_those_of_one_tensor() => Assert.Equal(1, tensor(new[] { 1L, 2 }).send(bob, alice).dim());

    [Fact]
    public void G04_tensors_of_different_shapes_do_not_combine()
    {
        var (x, y) = (tensor(new[] { 1L, 2 }).send(bob), tensor(new[] { 1L, 2, 3 }).send(alice));
        Assert.Contains("[2]", Assert.Throws<ArgumentException>(() => x.combine(y)).Message);
        Assert.Contains("Each worker comes once", Assert.Throws<ArgumentException>(() => sy.combine_pointers(x, x)).Message);
    }

    [Fact]
    public void B08_it_prints_a_line_for_each_pointer()
    {
        var p = tensor(new[] { 1L }).send(bob, alice);
        Assert.Equal(
            $"(Wrapper)>[MultiPointerTensor]\n\t-> [PointerTensor | me:{p[0].id} -> {bob.id}:{p[0].id_at_location}]\n\t-> [PointerTensor | me:{p[1].id} -> {alice.id}:{p[1].id_at_location}]",
            p.ToString());
    }

    [Fact]
    public void Pointers_combine_and_functions_run_at_each()
    {
        var p = tensor(new[] { -1f, 2f }).send(bob).combine(tensor(new[] { 3f, -4f }).send(alice));
        var both = F.relu(p * 2).get();
        Assert.Equal([0f, 4f], Some.Floats(both[0]));
        Assert.Equal([6f, 0f], Some.Floats(both[1]));
    }
}
