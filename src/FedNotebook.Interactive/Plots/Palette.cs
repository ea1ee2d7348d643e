namespace FedNotebook.Plots;

/// <summary>Colors that can be told apart, also by the color-blind, on white and on black.</summary>
internal static class Palette
{
    internal const string Overall = "#e4572e";
    internal const string Accuracy = "#8a63d2";
    internal const string Others = "#808080";

    internal static readonly IReadOnlyList<string> Workers = ["#3b82c4", "#2a9d6f", "#b8860b", "#c0569b", "#4aa8b5", "#8c6d46", "#7a7fd0", "#7d8a2e"];

    /// <summary>The color of a worker, by its place; those who have no place of their own share one.</summary>
    internal static string Worker(int index) => index < Workers.Count ? Workers[index] : Others;
}
