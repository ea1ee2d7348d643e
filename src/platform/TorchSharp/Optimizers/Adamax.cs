using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam with the largest gradient in place of the mean of squares (Kingma and Ba 2014).</summary>
public partial class Adamax
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        foreach (var (parameter, grad, state) in Due<State>(group, false, o.weight_decay!.Value))
        {
            state.step++;
            state.exp_avg!.mul_(o.beta1!.Value).add_(grad, 1 - o.beta1.Value);
            state.exp_inf!.copy_(maximum(state.exp_inf.mul_(o.beta2!.Value), grad.abs().add_(o.eps!.Value)));
            parameter.addcdiv_(state.exp_avg, state.exp_inf, -o.LearningRate!.Value / (1 - Math.Pow(o.beta1.Value, state.step)));
        }
    }
}
