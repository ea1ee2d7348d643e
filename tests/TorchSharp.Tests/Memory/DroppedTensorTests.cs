using TorchSharp.Modules;
using static TorchSharp.Tests.Memory.NativeMemory;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Memory;

/// <summary>In a notebook nobody disposes anything: what is dropped must go in time.</summary>
public class DroppedTensorTests
{
    [Fact]
    public void Five_thousand_dropped_megabytes_stay_below_half_a_gigabyte()
    {
        var peak = ChildProcess.Run(PeakOfDroppedResults);
        Assert.True(peak < 512 * MB, $"the peak was {peak / MB} MB");
    }

    private static long PeakOfDroppedResults()
    {
        var x = zeros(256, 1024);
        for (var i = 0; i < 5000; i++) _ = x + i;
        return Peak;
    }

    [Fact]
    public void Dropped_views_keep_nothing_alive()
    {
        var peak = ChildProcess.Run(PeakOfDroppedViews);
        Assert.True(peak < 512 * MB, $"the peak was {peak / MB} MB");
    }

    private static long PeakOfDroppedViews()
    {
        for (var i = 0; i < 5000; i++) _ = zeros(256, 1024).view(-1)[..10];
        return Peak;
    }

    [Fact]
    public void A_hundred_thousand_small_passes_leave_nothing_behind()
    {
        var left = ChildProcess.Run(LeftBySmallPasses);
        Assert.True(left < MB, $"{left} bytes were left");
    }

    private static long LeftBySmallPasses()
    {
        var w = ones(3, 3, requires_grad: true);
        var x = ones(2, 3);
        void Pass(int times)
        {
            for (var i = 0; i < times; i++)
            {
                x.matmul(w).relu().sum().backward();
                w.grad = null;
            }
        }

        Pass(20_000);
        var before = InUseAfterCollection;
        Pass(100_000);
        return InUseAfterCollection - before;
    }

    [Fact]
    public void Training_without_any_dispose_stays_bounded()
    {
        var grown = ChildProcess.Run(GrownByTraining);
        Assert.True(grown < 64 * MB, $"the peak grew by {grown / MB} MB");
    }

    private static long GrownByTraining()
    {
        var model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10));
        var optimizer = optim.Adam(model.parameters());
        var x = randn(64, 784);
        var y = randint(10, [64L]);
        void Train(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                optimizer.zero_grad();
                F.cross_entropy(model.call(x), y).backward();
                optimizer.step();
            }
        }

        Train(500);
        var before = Peak;
        Train(3000);
        return Peak - before;
    }

    [Fact]
    public void Dropped_results_with_graphs_stay_below_half_a_gigabyte()
    {
        var peak = ChildProcess.Run(PeakOfDroppedGraphs);
        Assert.True(peak < 512 * MB, $"the peak was {peak / MB} MB");
    }

    // An evaluation where no_grad() was forgotten: each small result holds activations that Sequential has disposed, 192 KB.
    private static long PeakOfDroppedGraphs()
    {
        var model = nn.Sequential(nn.Linear(32, 1024), nn.ReLU(), nn.Linear(1024, 1024), nn.ReLU(), nn.Linear(1024, 10));
        var x = randn(16, 32);
        for (var i = 0; i < 10_000; i++) _ = model.call(x);
        return Peak;
    }

    [Fact]
    public void Dropped_gradients_stay_below_half_a_gigabyte()
    {
        var peak = ChildProcess.Run(PeakOfDroppedGradients);
        Assert.True(peak < 512 * MB, $"the peak was {peak / MB} MB");
    }

    private static long PeakOfDroppedGradients()
    {
        var x = zeros(256, 1024, requires_grad: true);
        for (var i = 0; i < 2000; i++) _ = autograd.grad([x.sum()], [x], [tensor(1f)]);
        return Peak;
    }

    [Fact]
    public void Dropped_lists_of_results_stay_below_half_a_gigabyte()
    {
        var peak = ChildProcess.Run(PeakOfDroppedLists);
        Assert.True(peak < 512 * MB, $"the peak was {peak / MB} MB");
    }

    private static long PeakOfDroppedLists()
    {
        var x = zeros(512);
        for (var i = 0; i < 1000; i++)
            foreach (var part in meshgrid([x, x])) _ = part.contiguous().unbind();
        return Peak;
    }

    [Fact]
    public void A_dropped_module_is_collected_with_its_gradients_and_its_optimizer()
    {
        TrainAndDrop(); // what the libraries keep for themselves from their first use on does not count
        var before = InUseAfterCollection;
        TrainAndDrop();
        Assert.InRange(InUseAfterCollection - before, -2 * MB, 2 * MB);
    }

    private static void TrainAndDrop()
    {
        var model = nn.Linear(1000, 1000);
        var optimizer = optim.Adam(model.parameters());
        model.call(ones(1, 1000)).sum().backward();
        optimizer.step();
    }

    [Fact]
    public void A_parameter_that_replaced_its_data_still_counts()
    {
        var peak = ChildProcess.Run(PeakOfDroppedParameters);
        Assert.True(peak < 512 * MB, $"the peak was {peak / MB} MB");
    }

    private static long PeakOfDroppedParameters()
    {
        for (var i = 0; i < 5000; i++) _ = new Parameter(zeros(256, 1024));
        return Peak;
    }
}
