using TorchSharp;
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

    // The function gets a copy: with the image itself, x => x.div_(255) would change the data set each time that an item is used.
    public override Tensor call(Tensor image)
    {
        using var scope = NewDisposeScope();
        var result = function(Argument.Given(image).clone()) ?? throw new InvalidOperationException("The function given to transforms.Lambda returned null; it must return a tensor.");
        return result.alias().MoveToOuterDisposeScope();
    }

    public override string ToString() => "Lambda()";
}
