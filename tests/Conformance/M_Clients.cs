using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class M_Clients
{
    private readonly VirtualWorker alice = Some.Worker("alice");

    [Fact]
    public void B09_a_training_configuration_prints_as_PySyfts()
    {
        var config = new TrainConfig(null, null, batch_size: 2, id: 99887766);
        Assert.Equal("<TrainConfig id:99887766 owner:me epochs: 1 batch_size: 2 optimizer_args: {'lr': 0.1}>", config.ToString());
        var other = new TrainConfig(null, null, optimizer_args: new Dictionary<string, object> { ["lr"] = 1.0, ["eps"] = 1e-8, ["amsgrad"] = true }, id: 1);
        Assert.Contains("{'lr': 1.0, 'eps': 1e-08, 'amsgrad': True}", other.ToString());
    }

    [Fact]
    public void M06_data_sets_are_added_and_removed()
    {
        var client = new FederatedClient();
        var dataset = Mixture(10);
        client.add_dataset(dataset, "mixture");
        Assert.Same(dataset, client.datasets["mixture"]);
        Assert.Contains("mixture already exists", Assert.Throws<ArgumentException>(() => client.add_dataset(dataset, "mixture")).Message);
        client.remove_dataset("mixture");
        Assert.Empty(client.datasets);
        client.remove_dataset("mixture");
    }

    [Fact]
    public void M06_a_new_configuration_resets_the_optimizer()
    {
        var client = new FederatedClient();
        client.add_dataset(Mixture(10), "mixture");
        Assert.Null(client.train_config);
        client.set_obj(new TrainConfig(Net(), CrossEntropy));
        client.fit("mixture");
        var first = client.optimizer;
        Assert.IsType<TorchSharp.Modules.SGD>(first);
        client.fit("mixture");
        Assert.Same(first, client.optimizer);

        var config = new TrainConfig(Net(), CrossEntropy, optimizer: "Adam", id: 100);
        client.set_obj(config);
        Assert.Same(config, client.train_config);
        Assert.Null(client.optimizer);
        client.fit("mixture");
        Assert.IsType<TorchSharp.Modules.Adam>(client.optimizer);
    }

    [Fact]
    public void M06_other_objects_are_kept()
    {
        var client = new FederatedClient();
        var number = tensor(42);
        client.set_obj(number);
        Assert.Same(number, Assert.Single(client._objects).Value);
        Assert.Same(number, client._objects[number.id]);
        Assert.Null(client.train_config);
    }

    [Fact]
    public void M07_fit_makes_the_loss_fall()
    {
        manual_seed(1);
        var dataset = Mixture(100);
        var client = new FederatedClient();
        client.add_dataset(dataset, "gaussian_mixture");
        var model = Net();
        double Loss() => CrossEntropy(model.forward(dataset.data), dataset.targets).item<float>();
        var before = Loss();
        client.set_obj(new TrainConfig(
            model, CrossEntropy, batch_size: 8, optimizer_args: new Dictionary<string, object> { ["lr"] = 0.05, ["weight_decay"] = 0.01 }));

        for (var round = 0; round < 3; round++) Assert.InRange(client.fit("gaussian_mixture"), 0, 10);

        Assert.True(Loss() < before, $"{Loss()} is not below {before}");
    }

    [Theory]
    [InlineData("SGD", "momentum", 0.9)]
    [InlineData("Adam", "beta1", 0.8)]
    public void M07_fit_gives_the_numbers_of_the_same_training_by_hand(string optimizer, string argument, double value)
    {
        var dataset = Mixture(20);
        var (model, byHand) = (Net(), Net());
        byHand.load_state_dict(model.state_dict());
        var client = new FederatedClient();
        client.add_dataset(dataset, "d");
        client.set_obj(new TrainConfig(
            model, CrossEntropy, batch_size: 8, epochs: 3, optimizer, new Dictionary<string, object> { ["lr"] = 0.05, [argument] = value }, shuffle: false));
        client.fit("d");
        var last = client.fit("d");

        optim.Optimizer opt = optimizer == "SGD" ? optim.SGD(byHand.parameters(), 0.05, momentum: value) : optim.Adam(byHand.parameters(), 0.05, beta1: value);
        var expected = 0f;
        for (var epoch = 0; epoch < 6; epoch++)
            for (var start = 0; start < 20; start += 8)
            {
                var length = Math.Min(8, 20 - start);
                opt.zero_grad();
                var loss = CrossEntropy(byHand.forward(dataset.data.narrow(0, start, length)), dataset.targets.narrow(0, start, length));
                loss.backward();
                opt.step();
                expected = loss.item<float>();
            }

        Assert.Equal(expected, last, 1e-5);
        foreach (var (name, parameter) in byHand.named_parameters()) Assert.True(allclose(parameter, model.get_parameter(name)!));
    }

    [Fact]
    public void M07_max_nr_batches_ends_the_training()
    {
        var steps = 0;
        var client = new FederatedClient();
        client.add_dataset(Mixture(20), "d");
        client.set_obj(new TrainConfig(Net(), (pred, target) => Counted(CrossEntropy(pred, target)), batch_size: 4, epochs: 3, max_nr_batches: 7));
        client.fit("d");
        Assert.Equal(7, steps);

        Tensor Counted(Tensor loss)
        {
            steps++;
            return loss;
        }
    }

    [Fact]
    public void M07_what_fit_cannot_do_is_an_error_that_says_why()
    {
        var client = new FederatedClient();
        Assert.Contains("TrainConfig not defined", Assert.Throws<InvalidOperationException>(() => client.fit("d")).Message);
        client.add_dataset(Mixture(4), "d");
        client.set_obj(new TrainConfig(Net(), CrossEntropy));
        Assert.Contains("Dataset other unknown", Assert.Throws<ArgumentException>(() => client.fit("other")).Message);
        client.set_obj(new TrainConfig(null, CrossEntropy));
        Assert.Contains("no model", Assert.Throws<InvalidOperationException>(() => client.fit("d")).Message);
        client.set_obj(new TrainConfig(Net(), CrossEntropy, optimizer: "sdg"));
        Assert.Contains("Unknown optimizer: sdg", Assert.Throws<ArgumentException>(() => client.fit("d")).Message);
        client.set_obj(new TrainConfig(Net(), CrossEntropy, optimizer: "LBFGS"));
        Assert.Contains("Unknown optimizer: LBFGS", Assert.Throws<ArgumentException>(() => client.fit("d")).Message);
        client.set_obj(new TrainConfig(Net(), CrossEntropy, optimizer_args: new Dictionary<string, object> { ["speed"] = 1 }));
        Assert.Contains("no argument speed", Assert.Throws<ArgumentException>(() => client.fit("d")).Message);
        client.set_obj(new TrainConfig(Net(), CrossEntropy, optimizer_args: new Dictionary<string, object> { ["lr"] = "fast" }));
        Assert.Contains("fast", Assert.Throws<ArgumentException>(() => client.fit("d")).Message);
        client.set_obj(new TrainConfig(Net(), CrossEntropy, optimizer_args: new Dictionary<string, object> { ["lr"] = null! }));
        Assert.Contains("null is none", Assert.Throws<ArgumentException>(() => client.fit("d")).Message);
        client.set_obj(new TrainConfig(Net(), CrossEntropy, optimizer_args: new Dictionary<string, object>()));
        Assert.Contains("needs the argument lr", Assert.Throws<ArgumentException>(() => client.fit("d")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainConfig(Net(), CrossEntropy, batch_size: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainConfig(Net(), CrossEntropy, epochs: 0));
    }

    [Fact]
    public void M09_every_field_arrives_at_the_worker()
    {
        var config = new TrainConfig(
            Net(), CrossEntropy, batch_size: 5, epochs: 2, "Adam", new Dictionary<string, object> { ["lr"] = 0.01 }, max_nr_batches: 3, shuffle: false, id: 4711);
        config.send(alice);

        var arrived = new FederatedClient(alice).train_config!;
        Assert.Same(arrived, alice._objects[4711]);
        Assert.Equal(
            (config.id, config.model_id, config.loss_fn_id, config.batch_size, config.epochs, config.optimizer, config.max_nr_batches, config.shuffle),
            (arrived.id, arrived.model_id, arrived.loss_fn_id, arrived.batch_size, arrived.epochs, arrived.optimizer, arrived.max_nr_batches, arrived.shuffle));
        Assert.Equal(0.01, arrived.optimizer_args["lr"]);
        Assert.Null(arrived.model);
        Assert.Same(alice, arrived.owner);
        Assert.Contains(config.model_id!.Value, alice._objects.Keys);
        Assert.Contains(config.loss_fn_id!.Value, alice._objects.Keys);
        Assert.Same(alice, config.model!.location);
        config.model!.get();
    }

    [Fact]
    public void M09_a_model_trains_at_the_worker_and_comes_home()
    {
        var client = new FederatedClient(alice);
        client.add_dataset(Mixture(20), "d");
        var model = Net();
        var before = model.get_parameter("2.weight")!.detach().clone();
        var config = new TrainConfig(model, CrossEntropy).send(alice);
        client.fit("d");
        Assert.Same(model, config.model!.get());
        Assert.False(allclose(before, model.get_parameter("2.weight")!));
        Assert.Throws<ObjectNotFoundError>(() => client.fit("d"));
        Assert.Contains("needs a model", Assert.Throws<InvalidOperationException>(() => new TrainConfig(null, null).send(alice)).Message);
    }

    private static Tensor CrossEntropy(Tensor pred, Tensor target) => nn.functional.cross_entropy(pred, target);

    private static TorchSharp.Modules.Sequential Net() => nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2));

    /// <summary>Two clouds of points, one around (2, 2), one around (-2, -2).</summary>
    private static BaseDataset Mixture(int rows)
    {
        var target = arange(rows, dtype: ScalarType.Int64).remainder(2);
        return new BaseDataset(randn(rows, 2) + (target.unsqueeze(1) * 4 - 2), target);
    }
}
