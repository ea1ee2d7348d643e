using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace Microsoft.DotNet.Interactive.Connection;

/// <summary>`#!connect`: adds kernels to a notebook while it runs.</summary>
internal static class ConnectDirectives
{
    private const string Name = "#!connect";

    public static void Add<T>(CompositeKernel kernel, ConnectKernelDirective<T> directive)
        where T : ConnectKernelCommand
    {
        var connect = kernel.KernelInfo.SupportedDirectives.OfType<KernelActionDirective>().FirstOrDefault(d => d.Name == Name);
        if (connect is null)
        {
            connect = new KernelActionDirective(Name, "Adds a kernel to the notebook.");
            connect.Subcommands.Add(directive);
            kernel.AddDirective(connect, NameOneAsync);
        }
        else
            connect.Subcommands.Add(directive);

        kernel.AddDirective<T>(directive, (command, context) => ConnectAsync(kernel, directive, command, context));
    }

    private static Task NameOneAsync(KernelCommand command, KernelInvocationContext context)
    {
        var known = ((CompositeKernel)context.HandlingKernel.RootKernel).KernelInfo.SupportedDirectives.OfType<KernelActionDirective>().First(d => d.Name == Name).Subcommands;
        context.Fail(command, message: $"{Name} needs to know what to connect to: {string.Join(", ", known.Where(s => !s.Hidden).Select(s => s.Name))}.");
        return Task.CompletedTask;
    }

    private static async Task ConnectAsync<T>(CompositeKernel root, ConnectKernelDirective<T> directive, T command, KernelInvocationContext context)
        where T : ConnectKernelCommand
    {
        foreach (var kernel in await directive.ConnectKernelsAsync(command, context))
        {
            kernel.KernelInfo.Description ??= directive.ConnectedKernelDescription;
            root.Add(kernel);
            context.Publish(new Events.KernelInfoProduced(kernel.KernelInfo, command));
            KernelInvocationContextExtensions.DisplayAs(context, $"Kernel added: {kernel.KernelSpecifierDirective.Name}", Formatting.PlainTextFormatter.MimeType);
        }
    }
}
