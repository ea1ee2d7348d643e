using System.Globalization;

namespace FedNotebook.Views;

/// <summary>A share as a bar, with the number beside it.</summary>
internal static class Bar
{
    private const int Width = 120;

    internal static Markup Of(long part, long all)
    {
        var share = all == 0 ? 0 : (double)part / all;
        var percent = string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
        Markup drawing = $"""<rect width="{Width}" height="10" rx="3" fill="#808080" fill-opacity=".2"/><rect width="{Width * share:0.##}" height="10" rx="3" fill="#3b82c4"/>""";
        return $"""<span class="fednb-bar">{StillImage.Of(drawing.ToString(), Width, 10, description: "bar")} {percent}</span>""";
    }
}
