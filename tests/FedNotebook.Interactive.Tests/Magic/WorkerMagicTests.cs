using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Magic;

public class WorkerMagicTests
{
    [Fact]
    public async Task A_worker_is_made_has_its_variable_and_is_shown_with_the_statement()
    {
        using var notebook = await Notebook.WithExtension();

        var outputs = await notebook.Outputs("#!worker wm_bob");

        var worker = notebook.Value<VirtualWorker>("wm_bob");
        Assert.Same(sy.local_worker.get_worker("wm_bob"), worker);
        Assert.Same(worker, Assert.IsType<ReturnValueProduced>(outputs[0]).Value);
        Assert.Equal("<VirtualWorker id:wm_bob #objects:0>", outputs[0].Text());
        Assert.Equal("var wm_bob = sy.VirtualWorker(\"wm_bob\");", outputs[1].Text());
        Assert.Equal(2, outputs.Count);
    }

    [Fact]
    public async Task Several_workers_are_several_statements_and_one_that_was_there_is_the_same_one()
    {
        using var notebook = await Notebook.WithExtension();
        var before = sy.VirtualWorker("wm_there");

        Assert.Equal(["var wm_there = sy.VirtualWorker(\"wm_there\");", "var wm_new = sy.VirtualWorker(\"wm_new\");"], await notebook.Statements("#!worker wm_there wm_new"));

        Assert.Same(before, notebook.Value<VirtualWorker>("wm_there"));
        Assert.Equal("wm_new", notebook.Value<VirtualWorker>("wm_new").id);
    }

    [Theory]
    [InlineData("wm-hospital-1", "wm_hospital_1")]
    [InlineData("\"wm hospital 2\"", "wm_hospital_2")]
    [InlineData("3rd", "_3rd")]
    [InlineData("class", "class_")]
    [InlineData("sy", "sy_")]
    [InlineData("torch", "torch_")]
    [InlineData("🏥", "worker")]
    [InlineData("\"wm\\\"; throw null; //\"", "wm___throw_null____")]
    public async Task An_id_that_is_no_name_gives_the_nearest_name_and_says_so(string id, string variable)
    {
        using var notebook = await Notebook.WithExtension();
        var statement = Assert.Single(await notebook.Statements($"#!worker {id}"));

        Assert.StartsWith($"var {variable} = sy.VirtualWorker(\"", statement);
        Assert.EndsWith($"is not a name that C# allows; the variable is {variable}.", statement);
        Assert.Equal(id.Trim('"').Replace("\\\"", "\""), notebook.Value<VirtualWorker>(variable).id);
        await notebook.Outputs("sy.VirtualWorker(\"still fine\"); torch.ones(1)"); // the names that statements need are still theirs
    }

    [Theory]
    [InlineData("工人")]
    [InlineData("Münster")]
    [InlineData("_1")]
    public async Task A_name_of_any_script_is_a_variable_as_it_is(string id)
    {
        using var notebook = await Notebook.WithExtension();
        Assert.Equal([$"var {id} = sy.VirtualWorker(\"{id}\");"], await notebook.Statements($"#!worker {id}"));
        Assert.Equal(id, notebook.Value<VirtualWorker>(id).id);
    }

    [Theory]
    [InlineData("wm_a wm_a", "#!worker NAME: wm_a is named more than once; name each worker once.")]
    [InlineData("wm_a wm-c wm_c", "#!worker NAME: wm-c and wm_c would both be the variable wm_c. Make one of them in C#: var other = sy.VirtualWorker(\"wm_c\");")]
    [InlineData("[]", "#!worker NAME: a worker needs a name, such as bob.")]
    [InlineData("wm_a \"\"", "#!worker NAME: a worker needs a name, such as bob.")]
    [InlineData("wm_a \"  \"", "#!worker NAME: a worker needs a name, such as bob.")]
    public async Task What_cannot_be_done_for_one_is_done_for_none(string arguments, string error)
    {
        using var notebook = await Notebook.WithExtension();
        Assert.Equal(error, await notebook.Error($"#!worker {arguments}"));
        Assert.False(notebook.Has("wm_a"));
        Assert.Null(sy.local_worker.get_worker("wm_a"));
    }

    [Fact]
    public async Task Without_a_name_it_names_the_parameter()
    {
        using var notebook = await Notebook.WithExtension();
        Assert.Contains("--name", await notebook.Error("#!worker"));
        Assert.Contains("--to", await notebook.Error("#!worker wm_x --to wm_y"));
    }
}
