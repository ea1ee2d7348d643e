using FedNotebook.Views;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Formatting;

namespace FedNotebook.Magic;

/// <summary>The magic commands: each stands for one C# statement, runs it, and shows it.</summary>
internal static class MagicCommands
{
    // The same objects each time: what is registered already is not registered again.
    private static readonly ITypeFormatter[] formatters =
    [
        new View<Statement>(HtmlFormatter.MimeType, StatementView.Html),
        new View<Statement>(PlainTextFormatter.MimeType, StatementView.Text),
        new View<object>(Variables.Unread, _ => ""),
    ];

    /// <summary>Gives a C# kernel the commands, once.</summary>
    internal static void Register(CSharpKernel kernel)
    {
        foreach (var formatter in formatters.Except(Formatter.RegisteredFormatters(includeDefaults: false))) Formatter.Register(formatter);
        Formatter.SetPreferredMimeTypesFor(typeof(Statement), HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
        var completions = new Completions(kernel);
        Add<WorkerMagic>(kernel, WorkerMagic.Directive(completions), (magic, variables) => magic.Statements(variables));
        Add<SendMagic>(kernel, SendMagic.Directive(completions), (magic, variables) => magic.Statements(variables));
        Add<GetMagic>(kernel, GetMagic.Directive(completions), (magic, variables) => magic.Statements(variables));
        Add<MoveMagic>(kernel, MoveMagic.Directive(completions), (magic, variables) => magic.Statements(variables));
        Add<FederateMagic>(kernel, FederateMagic.Directive(completions), (magic, variables) => magic.Statements(variables));
        Add<SearchMagic>(kernel, SearchMagic.Directive(completions), (magic, variables) => magic.Statements(variables));
        Add<WorkersMagic>(kernel, WorkersMagic.Directive(), (magic, variables) => magic.Statements(variables));
        Add<ObjectsMagic>(kernel, ObjectsMagic.Directive(completions), (magic, variables) => magic.Statements(variables));
    }

    private static void Add<T>(CSharpKernel kernel, KernelActionDirective directive, Func<T, Variables, IEnumerable<Statement>> statements)
        where T : KernelDirectiveCommand
    {
        if (kernel.KernelInfo.SupportedDirectives.Any(known => known.Name == directive.Name)) return;
        kernel.AddDirective<T>(directive, async (magic, context) =>
        {
            try
            {
                // All of them before the first runs: what cannot be done is not begun.
                foreach (var statement in statements(magic, await Variables.Of(kernel)).ToList()) await statement.RunAsync(kernel, context);
            }
            catch (MagicException error)
            {
                context.Fail(magic, error.InnerException, error.Message);
            }
        });
    }
}
