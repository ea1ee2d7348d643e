using System.Runtime.CompilerServices;

namespace TorchSharp;

/// <summary>What a function calls a method of must be there: otherwise its name is said, before .NET says that a reference is null.</summary>
internal static class Required
{
    public static torch.Tensor Needed(this torch.Tensor? tensor, [CallerArgumentExpression(nameof(tensor))] string name = "") =>
        tensor ?? throw new ArgumentNullException(name, $"A tensor is needed here, but '{name}' is null.");
}
