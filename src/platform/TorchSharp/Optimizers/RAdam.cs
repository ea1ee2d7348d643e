namespace TorchSharp.Modules;

/// <summary>Adam that holds back while it knows little of the variance (Liu et al. 2019).</summary>
public partial class RAdam
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        double beta1 = o.beta1!.Value, beta2 = o.beta2!.Value;
        foreach (var (parameter, grad, state) in Due<State>(group, false, o.weight_decay!.Value))
        {
            state.step++;
            state.exp_avg!.mul_(beta1).add_(grad, 1 - beta1);
            state.exp_avg_sq!.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
            var correction = 1 - Math.Pow(beta2, state.step);
            var rate = o.LearningRate!.Value / (1 - Math.Pow(beta1, state.step));
            var most = 2 / (1 - beta2) - 1;
            var length = most - 2 * state.step * Math.Pow(beta2, state.step) / correction;
            if (length <= 5)
            {
                parameter.add_(state.exp_avg, -rate);
                continue;
            }

            var rectified = Math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length));
            parameter.addcdiv_(state.exp_avg, state.exp_avg_sq.sqrt().add_(o.eps!.Value), -rate * rectified * Math.Sqrt(correction));
        }
    }
}
