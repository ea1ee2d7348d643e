using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class E_Epochs
{
    [Fact]
    public void E11_a_hundred_epochs_end_with_the_stores_and_the_memory_where_they_began()
    {
        var began = 0L;
        var (bob, alice) = Some.BobAndAlice();
        var loader = sy.FederatedDataLoader(sy.BaseDataset(rand(64, 8), rand(64, 1)).federate(bob, alice), batch_size: 8, shuffle: true);
        var model = nn.Linear(8, 1);
        var opt = optim.SGD(model.parameters(), 0.01);
        for (var epoch = 0; epoch < 100; epoch++)
        {
            if (epoch == 20) began = Resident(); // by then everything is compiled and every pool is filled
            foreach (var (data, target) in loader)
            {
                model.send(data.location);
                opt.zero_grad();
                using var output = model.forward(data);
                using var loss = F.mse_loss(output, target);
                loss.backward();
                opt.step();
                model.get();
            }
        }

        Assert.Equal((2, 2), (bob.objects_count, alice.objects_count));
        Assert.True(Resident() - began < 32 << 20, $"{(Resident() - began) >> 20} MB more after 80 further epochs");
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
