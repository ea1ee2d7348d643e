using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class Lambda : Transform
{
    private readonly Func<Tensor, Tensor> function;

    internal Lambda(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        this.function = function;
    }

    public override Tensor call(Tensor image) =>
        function(Argument.Given(image)) ?? throw new InvalidOperationException("The function given to transforms.Lambda returned null; it must return a tensor.");

    public override string ToString() => "Lambda()";
}
