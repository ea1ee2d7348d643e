using System.Reflection;

namespace FedNotebook.Kernel.Commands;

/// <summary>Reads what was typed after <c>fednb</c> and hands it to its command.</summary>
internal static class CommandLine
{
    private const string Usage = """
        fednb runs C# notebooks.

          fednb run FILE [--out PATH]... [--param NAME=VALUE]...
                                                     run a .dib or .ipynb; write what came of it as .ipynb or .html;
                                                     give variables other values than the notebook does
          fednb jupyter install [--user|--prefix DIR]
                                                     register the kernel ".NET (C#)" with Jupyter
          fednb jupyter uninstall [--user|--prefix DIR]
                                                     take it away again
          fednb jupyter list                         say where it is registered
          fednb jupyter CONNECTION_FILE              run as a kernel; Jupyter calls this
          fednb --version
          fednb --help

        Exit status: 0 when all went well, 1 when a cell or the work failed, 2 when the command was not understood.
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case [] or ["--help" or "-h" or "help"]:
                Console.WriteLine(Usage);
                return 0;
            case ["--version"]:
                var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!;
                Console.WriteLine(version.InformationalVersion.Split('+')[0]);
                return 0;
            case ["run", .. var rest] when RunArguments(rest) is var (file, outPaths, parameters):
                return await RunCommand.RunAsync(file, outPaths, parameters);
            case ["jupyter", "install", .. var where] when KernelFolder.Of(where) is { } folder:
                return InstallCommand.Run(folder);
            case ["jupyter", "uninstall", .. var where] when KernelFolder.Of(where) is { } folder:
                return UninstallCommand.Run(folder);
            case ["jupyter", "list"]:
                return ListCommand.Run();
            case ["jupyter", "install" or "uninstall" or "list", ..]:
                break;
            case ["jupyter", var connectionFile] when !connectionFile.StartsWith('-'):
                return await JupyterCommand.RunAsync(connectionFile);
        }

        Console.Error.WriteLine($"fednb does not understand: {string.Join(' ', arguments)}\n\n{Usage}");
        return 2;
    }

    private static (string File, List<string> OutPaths, List<string> Parameters)? RunArguments(string[] arguments)
    {
        string? file = null;
        List<string> outPaths = [], parameters = [];
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--out" or "-o" when i + 1 < arguments.Length:
                    outPaths.Add(arguments[++i]);
                    break;
                case "--param" or "-p" when i + 1 < arguments.Length:
                    parameters.Add(arguments[++i]);
                    break;
                case var option when option.StartsWith('-'):
                    return null;
                case var name when file is null:
                    file = name;
                    break;
                default:
                    return null;
            }
        }

        return file is null ? null : (file, outPaths, parameters);
    }
}
