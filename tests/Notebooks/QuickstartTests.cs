using System.Text.RegularExpressions;

namespace FedNotebook.Notebooks;

/// <summary>quickstart.cs, copied into an empty folder that knows the packages of this clone.</summary>
public sealed partial class QuickstartTests : IClassFixture<QuickstartTests.Copy>
{
    private readonly Copy copy;

    public QuickstartTests(Copy copy)
    {
        Clone.NeedsKernel();
        this.copy = copy;
    }

    [Fact]
    public void It_trains_and_says_how_well_it_learnt()
    {
        Assert.True(copy.Outcome is { Status: 0, Error: "" }, copy.Outcome.Output + copy.Outcome.Error);
        var accuracies = Accuracy().Matches(copy.Outcome.Output);
        Assert.Equal(3, accuracies.Count);
        Assert.InRange(int.Parse(accuracies[^1].Groups[1].Value), 85, 100);
        Assert.Contains("The plot is in ", copy.Outcome.Output);
    }

    [Fact]
    public void Its_page_loads_nothing_from_elsewhere()
    {
        Assert.Contains("north-hospital", copy.Page);
        Assert.Contains("<img src=\"data:image/svg+xml", copy.Page);
        Assert.DoesNotMatch(@"(?i)<(script|img|link|iframe)[^>]+(src|href)\s*=\s*[""']?(https?:)?//", copy.Page);
    }

    [Fact]
    public void Its_page_draws_the_plot_and_answers_the_mouse_without_a_network()
    {
        var seen = Browser.Visit(copy.Page, "light", 1200);
        Assert.Matches(@"batch \d+", (string)seen["tooltip"]!);
        Assert.InRange((int)seen["pictureContrast"]!, 60, 255);
        Assert.Empty(seen["requests"]!.AsArray());
        Assert.Empty(seen["errors"]!.AsArray());
    }

    [GeneratedRegex(@"^Epoch \d of 3: (\d+) ?% of the test patients", RegexOptions.Multiline)]
    private static partial Regex Accuracy();

    /// <summary>One run, which all tests look at.</summary>
    public sealed class Copy
    {
        public Copy()
        {
            if (!File.Exists(Clone.Kernel)) return;
            var folder = Clone.TemporaryFolder();
            File.Copy(Path.Combine(Clone.Root, "quickstart.cs"), Path.Combine(folder, "quickstart.cs"));
            File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
                <configuration><packageSources><add key="FedNotebook" value="{Path.Combine(Clone.Root, "artifacts", "packages")}" /></packageSources></configuration>
                """);
            // What the SDK builds of such a program lies under XDG_DATA_HOME, and is not to stay behind.
            Outcome = Clone.RunIn(folder, "dotnet", ["run", "quickstart.cs"], ("XDG_DATA_HOME", folder));
            var page = Path.Combine(folder, "loss.html");
            Page = File.Exists(page) ? File.ReadAllText(page) : "";
            Directory.Delete(folder, recursive: true);
        }

        internal Outcome Outcome { get; } = new(-1, "", "");

        public string Page { get; } = "";
    }
}
