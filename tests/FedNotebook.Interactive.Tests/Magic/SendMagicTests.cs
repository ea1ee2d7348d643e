using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Magic;

public class SendMagicTests
{
    private static async Task<Notebook> Some(string workers, string code = "var x = torch.tensor(new long[] { 1, 2, 3 });")
    {
        var notebook = await Notebook.WithExtension();
        await notebook.Outputs($"#!worker {workers}\n{code}");
        foreach (var id in workers.Split(' ')) sy.VirtualWorker(id).clear_objects();
        return notebook;
    }

    [Fact]
    public async Task A_tensor_is_sent_and_its_pointer_is_called_after_it()
    {
        using var notebook = await Some("send_bob");

        Assert.Equal(["var x_ptr = x.send(send_bob);"], await notebook.Statements("#!send x --to send_bob"));

        var pointer = notebook.Value<PointerTensor>("x_ptr");
        Assert.Equal("send_bob", pointer.location.id);
        Assert.Equal([3], pointer.shape);
        Assert.Single(sy.VirtualWorker("send_bob")._objects);
        Assert.Equal([1L, 2, 3], notebook.Value<Tensor>("x").data<long>().ToArray());
        await notebook.Outputs("PointerTensor doubled = x_ptr + x_ptr;"); // the variable has its type, as in C#
    }

    [Fact]
    public async Task Tags_description_and_name_are_taken_as_they_are_written()
    {
        using var notebook = await Some("send_tagged");

        var statement = Assert.Single(await notebook.Statements(
            """#!send x --to send_tagged --as ages --tag #fun --tag "a \"b\"" --tag 标签 --describe "It's \"so\"\n{x} \\ 年龄" """));

        Assert.Equal("""var ages = x.tag("#fun", "a \"b\"", "标签").describe("It's \"so\"\n{x} \\ 年龄").send(send_tagged);""", statement);
        var pointer = notebook.Value<PointerTensor>("ages");
        Assert.Equal(["#fun", "a \"b\"", "标签"], pointer.tags);
        Assert.Equal("It's \"so\"\n{x} \\ 年龄", pointer.description);
        Assert.False(notebook.Has("x_ptr"));
        Assert.Single(sy.VirtualWorker("send_tagged").search("标签"));
    }

    [Fact]
    public async Task Several_workers_get_a_copy_each()
    {
        using var notebook = await Some("send_a send_b");
        Assert.Equal(["var x_ptr = x.send(send_a, send_b);"], await notebook.Statements("#!send x --to send_a --to send_b"));
        Assert.Equal(["send_a", "send_b"], notebook.Value<MultiPointerTensor>("x_ptr").location.Select(worker => worker.id));
        Assert.Equal(["var both = x.send(send_a, send_b);"], await notebook.Statements("#!send x --as both --to [\"send_a\",\"send_b\"]"));
        Assert.Equal(2, notebook.Value<MultiPointerTensor>("both").Count);
    }

    [Fact]
    public async Task A_pointer_a_data_set_and_a_model_can_be_sent()
    {
        using var notebook = await Some("send_1 send_2", """
            var p = torch.ones(2).send(send_1);
            var data = sy.BaseDataset(torch.ones(4, 2), torch.ones(4));
            var model = nn.Linear(2, 1);
            """);
        await notebook.Outputs("p = torch.ones(2).send(send_1);");

        Assert.Equal(["var pointer_to_p = p.send(send_2);"], await notebook.Statements("#!send p --to send_2"));
        Assert.Equal(["var data_ptr = data.send(send_1);"], await notebook.Statements("#!send data --to send_1"));
        Assert.Equal(["model.send(send_1)"], await notebook.Statements("#!send model --to send_1"));

        Assert.Equal("send_1", notebook.Value<PointerChain<PointerTensor>>("pointer_to_p").get().location.id);
        Assert.Equal(4, notebook.Value<PointerDataset>("data_ptr").Count);
        Assert.Equal("send_1", notebook.Value<nn.Module>("model").location.id);
        Assert.Contains("is at", await notebook.Error("#!send model --to send_2"));
        Assert.Equal("send_1", notebook.Value<nn.Module>("model").location.id);
    }

    [Fact]
    public async Task A_worker_is_known_by_its_id_also_where_no_variable_names_it()
    {
        sy.VirtualWorker("send-by-id");
        using var notebook = await Some("send_named");
        await notebook.Outputs("var other = sy.VirtualWorker(\"send other\");");

        Assert.Equal(["var x_ptr = x.send(sy.VirtualWorker(\"send-by-id\"));"], await notebook.Statements("#!send x --to send-by-id"));
        Assert.Equal(["var x_ptr = x.send(other);"], await notebook.Statements("#!send x --to \"send other\""));
        Assert.Equal(["var x_ptr = x.send(other);"], await notebook.Statements("#!send x --to other"));
        Assert.Equal(["var x_ptr = x.send(sy.local_worker);"], await notebook.Statements("#!send x --to me"));
        await notebook.Outputs("x_ptr.Dispose();");
    }

    [Fact]
    public async Task A_name_that_means_two_workers_is_refused()
    {
        sy.VirtualWorker("send_two_a");
        sy.VirtualWorker("send_two_b");
        using var notebook = await Some("send_two_c");
        await notebook.Outputs("var send_two_a = sy.VirtualWorker(\"send_two_b\");");

        var error = await notebook.Error("#!send x --to send_two_a");

        Assert.StartsWith("#!send --to: send_two_a is the id of one worker, and the variable send_two_a is another one, send_two_b.", error);
    }

    [Theory]
    [InlineData("y --to send_err", "#!send VARIABLE: there is no variable y. These can be sent: empty, gone, hidden, part, x.")]
    [InlineData("x[0] --to send_err", "#!send VARIABLE: \"x[0]\" is not the name of a variable. A value gets a name by: var part = x[0]; These can be sent: empty, gone, hidden, part, x.")]
    [InlineData("n --to send_err", "#!send VARIABLE: n is of the type Int32; only a tensor, a pointer, a data set or a model can be sent.")]
    [InlineData("nothing --to send_err", "#!send VARIABLE: nothing is of the type String; only a tensor, a pointer, a data set or a model can be sent.")]
    [InlineData("empty --to send_err", "#!send VARIABLE: empty is null; a tensor, a pointer, a data set or a model can be sent.")]
    [InlineData("anything --to send_err", "#!send VARIABLE: anything is declared as Object, so C# does not know that it is Tensor. Declare it with var, or as what it is.")]
    [InlineData("send_err --to send_err", "#!send VARIABLE: send_err is of the type VirtualWorker; only a tensor, a pointer, a data set or a model can be sent.")]
    [InlineData("gone --to send_err --tag #t", "#!send VARIABLE: gone was disposed: it has no values that could be sent.")]
    [InlineData("hidden --to send_err --tag #t", "The tensor is private, and nobody was named who sends it. An allowed user calls .send(send_err, user: \"name\"). The tensor stays here.")]
    [InlineData("x --to send_err --to send_err", "#!send --to: the worker send_err is named more than once; name each worker once.")]
    [InlineData("x --to \"\"", "#!send --to: the name of a worker is missing.")]
    [InlineData("x --to x", "#!send --to: there is no worker x.")]
    [InlineData("x --to \"send no one\"", "This makes it: #!worker \"send no one\"")]
    [InlineData("x --to send_err --to nobody --tag #t", "#!send --to: there is no worker nobody. Known workers: ")]
    [InlineData("x --to send_err --as class", "#!send --as: \"class\" is not a name that C# allows for a new variable; class_ is.")]
    [InlineData("x --to send_err --as my-pointer", "#!send --as: \"my-pointer\" is not a name that C# allows for a new variable; my_pointer is.")]
    [InlineData("x --to send_err --as \"\"", "#!send --as: \"\" is not a name that C# allows for a new variable; result is.")]
    [InlineData("x --to send_err --as \"a; b\"", "#!send --as: \"a; b\" is not a name that C# allows for a new variable; a__b is.")]
    [InlineData("x --to send_err --as sy", "#!send --as: \"sy\" is not a name that C# allows for a new variable; sy_ is.")]
    [InlineData("x --to send_err --as x", "#!send --as: the statement needs x as it is, so its result needs another name, such as --as x_2.")]
    [InlineData("x --to send_err --as send_err", "#!send --as: the statement needs send_err as it is, so its result needs another name, such as --as send_err_2.")]
    [InlineData("x --to send_err --tag #a --tag \"\"", "#!send --tag: a tag is a word such as #fun; one of these is empty.")]
    [InlineData("part --to send_err --tag #a", "#!send --tag: only a tensor has tags; part is of the type PointerTensor.")]
    [InlineData("part --to send_err --describe text", "#!send --describe: only a tensor has a description; part is of the type PointerTensor.")]
    [InlineData("part --to send_err --to me", "#!send --to: only a tensor can go to several workers; part is of the type PointerTensor.")]
    [InlineData("x --to send_err me", "#!send VARIABLE: this is one name, and here are 2: x, me. Several workers are --to NAME --to NAME.")]
    [InlineData("[] --to send_err", "#!send VARIABLE: the name is missing.")]
    [InlineData("x --to []", "#!send --to: the name of a worker is missing.")]
    [InlineData("x --to \"two\\nlines\"", "#!send --to: there is no worker \"two\\nlines\".")]
    [InlineData("x", "--to")]
    [InlineData("--to send_err", "--variable")]
    [InlineData("x --to", "--to")]
    [InlineData("x --to send_err --with love", "--with")]
    [InlineData("x --to send_err --as one --as two", "--as")]
    [InlineData("x --to {\"id\":1}", "--to")]
    public async Task A_mistake_is_named_and_nothing_is_changed(string arguments, string error)
    {
        using var notebook = await Some("send_err", """
            var x = torch.tensor(new long[] { 12345, 67890 });
            var n = 5;
            var nothing = "text";
            Tensor? empty = null;
            object anything = x;
            var hidden = torch.ones(1).private_tensor(["ada"]);
            var gone = torch.ones(1);
            gone.Dispose();
            var part = torch.ones(1).send(send_err);
            """);

        var said = await notebook.Error($"#!send {arguments}");

        Assert.Contains(error, said);
        Assert.DoesNotContain("12345", said);
        Assert.Empty(notebook.Value<Tensor>("x").tags);
        Assert.Null(notebook.Value<Tensor>("x").description);
        Assert.Empty(notebook.Value<Tensor>("hidden").tags);
    }

    [Fact]
    public async Task A_variable_that_had_the_name_is_declared_anew()
    {
        using var notebook = await Some("send_anew", "var x = torch.ones(2); var x_ptr = \"before\"; var @class = torch.ones(3);");
        Assert.Equal(["var x_ptr = x.send(send_anew);"], await notebook.Statements("#!send x --to send_anew"));
        Assert.Equal([2], notebook.Value<PointerTensor>("x_ptr").shape);
        Assert.Equal(["var class_ptr = @class.send(send_anew);"], await notebook.Statements("#!send class --to send_anew"));
    }
}
