namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba 2014; AMSGrad after Reddi et al. 2018), in PyTorch's form: the weights' decay is a part of the gradient.</summary>
public partial class Adam
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        foreach (var (parameter, grad, state) in Due<State>(group, o.maximize!.Value, o.weight_decay!.Value))
        {
            AdamUpdate.Take(parameter, grad, ++state.step, state.exp_avg!, state.exp_avg_sq!, state.max_exp_avg_sq,
                o.LearningRate!.Value, o.beta1!.Value, o.beta2!.Value, o.eps!.Value);
        }
    }
}
