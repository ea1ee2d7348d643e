// The papers' experiments, run by the product's own trainer: bench/run federated NAME... with the options of Settings. The tables go to the output, what happens meanwhile to the error output.
using FederatedBenchmark;

var experiments = new Dictionary<string, Func<Settings, Task>>
{
    ["flute"] = Flute.Report,
    ["overhead"] = Overhead.Report,
    ["parallel"] = SideBySide.Report,
    ["byzantine"] = Byzantine.Report,
    ["2nn-iid"] = McMahan.TwoLayersIid,
    ["2nn-noniid"] = McMahan.TwoLayersNonIid,
    ["cnn-iid"] = McMahan.ConvolutionsIid,
    ["prox"] = Prox.Report,
};

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
IReadOnlyList<string> names;
Settings settings;
try
{
    (names, settings) = Settings.Parse(args);
}
catch (Exception error) when (error is ArgumentException or FormatException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

if (names.Count == 0 || names.Any(name => !experiments.ContainsKey(name)))
{
    Console.Error.WriteLine($"Name one or more of: {string.Join(", ", experiments.Keys)}.");
    return 2;
}

set_num_threads(1);
foreach (var name in names)
{
    await experiments[name](settings);
    Console.WriteLine();
}

return 0;
