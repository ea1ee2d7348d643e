namespace FedNotebook.Views;

/// <summary>The two axes of a still picture of a chart.</summary>
internal readonly record struct ChartFrame(ChartAxis X, ChartAxis Y);
