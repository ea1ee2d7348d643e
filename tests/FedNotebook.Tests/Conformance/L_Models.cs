using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class L_Models
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Fact]
    public void L01_a_model_comes_home_with_its_parameters()
    {
        var model = Some.Linear();
        model.send(bob).get();
        Assert.Equal([0.5f, -0.5f], Some.Floats(model.weight!.detach()));
        Assert.Empty(bob._objects);
    }

    /// <summary>The notes' first template. Expected: the same SGD in numbers, worked out for the weights .5, -.5 and the bias .1.</summary>
    [Fact]
    public void L04_the_first_template_learns_the_toy_data_set()
    {
        var data = tensor(new[,] { { 0f, 0f }, { 0f, 1f }, { 1f, 0f }, { 1f, 1f } });
        var target = tensor(new[,] { { 0f }, { 0f }, { 1f }, { 1f } });
        var datasets = new[] { bob, alice }.Select((w, i) => (data: data.narrow(0, 2 * i, 2).send(w), target: target.narrow(0, 2 * i, 2).send(w))).ToList();

        var model = Some.Linear();
        var opt = optim.SGD(model.parameters(), 0.1);
        var losses = new List<float>();
        for (var iter = 0; iter < 10; iter++)
            foreach (var (x, y) in datasets)
            {
                model.send(x.location);
                opt.zero_grad();
                var pred = model.forward(x);
                var loss = (pred - y).pow(2).sum();
                loss.backward();
                opt.step();
                model.get();
                losses.Add(loss.get().item<float>());
            }

        float[] first = [.17f, .6932f, .156944f, .083408f, .126269f, .052065f, .09056f, .03794f];
        for (var i = 0; i < first.Length; i++) Assert.Equal(first[i], losses[i], 1e-4);
        Assert.Equal(.013291f, losses[^2], 1e-4);
        Assert.Equal(.006494f, losses[^1], 1e-4);
        Assert.Equal(.948443f, Some.Floats(model.weight!.detach())[0], 1e-4);
        Assert.Equal(-.088163f, Some.Floats(model.weight!.detach())[1], 1e-4);
        Assert.Equal(.098397f, Some.Floats(model.bias!.detach())[0], 1e-4);
    }

    [Fact]
    public void L06_location_follows_the_model_and_is_an_error_at_home()
    {
        var model = Some.Linear();
        Assert.Contains("did you already send it", Assert.Throws<ModelLocationException>(() => model.location).Message);
        model.send(bob);
        Assert.Same(bob, model.location);
        model.move(alice);
        Assert.Same(alice, model.location);
        Assert.Empty(bob._objects);
        model.get();
        Assert.Throws<ModelLocationException>(() => model.get());
    }

    [Fact]
    public void L08_momentum_and_Adam_over_two_workers_give_the_numbers_of_a_local_run()
    {
        foreach (Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> make in
                 new Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer>[] { p => optim.SGD(p, 0.1, momentum: 0.9), p => optim.Adam(p, 0.1) })
        {
            var (local, remote) = (Some.Linear(), Some.Linear());
            var (localOpt, remoteOpt) = (make(local.parameters()), make(remote.parameters()));
            for (var i = 0; i < 6; i++)
            {
                var x = tensor(new[,] { { i, 1f }, { 1f, -i } });
                localOpt.zero_grad();
                local.forward(x).pow(2).sum().backward();
                localOpt.step();

                var p = x.send(i % 2 == 0 ? bob : alice);
                remote.send(p.location);
                remoteOpt.zero_grad();
                remote.forward(p).pow(2).sum().backward();
                remoteOpt.step();
                remote.get();
            }

            Assert.Equal(Some.Floats(local.weight!.detach()), Some.Floats(remote.weight!.detach()));
        }
    }

    [Fact]
    public void A_model_that_is_away_cannot_be_sent_again()
    {
        var model = Some.Linear().send(bob);
        var error = Assert.Throws<ModelLocationException>(() => model.send(alice));
        Assert.Contains($"model.move({alice.id})", error.Message);
    }

    [Fact]
    public void A_model_and_its_data_must_be_at_the_same_worker()
    {
        var model = Some.Linear();
        var data = zeros(1, 2).send(bob);
        Assert.Contains($"model.send({bob.id})", Assert.Throws<TensorsNotCollocatedException>(() => model.forward(data)).Message);
        model.send(alice);
        Assert.Contains($"model.move({bob.id})", Assert.Throws<TensorsNotCollocatedException>(() => model.call(data)).Message);
    }
}
