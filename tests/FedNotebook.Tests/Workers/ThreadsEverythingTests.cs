using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Workers;

public class ThreadsEverythingTests
{
    [Fact]
    public async Task Two_threads_that_do_everything_at_once_to_two_workers_get_right_numbers_or_an_error_of_the_field()
    {
        var (bob, alice) = Some.BobAndAlice();
        void Run(int thread)
        {
            var random = new Random(thread);
            var model = Some.Linear();
            var opt = optim.SGD(model.parameters(), 0.01);
            for (var round = 0; round < 300; round++)
            {
                try
                {
                    Something(random, bob, alice, model, opt);
                }
                catch (Exception e) when (e is ObjectNotFoundError or ModelLocationException or OperationFailedException)
                {
                    // the other thread cleared the store in between
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 2).Select(thread => Task.Factory.StartNew(() => Run(thread), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        bob.clear_objects();
        alice.clear_objects();
        Assert.Equal([2f, 2f], Some.Floats((ones(2).send(bob) + 1).get()));
        Assert.Equal(1, bob.objects_count);
    }

    private static void Something(Random random, VirtualWorker bob, VirtualWorker alice, TorchSharp.Modules.Linear model, optim.Optimizer opt)
    {
        switch (random.Next(9))
        {
            case 0:
                Assert.Equal([1f, 1f], Some.Floats(ones(2).send(bob).get()));
                break;
            case 1:
                var p = ones(2).tag("#x").send(bob);
                Assert.Equal([2f, 2f], Some.Floats((p + p).move(alice).get()));
                break;
            case 2:
                Assert.Equal([1f, 1f], Some.Floats(ones(2).send(bob).send(alice).get().get()));
                break;
            case 3:
                foreach (var found in bob.search("#x")) Assert.Equal(2, found.shape[0]);
                break;
            case 4:
                Assert.StartsWith("{", bob._objects.ToString());
                break;
            case 5 when random.Next(10) == 0:
                bob.clear_objects();
                break;
            case 6:
                var open = zeros(2).send(bob);
                open.view(-1).copy_(tensor(new[] { 5f, 6f }).private_tensor(["ada"]).send(bob, user: "ada"));
                try
                {
                    Assert.Fail($"It was given to nobody in particular: {open.get()}");
                }
                catch (GetNotPermittedError)
                {
                    // as it should be; what the other thread cleared is not found instead
                }

                Assert.Equal([5f, 6f], Some.Floats(open.get(user: "ada")));
                break;
            case 7:
                var x = rand(3, 2).send(bob);
                model.send(bob);
                try
                {
                    opt.zero_grad();
                    var loss = model.forward(x).pow(2).sum();
                    loss.backward();
                    opt.step();
                    Assert.True(float.IsFinite(loss.get().item<float>()));
                }
                finally
                {
                    model.get();
                }

                break;
            case 8:
                GC.Collect(0);
                break;
        }
    }
}
