namespace FedNotebook.Kernel.Running;

/// <summary>A cell may call Environment.Exit: it is named all the same, and the exit status is 1.</summary>
internal sealed class CellThatEndsTheProcess : IDisposable
{
    private readonly NotebookRun _run;
    private readonly TextWriter _errors;

    public CellThatEndsTheProcess(NotebookRun run, TextWriter errors)
    {
        (_run, _errors) = (run, errors);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    private void OnExit(object? sender, EventArgs arguments)
    {
        if (_run.Current is not { } current) return;
        _errors.WriteLine($"\nCell {current.Number} ended the process: {CellTitle.FirstLine(current.Cell)}");
        Environment.ExitCode = 1;
    }

    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnExit;
}
