using System.Diagnostics;
using System.Globalization;
using FedNotebook.Kernel.Notebooks;
using FedNotebook.Kernel.Outputs;
using FedNotebook.Kernel.Sessions;
using Microsoft.DotNet.Interactive.Documents;

namespace FedNotebook.Kernel.Running;

/// <summary>Runs the code cells of a notebook in order, with a line of progress for each, until one fails.</summary>
/// <param name="notebook">The notebook; its cells take the outputs.</param>
/// <param name="session">The kernels that run it.</param>
/// <param name="console">Takes the progress.</param>
internal sealed class NotebookRun(Notebook notebook, NotebookSession session, TextWriter console)
{
    private readonly CellOutputs _outputs = new();

    /// <summary>The cell that runs now or has run last, with its number among the code cells.</summary>
    public (InteractiveDocumentElement Cell, int Number)? Current { get; private set; }

    /// <exception cref="UserErrorException">A cell is in a language that no kernel here runs.</exception>
    public void CheckLanguages()
    {
        foreach (var (index, cell) in CodeCells().Index())
        {
            if (session.Runs(cell.Language)) continue;
            var known = string.Join(", ", session.Root.ChildKernels.Select(kernel => kernel.Name));
            throw new UserErrorException(
                $"Cell {index + 1} ({CellTitle.FirstLine(cell)}) is written in '{cell.Language}'; this kernel runs {known}.");
        }
    }

    /// <param name="keep">Called after each cell, so that what was computed stays whatever a later cell does to the process.</param>
    /// <param name="cancellationToken">Ends the cell that runs.</param>
    /// <returns>Why the last cell that ran failed, or null when all ran.</returns>
    public async Task<CellOutput.Error?> RunAsync(Action<Notebook> keep, CancellationToken cancellationToken)
    {
        var count = CodeCells().Count();
        List<InteractiveDocumentElement> textAbove = [];
        var number = 0;
        foreach (var cell in notebook.Cells)
        {
            if (!IsRun(cell))
            {
                textAbove.Add(cell);
                continue;
            }

            number++;
            console.Write($"[{number}/{count}] {CellTitle.Of(cell, textAbove)} ... ");
            console.Flush();
            textAbove.Clear();
            Current = (cell, number);
            var clock = Stopwatch.StartNew();
            var error = await RunAsync(cell, number, cancellationToken);
            console.WriteLine(error is null ? Seconds(clock) : $"failed after {Seconds(clock)}");
            console.Flush();
            Read(keep);
            if (error is not null) return error;
        }

        return null;
    }

    /// <summary>Reads the notebook while no cell adds to it.</summary>
    public void Read(Action<Notebook> read) => _outputs.WhileStill(() => read(notebook));

    private Task<CellOutput.Error?> RunAsync(InteractiveDocumentElement cell, int number, CancellationToken cancellationToken)
    {
        cell.ExecutionOrder = number;
        return session.RunAsync(cell.Text, cell.Language, output => _outputs.Add(cell.Outputs, number, output), cancellationToken);
    }

    private IEnumerable<InteractiveDocumentElement> CodeCells() => notebook.Cells.Where(IsRun);

    private static bool IsRun(InteractiveDocumentElement cell) => cell.IsCode && !string.IsNullOrWhiteSpace(cell.Text);

    private static string Seconds(Stopwatch clock) => clock.Elapsed.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture);
}
