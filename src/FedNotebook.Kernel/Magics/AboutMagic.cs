using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Kernel.Magics;

/// <summary><c>#!about</c>: what runs the notebook.</summary>
internal static class AboutMagic
{
    public static void AddTo(CompositeKernel root) =>
        root.AddDirective(new KernelActionDirective("#!about", "Shows which versions run this notebook."), (_, context) =>
        {
            (string Name, string Value)[] facts =
            [
                ("fednb", VersionOf(typeof(AboutMagic).Assembly)),
                ("C# compiler", VersionOf(typeof(Microsoft.CodeAnalysis.CSharp.CSharpCompilation).Assembly)),
                (".NET", RuntimeInformation.FrameworkDescription),
                ("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
                ("Process", Environment.ProcessId.ToString()),
                ("Folder", Directory.GetCurrentDirectory()),
            ];
            var html = $"<table>{string.Concat(facts.Select(fact => $"<tr><th>{fact.Name}</th><td>{WebUtility.HtmlEncode(fact.Value)}</td></tr>"))}</table>";
            var text = string.Join('\n', facts.Select(fact => $"{fact.Name + ":",-13} {fact.Value}"));
            context.Publish(new DisplayedValueProduced(facts, context.Command,
                [new FormattedValue(HtmlFormatter.MimeType, html), new FormattedValue(PlainTextFormatter.MimeType, text)]));
            return Task.CompletedTask;
        });

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "";
}
