using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace System;

public static class DisplayExtensions
{
    /// <summary>Shows a value; the result can be updated in place.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(value, mimeTypes, KernelInvocationContext.Current);

    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        DisplayedValue.Show(value, new FormattedValue(mimeType, value), KernelInvocationContext.Current);
}
