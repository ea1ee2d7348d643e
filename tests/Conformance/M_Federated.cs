using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class M_Federated
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Fact]
    public void M01_add_model_sums_the_parameters()
    {
        var (one, two) = (Linear4([1, 2, 3, 4], -1), Linear4([11, 22, 33, 44], 1));
        var sum = sy.add_model(one, two);
        Assert.Equal([12f, 24, 36, 48], Weights(sum));
        Assert.Equal([0f], Some.Floats(sum.bias!.detach()));
        Assert.Equal([11f, 22, 33, 44], Weights(two));
    }

    [Fact]
    public void M02_scale_model_multiplies_the_parameters()
    {
        var model = sy.scale_model(Linear4([1, 2, 3, 4], -1), 2);
        Assert.Equal([2f, 4, 6, 8], Weights(model));
        Assert.Equal([-2f], Some.Floats(model.bias!.detach()));
        Assert.True(model.weight!.requires_grad);
    }

    [Fact]
    public void M03_accuracy_is_the_share_of_right_predictions()
    {
        var scores = tensor(new[,] { { .95f, .03f, .02f }, { .2f, .7f, .1f }, { .1f, .2f, .7f } });
        Assert.Equal(1.0, sy.accuracy(scores, tensor(new[] { 0L, 1, 2 })));
        Assert.Equal(1.0 / 3, sy.accuracy(scores, tensor(new[] { 2L, 0, 2 })));
        Assert.Equal(1.0 / 3, sy.accuracy(scores, tensor(new[,] { { 2 }, { 0 }, { 2 } })));
        Assert.Contains("[3, 3]", Assert.Throws<ArgumentException>(() => sy.accuracy(scores, tensor(new[] { 0L, 1 }))).Message);
        Assert.Throws<ArgumentException>(() => sy.accuracy(zeros(0, 3), zeros(0)));
    }

    [Fact]
    public void M04_batches_are_extracted_by_worker()
    {
        var (bobs, alices) = (new BaseDataset(arange(2), arange(2)), new BaseDataset(arange(4), arange(4)));
        using var federated = new FederatedDataset(bobs.send(bob), alices.send(alice));
        var loader = sy.FederatedDataLoader(federated, batch_size: 2);

        var batches = sy.extract_batches_per_worker(loader);

        Assert.Equal([bob, alice], batches.Keys);
        Assert.Single(batches[bob]);
        Assert.Equal(2, batches[alice].Count);
        Assert.Equal([2L, 3], Some.Longs(batches[alice][1].data.get()));
        Assert.Equal([0L, 1], Some.Longs(batches[bob][0].target.get()));
    }

    [Fact]
    public void M04_a_worker_without_a_batch_has_its_key()
    {
        using var federated = new FederatedDataset(new BaseDataset(arange(1), arange(1)).send(bob), new BaseDataset(arange(2), arange(2)).send(alice));
        var batches = sy.extract_batches_per_worker(sy.FederatedDataLoader(federated, batch_size: 2, drop_last: true));
        Assert.Empty(batches[bob]);
        Assert.Single(batches[alice]);
    }

    [Fact]
    public void M05_federated_avg_is_the_mean_and_leaves_the_models_as_they_are()
    {
        var (one, two, three) = (Linear4([1, 2, 3, 4], -1), Linear4([11, 22, 33, 44], 1), Linear4([0, 0, 0, 0.3f], 3));
        var mean = sy.federated_avg(one, two, three);
        Assert.Equal([4f, 8, 12, 16.1f], Weights(mean));
        Assert.Equal([1f], Some.Floats(mean.bias!.detach()));
        Assert.Equal([1f, 2, 3, 4], Weights(one));
        Assert.Equal([11f, 22, 33, 44], Weights(two));
        Assert.Equal([0f, 0, 0, 0.3f], Weights(three));
        Assert.True(mean.weight!.requires_grad);

        mean.forward(ones(1, 4)).backward();
        optim.SGD(mean.parameters(), 1).step();
        Assert.Equal([1f, 2, 3, 4], Weights(one));
    }

    [Fact]
    public void M05_the_mean_of_equal_models_is_the_model()
    {
        var models = Enumerable.Range(0, 7).Select(_ => Linear4([.1f, 1e30f, -3e-30f, 1f / 3], float.MaxValue)).ToList();
        var mean = sy.federated_avg(models);
        Assert.Equal(Weights(models[0]), Weights(mean));
        Assert.Equal([float.MaxValue], Some.Floats(mean.bias!.detach()));
        Assert.NotSame(models[0], mean);
    }

    [Fact]
    public void M05_models_by_worker_are_averaged_too()
    {
        var byId = new Dictionary<string, TorchSharp.Modules.Linear> { ["bob"] = Linear4([1, 2, 3, 4], -1), ["alice"] = Linear4([3, 4, 5, 6], 0) };
        Assert.Equal([2f, 3, 4, 5], Weights(sy.federated_avg(byId)));
        var byWorker = new Dictionary<BaseWorker, TorchSharp.Modules.Linear> { [bob] = byId["bob"] };
        Assert.Equal([1f, 2, 3, 4], Weights(sy.federated_avg(byWorker)));
    }

    [Fact]
    public void M05_buffers_are_averaged_and_counts_stay_whole()
    {
        var (one, two) = (nn.BatchNorm1d(2), nn.BatchNorm1d(2));
        one.forward(tensor(new[,] { { 1f, 2f }, { 3f, 4f } }));
        two.forward(tensor(new[,] { { 10f, 2f }, { 30f, 8f } }));
        for (var i = 0; i < 4; i++) two.forward(tensor(new[,] { { 10f, 2f }, { 30f, 8f } }));
        var expected = (one.running_mean! + two.running_mean!) / 2;

        var mean = sy.federated_avg(one, two);

        Assert.True(allclose(expected, mean.running_mean!));
        Assert.Equal(3, mean.get_buffer("num_batches_tracked")!.item<long>());
        Assert.Equal(1, one.get_buffer("num_batches_tracked")!.item<long>());
    }

    [Fact]
    public void M05_the_notes_own_model_class_can_be_averaged()
    {
        var (one, two) = (new TwoLayers(), new TwoLayers());
        var mean = sy.federated_avg(one, two);
        Assert.IsType<TwoLayers>(mean);
        foreach (var (name, parameter) in mean.named_parameters())
            Assert.True(allclose((one.get_parameter(name)! + two.get_parameter(name)!) / 2, parameter));
        Assert.Equal([5L, 1], mean.forward(zeros(5, 3)).shape);
    }

    [Fact]
    public void M05_models_at_one_worker_are_averaged_there()
    {
        var secure_worker = Some.Worker("secure_worker");
        var (one, two) = (Linear4([1, 2, 3, 4], -1).send(bob), Linear4([3, 4, 5, 6], 0).send(alice));
        one.move(secure_worker);
        two.move(secure_worker);
        secure_worker.log_msgs = true;

        var mean = sy.federated_avg(one, two);

        Assert.Equal([2f, 3, 4, 5], Weights(mean));
        Assert.Equal([-.5f], Some.Floats(mean.bias!.detach()));
        Assert.Throws<ModelLocationException>(() => mean.location);
        Assert.Same(secure_worker, one.location);
        Assert.Equal(2, secure_worker._objects.Count);
        Assert.Contains(secure_worker.msg_history, message => message is OperationMessage { Name: var name } && name.StartsWith("add_", StringComparison.Ordinal));
        Assert.Equal([1f, 2, 3, 4], Weights(one.get()));
        Assert.Equal([3f, 4, 5, 6], Weights(two.get()));
    }

    [Fact]
    public void M05_models_at_different_places_are_an_error_that_says_where_they_are()
    {
        var (one, two) = (Linear4([1, 2, 3, 4], -1).send(bob), Linear4([3, 4, 5, 6], 0));
        var mixed = Assert.Throws<ModelsNotTogetherException>(() => sy.federated_avg(one, two)).Message;
        Assert.Contains($"model 1 is at {bob.id}, model 2 is here", mixed);
        Assert.Contains(".move()", mixed);
        two.send(alice);
        Assert.Contains(alice.id, Assert.Throws<ModelsNotTogetherException>(() => sy.federated_avg(one, two)).Message);
        Assert.Contains("model.get()", Assert.Throws<ModelsNotTogetherException>(() => sy.scale_model(one, 2)).Message);
        Assert.Throws<ModelsNotTogetherException>(() => sy.add_model(one.get(), two));
        two.get();
    }

    [Fact]
    public void M05_what_cannot_be_averaged_is_refused()
    {
        Assert.Contains("no model", Assert.Throws<ArgumentException>(() => sy.federated_avg<nn.Module>()).Message);
        Assert.Throws<ArgumentException>(() => sy.federated_avg(Some.Linear(), null!));
        var message = Assert.Throws<ArgumentException>(() => sy.federated_avg(Some.Linear(), Linear4([1, 2, 3, 4], 0))).Message;
        Assert.Contains("in model 1, weight is Float32 [1, 2]; in model 2 it is Float32 [1, 4]", message);
        Assert.Contains("missing", Assert.Throws<ArgumentException>(() => sy.add_model(nn.Linear(2, 1), nn.Linear(2, 1, hasBias: false))).Message);
    }

    private static TorchSharp.Modules.Linear Linear4(float[] weights, float bias)
    {
        var model = nn.Linear(4, 1);
        using (no_grad())
        {
            model.weight!.copy_(tensor(weights).reshape(1, 4));
            model.bias!.copy_(tensor(new[] { bias }));
        }

        return model;
    }

    private static float[] Weights(TorchSharp.Modules.Linear model) => Some.Floats(model.weight!.detach());

    private sealed class TwoLayers : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear first = nn.Linear(3, 2), second = nn.Linear(2, 1);

        public TwoLayers() : base(nameof(TwoLayers)) => RegisterComponents();

        public override Tensor forward(Tensor input) => second.forward(nn.functional.relu(first.forward(input)));
    }
}
