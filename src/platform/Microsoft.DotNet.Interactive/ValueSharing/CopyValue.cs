using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive.ValueSharing;

/// <summary>What `#!set` and `#!share` ask for: a variable of the kernel of the cell, from wherever its value is.</summary>
internal sealed class CopyValue : KernelDirectiveCommand
{
    /// <summary>The variable.</summary>
    public string Name { get; init; } = "";

    /// <summary>A value as it was written, or where it is: `@kernel:name`, `@input`.</summary>
    public string Value { get; init; } = "";

    /// <summary>The kernel that has the value.</summary>
    public string? From { get; init; }

    /// <summary>The variable, where it is to be called otherwise than in the other kernel.</summary>
    public string? As { get; init; }

    public string? MimeType { get; init; }

    /// <summary>Whether both kernels shall have the very same object.</summary>
    public bool ByRef { get; init; }
}
