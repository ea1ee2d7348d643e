namespace PointerBenchmark;

/// <summary><c>x_ptr + y_ptr</c> beside <c>x + y</c>.</summary>
internal static class Additions
{
    public static void Report(int elements, int repeats, string target)
    {
        var bob = sy.VirtualWorker("bob");
        var (x, y) = (rand(elements), rand(elements));
        var (xPointer, yPointer) = (x.send(bob), y.send(bob));
        var (here, away) = Rounds.Medians(
            () =>
            {
                for (var i = 0; i < repeats; i++) (x + y).Dispose();
            },
            () =>
            {
                for (var i = 0; i < repeats; i++) (xPointer + yPointer).Dispose();
            },
            rounds: 41);
        (here, away) = (here / repeats, away / repeats);
        Console.WriteLine($"| x + y, {elements:N0} elements | {here:F2} µs | {away:F2} µs | {away - here:F2} µs | {away / here:F3} | {target} |");
    }
}
