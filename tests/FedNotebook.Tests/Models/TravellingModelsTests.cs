using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Models;

/// <summary>Modules as people write them in a cell, on their way: everything is afterwards as in a model that stayed.</summary>
public class TravellingModelsTests
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    public static TheoryData<string> Optimizers => ["SGD", "momentum", "nesterov", "Adam", "AdamW", "scheduled SGD", "scheduled Adam"];

    [Theory, MemberData(nameof(Optimizers))]
    public void An_optimizer_gives_exactly_the_numbers_of_a_model_that_stayed(string name)
    {
        var stays = new Net();
        var travels = stays.copy();
        var (here, away) = (Make(name, stays), Make(name, travels));
        for (var i = 0; i < 8; i++)
        {
            using var scope = sy.scope();
            using var x = rand(6, 4, ScalarType.Float64);
            here.opt.zero_grad();
            var expected = stays.forward(x).pow(2).sum();
            expected.backward();
            here.opt.step();
            here.scheduler?.step();

            var p = x.send(i % 2 == 0 ? bob : alice);
            if (i % 3 == 2) travels.send(bob).move(p.location);
            else travels.send(p.location);
            away.opt.zero_grad();
            var loss = travels.forward(p).pow(2).sum();
            loss.backward();
            away.opt.step();
            away.scheduler?.step();
            travels.get();
            Assert.Equal(expected.item<double>(), loss.get().item<double>());
        }

        Same(stays, travels);
        Assert.Equal((0, 0), (bob.objects_count, alice.objects_count));
    }

    [Fact]
    public void Tied_frozen_nested_and_listed_parts_stay_what_they_are()
    {
        var model = new Net();
        var copy = model.copy();
        foreach (var net in (Net[])[model.send(bob).move(alice).get(), copy])
        {
            Assert.Same(net.first.weight, net.tied.weight);
            Assert.False(net.frozen.requires_grad);
            Assert.Equal(ScalarType.Float64, net.first.weight!.dtype);
            Assert.Equal(model.state_dict().Keys, net.state_dict().Keys);
            Assert.DoesNotContain("scratch", net.state_dict().Keys);
            Assert.Equal(model.named_parameters().Select(p => p.name), net.named_parameters().Select(p => p.name));
        }

        using (no_grad()) copy.first.weight!.fill_(3);
        Assert.Equal(3, copy.tied.weight![0, 0].item<double>());
        Assert.NotEqual(3, model.tied.weight![0, 0].item<double>());
        copy.eval();
        Assert.False(copy.send(bob).get().norm.training);
        Assert.True(model.norm.training);
        using (no_grad()) copy.scratch.fill_(9);
        Assert.Equal(1, model.scratch[0].item<double>());
    }

    [Fact]
    public void Running_statistics_and_hooks_work_at_the_worker()
    {
        var model = new Net();
        var twin = model.copy();
        var calls = 0;
        model.register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });
        var x = rand(6, 4, ScalarType.Float64);
        twin.forward(x);
        model.send(bob).forward(x.send(bob)).Dispose();
        model.get();
        Assert.Equal(1, calls);
        Same(twin, model);
    }

    [Fact]
    public void A_model_with_a_private_buffer_goes_and_comes_for_its_users_only()
    {
        var model = new Net();
        model.norm.running_mean!.private_tensor(["ada"]);
        Assert.Throws<SendNotPermittedError>(() => model.send(bob));
        Assert.Throws<ModelLocationException>(() => model.location);
        model.send(bob, user: "ada");
        Assert.Throws<GetNotPermittedError>(() => model.get());
        Assert.Throws<GetNotPermittedError>(() => model.move(alice));
        Assert.Throws<GetNotPermittedError>(() => model.norm.running_mean!.ptr().clone().get());
        Assert.Throws<GetNotPermittedError>(() => model.forward(rand(6, 4, ScalarType.Float64).send(bob)).get());
        Assert.Same(alice, model.move(alice, user: "ada").location);
        Assert.Same(model, model.get(user: "ada"));
        Assert.Empty(alice._objects);
    }

    private static (optim.Optimizer opt, optim.lr_scheduler.LRScheduler? scheduler) Make(string name, Net net)
    {
        var parameters = net.parameters().Where(p => p.requires_grad);
        optim.Optimizer opt = name switch
        {
            "momentum" => optim.SGD(parameters, 0.01, momentum: 0.9, weight_decay: 0.1),
            "nesterov" => optim.SGD(parameters, 0.01, momentum: 0.9, nesterov: true),
            "Adam" or "scheduled Adam" => optim.Adam(parameters, 0.01),
            "AdamW" => optim.AdamW(parameters, 0.01),
            _ => optim.SGD(parameters, 0.01),
        };
        return (opt, name.StartsWith("scheduled") ? optim.lr_scheduler.StepLR(opt, 2, 0.5) : null);
    }

    private static void Same(nn.Module one, nn.Module other)
    {
        var (first, second) = (one.state_dict(), other.state_dict());
        Assert.Equal(first.Keys, second.Keys);
        foreach (var (name, tensor) in first)
            using (var difference = tensor.detach().eq(second[name].detach()).all()) Assert.True(difference.item<bool>(), name);
    }

    public sealed class Net : nn.Module<Tensor, Tensor>
    {
        public readonly Linear first = nn.Linear(4, 4, dtype: ScalarType.Float64), tied = nn.Linear(4, 4, dtype: ScalarType.Float64);
        public readonly BatchNorm1d norm = nn.BatchNorm1d(4, dtype: ScalarType.Float64);
        public readonly Parameter frozen = new(ones(4, ScalarType.Float64), requires_grad: false);
        public readonly ModuleList<nn.Module<Tensor, Tensor>> several = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.Linear(4, 4, dtype: ScalarType.Float64), nn.Tanh());
        public readonly ModuleDict<nn.Module<Tensor, Tensor>> named = nn.ModuleDict<nn.Module<Tensor, Tensor>>(("out", nn.Linear(4, 1, dtype: ScalarType.Float64)));
        public readonly Sequential inner = nn.Sequential(("a", nn.ReLU()), ("b", nn.Sequential(nn.Linear(4, 4, dtype: ScalarType.Float64))));
        public Tensor scratch;

        public Net() : base(nameof(Net))
        {
            tied.weight = first.weight;
            scratch = ones(2, ScalarType.Float64);
            register_buffer("scratch", scratch, persistent: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var hidden = norm.forward(tied.forward(first.forward(input))) * frozen;
            foreach (var module in several) hidden = module.forward(hidden);
            return named["out"].forward(inner.forward(hidden));
        }
    }
}
