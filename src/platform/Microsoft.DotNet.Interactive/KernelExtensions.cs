using Microsoft.DotNet.Interactive.Commands;

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
