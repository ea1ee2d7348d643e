using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

/// <summary>The console belongs to the whole process, so what captures it runs alone.</summary>
[Collection(nameof(I_Search))]
[CollectionDefinition(nameof(I_Search), DisableParallelization = true)]
public class I_Search
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice"), james = Some.Worker("james");

    [Fact]
    public void I01_every_term_must_be_a_whole_tag()
    {
        List<PointerTensor> kept =
        [
            Tagged(1, "#fun", "#mnist").send(bob), Tagged(2, "#not_fun", "#cifar").send(bob),
            Tagged(3, "#fun", "#boston_housing").send(bob), Tagged(4, "#not_fun", "#boston_housing").send(bob),
        ];

        Assert.Equal(2, bob.search("#fun").Count);
        Assert.Single(bob.search("#mnist"));
        Assert.Single(bob.search("#cifar"));
        Assert.Equal(2, bob.search("#not_fun").Count);
        Assert.Single(bob.search("#not_fun", "#boston_housing"));
        Assert.Equal(kept[3].id_at_location, bob.search("#not_fun", "#boston_housing")[0].id_at_location);
        Assert.Empty(bob.search("#boston"));
        Assert.Empty(bob.search("#FUN"));
        Assert.Empty(bob.search("#fun", "#not_fun"));
    }

    [Fact]
    public void I02_a_term_may_be_the_id_or_a_part_of_the_description()
    {
        var x = Tagged(1, "#x").describe("The images in the MNIST training dataset.");
        var y = tensor(new[] { 2 });
        using var px = x.send(bob);
        using var py = y.send(bob);

        Assert.Equal([py.id_at_location], Ids(bob.search(py.id_at_location.ToString())));
        Assert.Equal([px.id_at_location], Ids(bob.search("MNIST training")));
        Assert.Equal([px.id_at_location], Ids(bob.search("MNIST", "#x", px.id_at_location.ToString())));
        Assert.Empty(bob.search("mnist"));
        Assert.Empty(bob.search("0" + py.id_at_location));
        Assert.Empty(bob.search(py.id_at_location.ToString()[1..]));
    }

    [Fact]
    public void I02_without_a_term_everything_tagged_is_found_in_the_order_in_which_it_came()
    {
        var sent = Enumerable.Range(0, 50).Select(i => Tagged(i, "#many").send(bob)).ToList();
        using var untagged = tensor(new[] { 2 }).send(bob);
        Assert.Equal(Ids(sent), Ids(bob.search()));
        Assert.Equal(Ids(sent), Ids(bob.search("#many")));
    }

    [Fact]
    public void I02_a_model_is_no_result()
    {
        var model = Some.Linear().send(bob);
        Assert.Empty(bob.search(bob._objects.Keys.Single().ToString()));
        model.get();
    }

    [Fact]
    public void I02_an_empty_term_is_refused()
    {
        Assert.Contains("one of these is empty", Assert.Throws<ArgumentException>(() => bob.search("#fun", " ")).Message);
        Assert.Contains("one of these is empty", Assert.Throws<ArgumentException>(() => new PrivateGridNetwork(bob).search("")).Message);
    }

    [Fact]
    public void I03_results_carry_tags_shape_and_description_without_a_further_request()
    {
        using var p = zeros(3, 2).tag("#a", "#b").describe("Two columns.\nMore.").send(bob);
        bob.log_msgs = true;
        var found = Assert.Single(bob.search("#a"));
        Assert.Equal(["#a", "#b"], found.tags);
        Assert.Equal("Two columns.\nMore.", found.description);
        Assert.Equal([3L, 2], found.shape);
        Assert.Equal(
            $"(Wrapper)>[PointerTensor | me:{found.id} -> {bob.id}:{p.id_at_location}]\n\tTags: #a #b \n\tShape: torch.Size([3, 2])\n\tDescription: Two columns....",
            found.ToString());
        Assert.Equal(MessageType.SEARCH, Assert.Single(bob.msg_history).Type);
    }

    [Fact]
    public void I03_a_result_is_a_pointer_to_work_with()
    {
        using var p = tensor(new[] { 1f, 2f }).tag("#a").send(bob);
        var found = bob.search("#a")[0];
        Assert.Same(bob, found.location);
        Assert.Same(sy.local_worker, found.owner);
        Assert.Equal([2f, 4f], Some.Floats((found + p).get()));
        Assert.Equal([1f, 2f], Some.Floats(found.get()));
        Assert.Empty(bob._objects);
    }

    [Fact]
    public void I04_a_grid_gives_the_results_by_worker()
    {
        using var a = Tagged(1, "#bob", "#male").send(bob);
        using var b = Tagged(2, "#alice", "#female").send(alice);
        using var c = Tagged(3, "#james", "#male").send(james);
        var grid = sy.PrivateGridNetwork(bob, alice, james);

        Assert.Equal([bob.id, alice.id, james.id], grid.search().Keys);
        Assert.Equal([bob.id], grid.search("#bob").Keys);
        Assert.Equal(a.id_at_location, Assert.Single(grid.search("#bob")[bob.id]).id_at_location);
        Assert.Equal([bob.id, james.id], grid.search("#male").Keys);
        Assert.Equal([james.id], grid.search("#male", "#james").Keys);
        Assert.Empty(grid.search("#nobody"));
    }

    [Fact]
    public void I04_a_grid_takes_a_collection_too()
    {
        List<VirtualWorker> workers = [bob, alice];
        Assert.Equal([bob, alice], sy.PrivateGridNetwork(workers).workers);
        Assert.Equal([bob, alice], sy.VirtualGrid(workers).workers);
        Assert.Equal($"<PrivateGridNetwork workers:{bob.id}, {alice.id}>", sy.PrivateGridNetwork(workers).ToString());
    }

    [Fact]
    public void I04_a_grid_of_nobody_or_of_one_worker_twice_is_refused()
    {
        Assert.Throws<ArgumentException>(() => sy.PrivateGridNetwork());
        Assert.Contains(bob.id, Assert.Throws<ArgumentException>(() => sy.PrivateGridNetwork(bob, alice, bob)).Message);
        Assert.Throws<ArgumentException>(() => sy.VirtualGrid(bob, null!));
    }

    [Fact]
    public void I05_the_virtual_grid_tells_what_it_found()
    {
        using var a = Tagged(1, "#boston", "#data", "#housing", "#x").send(bob);
        using var b = Tagged(2, "#boston", "#target").send(bob);
        using var c = Tagged(3, "#boston", "#data").send(james);

        var ((results, counter), text) = Captured(() => sy.VirtualGrid(bob, alice, james).search("#boston"));

        Assert.Equal([bob.id, james.id], results.Keys);
        Assert.Equal([("#boston", 3), ("#data", 2), ("#housing", 1), ("#x", 1), ("#target", 1)], counter.Select(tag => (tag.Key, tag.Value)));
        Assert.Equal(
            $"""
             Found 2 results on <VirtualWorker id:{bob.id} #objects:2> - [('#boston', 2), ('#data', 1), ('#housing', 1)]
             Found 1 results on <VirtualWorker id:{james.id} #objects:1> - [('#boston', 1), ('#data', 1)]

             Found 3 results in total.

             Tag Profile:
             	#boston found 3
             	#data found 2
             	#housing found 1
             	#x found 1
             	#target found 1

             """,
            text);
    }

    [Fact]
    public void I05_the_private_grid_network_prints_nothing()
    {
        using var a = Tagged(1, "#boston").send(bob);
        var (results, text) = Captured(() => sy.PrivateGridNetwork(bob, alice).search("#boston"));
        Assert.Single(results);
        Assert.Empty(text);
    }

    [Fact]
    public void E07_results_own_nothing()
    {
        using var kept = Tagged(1, "#kept").send(bob);
        SearchAndDrop();
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Single(bob._objects);
        bob.search("#kept")[0].Dispose();
        Assert.Single(bob._objects);
        Assert.Equal([1L], Some.Longs(kept.get()));
    }

    [Fact]
    public void A_few_hits_among_many_objects_of_many_workers_are_found()
    {
        var workers = Enumerable.Range(0, 3).Select(i => Some.Worker("crowd")).ToList();
        var value = tensor(0);
        foreach (var worker in workers)
            for (var i = 0; i < 300; i++) worker.recv_msg(new ObjectMessage(i + 1, value.alias(), Label.Of(Tagged(i, "#crowd", "#" + i))));

        var found = sy.PrivateGridNetwork(workers).search("#crowd", "#123");
        Assert.All(workers, worker => Assert.Equal([124L], Ids(found[worker.id])));
        foreach (var worker in workers) worker.clear_objects();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SearchAndDrop() => Assert.Single(bob.search("#kept"));

    private static TorchSharp.torch.Tensor Tagged(long value, params string[] tags) => tensor(new[] { value }).tag(tags);

    private static IEnumerable<long> Ids(IEnumerable<PointerTensor> pointers) => pointers.Select(pointer => pointer.id_at_location);

    private static (T result, string text) Captured<T>(Func<T> search)
    {
        var console = Console.Out;
        using var text = new StringWriter();
        Console.SetOut(text);
        try
        {
            return (search(), text.ToString());
        }
        finally
        {
            Console.SetOut(console);
        }
    }
}
