using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class N_Permissions
{
    private const string Secret = "1234.5";

    private readonly VirtualWorker bob = Some.Worker("bob"), alice = Some.Worker("alice");

    [Fact]
    public void N11_a_refused_request_leaves_the_object_in_place()
    {
        var p = Private(["ada"]).send(bob, user: "ada");
        Assert.Throws<GetNotPermittedError>(() => p.get());
        Assert.Throws<GetNotPermittedError>(() => p.get(user: "eve"));
        Assert.Throws<GetNotPermittedError>(() => p.move(alice));
        Assert.Single(bob._objects);
        Assert.Empty(alice._objects);
        Assert.Throws<SendNotPermittedError>(() => Private([]).send(bob, user: "ada"));
    }

    [Fact]
    public void N12_only_an_allowed_user_sends_and_gets()
    {
        var x = Private(["ada"]);
        Assert.True(x.allow("ada"));
        Assert.False(x.allow("eve"));
        Assert.Throws<SendNotPermittedError>(() => x.send(bob));
        Assert.Throws<SendNotPermittedError>(() => x.send(bob, user: "eve"));
        var p = x.send(bob, user: "ada");
        Assert.Throws<GetNotPermittedError>(() => p.get());
        Assert.Throws<GetNotPermittedError>(() => p.get(user: "eve"));
        Assert.Equal([1234.5f], Some.Floats(p.get(user: "ada")));
    }

    [Fact]
    public void N12_what_is_computed_from_a_private_tensor_is_private_too()
    {
        var p = Private(["ada"]).send(bob, user: "ada");
        var sum = p + p;
        Assert.Throws<GetNotPermittedError>(() => sum.get());
        Assert.Throws<GetNotPermittedError>(() => (sum * 2).clone().get(user: "eve"));
        Assert.Equal([2469f], Some.Floats(sum.get(user: "ada")));
    }

    [Fact]
    public void What_a_private_tensor_is_written_into_becomes_private()
    {
        var open = zeros(1).send(bob);
        open.copy_(Private(["ada"]).send(bob, user: "ada"));
        Assert.Throws<GetNotPermittedError>(() => open.get());
    }

    [Fact]
    public void What_two_private_tensors_give_is_for_the_users_of_both()
    {
        var sum = Private(["ada", "eve"]).send(bob, user: "ada") + Private(["ada"]).send(bob, user: "ada");
        Assert.Throws<GetNotPermittedError>(() => sum.get(user: "eve"));
        Assert.Equal([2469f], Some.Floats(sum.get(user: "ada")));
    }

    [Fact]
    public void Nothing_that_prints_lists_or_fails_shows_a_private_value()
    {
        var p = Private(["ada"]).tag("#secret").send(bob, user: "ada");
        var error = Assert.ThrowsAny<Exception>(() => p.get()).ToString();
        foreach (var text in (string?[])[p.ToString(), bob.ToString(), bob._objects.ToString(), bob._objects.Values.Single().ToString(), bob._objects[p.id_at_location].ToString(), error])
            Assert.DoesNotContain(Secret, text);
        Assert.IsType<PrivateTensor>(bob._objects.Values.Single());
        Assert.Equal([1L], p.shape);
    }

    [Fact]
    public void A_moved_private_tensor_stays_private()
    {
        var p = Private(["ada"]).send(bob, user: "ada").move(alice, user: "ada");
        Assert.Throws<GetNotPermittedError>(() => p.get());
        Assert.Equal([1234.5f], Some.Floats(p.get(user: "ada")));
    }

    private static Tensor Private(string[] allowed) => tensor(new[] { 1234.5f }).private_tensor(allowed_users: allowed);
}
