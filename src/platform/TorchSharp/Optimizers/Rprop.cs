using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Resilient propagation (Riedmiller and Braun 1993): only the gradients' signs count.</summary>
public partial class Rprop
{
    private void Step(ParamGroup group)
    {
        var o = group.Options;
        foreach (var (parameter, grad, state) in Due<State>(group, o.maximize!.Value, 0))
        {
            state.step++;
            var agreement = grad.mul(state.prev!);
            var factor = ones_like(grad).masked_fill_(agreement.gt(0), o.etaplus!.Value).masked_fill_(agreement.lt(0), o.etaminus!.Value);
            state.step_size!.mul_(factor).clamp_(o.min_step!.Value, o.max_step!.Value);
            // Where the sign has changed, the step back is left out.
            var kept = grad.masked_fill(agreement.lt(0), 0);
            parameter.addcmul_(kept.sign(), state.step_size, -1);
            state.prev!.copy_(kept);
        }
    }
}
