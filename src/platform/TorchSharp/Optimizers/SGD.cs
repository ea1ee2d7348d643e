using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent with momentum, after PyTorch's definition (Sutskever et al. 2013 for the momentum).</summary>
public partial class SGD
{
    static partial void Check(Options options)
    {
        if (options.nesterov!.Value && (options.momentum <= 0 || options.dampening != 0))
            throw new ArgumentException("Nesterov momentum needs a momentum, and no dampening.", "nesterov");
    }

    private void Step(ParamGroup group)
    {
        var options = group.Options;
        double rate = options.LearningRate!.Value, momentum = options.momentum!.Value;
        foreach (var (parameter, gradient, state) in Due<State>(group, options.maximize!.Value, options.weight_decay!.Value))
        {
            var grad = gradient;
            if (momentum != 0)
            {
                if (state.momentum_buffer is null) state.momentum_buffer = grad.clone().detach().DetachFromDisposeScope();
                else state.momentum_buffer.mul_(momentum).add_(grad, 1 - options.dampening!.Value);
                grad = options.nesterov!.Value ? grad.add(state.momentum_buffer, momentum) : state.momentum_buffer;
            }

            parameter.add_(grad, -rate);
        }
    }
}
