using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Microsoft.DotNet.Interactive.Assemblies;

/// <summary>
/// Where assemblies of notebooks come from. All live in the default load context, each simple name once: so a type that a
/// cell names is the very type that an extension or the kernel knows. What the process has of its own goes first.
/// </summary>
internal static class ProcessAssemblies
{
    private static readonly Dictionary<string, string> Own = FindOwn();
    private static readonly ConcurrentDictionary<string, string> Added = new(StringComparer.OrdinalIgnoreCase);
    private static readonly ConcurrentDictionary<string, Assembly> Compiled = new();
    private static readonly ConcurrentDictionary<string, byte> NativeFolders = new();

    static ProcessAssemblies()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Compiled.TryGetValue(name.Name!, out var compiled) ? compiled
            : Added.TryGetValue(name.Name!, out var path) ? context.LoadFromAssemblyPath(path)
            : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => LoadNative(name);
    }

    /// <summary>The file that stands for an assembly: the process's own, or one that is loaded or was added earlier, if there is one.</summary>
    public static string FileFor(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (Own.TryGetValue(name, out var own)) return own;
        if (Added.TryGetValue(name, out var added)) return added;
        var loaded = AssemblyLoadContext.Default.Assemblies.FirstOrDefault(a => !a.IsDynamic && a.GetName().Name == name)?.Location;
        return !string.IsNullOrEmpty(loaded) ? loaded : path;
    }

    /// <summary>Makes an assembly known: it is loaded when something asks for it.</summary>
    public static void Add(string path) => Added.TryAdd(Path.GetFileNameWithoutExtension(path), FileFor(path));

    /// <summary>The file of an assembly that the process has of its own, or that was added.</summary>
    public static string? Find(string simpleName) => Own.GetValueOrDefault(simpleName) ?? Added.GetValueOrDefault(simpleName);

    public static void AddNativeFolder(string folder) => NativeFolders.TryAdd(folder, 0);

    public static Assembly LoadCompiled(string simpleName, Stream assembly, Stream? symbols) =>
        Compiled[simpleName] = AssemblyLoadContext.Default.LoadFromStream(assembly, symbols);

    /// <summary>The files of the .NET base library.</summary>
    public static IEnumerable<string> Framework
    {
        get
        {
            var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
            return Own.Values.Where(path => Path.GetDirectoryName(path) == folder);
        }
    }

    private static Dictionary<string, string> FindOwn()
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            if (path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) files.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        return files;
    }

    private static nint LoadNative(string name)
    {
        string[] names = [name, name + ".so", "lib" + name + ".so", name + ".dll", name + ".dylib", "lib" + name + ".dylib"];
        foreach (var folder in NativeFolders.Keys)
            foreach (var file in names.Select(n => Path.Combine(folder, n)))
                if (File.Exists(file) && NativeLibrary.TryLoad(file, out var handle)) return handle;
        return 0;
    }
}
