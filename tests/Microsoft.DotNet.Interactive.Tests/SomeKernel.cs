using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive.Tests;

/// <summary>Kernels as a notebook has them, and short ways to ask what a cell has shown.</summary>
internal static class SomeKernel
{
    public static CompositeKernel WithCSharp(CSharpKernel? csharp = null)
    {
        var composite = new CompositeKernel { DefaultKernelName = "csharp" };
        composite.Add((csharp ?? new CSharpKernel()).UseKernelHelpers(), ["c#"]);
        return composite;
    }

    public static object? ReturnValue(this KernelCommandResult result)
    {
        result.MustSucceed();
        return result.Events.OfType<ReturnValueProduced>().Single().Value;
    }

    public static void MustSucceed(this KernelCommandResult result) =>
        Assert.True(result.Events[^1] is CommandSucceeded, result.Events.OfType<CommandFailed>().FirstOrDefault()?.Message);

    public static CommandFailed Failure(this KernelCommandResult result) => Assert.IsType<CommandFailed>(result.Events[^1]);

    public static string Output(this KernelCommandResult result) =>
        string.Concat(result.Events.OfType<StandardOutputValueProduced>().Select(e => e.PlainText()));

    public static string? PlainText(this DisplayEvent e) => e.FormattedValues.FirstOrDefault(v => v.MimeType == PlainTextFormatter.MimeType)?.Value;

    public static string[] MimeTypes(this DisplayEvent e) => [.. e.FormattedValues.Select(v => v.MimeType)];
}
