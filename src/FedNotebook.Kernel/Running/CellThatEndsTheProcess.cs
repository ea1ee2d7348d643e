namespace FedNotebook.Kernel.Running;

/// <summary>A cell may call Environment.Exit: what was computed is written all the same, the cell is named, and the exit status is 1.</summary>
internal sealed class CellThatEndsTheProcess : IDisposable
{
    private readonly NotebookRun _run;
    private readonly Action _write;
    private readonly TextWriter _errors;

    public CellThatEndsTheProcess(NotebookRun run, Action write, TextWriter errors)
    {
        (_run, _write, _errors) = (run, write, errors);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    private void OnExit(object? sender, EventArgs arguments)
    {
        if (_run.Current is not { } current) return;
        _write();
        _errors.WriteLine($"\nCell {current.Number} ended the process: {CellTitle.FirstLine(current.Cell)}");
        Environment.ExitCode = 1;
    }

    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnExit;
}
