using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Draws from torch's random numbers, so that <c>torch.manual_seed</c> and a trainer's seed make transforms repeatable.</summary>
internal static class Chance
{
    /// <summary>A number between two others.</summary>
    public static double Between(double from, double to)
    {
        using var draw = rand(1, dtype: ScalarType.Float64);
        return from + ((to - from) * draw.item<double>());
    }

    /// <summary>A number between two others whose logarithm is uniform: twice and half are as likely.</summary>
    public static double BetweenByFactor(double from, double to) => Math.Exp(Between(Math.Log(from), Math.Log(to)));

    /// <summary>A whole number from 0 to another one.</summary>
    public static long UpTo(long most)
    {
        using var draw = randint(most + 1, new long[] { 1 }, dtype: ScalarType.Int64);
        return draw.item<long>();
    }
}
