namespace FedNotebook.Tests.Magic;

public class FederateMagicTests
{
    private static async Task<Notebook> Some()
    {
        var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            #!worker federate_bob federate_alice
            var data = sy.BaseDataset(torch.ones(10, 2), torch.ones(10));
            var pairs = torch.utils.data.TensorDataset(torch.ones(6, 2), torch.ones(6));
            var torn = sy.BaseDataset(torch.ones(4, 2), torch.ones(4), transforms.Lambda(rows => throw new InvalidDataException("a torn page")));
            var x = torch.ones(2);
            """);
        return notebook;
    }

    [Theory]
    [InlineData("", "", 8, false)]
    [InlineData(" --batch-size 4", ", batch_size: 4", 4, false)]
    [InlineData(" --shuffle", ", shuffle: true", 8, true)]
    [InlineData(" --shuffle --seed 7", ", shuffle: true, seed: 7", 8, true)]
    [InlineData(" --seed -3 --batch-size 2147483647 --shuffle", ", batch_size: 2147483647, shuffle: true, seed: -3", int.MaxValue, true)]
    public async Task A_data_set_is_shared_and_read_by_a_loader(string options, string text, int batchSize, bool shuffle)
    {
        using var notebook = await Some();

        Assert.Equal(
            [$"var federated_train_loader = sy.FederatedDataLoader(data.federate(federate_bob, federate_alice){text});"],
            await notebook.Statements($"#!federate data --to federate_bob --to federate_alice{options}"));

        var loader = notebook.Value<FederatedDataLoader>("federated_train_loader");
        Assert.Equal((batchSize, shuffle), (loader.batch_size, loader.shuffle));
        Assert.Equal(["federate_bob", "federate_alice"], loader.workers);
        Assert.Equal(10, loader.federated_dataset.Count);
        loader.federated_dataset.Dispose();
    }

    [Fact]
    public async Task The_same_seed_shuffles_alike()
    {
        using var notebook = await Some();
        await notebook.Outputs("""
            var rows = sy.BaseDataset(torch.arange(20).reshape(20, 1), torch.arange(20));
            #!federate rows --to federate_bob --shuffle --seed 5 --batch-size 20 --as one
            #!federate rows --to federate_bob --shuffle --seed 5 --batch-size 20 --as other
            string Order(FederatedDataLoader loader)
            {
                foreach (var (_, target) in loader) return string.Join(' ', target.get().data<long>().ToArray());
                return "";
            }
            var (first, second) = (Order(one), Order(other));
            """);
        Assert.Equal(notebook.Value<string>("first"), notebook.Value<string>("second"));
        Assert.NotEqual(string.Join(' ', Enumerable.Range(0, 20)), notebook.Value<string>("first"));
    }

    [Fact]
    public async Task TorchSharps_own_data_sets_are_shared_too()
    {
        using var notebook = await Some();
        Assert.Equal(["var loader = sy.FederatedDataLoader(pairs.federate(federate_bob));"], await notebook.Statements("#!federate pairs --to federate_bob --as loader"));
        Assert.Equal(6, notebook.Value<FederatedDataLoader>("loader").federated_dataset.Count);
    }

    [Fact]
    public async Task Data_sets_whose_items_have_names_are_shared_too()
    {
        using var notebook = await Some();
        await notebook.Outputs("""
            class Named : torch.utils.data.Dataset
            {
                public override long Count => 6;
                public override Dictionary<string, torch.Tensor> GetTensor(long index) => new() { ["data"] = torch.ones(2), ["label"] = torch.tensor(index) };
            }
            var named = new Named();
            """);
        Assert.Equal(["var loader = sy.FederatedDataLoader(named.federate(federate_bob));"], await notebook.Statements("#!federate named --to federate_bob --as loader"));
        Assert.Equal(6, notebook.Value<FederatedDataLoader>("loader").federated_dataset.Count);
    }

    [Theory]
    [InlineData("data --to federate_bob --batch-size 0", "#!federate --batch-size: this is a whole number from 1 to 2147483647; it cannot be \"0\".")]
    [InlineData("data --to federate_bob --batch-size -4", "#!federate --batch-size: this is")]
    [InlineData("data --to federate_bob --batch-size abc", "#!federate --batch-size: this is")]
    [InlineData("data --to federate_bob --batch-size 1.5", "#!federate --batch-size: this is")]
    [InlineData("data --to federate_bob --batch-size \"\"", "#!federate --batch-size: this is")]
    [InlineData("data --to federate_bob --batch-size 99999999999", "#!federate --batch-size: this is")]
    [InlineData("data --to federate_bob --batch-size", "--batch-size")]
    [InlineData("data --to federate_bob --shuffle --seed abc", "#!federate --seed: this is a whole number from -2147483648 to 2147483647; it cannot be \"abc\".")]
    [InlineData("data --to federate_bob --to federate_bob", "#!federate --to: the worker federate_bob is named more than once")]
    [InlineData("data --to federate_bob --to federate_nobody", "#!federate --to: there is no worker federate_nobody.")]
    [InlineData("data --to federate_bob federate_alice", "#!federate DATASET: this is one name, and here are 2: data, federate_alice. Several workers are --to NAME --to NAME.")]
    [InlineData("data --to federate_bob --shuffle yes", "#!federate DATASET: this is one name, and here are 2: data, yes.")]
    [InlineData("data", "--to")]
    [InlineData("x --to federate_bob", "#!federate DATASET: x is of the type Tensor; only a data set of data and targets, such as sy.BaseDataset(data, targets), can be shared.")]
    [InlineData("y --to federate_bob", "#!federate DATASET: there is no variable y. These can be shared: data, pairs, torn.")]
    [InlineData("data --to federate_bob --as 1", "#!federate --as: \"1\" is not a name that C# allows for a new variable; _1 is.")]
    [InlineData("data --to federate_bob --as data", "#!federate --as: the statement needs data as it is")]
    [InlineData("torn --to federate_bob --to federate_alice", "a torn page")]
    public async Task A_mistake_is_named_and_nothing_is_changed(string arguments, string error)
    {
        using var notebook = await Some();
        Assert.Contains(error, await notebook.Error($"#!federate {arguments}"));
    }
}
