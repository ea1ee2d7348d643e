using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests;

/// <summary>A real kernel that runs C# cells, with everything that FedNotebook's package would reference.</summary>
public sealed class Notebook : IDisposable
{
    private readonly CSharpKernel csharp = new();

    public Notebook()
    {
        Kernel = new CompositeKernel { csharp };
        Kernel.DefaultKernelName = "csharp";
        csharp.AddAssemblyReferences(Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => Path.GetFileName(path) is "FedNotebook.dll" or "FedNotebook.Interactive.dll" or "FedNotebook.Interactive.Tests.dll" or "TorchSharp.dll" or "Plotly.NET.dll"));
    }

    public CompositeKernel Kernel { get; }

    public static async Task<Notebook> WithExtension()
    {
        var notebook = new Notebook();
        await new FedNotebookExtension().OnLoadAsync(notebook.Kernel);
        return notebook;
    }

    public async Task<IReadOnlyList<KernelEvent>> Run(string code) => (await Kernel.SendAsync(new SubmitCode(code))).Events;

    /// <summary>Runs a cell that is expected to work, and gives what it put out.</summary>
    public async Task<IReadOnlyList<DisplayEvent>> Outputs(string code)
    {
        var events = await Run(code);
        Assert.Empty(events.OfType<CommandFailed>().Select(failed => failed.Message));
        return [.. events.OfType<DisplayEvent>()];
    }

    /// <summary>Runs a cell, and gives the value that it shows at its end.</summary>
    public async Task<ReturnValueProduced> Show(string code) => Assert.IsType<ReturnValueProduced>((await Outputs(code))[^1]);

    public void Dispose() => Kernel.Dispose();
}
