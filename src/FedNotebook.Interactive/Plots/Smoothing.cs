namespace FedNotebook.Plots;

/// <summary>An exponential moving average over about a fortieth of the batches, without the pull of its start towards zero
/// (the bias correction of Kingma and Ba, 2015, section 3).</summary>
internal sealed class Smoothing(int? total)
{
    private readonly double keep = 1 - 2.0 / (Math.Clamp((total ?? 1000) / 40, 5, 200) + 1);
    private double sum;
    private double weight;

    internal double Next(double value)
    {
        sum = keep * sum + (1 - keep) * value;
        weight = keep * weight + (1 - keep);
        return sum / weight;
    }
}
