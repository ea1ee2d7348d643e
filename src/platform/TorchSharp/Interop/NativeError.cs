using System.Text.RegularExpressions;

namespace TorchSharp.Interop;

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
        text = text.Replace(" (function operator())", "").Replace("err == 0. DefaultCPUAllocator: ", "");
        text = TooBig().Replace(text, "The result would have an impossible size");
        text = Plea().Replace(text, "").Trim();
        if (text.Length == 0) return "libtorch gave an error without a text";
        return text.EndsWith("libtorch does not support this:", StringComparison.Ordinal) ? "libtorch does not support these arguments." : text;
    }

    [GeneratedRegex(@"^\[enforce fail at [^\]]*\]\s*(\.\s*)?")]
    private static partial Regex EnforceFailure();

    [GeneratedRegex(@"^.*INTERNAL ASSERT FAILED at ""[^""]*"":\d+,\s*")]
    private static partial Regex InternalAssertion();

    // So it answers when it has counted a size that is beyond its numbers.
    [GeneratedRegex(@"^.*(is_symbolic\(\)|SymInt).*?(?=: |$)", RegexOptions.Multiline)]
    private static partial Regex TooBig();

    [GeneratedRegex(@"\s*\(Could this error message be improved\?[^)]*\)")]
    private static partial Regex Plea();
}
