namespace TorchSharp.Modules;

/// <summary>Gradient descent that also keeps the average of the weights (Polyak and Juditsky 1992): it stands in the state's <c>ax</c>.</summary>
public partial class ASGD
{
    private void Step(ParamGroup<Options> group)
    {
        var o = group.Options;
        foreach (var (parameter, grad, state) in Due<State>(group, o.maximize!.Value, o.weight_decay!.Value))
        {
            state.step++;
            parameter.mul_(1 - o.lambd!.Value * state.eta);
            parameter.add_(grad, -state.eta);
            if (state.mu != 1) state.ax!.add_(parameter.sub(state.ax).mul(state.mu));
            else state.ax!.copy_(parameter);
            state.eta = o.LearningRate!.Value / Math.Pow(1 + o.lambd.Value * o.LearningRate.Value * state.step, o.alpha!.Value);
            state.mu = 1 / Math.Max(1, state.step - o.t0!.Value);
        }
    }
}
