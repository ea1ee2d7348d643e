using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW have in common: they differ only in where the weights' decay goes.</summary>
internal static class AdamUpdate
{
    public static void Take(
        Parameter parameter, Tensor grad, long step, Tensor mean, Tensor square, Tensor? largest, double rate, double beta1, double beta2, double eps)
    {
        mean.mul_(beta1).add_(grad, 1 - beta1);
        square.mul_(beta2).addcmul_(grad, grad, 1 - beta2);
        if (largest is not null) square = largest.copy_(maximum(largest, square));
        var deviation = (square.sqrt() / Math.Sqrt(1 - Math.Pow(beta2, step))).add_(eps);
        parameter.addcdiv_(mean, deviation, -(rate / (1 - Math.Pow(beta1, step))));
    }
}
