using System.Runtime.InteropServices;
using FedNotebook.Kernel.Notebooks;
using FedNotebook.Kernel.Outputs;
using FedNotebook.Kernel.Pages;
using FedNotebook.Kernel.Running;
using FedNotebook.Kernel.Sessions;

namespace FedNotebook.Kernel.Commands;

/// <summary><c>fednb run FILE [--out PATH]... [--param NAME=VALUE]...</c></summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(string file, IReadOnlyList<string> outPaths, IReadOnlyList<string> parameters)
    {
        var notebook = Notebook.Read(file);
        ParameterCell.Insert(notebook, [.. parameters.Select(Parameter.Parse)]);
        var source = Path.GetFullPath(file);
        OutputFile[] outputs = [.. outPaths.Select(path => new OutputFile(path))];

        // The program's own console: while a cell runs, Console belongs to the cell.
        using var console = new StreamWriter(Console.OpenStandardOutput());
        using var errors = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
        using var interrupt = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            // A second Ctrl-C ends the program.
            context.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        });
        using var session = new NotebookSession(ask: null);
        var run = new NotebookRun(notebook, session, console);
        run.CheckLanguages();
        using var ending = new CellThatEndsTheProcess(run, errors);

        Directory.SetCurrentDirectory(Path.GetDirectoryName(source)!);
        run.Read(Write);
        var error = await run.RunAsync(Write, interrupt.Token);
        if (error is null) return 0;

        errors.WriteLine(Failure(run, error));
        return 1;

        void Write(Notebook ran)
        {
            foreach (var output in outputs) output.Write(ran, source);
        }
    }

    private static string Failure(NotebookRun run, CellOutput.Error error)
    {
        var (cell, number) = run.Current!.Value;
        return $"Cell {number} failed: {CellTitle.FirstLine(cell)}\n{AnsiText.Strip(string.Join('\n', error.Traceback))}";
    }
}
