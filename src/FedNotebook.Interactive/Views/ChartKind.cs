namespace FedNotebook.Views;

/// <summary>What a still picture can draw.</summary>
internal enum ChartKind
{
    Scatter,
    Bar,
    Heatmap,
}
