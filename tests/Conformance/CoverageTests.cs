using System.Text.RegularExpressions;

namespace FedNotebook.Tests.Conformance;

public partial class CoverageTests
{
    [Fact]
    public void Every_case_is_a_test_or_is_left_out_with_its_reason()
    {
        var cases = Lines("cases.txt").Where(line => line.Length > 0).ToHashSet();
        var tested = typeof(CoverageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0)
            .SelectMany(method => CaseId().Matches(method.Name)).Select(match => match.Value).ToHashSet();
        var leftOut = Lines("README.md").Select(line => TableRow().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Empty(cases.Except(tested).Except(leftOut));
        Assert.Empty(leftOut.Intersect(tested));
        Assert.Empty(leftOut.Except(cases));
        Console.WriteLine($"Conformance: {cases.Count} cases, {cases.Intersect(tested).Count()} are tests, {leftOut.Count} are left out with a reason: {string.Join(", ", leftOut.Order())}.");
    }

    private static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(typeof(CoverageTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-N]\d\d(?=_)")]
    private static partial Regex CaseId();

    [GeneratedRegex(@"^\| ([A-N]\d\d) \| .{20,} \|$")]
    private static partial Regex TableRow();
}
