using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class C_RemoteOperations
{
    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Fact]
    public void C01_a_method_without_arguments_runs_at_bob() =>
        Assert.Equal([1f, 2f], Some.Floats(tensor(new[] { -1f, 2f }).send(bob).abs().get()));

    [Fact]
    public void C02_a_method_of_two_tensors_runs_at_bob()
    {
        var p = tensor(new[] { 1f, 2f, 3f }).send(bob);
        Assert.Equal([2f, 4f, 6f], Some.Floats(p.add(p).get()));
        Assert.Equal([1f, 4f, 9f], Some.Floats(p.mul(p).get()));
    }

    [Fact]
    public void C03_a_function_of_F_runs_at_bob() =>
        Assert.Equal([1f, 0f, 3f, 4f], Some.Floats(F.relu(tensor(new[] { 1f, -1f, 3f, 4f }).send(bob)).get()));

    [Fact]
    public void C07_an_operation_with_two_results_gives_two_pointers()
    {
        var (values, indices) = tensor(new[] { 1f, 3f, 2f }).send(bob).sort();
        Assert.Equal([1f, 2f, 3f], Some.Floats(values.get()));
        Assert.Equal([0L, 2, 1], Some.Longs(indices.get()));
    }

    [Fact]
    public void C08_the_shape_of_a_result_costs_one_message_and_is_then_known()
    {
        var p = tensor(new[] { 1L, 2, 3, 4, 5 }).send(bob);
        bob.log_msgs = true;
        Assert.Equal([5L], p.shape);
        Assert.Empty(bob.msg_history);
        var sum = p + p;
        Assert.Equal([5L], sum.shape);
        Assert.Equal([5L], sum.shape);
        Assert.Equal(1, bob.msg_history.Count(m => m.Type == MessageType.GET_SHAPE));
    }

    [Fact]
    public void C10_an_in_place_method_makes_nothing_new_and_returns_its_pointer()
    {
        var p = tensor(new[] { 1f, 2f }).send(bob);
        Assert.Same(p, p.add_(p));
        Assert.Single(bob._objects);
        Assert.Equal([2f, 4f], Some.Floats(p.get()));
    }

    [Fact]
    public void C11_comparing_pointers_compares_the_tensors_at_bob()
    {
        var p = tensor(new[] { 1f, 2f }).send(bob);
        var q = tensor(new[] { 1f, 3f }).send(bob);
        Assert.Equal([true, false], (p == q).get().data<bool>().ToArray());
    }

    [Fact]
    public void C12_a_pointer_goes_to_the_processor() => Assert.Equal([1f], Some.Floats(tensor(new[] { 1f }).send(bob).to(CPU).get()));

    [Fact]
    public void C13_size_is_the_shape()
    {
        var p = zeros(2, 3).send(bob);
        Assert.Equal([2L, 3], p.size());
        Assert.Equal(3, p.size(-1));
        Assert.Equal(2, p.dim());
        Assert.Equal(6, p.numel());
    }

    [Fact]
    public void C14_tensors_of_different_workers_or_of_none_do_not_mix()
    {
        var x = tensor(new[] { 1f });
        var (atBob, atAlice) = (x.send(bob), x.send(alice));
        Assert.Throws<TensorsNotCollocatedException>(() => atBob + atAlice);
        Assert.Throws<TensorsNotCollocatedException>(() => atAlice + atBob);
        Assert.Throws<TensorsNotCollocatedException>(() => atBob + x);
        Assert.Throws<TensorsNotCollocatedException>(() => x + atBob);
        Assert.Throws<TensorsNotCollocatedException>(() => atBob.add(x));
    }

    [Fact]
    public void C15_the_text_says_where_both_are_and_what_to_call()
    {
        var x = tensor(new[] { 1f });
        var (atBob, atAlice) = (x.send(bob), x.send(alice));
        var error = Assert.Throws<TensorsNotCollocatedException>(() => atBob.add(atAlice));
        Assert.Equal(
            $"You tried to call add involving two tensors which are not on the same machine! One tensor is on {bob} while the other is on {alice}. "
            + "Use a combination of .move(), .get(), and/or .send() to co-locate them to the same machine.",
            error.Message);
    }

    [Fact]
    public void C15_an_operator_is_called_by_its_sign()
    {
        var x = tensor(new[] { 1f });
        var (atBob, atAlice) = (x.send(bob), x.send(alice));
        Assert.StartsWith("You tried to call + involving two tensors", Assert.Throws<TensorsNotCollocatedException>(() => atBob + atAlice).Message);
    }

    [Fact]
    public void C16_mixing_with_a_local_tensor_says_to_get_or_to_send()
    {
        var x = tensor(new[] { 1f });
        var p = x.send(bob);
        var error = Assert.Throws<TensorsNotCollocatedException>(() => p.add(x));
        Assert.Contains($"Call .get() on the PointerTensor or .send({bob.id}) on the other tensor.\n\nTensor A: {p}\nTensor B: tensor([1.])", error.Message);
    }

    [Fact]
    public void C17_every_tensor_among_the_arguments_is_looked_at()
    {
        var x = tensor(new[] { 1f });
        var (a, b, c) = (x.send(bob), x.send(bob), x.send(alice));
        Assert.Throws<TensorsNotCollocatedException>(() => a.addcmul(b, c, 1));
    }

    [Fact]
    public void C18_plain_numbers_travel_with_the_message()
    {
        var p = tensor(new[] { 1f, 2f }).send(bob);
        Assert.Equal([3f, 5f], Some.Floats((p * 2 + 1).get()));
        Assert.Equal([9f, 8f], Some.Floats((10 - p).get()));
    }

    [Fact]
    public void C19_a_name_outside_the_table_is_refused()
    {
        var error = Assert.Throws<UnsupportedOperationException>(() => bob.recv_msg(new OperationMessage("false_command", [])));
        Assert.Equal("Command \"false_command\" is not a supported torch operation.", error.Message);
    }

    [Fact]
    public void C04_an_operation_on_a_chain_runs_at_its_end_under_one_new_id_on_every_hop()
    {
        var pp = tensor(new[] { -1f, 2f }).send(bob).send(alice);
        var abs = pp.abs();
        Assert.Equal(2, alice._objects.Count);
        Assert.Equal(2, bob._objects.Count);
        Assert.Contains(abs.id_at_location, alice._objects.Keys);
        Assert.Contains(abs.id_at_location, bob._objects.Keys);
        Assert.Equal([2L], abs.shape);
        Assert.Equal([1f, 2f], Some.Floats(abs.get().get()));
        Assert.Equal([-2f, 4f], Some.Floats((pp + pp).get().get()));
        Assert.Equal([0f, 2f], Some.Floats(F.relu(pp).get().get()));
    }

    [Fact]
    public void C05_a_free_function_runs_at_bob()
    {
        var (x, y) = (tensor(new[] { 1L, 2, 3, 4, 5 }).send(bob), tensor(new[] { 1L, 1, 1, 1, 1 }).send(bob));
        Assert.Equal([2L, 3, 4, 5, 6], Some.Longs(TorchSharp.torch.add(x, y).get()));
        Assert.Equal([1L, 2, 3, 4, 5, 1, 1, 1, 1, 1], Some.Longs(TorchSharp.torch.cat([x, y]).get()));
    }
}
