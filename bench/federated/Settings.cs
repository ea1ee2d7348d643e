namespace FederatedBenchmark;

/// <summary>What the command line says; where it is silent, each experiment has its own.</summary>
/// <param name="Mnist">The folder with MNIST's files; null for Fashion-MNIST from the system's package.</param>
/// <param name="Synthetic">The α of FedProx's data, which is its β, too.</param>
/// <param name="Beginning">How McMahan's models begin.</param>
internal sealed record Settings(string? Mnist, int? Rounds, int[]? Seeds, double[]? LearningRates, double[]? Stragglers, double[]? Synthetic, Beginning Beginning)
{
    public static (IReadOnlyList<string> names, Settings settings) Parse(string[] args)
    {
        List<string> names = [];
        var settings = new Settings(Environment.GetEnvironmentVariable("FEDNB_MNIST"), null, null, null, null, null, Beginning.Torch);
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--"))
            {
                names.Add(args[i]);
                continue;
            }

            var (option, value) = (args[i], ++i < args.Length ? args[i] : throw new ArgumentException($"The option {args[i - 1]} needs a value."));
            settings = option switch
            {
                "--mnist" => settings with { Mnist = value },
                "--rounds" => settings with { Rounds = int.Parse(value) },
                "--seeds" => settings with { Seeds = [.. value.Split(',').Select(int.Parse)] },
                "--lr" => settings with { LearningRates = Numbers(value) },
                "--stragglers" => settings with { Stragglers = Numbers(value) },
                "--synthetic" => settings with { Synthetic = Numbers(value) },
                "--init" => settings with { Beginning = Beginning.Named(value) },
                _ => throw new ArgumentException($"There is no option {option}; there are --mnist, --rounds, --seeds, --lr, --stragglers, --synthetic and --init."),
            };
        }

        return (names, settings);
    }

    private static double[] Numbers(string text) => [.. text.Split(',').Select(double.Parse)];
}
