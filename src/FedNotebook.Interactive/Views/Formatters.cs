using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace FedNotebook.Views;

/// <summary>Which view shows which type. Every type has HTML and plain text; registering again replaces.</summary>
internal static class Formatters
{
    private const string Html = "text/html", Plain = "text/plain", Figure = "application/vnd.plotly.v1+json";

    internal static void Register()
    {
        Formatter.Register<LossPlot>(plot => plot.ToHtml(), Html);
        Formatter.Register<LossPlot>(plot => plot.ToFigureJson(), Figure);
        Formatter.Register<LossPlot>(plot => plot.ToString(), Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(LossPlot), Html, Figure, Plain);

        Formatter.Register<GenericChart>(ChartView.Html, Html);
        Formatter.Register<GenericChart>(GenericChart.toFigureJson, Figure);
        Formatter.Register<GenericChart>(ChartView.Text, Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), Html, Figure, Plain);
    }
}
