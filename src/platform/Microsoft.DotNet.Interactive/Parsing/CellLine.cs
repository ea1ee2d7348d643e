namespace Microsoft.DotNet.Interactive.Parsing;

/// <summary>A line of a cell, and the kernel whose line it is.</summary>
internal sealed record CellLine(string Text, Kernel Kernel, bool IsDirective);
