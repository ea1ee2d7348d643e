namespace FedNotebook;

/// <summary>Random numbers of other distributions than .NET's own.</summary>
internal static class RandomExtensions
{
    /// <summary>A standard normal number, by the method of Box and Muller.</summary>
    public static double NextNormal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The logarithm of a gamma number of scale 1: Marsaglia, Tsang, "A Simple Method for Generating Gamma Variables", 2000.</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="shape">The shape, above 0.</param>
    public static double NextLogGamma(this Random random, double shape)
    {
        // Below 1: a number of the shape one higher, times u to the power of 1/shape.
        if (shape < 1) return random.NextLogGamma(shape + 1) + (Math.Log(1 - random.NextDouble()) / shape);
        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = random.NextNormal();
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return Math.Log(d * v);
        }
    }
}
