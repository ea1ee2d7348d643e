namespace FedNotebook.Tests.Views;

/// <summary>Grids, searches, data sets, models, errors: what a cell shows of each.</summary>
public class ViewTests
{
    private const string Grid = """
        var bob = sy.VirtualWorker("grid-bob");
        var alice = sy.VirtualWorker("grid-<alice>");
        bob.clear_objects(); alice.clear_objects();
        var x = torch.ones(3).tag("#boston", "#data").describe("rooms").send(bob);
        var y = torch.ones(3).tag("#boston", "#target").send(bob);
        var z = torch.ones(5).tag("#boston").send(alice);
        var grid = sy.PrivateGridNetwork(bob, alice);

        """;

    [Fact]
    public async Task A_grid_is_a_map_of_workers_objects_and_tags()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show(Grid + "grid");

        Assert.Equal([["grid-bob", "2", "#boston ×2 #data #target"], ["grid-<alice>", "1", "#boston"]], shown.Rows());
        Assert.Equal(["grid-bob 2 objects", "grid-<alice> 1 object", "me"], shown.Still().QuerySelectorAll("text").Select(text => text.TextContent));
        Assert.Equal("PrivateGridNetwork of 2 workers\n  grid-bob: 2 objects · #boston ×2 #data #target\n  grid-<alice>: 1 object · #boston", shown.Text());
    }

    [Fact]
    public async Task A_grid_of_many_workers_shows_a_page()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""sy.PrivateGridNetwork(Enumerable.Range(0, 200).Select(i => sy.VirtualWorker($"zz-many-{i}")))""");
        Assert.Equal(30, shown.Rows().Count);
        Assert.EndsWith("the first 30 of 200 workers", shown.Words());
        Assert.EndsWith("the first 30 of 200 workers", shown.Text());
    }

    [Fact]
    public async Task A_table_from_a_file_shows_its_first_rows()
    {
        using var notebook = await Notebook.WithExtension();
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "houses.csv");
        File.WriteAllText(file, "rooms,>town,price\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"{i},<b>Troms\u00F8</b>,{i}.50\n")));
        var shown = await notebook.Show($"datasets.CSV(\"{file}\")");

        Assert.StartsWith("CsvTable 12 rows · 3 columns", shown.Words());
        Assert.Equal(["rooms", ">town", "price"], shown.Page().QuerySelectorAll("th").Select(head => head.TextContent));
        Assert.Equal(10, shown.Rows().Count);
        Assert.Equal(["1", "<b>Tromsø</b>", "1.50"], shown.Rows()[0]);
        Assert.EndsWith("the first 10 of 12 rows", shown.Words());
        Assert.StartsWith("CsvTable houses.csv: 12 rows of rooms", shown.Text());
    }

    [Fact]
    public async Task What_a_search_found_is_grouped_by_worker()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show(Grid + """grid.search("#boston")""");

        Assert.StartsWith("3 results at 2 workers ", shown.Words());
        Assert.Equal(["grid-bob", "", "grid-<alice>"], shown.Rows().Select(row => row[0]));
        Assert.Equal(["[3]", "[3]", "[5]"], shown.Rows().Select(row => row[2]));
        Assert.Equal(["#boston #data", "#boston #target", "#boston"], shown.Rows().Select(row => row[4]));
        Assert.Equal("rooms", shown.Rows()[0][5]);
        Assert.StartsWith("grid-bob: 2 results\n(Wrapper)>[PointerTensor | me:", shown.Text());
    }

    [Fact]
    public async Task Of_a_worker_with_very_many_results_the_first_are_listed_and_the_next_worker_follows()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show(Grid + """
            var kept = Enumerable.Range(0, 25).Select(_ => torch.ones(1).tag("#boston").send(bob)).ToList();
            grid.search("#boston")
            """);
        Assert.Equal(["grid-bob", .. Enumerable.Repeat("", 20), "grid-<alice>"], shown.Rows().Select(row => row[0]));
        Assert.Equal("the first 20 of 27 results", shown.Rows()[20][1]);
    }

    [Fact]
    public async Task A_virtual_grid_also_says_how_often_each_tag_was_found()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show(Grid + """sy.VirtualGrid(bob, alice).search("#boston")""");
        Assert.Contains(["#boston", "3"], shown.Rows());
        Assert.StartsWith("3 results at 2 workers ", shown.Words());
    }

    [Fact]
    public async Task What_one_worker_found_looks_the_same_and_nothing_is_said_to_be_nothing()
    {
        using var notebook = await Notebook.WithExtension();
        var found = await notebook.Show(Grid + """bob.search("#boston")""");
        Assert.StartsWith("2 results at one worker ", found.Words());
        Assert.Equal(["grid-bob", ""], found.Rows().Select(row => row[0]));
        var nothing = await notebook.Show("""grid.search("#nowhere")""");
        Assert.Equal("nothing found", nothing.Words());
        Assert.Equal("nothing found", nothing.Text());
    }

    [Fact]
    public async Task A_federated_data_set_shows_the_rows_of_each_worker()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var data = sy.BaseDataset(torch.zeros(5, 2), torch.zeros(5, 1)).federate(sy.VirtualWorker("data-bob"), sy.VirtualWorker("data-alice"));
            data
            """);

        Assert.StartsWith("FederatedDataset 5 rows · at 2 workers", shown.Words());
        Assert.Equal([["data-bob", "3", "60 %", "[3, 2] Float32", "[3, 1] Float32"], ["data-alice", "2", "40 %", "[2, 2] Float32", "[2, 1] Float32"]],
            shown.Rows());
        Assert.Equal(["72", "48"], shown.Stills().Select(bar => bar.QuerySelector("rect:nth-of-type(2)")!).Select(bar => bar.GetAttribute("width")));
        Assert.Contains("data-bob: 3 rows", shown.Text());
    }

    [Fact]
    public async Task A_loader_shows_the_batches_of_each_worker()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var data = sy.BaseDataset(torch.zeros(5, 2), torch.zeros(5, 1)).federate(sy.VirtualWorker("loader-bob"), sy.VirtualWorker("loader-alice"));
            sy.FederatedDataLoader(data, batch_size: 2, shuffle: true)
            """);

        Assert.StartsWith("FederatedDataLoader 3 batches of 2 rows · shuffled", shown.Words());
        Assert.Equal(["2", "1"], shown.Rows().Select(row => row[2]));
        Assert.Contains("loader-bob: 3 rows, 2 batches", shown.Text());
    }

    [Fact]
    public async Task Data_sets_here_and_at_one_worker_show_what_they_are()
    {
        using var notebook = await Notebook.WithExtension();
        var here = await notebook.Show("""var mine = sy.BaseDataset(torch.zeros(5, 2), torch.zeros(5)); mine""");
        Assert.Equal("BaseDataset 5 rows · here data [5, 2] · Float32 · 40 bytes targets [5] · Float32 · 20 bytes", here.Words());

        var away = await notebook.Show("""var sent = mine.send(sy.VirtualWorker("sent-bob")); sent""");
        Assert.Equal("PointerDataset 5 rows · at sent-bob data [5, 2] Float32 targets [5] Float32", away.Words());
        Assert.Contains("no longer there", (await notebook.Show("sent.Dispose(); sent")).Words());
    }

    [Fact]
    public async Task A_model_shows_its_layers_and_where_it_is()
    {
        using var notebook = await Notebook.WithExtension();
        var here = await notebook.Show("""
            var model = nn.Sequential(("fc1", nn.Linear(4, 3)), ("relu", nn.ReLU()), ("fc2", nn.Linear(3, 2)));
            model
            """);
        Assert.StartsWith("Sequential here · 23 parameters · 92 bytes · in training mode", here.Words());
        Assert.Equal([["fc1", "Linear", "weight [3, 4], bias [3]", "15"], ["relu", "ReLU", "", "0"], ["fc2", "Linear", "weight [2, 3], bias [2]", "8"]], here.Rows());

        var away = await notebook.Show("""model.send(sy.VirtualWorker("model-bob"))""");
        Assert.Contains("away, at model-bob · 23 parameters", away.Words());
        Assert.Contains("away, at model-bob", away.Text());
        Assert.Contains("here", (await notebook.Show("model.get()")).Text());
    }

    [Fact]
    public async Task A_model_whose_parameters_are_disposed_says_that_it_cannot_be_shown()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("var model = nn.Linear(2, 2); model.weight!.Dispose(); model");
        Assert.NotEmpty(shown.Words());
        Assert.NotEmpty(shown.Text());
    }

    [Fact]
    public async Task An_error_says_what_happened_and_what_to_do()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var bob = sy.VirtualWorker("error-<bob>");
            var x = torch.ones(2).send(bob);
            x.get();
            FederatedException caught = null;
            try { x.get(); } catch (FederatedException error) { caught = error; }
            caught
            """);

        Assert.Equal(["ObjectNotFoundError"], shown.Page().QuerySelectorAll(".fednb-alert b").Select(name => name.TextContent));
        var said = shown.Page().QuerySelectorAll("p").Select(part => part.TextContent).ToList();
        Assert.EndsWith("is not at error-<bob>.", said[0]);
        Assert.Contains("._objects shows what is there.", said[1]);
        Assert.StartsWith("ObjectNotFoundError: Object ", shown.Text());
        Assert.DoesNotContain("   at ", shown.Text() + shown.Words());
    }

    private const string Failure = """
        class Failure(string message, Exception inner) : FederatedException(message, inner);

        """;

    [Fact]
    public async Task What_caused_an_error_is_said_once()
    {
        using var notebook = await Notebook.WithExtension();
        var same = await notebook.Show(Failure + """new Failure("Krum needs 11 clients, and 10 came. Choose more.", new ArgumentException("Krum needs 11 clients, and 10 came."))""");
        Assert.DoesNotContain("Caused by", same.Words());
        var other = await notebook.Show("""new Failure("The strategy failed.", new ArgumentException("11 clients are needed."))""");
        Assert.EndsWith("Caused by ArgumentException: 11 clients are needed.", other.Words());
    }

    [Fact]
    public async Task A_message_names_the_operation_and_its_plain_numbers()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show("""
            var bob = sy.VirtualWorker("message-bob");
            var x = torch.ones(2).send(bob);
            bob.log_msgs = true;
            var y = x / 2.5;
            bob.msg_history
            """);
        Assert.Matches(@"CMD OperationMessage run / over \d+, 2\.5", shown.Words());
    }

    [Fact]
    public async Task A_training_configuration_a_client_and_the_hook_have_a_view()
    {
        using var notebook = await Notebook.WithExtension();
        var config = await notebook.Show("""
            var bob = sy.VirtualWorker("config-bob");
            var client = new FederatedClient(bob);
            client.add_dataset(sy.BaseDataset(torch.zeros(4, 2), torch.zeros(4, 1)), "<train>");
            var config = new TrainConfig(nn.Linear(2, 1), (pred, target) => F.mse_loss(pred, target), batch_size: 2, epochs: 3);
            config
            """);
        Assert.Contains(["optimizer", "SGD(lr: 0.1)"], config.Rows());
        Assert.Contains(["epochs", "3"], config.Rows());
        Assert.StartsWith("<TrainConfig id:", config.Text());

        var client = await notebook.Show("config.send(bob); client");
        Assert.Contains(["<train>", "4"], client.Rows());
        Assert.Contains("training configuration", client.Words());
        Assert.Equal("TorchHook you are me", (await notebook.Show("sy.TorchHook()")).Words());
    }
}
