using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>What people do wrong, from the notebook's side: each gets an error that says what happened, where, and what to do.</summary>
public class WhatPeopleDoWrongTests
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Fact]
    public void An_unknown_worker() =>
        Says<WorkerNotFoundException>(() => bob.get_worker("nobody", fail_hard: true), "nobody", bob.id, "Make it first");

    [Fact]
    public void A_worker_without_a_name() => Says<ArgumentException>(() => sy.VirtualWorker(" "), "needs a name");

    [Fact]
    public void An_object_that_was_got_moved_or_disposed_already()
    {
        var p = ones(2).send(bob);
        p.get();
        Says<ObjectNotFoundError>(() => p.get(), $"{p.id_at_location}", bob.id, ".get()");
        Says<ObjectNotFoundError>(() => p + p, bob.id);
        Says<ObjectNotFoundError>(() => p.move(alice), bob.id);
        Says<ObjectNotFoundError>(() => p.send(alice), bob.id);
        Says<ObjectNotFoundError>(() => _ = p.grad, bob.id);
        var q = ones(2).send(bob);
        q.Dispose();
        Says<ObjectNotFoundError>(() => q.get(), bob.id);
    }

    [Fact]
    public void An_object_that_never_was() =>
        Says<ObjectNotFoundError>(() => PointerTensor.create_pointer(bob, 12345).get(), "12345", bob.id);

    [Fact]
    public void Operands_at_two_places()
    {
        var (x, y) = (ones(2).send(bob), ones(2).send(alice));
        Says<TensorsNotCollocatedException>(() => x + y, bob.id, alice.id, ".move()");
        Says<TensorsNotCollocatedException>(() => x + ones(2), "PointerTensor", ".get()", bob.id);
        Says<TensorsNotCollocatedException>(() => torch.cat([x, y]), bob.id, alice.id);
        Says<TensorsNotCollocatedException>(() => F.mse_loss(x, y), bob.id, alice.id);
        Says<TensorsNotCollocatedException>(() => x.addcmul(x, y, 1), bob.id, alice.id);
    }

    [Fact]
    public void The_value_of_a_pointer() =>
        Says<InvalidOperationException>(() => ones(1).send(bob).item<float>(), "item()", bob.id, ".get()");

    [Fact]
    public void A_shape_or_a_type_that_does_not_fit_the_operation()
    {
        var x = ones(2, 3).send(bob);
        Says<OperationFailedException>(() => x.matmul(x), "matmul", bob.id, "2x3");
        Says<OperationFailedException>(() => x + ones(4).send(bob), "+", bob.id, "size");
        Says<OperationFailedException>(() => x.view(4, 4), "view", bob.id);
        Says<OperationFailedException>(() => F.nll_loss(x, ones(2).send(bob)), "nll_loss", bob.id);
        Says<OperationFailedException>(() => x.sum().backward(), "backward", bob.id);
        Assert.Equal([2L, 3], x.get().shape);
    }

    [Fact]
    public void A_model_that_is_elsewhere()
    {
        var model = Some.Linear();
        Says<ModelLocationException>(() => model.get(), "model.send");
        Says<ModelLocationException>(() => model.move(bob), "model.send");
        Says<ModelLocationException>(() => model.location, "model.send");
        model.send(bob);
        Says<ModelLocationException>(() => model.send(alice), bob.id, alice.id, "model.get()", "model.move");
        Says<TensorsNotCollocatedException>(() => model.forward(ones(1, 2).send(alice)), bob.id, alice.id);
        Says<ModelsNotTogetherException>(() => sy.federated_avg(model, Some.Linear()), bob.id, "here");
        Says<ModelsNotTogetherException>(() => sy.scale_model(model, 2), bob.id, "model.get()");
        Says<OperationFailedException>(() => model.forward(ones(1, 5).send(bob)), "call", bob.id, "1x5");

        // A virtual worker has the very module: what only reads or sets it is the owner's to do wherever it is.
        Assert.Equal(2, model.parameters().Count());
        Assert.Equal(["weight", "bias"], model.state_dict().Keys);
        model.eval();
        model.train();
        model.get();
    }

    [Fact]
    public void The_same_id_or_worker_twice()
    {
        var x = ones(2);
        var (first, second) = (x.send(bob), x.send(bob));
        Assert.NotEqual(first.id_at_location, second.id_at_location);
        Assert.Equal(2, bob.objects_count);
        Says<ArgumentException>(() => x.send(bob, bob), bob.id);
        Says<ArgumentException>(() => sy.PrivateGridNetwork(bob, bob), bob.id);
        Says<ArgumentException>(() => sy.combine_pointers(first, second), bob.id);
        var id = IdProvider.Next();
        Says<IdNotUniqueError>(() => sy.ID_PROVIDER.set_next_ids([id]), $"{id}");
        Assert.Equal(2, bob.objects_count);
    }

    [Fact]
    public void A_data_set_whose_halves_do_not_fit()
    {
        Says<ArgumentException>(() => sy.BaseDataset(ones(3, 2), ones(2)), "3", "2", "rows");
        Says<ArgumentException>(() => new PointerDataset(ones(3, 2).send(bob), ones(2).send(bob)), bob.id, "rows");
        Says<ArgumentException>(() => new PointerDataset(ones(3, 2).send(bob), ones(3).send(alice)), bob.id, alice.id);
        Says<ArgumentException>(() => sy.BaseDataset(ones(3, 2), ones(3)).federate(bob, bob), bob.id);
        Says<ArgumentException>(() => sy.BaseDataset(ones(3, 2), ones(3)).federate(), "federate(bob, alice)");
    }

    private static void Says<T>(Func<object?> wrong, params string[] words) where T : Exception => Says<T>(() => { _ = wrong(); }, words);

    private static void Says<T>(Action wrong, params string[] words) where T : Exception
    {
        var error = Assert.Throws<T>(wrong);
        Assert.All(words, word => Assert.Contains(word, error.Message));
    }
}
