using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive;

public static class KernelInvocationContextExtensions
{
    public static DisplayedValue Display(this KernelInvocationContext context, object? value, params string[] mimeTypes) =>
        DisplayedValue.Show(value, mimeTypes, context);

    public static DisplayedValue DisplayAs(this KernelInvocationContext context, string value, string mimeType) =>
        DisplayedValue.Show(value, new FormattedValue(mimeType, value), context);
}
