namespace FederatedBenchmark;

/// <summary>What the command line says; where it is silent, each experiment has its own.</summary>
/// <param name="Mnist">The folder with MNIST's files; null for Fashion-MNIST from the system's package.</param>
internal sealed record Settings(string? Mnist, int? Rounds, int? Seeds, double[]? LearningRates)
{
    public static (IReadOnlyList<string> names, Settings settings) Parse(string[] args)
    {
        List<string> names = [];
        var settings = new Settings(Environment.GetEnvironmentVariable("FEDNB_MNIST"), null, null, null);
        for (var i = 0; i < args.Length; i++)
        {
            settings = args[i] switch
            {
                "--mnist" => settings with { Mnist = args[++i] },
                "--rounds" => settings with { Rounds = int.Parse(args[++i]) },
                "--seeds" => settings with { Seeds = int.Parse(args[++i]) },
                "--lr" => settings with { LearningRates = [.. args[++i].Split(',').Select(double.Parse)] },
                _ => settings,
            };
            if (!args[i].StartsWith("--") && !(i > 0 && args[i - 1].StartsWith("--"))) names.Add(args[i]);
        }

        return (names, settings);
    }
}
