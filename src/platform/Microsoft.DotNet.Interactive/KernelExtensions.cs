using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace Microsoft.DotNet.Interactive;

public static class KernelExtensions
{
    public static T UseQuitCommand<T>(this T kernel, Func<Task>? onQuitAsync = null)
        where T : Kernel
    {
        kernel.OnQuit = onQuitAsync;
        return kernel;
    }

    public static Kernel? FindKernelByName(this Kernel kernel, string name) => FindKernels(kernel, k => k.IsNamed(name)).FirstOrDefault();

    public static IEnumerable<Kernel> FindKernels(this Kernel kernel, Func<Kernel, bool> predicate)
    {
        var found = new List<Kernel>();
        kernel.VisitSubkernelsAndSelf(k =>
        {
            if (predicate(k)) found.Add(k);
        });
        return found;
    }

    public static Task<KernelCommandResult> SubmitCodeAsync(this Kernel kernel, string code) => kernel.SendAsync(new SubmitCode(code));

    /// <summary>Lets cells of the kernel say `#!set` and `#!share`.</summary>
    public static T UseValueSharing<T>(this T kernel)
        where T : Kernel
    {
        ValueDirectives.AddTo(kernel);
        return kernel;
    }

    /// <summary>Lets cells of the kernel say `#!who` and `#!whos`.</summary>
    public static TKernel UseWho<TKernel>(this TKernel kernel)
        where TKernel : Kernel
    {
        WhoDirectives.AddTo(kernel);
        return kernel;
    }

    /// <summary>Lets cells say `#!import FILE`.</summary>
    public static TKernel UseImportMagicCommand<TKernel>(this TKernel kernel)
        where TKernel : Kernel
    {
        kernel.AddDirective<ImportDocument>(
            new KernelActionDirective(Import.DirectiveName, "Runs the cells of a notebook (.dib, .ipynb), or the code of a file, in their kernels.")
            {
                Parameters = [new KernelDirectiveParameter(Import.FileParameter, "The file.") { Required = true, AllowImplicitName = true, TypeHint = "file" }],
            },
            async (command, context) =>
            {
                try
                {
                    await Import.RunAsync(context.HandlingKernel, new FileInfo(command.FilePath), command);
                }
                catch (InvalidOperationException e)
                {
                    context.Fail(command, e, e.Message);
                }
            });
        return kernel;
    }

    /// <summary>Runs the cells of a notebook, or the code of a file, in their kernels.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be run, or a cell of it failed.</exception>
    public static Task LoadAndRunInteractiveDocument(this Kernel kernel, FileInfo file, KernelCommand? parentCommand = null) => Import.RunAsync(kernel, file, parentCommand);

    public static void VisitSubkernels(this Kernel kernel, Action<Kernel> onVisit)
    {
        if (kernel is not CompositeKernel composite) return;
        foreach (var child in composite) child.VisitSubkernelsAndSelf(onVisit);
    }

    public static void VisitSubkernelsAndSelf(this Kernel kernel, Action<Kernel> onVisit)
    {
        onVisit(kernel);
        kernel.VisitSubkernels(onVisit);
    }
}
