using TorchSharp;

namespace FedNotebook.Tests.Magic;

public class MoveMagicTests
{
    private static async Task<Notebook> Some()
    {
        var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            #!worker move_bob move_alice
            var x_ptr = torch.ones(2).send(move_bob);
            var chain = torch.ones(2).send(move_bob).send(move_bob);
            var model = nn.Linear(2, 1).send(move_bob);
            var home = nn.Linear(2, 1);
            var x = torch.ones(2);
            var both = x.send(move_bob, move_alice);
            var secret = torch.ones(2).private_tensor(["ada"]).send(move_bob, user: "ada");
            var got = torch.ones(2).send(move_bob);
            got.get();
            """);
        return notebook;
    }

    [Fact]
    public async Task A_pointer_a_chain_and_a_model_move()
    {
        using var notebook = await Some();
        Assert.Equal(["x_ptr.move(move_alice)"], await notebook.Statements("#!move x_ptr --to move_alice"));
        Assert.Equal(["chain.move(move_alice)"], await notebook.Statements("#!move chain --to move_alice"));
        Assert.Equal(["model.move(move_alice)"], await notebook.Statements("#!move model --to move_alice"));

        Assert.Equal("move_alice", notebook.Value<PointerTensor>("x_ptr").location.id);
        Assert.Equal("move_alice", notebook.Value<PointerChain<PointerTensor>>("chain").location.id);
        Assert.Equal("move_alice", notebook.Value<torch.nn.Module>("model").location.id);
    }

    [Fact]
    public async Task It_leaves_no_variable()
    {
        using var notebook = await Some();
        await notebook.Outputs("#!move x_ptr --to move_alice");
        Assert.False(notebook.Has("x_ptr_ptr") || notebook.Has("result") || notebook.Has("results"));
    }

    [Theory]
    [InlineData("x --to move_alice", "#!move POINTER: x is of the type Tensor; only a pointer to one worker, or a model at a worker, can be moved.")]
    [InlineData("both --to move_alice", "#!move POINTER: both is of the type MultiPointerTensor;")]
    [InlineData("y --to move_alice", "#!move POINTER: there is no variable y.")]
    [InlineData("x_ptr --to move_nobody", "#!move --to: there is no worker move_nobody.")]
    [InlineData("x_ptr", "--to")]
    [InlineData("x_ptr --to move_alice --to move_bob", "--to")]
    [InlineData("x_ptr --to [\"move_alice\"]", "--to")]
    [InlineData("home --to move_alice", "Module has no attribute location")]
    [InlineData("secret --to move_alice", "is private")]
    [InlineData("got --to move_alice", "It was got, moved or deleted before")]
    public async Task What_cannot_move_says_why_and_nothing_is_changed(string arguments, string error)
    {
        using var notebook = await Some();
        Assert.Contains(error, await notebook.Error($"#!move {arguments}"));
    }
}
