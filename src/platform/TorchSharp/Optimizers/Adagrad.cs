namespace TorchSharp.Modules;

/// <summary>Adagrad (Duchi et al. 2011): a rate of its own for every weight, that falls with the squares of its gradients.</summary>
public partial class Adagrad
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        foreach (var (parameter, grad, state) in Due<State>(group, false, o.weight_decay!.Value))
        {
            state.step++;
            var rate = o.LearningRate!.Value / (1 + (state.step - 1) * o.lr_decay!.Value);
            state.sum!.addcmul_(grad, grad, 1);
            parameter.addcdiv_(grad, state.sum.sqrt().add_(o.eps!.Value), -rate);
        }
    }
}
