namespace FedNotebook.Tests.Views;

public class PointerViewTests
{
    [Fact]
    public async Task A_pointer_is_an_arrow_and_reads_as_in_pysyft()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var x = torch.ones(2, 3).tag("#<i>", "#x").describe("ones & ones").send(sy.VirtualWorker("pointer-view-bob"));
            x
            """);
        var (id, at) = ((await notebook.Show("x.id")).Value, (await notebook.Show("x.id_at_location")).Value);

        Assert.StartsWith($"(Wrapper)>[PointerTensor | me:{id} -> pointer-view-bob:{at}]\n\tTags: #<i> #x", shown.Text());
        Assert.Equal($"PointerTensor shape [2, 3] · Float32 me pointer {id} → pointer-view-bob object {at} #<i> #x ones & ones", shown.Words());
    }

    [Fact]
    public async Task A_pointer_whose_shape_nobody_asked_for_still_costs_no_message()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            var bob = sy.VirtualWorker("pointer-view-shape");
            var x = torch.ones(2, 3).send(bob);
            var y = x.t();
            bob.log_msgs = true;
            """);
        Assert.Contains("shape [3, 2]", (await notebook.Show("y")).Words());
        Assert.Equal(0, (await notebook.Show("bob.msg_history.Count")).Value);
        await notebook.Outputs("var s = y.shape;");
        Assert.Equal(1, (await notebook.Show("bob.msg_history.Count")).Value);
    }

    [Fact]
    public async Task A_pointer_that_was_fetched_says_so()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            var bob = sy.VirtualWorker("pointer-view-ended");
            var x = torch.ones(2).tag("#ended").send(bob);
            var found = bob.search("#ended")[0];
            x.get();
            var y = torch.ones(2).send(bob);
            y.Dispose();
            """);
        Assert.Contains("points to nothing any more", (await notebook.Show("x")).Words());
        Assert.Contains("points to nothing any more", (await notebook.Show("x")).Text());
        Assert.Contains("points to nothing any more", (await notebook.Show("y")).Words());
        Assert.Contains("Its object is no longer at pointer-view-ended.", (await notebook.Show("found")).Words());
    }

    [Fact]
    public async Task A_chain_shows_all_its_hops()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var (a, b, c) = (sy.VirtualWorker("chain-a"), sy.VirtualWorker("chain-b"), sy.VirtualWorker("chain-c"));
            var chain = torch.ones(4).send(a).send(b).send(c);
            chain
            """);

        Assert.Equal(["me", "chain-c", "chain-b", "chain-a"], shown.Page().QuerySelectorAll(".fednb-hop b").Select(name => name.TextContent));
        Assert.Contains("shape [4]", shown.Words());
        Assert.Matches(@"^\(Wrapper\)>\[PointerTensor \| me:\d+ -> chain-c:\d+\]\n\t-> \[chain-c:\d+ -> chain-b:\d+\]\n\t-> \[chain-b:\d+ -> chain-a:\d+\]$", shown.Text());
    }

    [Fact]
    public async Task A_chain_that_is_broken_on_the_way_says_where()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var (a, b) = (sy.VirtualWorker("broken-a"), sy.VirtualWorker("broken-b"));
            var chain = torch.ones(4).send(a).send(b);
            a.clear_objects();
            chain
            """);
        Assert.EndsWith("Its object is no longer at broken-a.", shown.Words());
    }

    [Fact]
    public async Task A_gradient_is_named_as_a_part()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var bob = sy.VirtualWorker("part-bob");
            var x = torch.ones(2, requires_grad: true).send(bob);
            x.sum().backward();
            x.grad
            """);
        Assert.Contains("the grad of an object", shown.Words());
    }

    [Fact]
    public async Task A_pointer_to_several_workers_has_an_arrow_to_each()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var several = torch.ones(2, 2).send(sy.VirtualWorker("multi-bob"), sy.VirtualWorker("multi-alice"));
            several
            """);

        Assert.StartsWith("MultiPointerTensor 2 workers · shape [2, 2]", shown.Words());
        Assert.Equal(["me", "multi-bob", "me", "multi-alice"], shown.Page().QuerySelectorAll(".fednb-hop b").Select(name => name.TextContent));
        Assert.StartsWith("(Wrapper)>[MultiPointerTensor]", shown.Text());
    }

    [Fact]
    public async Task A_private_object_shows_its_kind_and_no_values()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            torch.tensor(new float[] { 777 }).private_tensor(["ada"]).send(sy.VirtualWorker("private-bob"), user: "ada")
            """);
        Assert.Contains("private tensor · shape [1]", shown.Words());
        Assert.DoesNotContain("777", shown.Html() + shown.Text());
    }
}
