using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>An exception of a cell as its author reads it: what happened, and the lines of the cells that led there.</summary>
internal static partial class RuntimeErrorText
{
    public static string Of(Exception exception)
    {
        var text = new StringBuilder();
        Write(exception, text);
        return text.ToString();
    }

    private static void Write(Exception exception, StringBuilder text)
    {
        text.Append(exception.GetType()).Append(": ").Append(exception.Message);
        foreach (var inner in exception is AggregateException many ? many.InnerExceptions.Take(3) : [exception.InnerException!])
            if (inner is not null)
            {
                text.Append("\n ---> ");
                Write(inner, text);
            }

        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        // Below the cell's own frames come those of the kernel that called it.
        var end = Array.FindLastIndex(frames, IsOfACell);
        foreach (var frame in frames.Take(end + 1))
            if (Describe(frame) is { } line) text.Append("\n   at ").Append(line);
    }

    private static bool IsOfACell(StackFrame frame) => frame.GetMethod()?.DeclaringType is { } type && OutermostOf(type).Name.StartsWith("Submission#", StringComparison.Ordinal);

    private static Type OutermostOf(Type type) => type.DeclaringType is { } outer ? OutermostOf(outer) : type;

    private static string? Describe(StackFrame frame)
    {
        if (frame.GetMethod() is not { DeclaringType: { } type } method) return null;
        if (type.Namespace is "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices") return null;
        var place = frame.GetFileName() is { Length: > 0 } file && frame.GetFileLineNumber() is > 0 and var line
            ? $"{Path.GetFileName(file)}, line {line}" : null;
        if (!IsOfACell(frame)) return $"{type.FullName}.{method.Name}{(place is null ? "" : $" in {place}")}";
        // `<<Initialize>>d__0.MoveNext` is the cell itself; `<Load>d__3.MoveNext` its function Load.
        var name = InAngles().Match(type.Name + "." + method.Name) is { Success: true } match ? match.Groups[1].Value : method.Name;
        return name is "Initialize" or "" ? place ?? "the cell" : $"{name} in {place ?? "a cell"}";
    }

    [GeneratedRegex(@"<+([A-Za-z_]\w*)>")]
    private static partial Regex InAngles();
}
