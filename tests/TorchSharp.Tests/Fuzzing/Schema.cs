using System.Text.RegularExpressions;

namespace TorchSharp.Tests.Fuzzing;

/// <summary>One operator of libtorch's list.</summary>
internal sealed partial record Schema(string Name, string Overload, string[] Types, string[] Names, string Result)
{
    /// <summary>The name of its field in the table of operators that the API can reach.</summary>
    public string Field => (Overload.Length > 0 ? Name + "_" + Overload : Name).Replace('.', '_');

    public override string ToString() => Overload.Length > 0 ? $"{Name}.{Overload}" : Name;

    public static IEnumerable<Schema> All()
    {
        using var reader = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream("aten.txt")!);
        while (reader.ReadLine() is { } line)
            if (Whole().Match(line) is { Success: true } match) yield return Parse(match);
    }

    private static Schema Parse(Match match)
    {
        // The commas that separate are followed by a space; those within a default are not.
        var arguments = match.Groups[3].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(a => a != "*").Select(a => a.Split('=')[0].Split(' ')).ToArray();
        return new(match.Groups[1].Value, match.Groups[2].Value,
            Array.ConvertAll(arguments, a => Marks().Replace(a[0], "").Replace("SymInt", "int")), Array.ConvertAll(arguments, a => a[^1]), match.Groups[4].Value);
    }

    [GeneratedRegex(@"^aten::(\w+)\.?(\w*)\((.*)\) -> (.*)$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\([a-z!|*>\- ]*\)|(?<=\[)\d+(?=\])")]
    private static partial Regex Marks();
}
