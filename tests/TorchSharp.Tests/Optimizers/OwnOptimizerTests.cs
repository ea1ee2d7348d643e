using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

/// <summary>An optimizer that a user writes: with settings, and a memory of each parameter.</summary>
public class OwnOptimizerTests
{
    private sealed class Heavy : OptimizerHelper
    {
        public Heavy(IEnumerable<Parameter> parameters, double lr)
        {
            _defaults = new OptimizerOptions { LearningRate = lr, InitialLearningRate = lr };
            add_param_group(new ParamGroup<OptimizerOptions>(parameters, new OptimizerOptions()));
        }

        public override void add_param_group(ParamGroup param_group)
        {
            base.add_param_group(param_group);
            foreach (var parameter in param_group.Parameters)
            {
                var state = new Memory(parameter);
                _state[parameter.Handle] = state;
                state.Initialize(param_group.Options);
            }
        }

        public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup<OptimizerOptions>>(group =>
        {
            foreach (var parameter in group.Parameters)
            {
                using var grad = parameter.grad;
                if (grad is null) continue;
                var state = (Memory)_state[parameter.Handle];
                state.Velocity.mul_(0.5).add_(grad);
                parameter.add_(state.Velocity, alpha: -group.LearningRate);
            }
        }, closure);

        private sealed class Memory : OptimizerState
        {
            public Tensor Velocity = null!;

            public Memory(Parameter parameter) : base(parameter)
            {
            }

            public override void Initialize(OptimizerOptions options) => Velocity = zeros_like(_parameter).DetachFromDisposeScope();
            public override void SaveStateDict(BinaryWriter writer) => Velocity.Save(writer);
            public override void LoadStateDict(BinaryReader reader) => Velocity = Tensor.Load(reader).DetachFromDisposeScope();
            public override void LoadStateDict(OptimizerState source) => Velocity = ((Memory)source).Velocity;
        }
    }

    [Fact]
    public void It_steps_with_its_own_memory_and_leaves_no_result_without_a_closure()
    {
        var p = new Parameter(ones(2));
        using var optimizer = new Heavy([p], 0.1);
        for (var i = 0; i < 2; i++)
        {
            optimizer.zero_grad();
            p.sum().backward();
            Assert.Null(optimizer.step());
        }

        Assert.Equal(0.75f, p.data<float>()[0], 1e-6f);
        Assert.Equal(0.1, optimizer.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void A_schedule_moves_its_rate_and_its_state_goes_through_a_file()
    {
        var p = new Parameter(ones(2));
        using var optimizer = new Heavy([p], 0.1);
        var schedule = optim.lr_scheduler.StepLR(optimizer, 1, 0.5);
        p.sum().backward();
        optimizer.step();
        schedule.step();
        Assert.Equal(0.05, optimizer.ParamGroups.Single().LearningRate);

        var file = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(file));
        file.Position = 0;
        var q = new Parameter(p.detach().clone());
        using var second = new Heavy([q], 3);
        second.load_state_dict(new BinaryReader(file));
        foreach (var (parameter, o) in new[] { (p, optimizer), (q, second) })
        {
            o.zero_grad();
            parameter.sum().backward();
            o.step();
        }

        Assert.Equal(p.data<float>().ToArray(), q.data<float>().ToArray());
    }

    [Fact]
    public void Groups_of_another_optimizer_are_refused_with_a_sentence()
    {
        var p = new Parameter(ones(2));
        using var optimizer = new Heavy([p], 0.1);
        var q = new Parameter(ones(2));
        optimizer.add_param_group(new ParamGroup { Parameters = [q], Options = new OptimizerOptions() });
        Assert.Contains("works with groups of the type", Assert.Throws<InvalidOperationException>(() => optimizer.step()).Message);
    }
}
