using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Plots;

public class TrainingPlotTests
{
    private const string Data = """
        torch.manual_seed(1);
        var inputs = torch.randn(120, 4);
        var labels = (inputs.sum(1) > 0).to(ScalarType.Int64);
        var data = sy.BaseDataset(inputs, labels);
        var federated = data.federate(sy.VirtualWorker("fit-bob"), sy.VirtualWorker("fit-alice"));
        var model = nn.Linear(4, 2);
        FederatedTrainer Trainer(int rounds) => new(model, federated, (output, target) => F.cross_entropy(output, target),
            new FederatedTrainerOptions { Rounds = rounds, BatchSize = 10, Seed = 1, Test = data });
        """;

    [Fact]
    public async Task A_fit_in_a_cell_shows_its_plot_by_itself_and_its_run_at_the_end()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs(Data);

        var outputs = await notebook.Outputs("await Trainer(3).FitAsync()");

        var plot = Assert.IsType<DisplayedValueProduced>(outputs[1]);
        Assert.All(outputs.Skip(2).SkipLast(1), update => Assert.Equal(plot.ValueId, Assert.IsType<DisplayedValueUpdated>(update).ValueId));
        Assert.StartsWith("FedAvg: Linear: 36 batches · 3 of 3 rounds · loss ", outputs[^2].Text());
        Assert.Contains("accuracy", outputs[^2].Text());
        Assert.Contains("18 batches at fit-bob, 18 at fit-alice", outputs[^2].Words());

        var run = Assert.IsType<ReturnValueProduced>(outputs[^1]);
        Assert.StartsWith("FedAvg: Linear 3 of 3 rounds, finished · 2 clients · best accuracy ", run.Words());
        Assert.Equal(["1", "2", "3"], run.Rows().Select(row => row[0]));
        Assert.Equal(2, run.Stills().Count);
        Assert.DoesNotContain("1.5", run.Still().QuerySelectorAll("text").Select(text => text.TextContent));
        Assert.StartsWith("FedAvg over 2 clients, Linear: 3 of 3 rounds, finished", run.Text());
    }

    [Fact]
    public async Task Workers_that_train_side_by_side_keep_their_places_from_fit_to_fit()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs(Data);
        for (var i = 0; i < 5; i++)
        {
            var figure = (await notebook.Outputs("await Trainer(1).FitAsync();"))[^1].In("application/vnd.plotly.v1+json");
            Assert.Equal(["fit-bob", "fit-alice"], JsonNode.Parse(figure)!["data"]!.AsArray().Take(2).Select(trace => (string)trace!["name"]!));
        }
    }

    [Fact]
    public async Task The_interrupt_ends_the_fit_and_the_rounds_that_were_done_stay()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs(Data + "\nvar trainer = Trainer(100_000);");

        var running = notebook.Run("await trainer.FitAsync();");
        await Task.Delay(2000);
        await notebook.Kernel.SendAsync(new Cancel());
        Assert.Single((await running).OfType<CommandFailed>());

        for (var i = 0; i < 100 && (await notebook.Show("trainer.Run.Status")).Value is TrainingStatus.Running; i++) await Task.Delay(100);
        Assert.Equal(TrainingStatus.Cancelled, (await notebook.Show("trainer.Run.Status")).Value);
        Assert.InRange((int)(await notebook.Show("trainer.Run.Rounds.Count")).Value!, 1, 99_999);
        Assert.Contains("cancelled: the model is that of the last whole round", (await notebook.Show("trainer.Run")).Words());
    }

    [Fact]
    public async Task Loaded_twice_it_draws_one_plot()
    {
        using var notebook = await Notebook.WithExtension();
        await new FedNotebookExtension().OnLoadAsync(notebook.Kernel);
        await notebook.Outputs(Data);
        Assert.Equal(2, (await notebook.Outputs("await Trainer(1).FitAsync();")).OfType<DisplayedValueProduced>().Count());
    }

    [Fact]
    public async Task Simulated_clients_say_how_many_rows_they_have()
    {
        using var notebook = await Notebook.WithExtension();
        var shown = await notebook.Show(Data + "\ndata.federate(clients: 7, Partition.IID(seed: 1))");
        Assert.StartsWith("SimulatedClients 7 clients · 120 rows · 17 to 18 each", shown.Words());
        Assert.Equal(7, shown.Rows().Count);
    }
}
