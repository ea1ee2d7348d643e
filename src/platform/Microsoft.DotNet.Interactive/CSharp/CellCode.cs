using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.CSharp.Extending;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>A cell that has been read.</summary>
/// <param name="Tree">What is compiled as a submission.</param>
/// <param name="Library">What is compiled before that, if there is such a thing.</param>
/// <param name="References">What both can refer to.</param>
/// <param name="Missing">What the cell wants to refer to and is not there.</param>
/// <param name="Disposed">The variables that it disposes of at its end.</param>
internal sealed record CellCode(SyntaxTree Tree, LibraryCode? Library, ScriptReferences References, IReadOnlyList<Diagnostic> Missing, IReadOnlyList<string> Disposed);
