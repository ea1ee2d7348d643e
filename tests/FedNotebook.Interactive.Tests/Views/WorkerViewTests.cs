using System.Xml.Linq;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Views;

public class WorkerViewTests
{
    private static async Task<ReturnValueProduced> Show(string code)
    {
        using var notebook = await Notebook.WithExtension();
        return Assert.IsType<ReturnValueProduced>(Assert.Single(await notebook.Outputs(code)));
    }

    private static List<string> Cells(ReturnValueProduced shown) => [.. XElement.Parse(shown.Html()).Descendants("td").Select(cell => cell.Value)];

    [Fact]
    public async Task A_worker_shows_what_it_holds_and_no_values()
    {
        var shown = await Show("""
            var bob = sy.VirtualWorker("worker-view-bob");
            var x = torch.tensor(new long[] { 12345, 67890 }).tag("#fun", "#<b>").describe("five & more").send(bob);
            bob
            """);

        Assert.Equal("<VirtualWorker id:worker-view-bob #objects:1>", shown.Text());
        Assert.Equal(["tensor", "[2]", "Int64", "#fun #<b>", "five & more"], Cells(shown)[1..]);
        Assert.DoesNotContain("12345", shown.Html());
    }

    [Fact]
    public async Task An_empty_worker_says_so() => Assert.Contains("no objects", (await Show("""sy.VirtualWorker("worker-view-empty")""")).Html());

    [Fact]
    public async Task The_objects_of_a_worker_read_as_in_the_notes()
    {
        var shown = await Show("""
            var bob = sy.VirtualWorker("worker-view-objects");
            var x = torch.tensor(new long[] { 1, 2, 3, 4, 5 }).send(bob);
            bob._objects
            """);
        Assert.Matches(@"^\{\d+: tensor\(\[1, 2, 3, 4, 5\]\)\}$", shown.Text());
        Assert.Contains("[5]", Cells(shown));
    }

    [Fact]
    public async Task Many_objects_are_counted_and_the_first_are_listed()
    {
        var shown = await Show("""
            var bob = sy.VirtualWorker("worker-view-many");
            var pointers = Enumerable.Range(0, 1000).Select(i => torch.tensor(i).send(bob)).ToList();
            bob._objects
            """);
        Assert.Contains("the first 20 of 1,000 objects", shown.Html());
        Assert.EndsWith("1,000 objects", shown.Text());
        Assert.InRange(shown.Text().Length, 20, 1000);
    }

    [Fact]
    public async Task A_pointer_reads_as_in_pysyft_in_html_and_text()
    {
        var shown = await Show("""torch.ones(2).tag("#<i>").send(sy.VirtualWorker("worker-view-pointer"))""");
        Assert.StartsWith("(Wrapper)>[PointerTensor | me:", shown.Text());
        Assert.Equal(shown.Text().TrimEnd(), XElement.Parse(shown.Html()).Value.TrimEnd());
    }
}
