using System.Text.RegularExpressions;

namespace TorchSharp.Native;

/// <summary>Makes a sentence for people out of libtorch's error text.</summary>
internal static partial class NativeError
{
    public static string Readable(string text)
    {
        var backtrace = text.IndexOf("\nException raised from", StringComparison.Ordinal);
        if (backtrace >= 0) text = text[..backtrace];
        text = EnforceFailure().Replace(text, "");
        text = InternalAssertion().Replace(text, "libtorch does not support this: ");
        text = text.Replace("Please report a bug to PyTorch.", "").Replace("please report a bug to PyTorch.", "");
        text = text.Replace(" (function operator())", "").Trim();
        return text.Length > 0 ? text : "libtorch gave an error without a text";
    }

    [GeneratedRegex(@"^\[enforce fail at [^\]]*\]\s*(\.\s*)?")]
    private static partial Regex EnforceFailure();

    [GeneratedRegex(@"^.*INTERNAL ASSERT FAILED at ""[^""]*"":\d+, ")]
    private static partial Regex InternalAssertion();
}
