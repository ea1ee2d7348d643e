namespace FedNotebook.Plots;

/// <summary>
/// An exponential moving average over about a fortieth of all batches, without the pull of its start towards zero
/// (the bias correction of Kingma and Ba, 2015, section 3). Weight fades with the batches that pass, not with the values that
/// come: the lines of a worker that has every second batch and of all workers together are equally smooth.
/// </summary>
internal sealed class Smoothing(int? total)
{
    private readonly double keep = 1 - 2.0 / (Math.Clamp((total ?? 1000) / 40, 5, 200) + 1);
    private double sum;
    private double weight;
    private int last;

    internal double Next(int batch, double value)
    {
        var fade = Math.Pow(keep, batch - last);
        sum = fade * sum + value;
        weight = fade * weight + 1;
        last = batch;
        return sum / weight;
    }
}
