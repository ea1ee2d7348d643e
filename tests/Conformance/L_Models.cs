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

    [Fact]
    public void L03_a_linear_layer_with_and_without_bias_gives_what_it_gives_here()
    {
        foreach (var bias in (bool[])[true, false])
        {
            var model = nn.Linear(2, 3, hasBias: bias);
            var x = tensor(new[] { 1f, -1f });
            var expected = Some.Floats(model.forward(x).detach());
            Assert.Equal(expected, Some.Floats(model.send(bob).forward(x.send(bob)).get()));
        }
    }

    [Fact]
    public void L06_a_copy_is_independent_and_send_makes_gradients()
    {
        var model = Some.Linear();
        var copy = model.copy();
        using (no_grad()) copy.weight!.fill_(7);
        Assert.Equal([0.5f, -0.5f], Some.Floats(model.weight!.detach()));
        Assert.Null(model.weight!.grad);
        model.send(bob);
        Assert.Equal([0f, 0f], Some.Floats(model.weight!.grad!));
    }

    [Fact]
    public void L07_buffers_travel_and_are_copied_with_the_mode()
    {
        var model = nn.BatchNorm1d(2);
        model.send(bob);
        model.forward(tensor(new[,] { { 1f, 2f }, { 3f, 6f } }).send(bob));
        model.move(alice).get();
        Assert.Equal([0.2f, 0.4f], Some.Floats(model.running_mean!), (a, b) => Math.Abs(a - b) < 1e-6);
        model.eval();
        var copy = model.copy();
        Assert.False(copy.training);
        Assert.Equal(Some.Floats(model.running_mean!), Some.Floats(copy.running_mean!));
    }

    [Fact]
    public void L10_a_model_can_be_copied_after_it_came_home()
    {
        var copy = Some.Linear().send(bob).get().copy();
        Assert.Equal([0.5f, -0.5f], Some.Floats(copy.weight!.detach()));
        Assert.NotNull(copy.send(alice).location);
    }

    [Fact]
    public void A_module_of_ones_own_is_copied_whole()
    {
        var model = new TwoLayers();
        var copy = model.copy();
        var x = tensor(new[] { 1f, 2f });
        Assert.Equal(Some.Floats(model.forward(x).detach()), Some.Floats(copy.forward(x).detach()));
        Assert.Equal(model.state_dict().Keys, copy.state_dict().Keys);
        Assert.Equal(3, copy.parameters().Count(p => p.requires_grad) - 1);

        // Its parameters are its own, and the ones that forward uses are the ones that an optimizer sees.
        var opt = optim.SGD(copy.parameters(), 0.5);
        var before = Some.Floats(model.forward(x).detach());
        copy.forward(x).sum().backward();
        opt.step();
        Assert.Equal(before, Some.Floats(model.forward(x).detach()));
        Assert.NotEqual(before, Some.Floats(copy.forward(x).detach()));
        Assert.Equal("changed", (copy.Notes[0] = "changed"));
        Assert.Equal("note", model.Notes[0]);
    }

    [Fact]
    public void The_notes_average_two_models_at_a_secure_worker()
    {
        var secure_worker = Some.Worker("secure");
        var model = Some.Linear();
        var (bobs, alices) = (Some.Linear(1, 2, 3).send(bob), Some.Linear(3, 6, 5).send(alice));
        alices.move(secure_worker);
        bobs.move(secure_worker);
        using (no_grad())
        {
            model.weight!.set_(((alices.weight!.ptr() + bobs.weight!.ptr()) / 2).get());
            model.bias!.set_(((alices.bias!.ptr() + bobs.bias!.ptr()) / 2).get());
        }

        Assert.Equal([2f, 4f], Some.Floats(model.weight!.detach()));
        Assert.Equal([4f], Some.Floats(model.bias!.detach()));
        Assert.Throws<ModelLocationException>(() => model.weight!.ptr());
    }

    private sealed class TwoLayers : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear first = nn.Linear(2, 3);
        private readonly TorchSharp.Modules.Sequential rest = nn.Sequential(nn.ReLU(), nn.Linear(3, 1));

        public TwoLayers() : base(nameof(TwoLayers)) => RegisterComponents();

        public List<string> Notes { get; } = ["note"];

        public override Tensor forward(Tensor input) => rest.forward(first.forward(input));
    }

    [Fact]
    public void L02_a_parameter_travels_as_a_tensor_does()
    {
        var parameter = Some.Linear().weight!;
        Assert.Equal([0.5f, -0.5f], Some.Floats(parameter.send(bob).get().detach()));
        Assert.Equal([0.5f, -0.5f], Some.Floats(parameter.send(bob).send(alice).get().get().detach()));
        var p = parameter.send(bob);
        Assert.Equal([1f, -1f], Some.Floats((p + p).get()));
        Assert.Equal([0.25f, 0.25f], Some.Floats((p * p).get()));
    }
}
