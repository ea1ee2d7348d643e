using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.Tests.Memory.NativeMemory;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Memory;

/// <summary>What is disposed is free at once, without the collector.</summary>
public class DisposedTensorTests
{
    // The first product of matrices, the first way backward and the first error keep some memory for good: whichever test is first would find it.
    static DisposedTensorTests()
    {
        using var scope = NewDisposeScope();
        var x = ones(256, 256, requires_grad: true);
        x.matmul(x).sum().backward();
        for (var i = 0; i < 200; i++) Assert.ThrowsAny<Exception>(() => x.matmul(ones(4, 5)));
    }

    [Fact]
    public void A_scope_frees_all_of_its_tensors_at_its_end()
    {
        var before = InUseAfterCollection;
        using (NewDisposeScope())
        {
            for (var i = 0; i < 64; i++) _ = zeros(256, 1024) + 1;
            Assert.True(InUse - before >= 127 * MB);
        }

        Assert.InRange(InUse - before, -MB, MB);
    }

    [Fact]
    public void A_result_that_is_disposed_frees_the_graph_behind_it()
    {
        using var x = zeros(256, 1024, requires_grad: true);
        var before = InUseAfterCollection;
        using (var y = Forward(x)) Assert.True(InUse - before >= MB - MB / 8);
        Assert.InRange(InUse - before, -MB / 8, MB / 8);

        static Tensor Forward(Tensor x)
        {
            using var exponential = x.exp();
            return exponential.sum();
        }
    }

    [Fact]
    public void A_module_frees_its_parameters_and_their_gradients()
    {
        var before = InUseAfterCollection;
        var model = nn.Sequential(nn.Linear(1000, 1000), nn.ReLU(), nn.Linear(1000, 10));
        using (NewDisposeScope()) model.call(ones(1, 1000)).sum().backward();
        Assert.True(InUse - before >= 8 * MB - MB / 2);
        model.Dispose();
        Assert.InRange(InUse - before, -MB / 8, MB / 8);
    }

    [Fact]
    public void Gradients_that_are_set_to_none_are_free()
    {
        using var model = nn.Linear(1000, 1000);
        var before = InUseAfterCollection;
        using (NewDisposeScope()) model.call(ones(1, 1000)).sum().backward();
        Assert.True(InUse - before >= 4_000_000 - MB / 8);
        model.zero_grad();
        Assert.InRange(InUse - before, -MB / 8, MB / 8);
    }

    [Theory]
    [InlineData("Adam", 8_000_000)]
    [InlineData("SGD", 4_000_000)]
    public void An_optimizer_frees_its_state(string name, long size)
    {
        using var model = nn.Linear(1000, 1000);
        using (NewDisposeScope()) model.call(ones(1, 1000)).sum().backward();
        var before = InUseAfterCollection;
        optim.Optimizer optimizer = name == "Adam" ? optim.Adam(model.parameters()) : optim.SGD(model.parameters(), 0.1, momentum: 0.9);
        optimizer.step();
        optimizer.step();
        Assert.InRange(InUse - before, size - MB / 8, size + MB);
        optimizer.Dispose();
        Assert.InRange(InUse - before, -MB / 8, MB / 8);
    }

    [Fact]
    public void A_failed_operation_leaves_nothing_behind()
    {
        using var x = ones(2, 3, requires_grad: true);
        using var y = ones(4, 5);
        void Fail(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Assert.ThrowsAny<Exception>(() => x + y);
                Assert.ThrowsAny<Exception>(() => x.matmul(y));
                Assert.ThrowsAny<Exception>(() => x.add_(y));
            }
        }

        Fail(200);
        // A leak is in every round; what the runtime takes for itself is not.
        var left = Enumerable.Range(0, 4).Select(_ =>
        {
            var before = InUseAfterCollection;
            Fail(2000);
            return InUseAfterCollection - before;
        }).ToArray();
        Assert.True(left.Min() < MB / 4, $"{string.Join(", ", left)} bytes were left");
        y.Dispose();
        Assert.Equal(6, x.sum().item<float>());
    }

    [Fact]
    public void An_array_is_let_go_with_the_last_tensor_over_it()
    {
        var (array, view) = Share();
        GC.Collect();
        Assert.True(Alive(array));
        Assert.Equal(7, view.sum().item<float>());
        view.Dispose();
        GC.Collect();
        Assert.False(Alive(array));
        array.Free();

        // Apart, because a debug build keeps what a method has looked at until its end.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static bool Alive(GCHandle handle) => handle.Target is not null;

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (GCHandle, Tensor) Share()
        {
            var data = new float[] { 3, 4 };
            using var whole = frombuffer(data, ScalarType.Float32);
            return (GCHandle.Alloc(data, GCHandleType.Weak), whole.view(2, 1));
        }
    }
}
