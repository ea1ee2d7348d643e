using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Parsing;

namespace Microsoft.DotNet.Interactive.ValueSharing;

/// <summary>`#!set` and `#!share`: a variable gets a value that was written, typed in, or is another kernel's.</summary>
internal static class ValueDirectives
{
    public static void AddTo(Kernel kernel)
    {
        kernel.AddDirective<CopyValue>(new KernelActionDirective("#!set", "Sets a variable of this kernel to a value: one that is written here, typed in, or another kernel's.")
        {
            Parameters =
            [
                new KernelDirectiveParameter("--name", "The variable to set.") { Required = true },
                new KernelDirectiveParameter("--value", "A value, a JSON value, `@kernel:name` for a variable, or `@input` or `@password` to be asked for it.")
                    { Required = true, KeepsReference = true }.AddCompletions(context => AddValuesAsync(kernel, null, "@", context)),
                new KernelDirectiveParameter("--byref", "Whether both kernels share the object itself, and not a copy.") { Flag = true },
                MimeType(),
            ],
        }, RunAsync);
        kernel.AddDirective<CopyValue>(new KernelActionDirective("#!share", "Gives this kernel a variable of another one.")
        {
            Parameters =
            [
                new KernelDirectiveParameter("--name", "The variable of the other kernel.") { Required = true, AllowImplicitName = true }
                    .AddCompletions(context => AddValuesAsync(kernel, kernel, "", context)),
                new KernelDirectiveParameter("--from", "The kernel that has it.") { Required = true }
                    .AddCompletions(() => kernel.RootKernel.FindKernels(k => k != kernel && k.SupportsCommandType(typeof(RequestValue))).Select(k => k.Name)),
                new KernelDirectiveParameter("--as", "What to call it in this kernel."),
                MimeType(),
            ],
        }, RunAsync);
    }

    private static KernelDirectiveParameter MimeType() => new KernelDirectiveParameter("--mime-type", "Share a copy, formatted so.")
        .AddCompletions(() => [JsonFormatter.MimeType, PlainTextFormatter.MimeType, HtmlFormatter.MimeType, "text/csv"]);

    private static async Task AddValuesAsync(Kernel kernel, Kernel? except, string prefix, KernelDirectiveCompletionContext context)
    {
        foreach (var source in kernel.RootKernel.FindKernels(k => k != except && k is not CompositeKernel && k.SupportsCommandType(typeof(RequestValueInfos))))
            foreach (var produced in (await kernel.RootKernel.AskQuietlyAsync(new RequestValueInfos(source.Name))).Events.OfType<ValueInfosProduced>())
                foreach (var info in produced.ValueInfos)
                    context.CompletionItems.Add(new CompletionItem(prefix.Length > 0 ? $"{prefix}{source.Name}:{info.Name}" : info.Name, "Variable", documentation: info.TypeName));
    }

    private static async Task RunAsync(CopyValue command, KernelInvocationContext context)
    {
        var (target, root) = (context.HandlingKernel, context.HandlingKernel.RootKernel);
        if (!target.SupportsCommandType(typeof(SendValue)))
        {
            context.Fail(command, message: $"The kernel '{target.Name}' does not take values.");
            return;
        }

        if (command is { ByRef: true, MimeType: not null })
        {
            context.Fail(command, message: "--byref shares the object itself and --mime-type a copy: only one of them can be given.");
            return;
        }

        var name = command.As ?? command.Name;
        try
        {
            var send = await ResolveAsync(command, name, target, root);
            if ((await root.SendAsync(send)).Failure is { } failure) context.Fail(command, failure.Exception, failure.Message);
        }
        catch (InvalidOperationException e)
        {
            context.Fail(command, e, e.Message);
        }
    }

    private static async Task<SendValue> ResolveAsync(CopyValue command, string name, Kernel target, Kernel root)
    {
        if (command.From is { } from) return await CopyAsync(name, command.Name, from, command.MimeType, byRef: command.MimeType is null, target, root);
        if (command.Value.StartsWith('@') && command.Value.Length > 1)
        {
            var reference = ValueReference.Read(command.Value);
            if (reference.IsInput)
            {
                var answer = await reference.AskAsync(name, "text");
                return new SendValue(name, reference.IsPassword ? new PasswordString(answer) : answer, targetKernelName: target.Name);
            }

            return await CopyAsync(name, reference.Name, reference.Kernel ?? target.Name, command.MimeType, command.ByRef, target, root);
        }

        if (command.Value is not ['{' or '[', ..]) return new SendValue(name, null, new FormattedValue(PlainTextFormatter.MimeType, command.Value), target.Name);
        if (!SharedValues.IsJson(command.Value)) throw new InvalidOperationException($"The value of '{name}' begins like JSON, and is not: {command.Value}");
        return new SendValue(name, null, new FormattedValue(JsonFormatter.MimeType, command.Value), target.Name);
    }

    private static async Task<SendValue> CopyAsync(string name, string sourceName, string from, string? mimeType, bool byRef, Kernel target, Kernel root)
    {
        var source = root.FindKernelByName(from) ?? throw new InvalidOperationException($"There is no kernel named '{from}'.");
        var result = await root.AskQuietlyAsync(new RequestValue(sourceName, mimeType ?? JsonFormatter.MimeType, source.Name));
        // What cannot be written as JSON can still be handed over as it is.
        if (result.Failure is not null && byRef) result = await root.AskQuietlyAsync(new RequestValue(sourceName, PlainTextFormatter.MimeType, source.Name));
        if (result.Failure is { } failure) throw new InvalidOperationException(SharedValues.Describe(failure), failure.Exception);
        var produced = result.Events.OfType<ValueProduced>().LastOrDefault() ?? throw new InvalidOperationException($"Value '{sourceName}' not found in kernel {source.Name}");
        return new SendValue(name, byRef ? produced.Value : null, produced.FormattedValue, target.Name);
    }
}
