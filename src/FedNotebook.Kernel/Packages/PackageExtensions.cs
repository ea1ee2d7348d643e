using System.Reflection;
using System.Runtime.Loader;
using FedNotebook.Kernel.Notebooks;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Kernel.Packages;

/// <summary>
/// Loads what a package brings for notebooks, as .NET Interactive does: every <see cref="IKernelExtension"/> in interactive-extensions/dotnet/*.dll,
/// then the cells of extension.dib; once a package.
/// </summary>
internal sealed class PackageExtensions(CompositeKernel root)
{
    private readonly HashSet<string> _loaded = [];

    /// <exception cref="KernelExtensionLoadException">An extension cannot be loaded; the cell that asked for the package fails.</exception>
    public async Task LoadAsync(IEnumerable<ResolvedPackageReference> packages)
    {
        foreach (var package in packages)
        {
            if (package.PackageRoot is not { Length: > 0 } packageRoot) continue;
            var folder = Path.Combine(packageRoot, "interactive-extensions", "dotnet");
            if (!Directory.Exists(folder) || !_loaded.Add(packageRoot)) continue;
            try
            {
                foreach (var path in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal)) await LoadAssemblyAsync(path);
                await RunScriptAsync(Path.Combine(folder, "extension.dib"));
            }
            catch (Exception exception)
            {
                _loaded.Remove(packageRoot);
                throw new KernelExtensionLoadException(new InvalidOperationException(
                    $"{package.PackageName} {package.PackageVersion}: {Reason(exception)}", exception));
            }
        }
    }

    private async Task LoadAssemblyAsync(string path)
    {
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        foreach (var type in assembly.ExportedTypes.Where(typeof(IKernelExtension).IsAssignableFrom))
        {
            if (type.IsAbstract || type.ContainsGenericParameters || type.GetConstructor(Type.EmptyTypes) is null) continue;
            var extension = (IKernelExtension)Activator.CreateInstance(type)!;
            await extension.OnLoadAsync(root);
            if (KernelInvocationContext.Current is { } context) context.Publish(new KernelExtensionLoaded(extension, context.Command));
        }
    }

    private async Task RunScriptAsync(string path)
    {
        if (!File.Exists(path)) return;
        foreach (var cell in Notebook.Read(path).Cells.Where(cell => cell.IsCode))
        {
            var command = new SubmitCode(cell.Contents, cell.Language);
            var result = await root.SendAsync(command);
            if (result.Events.OfType<CommandFailed>().FirstOrDefault() is { } failed)
            {
                throw new InvalidOperationException($"extension.dib: {failed.Exception?.Message ?? failed.Message}", failed.Exception);
            }
        }
    }

    private static string Reason(Exception exception) =>
        exception switch
        {
            TargetInvocationException { InnerException: { } inner } => inner.Message,
            ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => first.Message,
            _ => exception.Message,
        };
}
