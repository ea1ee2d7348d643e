using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>RMSprop (Hinton's lecture, 2012; centered after Graves 2013).</summary>
public partial class RMSProp
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        double rate = o.LearningRate!.Value, alpha = o.alpha!.Value;
        foreach (var (parameter, grad, state) in Due<State>(group, o.maximize!.Value, o.weight_decay!.Value))
        {
            state.step++;
            var square = state.square_avg!.mul_(alpha).addcmul_(grad, grad, 1 - alpha);
            if (state.grad_avg is { } mean)
            {
                mean.mul_(alpha).add_(grad, 1 - alpha);
                square = square.addcmul(mean, mean, -1);
            }

            var deviation = square.sqrt().add_(o.eps!.Value);
            if (o.momentum!.Value <= 0)
            {
                parameter.addcdiv_(grad, deviation, -rate);
                continue;
            }

            // Momentum can have been set later.
            state.momentum_buffer ??= zeros_like(parameter).DetachFromDisposeScope();
            parameter.add_(state.momentum_buffer.mul_(o.momentum.Value).addcdiv_(grad, deviation, 1), -rate);
        }
    }
}
