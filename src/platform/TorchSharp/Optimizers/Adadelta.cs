namespace TorchSharp.Modules;

/// <summary>Adadelta (Zeiler 2012): steps as big as the steps before were.</summary>
public partial class Adadelta
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        double rho = o.rho!.Value, eps = o.eps!.Value;
        foreach (var (parameter, grad, state) in Due<State>(group, o.maximize!.Value, o.weight_decay!.Value))
        {
            state.step++;
            state.square_avg!.mul_(rho).addcmul_(grad, grad, 1 - rho);
            var deviation = state.square_avg.add(eps).sqrt_();
            var delta = state.acc_delta!.add(eps).sqrt_().div_(deviation).mul_(grad);
            state.acc_delta.mul_(rho).addcmul_(delta, delta, 1 - rho);
            parameter.add_(delta, -o.LearningRate!.Value);
        }
    }
}
