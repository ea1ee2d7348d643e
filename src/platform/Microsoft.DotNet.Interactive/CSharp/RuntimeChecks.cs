using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;

namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>
/// The instructions that the runtime checks itself: it gathers what throws at the end of a method's machine code, and cannot
/// tell afterwards which of the method's instructions it came from.
/// </summary>
internal static class RuntimeChecks
{
    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Whether one of them has failed, in the first method below what throws.</summary>
    public static bool HaveThrown(Exception exception) => new StackTrace(exception).GetFrame(0)?.GetMethod()?.DeclaringType is { Name: "ThrowHelpers" } type && type.Assembly == typeof(object).Assembly;

    /// <summary>Where a method has them.</summary>
    public static IEnumerable<int> In(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var start = at;
            var opCode = OpCodes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += opCode.Size;
            if (IsChecked(opCode, method, code, at)) yield return start;
            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static bool IsChecked(OpCode opCode, MethodBase method, byte[] code, int operand)
    {
        var name = opCode.Name!;
        return name.Contains("elem", StringComparison.Ordinal) || name.Contains(".ovf", StringComparison.Ordinal) || name.StartsWith("div", StringComparison.Ordinal) || name.StartsWith("rem", StringComparison.Ordinal)
            || (opCode.OperandType == OperandType.InlineMethod && IsIndexer(method, BitConverter.ToInt32(code, operand)));
    }

    // Those that become a check and a read.
    private static bool IsIndexer(MethodBase method, int token) =>
        method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : []) is { DeclaringType: { } type, Name: "get_Chars" or "get_Item" }
        && (type == typeof(string) || type.IsByRefLike);
}
