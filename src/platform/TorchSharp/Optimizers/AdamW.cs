namespace TorchSharp.Modules;

/// <summary>Adam with the weights' decay apart from the gradient (Loshchilov and Hutter 2017).</summary>
public partial class AdamW
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        foreach (var (parameter, grad, state) in Due<State>(group, o.maximize!.Value, 0))
        {
            parameter.mul_(1 - o.LearningRate!.Value * o.weight_decay!.Value);
            AdamUpdate.Take(parameter, grad, ++state.step, state.exp_avg!, state.exp_avg_sq!, state.max_exp_avg_sq,
                o.LearningRate!.Value, o.beta1!.Value, o.beta2!.Value, o.eps!.Value);
        }
    }
}
