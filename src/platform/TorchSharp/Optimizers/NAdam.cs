namespace TorchSharp.Modules;

/// <summary>Adam with Nesterov's momentum (Dozat 2016).</summary>
public partial class NAdam
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        double rate = o.LearningRate!.Value, beta1 = o.beta1!.Value, beta2 = o.beta2!.Value;
        foreach (var (parameter, grad, state) in Due<State>(group, false, o.weight_decay!.Value))
        {
            state.step++;
            double mu = Momentum(state.step), next = Momentum(state.step + 1);
            state.mu_product *= mu;
            state.exp_avg!.mul_(beta1).add_(grad, 1 - beta1);
            state.exp_avg_sq!.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
            var deviation = state.exp_avg_sq.div(1 - Math.Pow(beta2, state.step)).sqrt_().add_(o.eps!.Value);
            parameter.addcdiv_(grad, deviation, -rate * (1 - mu) / (1 - state.mu_product));
            // The product has this step's momentum in it already; PyTorch 1.13 counts it once more, and its numbers are the yardstick.
            parameter.addcdiv_(state.exp_avg, deviation, -rate * next / (1 - state.mu_product * mu * next));
        }

        double Momentum(long step) => beta1 * (1 - 0.5 * Math.Pow(0.96, step * o.momentum_decay!.Value));
    }
}
