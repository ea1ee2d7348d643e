using FedNotebook.Magic;
using FedNotebook.Plots;
using FedNotebook.Views;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook;

/// <summary>Makes a notebook know FedNotebook: the namespaces are open in its C# cells, and tensors, workers and plots show themselves.</summary>
public sealed class FedNotebookExtension : IKernelExtension
{
    private const string Usings = """
        using TorchSharp;
        using static TorchSharp.torch;
        using FedNotebook;
        """;

    /// <summary>Called by the notebook when the package is loaded. It may be called again, and for a kernel without C#.</summary>
    /// <param name="kernel">The notebook's root kernel.</param>
    /// <exception cref="InvalidOperationException">The namespaces cannot be opened in the C# kernel.</exception>
    public async Task OnLoadAsync(Kernel kernel)
    {
        Formatters.Register();
        TrainingPlots.Attach();
        if (kernel.FindKernelByName("csharp") is not { } csharp)
            return;
        var result = await csharp.SendAsync(new SubmitCode(Usings));
        if (result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
            throw new InvalidOperationException($"FedNotebook is loaded, but its namespaces cannot be opened in the C# kernel: {failed.Message}");
        if (csharp is CSharpKernel kernelOfCells) MagicCommands.Register(kernelOfCells);
    }
}
