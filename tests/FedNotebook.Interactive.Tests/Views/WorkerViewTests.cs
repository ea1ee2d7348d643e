using System.Diagnostics;

namespace FedNotebook.Tests.Views;

public class WorkerViewTests
{
    [Fact]
    public async Task A_worker_shows_what_it_holds_and_no_values()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var bob = sy.VirtualWorker("worker-view-bob");
            var x = torch.tensor(new long[] { 12345, 67890 }).tag("#fun", "#<b>").describe("five & more").send(bob);
            bob
            """);

        Assert.Equal("<VirtualWorker id:worker-view-bob #objects:1>", shown.Text());
        Assert.Equal(["tensor", "[2]", "Int64", "#fun #<b>", "five & more", "16"], Assert.Single(shown.Rows()).Skip(1));
        Assert.StartsWith("worker-view-bob VirtualWorker · 1 object ", shown.Words());
        Assert.DoesNotContain("12345", shown.Html());
        Assert.Empty(shown.Page().QuerySelectorAll("b b"));
    }

    [Fact]
    public async Task An_empty_worker_says_so()
    {
        using var notebook = await Notebook.WithExtension();
        Assert.EndsWith("no objects", (await notebook.Show("""sy.VirtualWorker("worker-view-empty")""")).Words());
    }

    [Fact]
    public async Task The_objects_of_a_worker_read_as_in_the_notes()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var bob = sy.VirtualWorker("worker-view-objects");
            var x = torch.tensor(new long[] { 1, 2, 3, 4, 5 }).send(bob);
            bob._objects
            """);
        Assert.Matches(@"^\{\d+: tensor\(\[1, 2, 3, 4, 5\]\)\}$", shown.Text());
        Assert.Contains("[5]", Assert.Single(shown.Rows()));
    }

    [Fact]
    public async Task Every_kind_of_object_has_its_line()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var bob = sy.VirtualWorker("kinds-bob");
            var alice = sy.VirtualWorker("kinds-alice");
            var secret = torch.tensor(new float[] { 777, 888 }).tag("#secret").private_tensor(["ada"]).send(bob, user: "ada");
            var chain = torch.ones(3).send(alice).send(bob);
            var model = nn.Linear(2, 1).send(bob);
            var sum = secret + secret;
            bob
            """);

        Assert.Equal(["private tensor", "pointer → kinds-alice:", "model Linear", "private tensor"], shown.Rows().Select(row => row[1].TrimEnd("0123456789".ToCharArray())));
        Assert.Equal(["8", "", "12", "8"], shown.Rows().Select(row => row[^1]));
        Assert.Equal("#secret", shown.Rows()[0][4]);
        Assert.DoesNotContain("777", shown.Html() + shown.Text());
        Assert.DoesNotContain("1554", shown.Html() + shown.Text());
    }

    [Fact]
    public async Task A_hundred_thousand_objects_are_counted_and_a_page_of_them_is_shown_at_once()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            var bob = sy.VirtualWorker("worker-view-many");
            var pointers = Enumerable.Range(0, 100_000).Select(i => torch.tensor(i).send(bob)).ToList();
            """);
        await notebook.Show("bob");
        var clock = Stopwatch.StartNew();

        var shown = await notebook.Show("bob");

        TestContext.Current.TestOutputHelper!.WriteLine($"the cell took {clock.ElapsedMilliseconds} ms");
        Assert.Contains("100,000 objects", shown.Words());
        Assert.EndsWith("the first 20 and the last 3 of 100,000 objects", shown.Words());
        Assert.Equal(24, shown.Rows().Count);
        var ids = (IEnumerable<long>)(await notebook.Show("pointers.Take(20).Concat(pointers.TakeLast(3)).Select(pointer => pointer.id_at_location).ToList()")).Value!;
        Assert.Equal(ids.Select(id => $"{id}"), shown.Rows().Select(row => row[0]).Where(id => id != "⋮"));
        var objects = await notebook.Show("bob._objects");
        Assert.EndsWith("100,000 objects", objects.Text());
        Assert.InRange(objects.Text().Length, 20, 1000);
        Assert.InRange(objects.Html().Length, 1000, 20_000);
        await notebook.Outputs("bob.clear_objects();");
    }

    [Fact]
    public async Task Looking_sends_no_message_takes_no_id_and_disposes_nothing()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            var bob = sy.VirtualWorker("looked-at-bob");
            var x = torch.ones(2, 3).tag("#x").send(bob);
            var y = x + x;
            var grid = sy.PrivateGridNetwork(bob);
            var found = grid.search("#x");
            bob.log_msgs = true;
            sy.ID_PROVIDER.set_next_ids([77123456789]);
            """);

        foreach (var value in (string[])["bob", "bob._objects", "x", "y", "grid", "found", "found.Values.First()", "new[] { bob }", "bob._known_workers"])
        {
            var shown = await notebook.Show(value);
            Assert.NotEmpty(shown.Words());
            Assert.NotEmpty(shown.Text());
        }

        Assert.Equal(0, (await notebook.Show("bob.msg_history.Count")).Value);
        Assert.Equal(77123456789, (await notebook.Show("sy.ID_PROVIDER.pop()")).Value);
        Assert.Equal(2, (await notebook.Show("bob.objects_count")).Value);
    }

    [Fact]
    public async Task Several_workers_are_a_table()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var bob = sy.VirtualWorker("several-<bob>");
            var alice = sy.VirtualWorker("several-alice");
            var x = torch.ones(2).send(bob);
            new List<VirtualWorker> { bob, alice }
            """);

        Assert.Equal([["several-<bob>", "VirtualWorker", "1"], ["several-alice", "VirtualWorker", "0"]], shown.Rows());
        Assert.Equal("<VirtualWorker id:several-<bob> #objects:1>\n<VirtualWorker id:several-alice #objects:0>", shown.Text());
    }

    [Fact]
    public async Task The_messages_of_a_worker_are_listed_without_what_they_brought()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var bob = sy.VirtualWorker("messages-bob");
            bob.log_msgs = true;
            var x = torch.tensor(new float[] { 4321, 8765 }).send(bob);
            var y = x + x;
            bob.msg_history
            """);

        Assert.Equal(["OBJ", "CMD"], shown.Rows().Select(row => row[0]));
        Assert.Contains("tensor [2] Float32", shown.Rows()[0][2]);
        Assert.Contains("run ", shown.Rows()[1][2]);
        Assert.DoesNotContain("4321", shown.Html() + shown.Text());
    }
}
