using System.Globalization;
using System.Text.Json.Nodes;

namespace Plotly.NET.Figures;

// Values as plotly.js reads them: numbers with a point whatever the culture, what JSON has no number for as null.
internal static class FigureJson
{
    internal static JsonArray Values<T>(IEnumerable<T> values) where T : IConvertible
    {
        var array = new JsonArray();
        foreach (var value in values)
            array.Add(Value(value));
        return array;
    }

    // The default encoder writes <, > and & as \u escapes: no text can end the script that the figure is written into.
    internal static string Write(JsonObject figure) => figure.ToJsonString();

    private static JsonNode? Value(IConvertible? value) => value switch
    {
        null => null,
        Enum name => name.ToString(),
        _ => value.GetTypeCode() switch
        {
            TypeCode.Boolean => value.ToBoolean(CultureInfo.InvariantCulture),
            TypeCode.Single => Finite(value.ToSingle(CultureInfo.InvariantCulture)),
            TypeCode.Double => Finite(value.ToDouble(CultureInfo.InvariantCulture)),
            TypeCode.Decimal => value.ToDecimal(CultureInfo.InvariantCulture),
            TypeCode.UInt64 => value.ToUInt64(CultureInfo.InvariantCulture),
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64
                => value.ToInt64(CultureInfo.InvariantCulture),
            TypeCode.DateTime => value.ToDateTime(CultureInfo.InvariantCulture).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            TypeCode.DBNull or TypeCode.Empty => null,
            _ => value.ToString(CultureInfo.InvariantCulture),
        },
    };

    private static JsonNode? Finite(float number) => float.IsFinite(number) ? number : null;

    private static JsonNode? Finite(double number) => double.IsFinite(number) ? number : null;
}
