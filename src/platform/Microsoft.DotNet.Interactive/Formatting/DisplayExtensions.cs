using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace System;

public static class DisplayExtensions
{
    /// <summary>Shows a value; the result can be updated in place.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(value, mimeTypes, KernelInvocationContext.Current);

    /// <summary>Shows a sequence as a table: a row an element, a column a property.</summary>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> value, params string[] mimeTypes) => value.ToTabularDataResource().Display(mimeTypes);

    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        DisplayedValue.Show(value, new FormattedValue(mimeType, value), KernelInvocationContext.Current);
}
