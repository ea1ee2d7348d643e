using Microsoft.CodeAnalysis.CSharp;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>A cell that has been compiled: its code, ready to run, and the compilation that the next cell builds upon.</summary>
internal sealed record Submission(CSharpCompilation Compilation, int References, Func<object?[], Task<object?>> Run, Interrupt? Interrupt, bool HasResult);
