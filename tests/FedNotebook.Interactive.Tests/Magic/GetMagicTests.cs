using Microsoft.DotNet.Interactive.Events;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Magic;

public class GetMagicTests
{
    private static async Task<Notebook> Some(string code)
    {
        var notebook = await Notebook.WithExtension();
        await notebook.Outputs($"#!worker get_bob get_alice\n{code}");
        return notebook;
    }

    [Fact]
    public async Task A_tensor_comes_home_and_is_shown()
    {
        using var notebook = await Some("var x_ptr = torch.tensor(new long[] { 1, 2 }).send(get_bob);");
        var id = notebook.Value<PointerTensor>("x_ptr").id_at_location;

        var outputs = await notebook.Outputs("#!get x_ptr");

        var tensor = notebook.Value<Tensor>("x");
        Assert.Equal([1L, 2], tensor.data<long>().ToArray());
        Assert.Same(tensor, Assert.IsType<ReturnValueProduced>(outputs[0]).Value);
        Assert.Equal("var x = x_ptr.get();", outputs[1].Text());
        Assert.DoesNotContain(id, sy.VirtualWorker("get_bob")._objects.Keys);
    }

    [Theory]
    [InlineData("#!get x_ptr", "var x = x_ptr.get();")]
    [InlineData("#!get x_ptr --as back", "var back = x_ptr.get();")]
    [InlineData("#!get --as back --pointer x_ptr", "var back = x_ptr.get();")]
    [InlineData("#!get loss", "var loss_value = loss.get();")]
    [InlineData("#!get _ptr", "var result = _ptr.get();")]
    [InlineData("#!get class_ptr", "var class_ = class_ptr.get();")]
    [InlineData("#!get pointer_to_x_ptr", "var x_ptr = pointer_to_x_ptr.get();")]
    [InlineData("#!get many_ptr", "var many = many_ptr.get();")]
    [InlineData("#!get data_ptr", "var data = data_ptr.get();")]
    [InlineData("#!get model", "model.get()")]
    [InlineData("#!get model --as mine", "var mine = model.get();")]
    public async Task What_comes_home_is_called_after_its_pointer(string cell, string statement)
    {
        using var notebook = await Some("""
            var x_ptr = torch.ones(2).send(get_bob);
            var loss = torch.ones(2).send(get_bob);
            var _ptr = torch.ones(2).send(get_bob);
            var class_ptr = torch.ones(2).send(get_bob);
            var pointer_to_x_ptr = torch.ones(2).send(get_bob).send(get_alice);
            var many_ptr = torch.ones(2).send(get_bob, get_alice);
            var data_ptr = sy.BaseDataset(torch.ones(4, 2), torch.ones(4)).send(get_bob);
            var model = nn.Linear(2, 1).send(get_bob);
            """);
        Assert.Equal([statement], await notebook.Statements(cell));
        if (statement.StartsWith("var ")) Assert.True(notebook.Has(statement.Split(' ')[1]));
    }

    [Fact]
    public async Task What_came_home_once_does_not_come_again_and_stays_as_it_is()
    {
        using var notebook = await Some("var x_ptr = torch.ones(2).send(get_bob);");
        await notebook.Outputs("#!get x_ptr");
        var x = notebook.Value<Tensor>("x");

        Assert.Matches("^Object [0-9]+ is not at get_bob. It was got, moved or deleted before", await notebook.Error("#!get x_ptr"));

        Assert.Same(x, notebook.Value<Tensor>("x"));
    }

    [Theory]
    [InlineData("secret_ptr", "is private, and nobody was named who asks for it.")]
    [InlineData("two_ptr", "is private, and nobody was named who asks for it.")]
    [InlineData("torn_ptr", "is not at get_alice. It was got, moved or deleted before")]
    [InlineData("torn_data_ptr", "is not at get_bob. It was got, moved or deleted before")]
    [InlineData("part", "Call .clone().get() instead.")]
    [InlineData("home", "Module has no attribute location")]
    [InlineData("x", "#!get POINTER: x is of the type Tensor; only a pointer, or a data set or a model at a worker, can be got.")]
    [InlineData("n", "#!get POINTER: n is of the type Int32;")]
    [InlineData("y", "#!get POINTER: there is no variable y. These can be got: ")]
    [InlineData("secret_ptr --as new", "#!get --as: \"new\" is not a name that C# allows for a new variable; new_ is.")]
    [InlineData("secret_ptr --as secret_ptr", "#!get --as: the statement needs secret_ptr as it is")]
    [InlineData("secret_ptr x", "#!get POINTER: this is one name, and here are 2: secret_ptr, x.")]
    [InlineData("", "--pointer")]
    public async Task What_cannot_come_home_says_why_and_nothing_is_changed(string arguments, string error)
    {
        using var notebook = await Some("""
            var x = torch.ones(2);
            var n = 1;
            var secret = "the variable that a failed get would have declared anew";
            var secret_ptr = torch.tensor(new long[] { 12345 }).private_tensor(["ada"]).send(get_bob, user: "ada");
            var two_ptr = sy.combine_pointers(torch.ones(1).send(get_alice), secret_ptr);
            var torn_ptr = torch.ones(2).send(get_bob, get_alice);
            torn_ptr[1].Dispose();
            var torn_data_ptr = sy.BaseDataset(torch.ones(4, 2), torch.ones(4)).send(get_bob);
            torn_data_ptr.targets.Dispose();
            var whole = torch.ones(2).send(get_bob);
            var part = whole.data;
            var home = nn.Linear(2, 1);
            """);

        var said = await notebook.Error($"#!get {arguments}");

        Assert.Contains(error, said);
        Assert.DoesNotContain("12345", said);
    }
}
