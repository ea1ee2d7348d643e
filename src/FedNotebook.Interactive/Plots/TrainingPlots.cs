using Microsoft.DotNet.Interactive;

namespace FedNotebook.Plots;

/// <summary>Draws each federated training that begins in a cell, while it goes on, and lets the cell's interrupt end it.</summary>
internal static class TrainingPlots
{
    private static int attached;

    /// <summary>Begins to listen, once in this process.</summary>
    internal static void Attach()
    {
        if (Interlocked.Exchange(ref attached, 1) == 0)
            FederatedTrainer.Started += Draw;
    }

    private static void Draw(TrainingRun run)
    {
        if (KernelInvocationContext.Current is not { } cell)
            return;
        var resumed = run.Rounds.Count == 0 ? "" : $", from round {run.Rounds.Count + 1}";
        var plot = new LossPlot($"{run.Options.Strategy.Name}: {run.Model}{resumed}", rounds: Math.Max(1, run.Options.Rounds - run.Rounds.Count));
        // Those who train side by side come in any order; each keeps its color from run to run.
        if (run.Clients <= LossCurve.MostDrawn)
            plot.Expect(Enumerable.Range(0, run.Clients).Select(run.NameOf));
        var interrupt = cell.CancellationToken.Register(run.Cancel);
        run.BatchDone += batch => Quietly(() => plot.Add(batch.Loss, batch.Client, cell));
        run.RoundDone += round => Quietly(() => plot.Round(double.IsFinite(round.TestAccuracy) ? round.TestAccuracy : null, cell));
        run.Ended += _ =>
        {
            interrupt.Dispose();
            Quietly(() => plot.CatchUp(cell));
        };
    }

    // A notebook that is closed while a training goes on must not end the training.
    private static void Quietly(Action draw)
    {
        try
        {
            draw();
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException)
        {
            // Nobody is left to look.
        }
    }
}
