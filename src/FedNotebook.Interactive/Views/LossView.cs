using System.Globalization;
using System.Net;
using FedNotebook.Plots;

namespace FedNotebook.Views;

/// <summary>A loss curve as HTML: the still picture, which the page's plotly.js replaces by the living plot, and the progress below it.</summary>
internal static class LossView
{
    /// <summary>The id stays the same for all the updates of a plot; their number grows by one with each.</summary>
    internal static string Html(LossCurve curve, string id, int update, int most = LossFigure.Finished) => string.Create(CultureInfo.InvariantCulture, $$"""
        <div style="max-width:960px">
        <div id="{{id}}-{{update}}" style="min-height:{{LossFigure.Height}}px">{{LossStill.Of(curve, most)}}</div>
        {{Bar(curve)}}<div style="font-size:13px;margin:6px 0 2px">{{WebUtility.HtmlEncode(LossText.Progress(curve))}}</div>
        <div style="font-size:12px;opacity:.7">{{WebUtility.HtmlEncode(LossText.Workers(curve))}}</div>
        </div>
        {{PlotlyScript.Draw(id, update, LossFigure.Json(curve, most))}}
        """);

    private static string Bar(LossCurve curve) => curve.Done is not { } done ? "" : string.Create(CultureInfo.InvariantCulture,
        $"<div style=\"height:4px;border-radius:2px;background:rgba(128,128,128,.25)\"><div style=\"height:4px;border-radius:2px;background:{Palette.Overall};width:{100 * done:0.##}%\"></div></div>\n");

    /// <summary>A whole page with this plot, which opens without a network.</summary>
    internal static string Page(LossCurve curve) => $$"""
        <!DOCTYPE html>
        <html>
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{WebUtility.HtmlEncode(curve.Title)}}</title>
        <style>:root { color-scheme: light dark } body { font-family: system-ui, sans-serif; margin: 2em auto; max-width: 960px; padding: 0 1em }</style>
        </head>
        <body>
        {{PlotlyScript.Load()}}
        {{Html(curve, "fednb-plot", 1)}}
        </body>
        </html>
        """;
}
