using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Scopes;

public class DisposeScopeTests
{
    [Fact]
    public void What_is_made_in_a_scope_ends_with_it()
    {
        Tensor inside;
        using (NewDisposeScope()) inside = ones(3) + 1;
        Assert.True(inside.IsInvalid);
    }

    [Fact]
    public void What_is_moved_out_lives_until_the_outer_scope_ends()
    {
        Tensor kept, inner;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                inner = ones(3);
                kept = inner.add(1).MoveToOuterDisposeScope();
            }

            Assert.True(inner.IsInvalid);
            Assert.Equal(6, kept.sum().item<float>());
        }

        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void What_is_detached_lives_on()
    {
        Tensor kept;
        using (NewDisposeScope()) kept = ones(3).DetachFromDisposeScope();
        Assert.False(kept.IsInvalid);
        Assert.Equal(3, kept.sum().item<float>());
    }

    [Fact]
    public void Everything_but_the_kept_is_disposed()
    {
        using var scope = NewDisposeScope();
        Tensor a = ones(1), b = ones(2), c = ones(3);
        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
        Assert.True(c.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Tensors_with_equal_values_are_different_members()
    {
        using var scope = NewDisposeScope();
        Tensor a = ones(1), b = ones(1);
        Assert.Equal(2, scope.DisposablesCount);
        scope.Detach(a);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.True(scope.Contains(b));
        Assert.False(scope.Contains(a));
        a.Dispose();
    }

    [Fact]
    public void Disposing_a_result_of_an_in_place_operation_leaves_the_operand()
    {
        var x = ones(3);
        x.add_(1).Dispose();
        x.alias().Dispose();
        Assert.Equal(6, x.sum().item<float>());
    }

    [Fact]
    public void A_parameter_takes_the_place_of_its_data_in_the_scope()
    {
        Parameter inside;
        Tensor data;
        using (NewDisposeScope())
        {
            data = ones(3);
            inside = new Parameter(data);
            Assert.True(data.IsInvalid);
            Assert.True(inside.requires_grad);
        }

        Assert.True(inside.IsInvalid);
    }

    [Fact]
    public void The_parameters_of_a_built_in_module_are_not_in_the_scope()
    {
        Linear linear;
        using (NewDisposeScope()) linear = nn.Linear(3, 2);
        Assert.Equal([1, 2], linear.call(ones(1, 3)).shape);
    }

    [Fact]
    public void A_scope_belongs_to_its_thread()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = ones(1));
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(other!.IsInvalid);
    }

    [Fact]
    public void Dropped_tensors_do_not_pile_up()
    {
        // The collector waits longer where much lies about: what other tests left is taken away first.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 2000; i++) _ = zeros(256, 1024);
        Assert.True(Tensor.TotalCount - before < 500, $"{Tensor.TotalCount - before} of 2000 dropped tensors of 1 MB are still there");
    }
}
