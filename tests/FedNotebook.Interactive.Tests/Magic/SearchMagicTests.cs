namespace FedNotebook.Tests.Magic;

public class SearchMagicTests
{
    private static async Task<Notebook> Some()
    {
        var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            #!worker search_bob search_alice
            foreach (var worker in new[] { search_bob, search_alice }) worker.clear_objects();
            var one = torch.ones(2).tag("#search-boston", "#data").describe("rooms in houses").send(search_bob);
            var two = torch.ones(3).tag("#search-boston", "a \"b\"").send(search_alice);
            var grid = sy.PrivateGridNetwork(search_bob);
            var old = sy.VirtualGrid(search_alice);
            var x = torch.ones(2);
            """);
        return notebook;
    }

    private static string[] Found(Notebook notebook, string variable) =>
        [.. notebook.Value<IReadOnlyDictionary<string, IReadOnlyList<PointerTensor>>>(variable).Select(worker => $"{worker.Key} {worker.Value.Count}")];

    [Fact]
    public async Task Without_a_grid_every_known_worker_is_searched()
    {
        using var notebook = await Some();
        Assert.Equal(
            ["var results = sy.PrivateGridNetwork(sy.local_worker._known_workers.Values).search(\"#search-boston\");"],
            await notebook.Statements("#!search #search-boston"));
        Assert.Equal(["search_alice 1", "search_bob 1"], Found(notebook, "results"));
    }

    [Fact]
    public async Task Several_tags_must_all_match()
    {
        using var notebook = await Some();
        await notebook.Outputs("#!search #search-boston #data --as both");
        Assert.Equal(["search_bob 1"], Found(notebook, "both"));
        await notebook.Outputs("""#!search --tag #search-boston --tag "a \"b\"" """);
        Assert.Equal(["search_alice 1"], Found(notebook, "results"));
        await notebook.Outputs("""#!search "rooms in" #search-boston""");
        Assert.Equal(["search_bob 1"], Found(notebook, "results"));
        await notebook.Outputs("#!search #search-none");
        Assert.Empty(Found(notebook, "results"));
    }

    [Fact]
    public async Task A_grid_is_searched_alone()
    {
        using var notebook = await Some();
        Assert.Equal(["var results = grid.search(\"#search-boston\");"], await notebook.Statements("#!search #search-boston --grid grid"));
        Assert.Equal(["search_bob 1"], Found(notebook, "results"));
        Assert.Equal(["var found = old.search(\"#search-boston\");"], await notebook.Statements("#!search #search-boston --grid old --as found"));
        await notebook.Outputs("int count = found.tag_counter[\"#search-boston\"];"); // the names of the tuple, as C# gives them
        Assert.Equal(1, notebook.Value<int>("count"));
    }

    [Theory]
    [InlineData("\"\"", "#!search TAG: this is a tag such as #boston, an id, or words of the description; one of these is empty.")]
    [InlineData("#data \" \"", "#!search TAG: this is a tag")]
    [InlineData("[]", "#!search TAG: this is a tag")]
    [InlineData("", "--tag")]
    [InlineData("#data --grid x", "#!search --grid: x is of the type Tensor; only a grid, such as sy.PrivateGridNetwork(bob, alice), can be searched.")]
    [InlineData("#data --grid y", "#!search --grid: there is no variable y. These can be searched: grid, old.")]
    [InlineData("#data --grid grid --as grid", "#!search --as: the statement needs grid as it is")]
    [InlineData("#data --as my.results", "#!search --as: \"my.results\" is not a name that C# allows for a new variable; my_results is.")]
    public async Task A_mistake_is_named_and_nothing_is_changed(string arguments, string error)
    {
        using var notebook = await Some();
        Assert.Contains(error, await notebook.Error($"#!search {arguments}"));
    }
}
