using System.Globalization;

namespace FedNotebook;

/// <summary>A loss as people read it: four places, and of the huge ones of a training that runs away no line of digits.</summary>
internal static class LossNumber
{
    public static string Text(double loss) => double.IsNaN(loss) ? "" : loss.ToString(Math.Abs(loss) < 1e6 ? "F4" : "0.0000E+0", CultureInfo.InvariantCulture);
}
