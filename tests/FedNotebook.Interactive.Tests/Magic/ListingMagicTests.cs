using Microsoft.DotNet.Interactive.Events;

namespace FedNotebook.Tests.Magic;

/// <summary>The commands that only show: #!workers and #!objects.</summary>
public class ListingMagicTests
{
    [Fact]
    public async Task All_workers_are_shown()
    {
        using var notebook = await Notebook.WithExtension();
        sy.VirtualWorker("0-nameless"); // of many workers the first are listed

        var outputs = await notebook.Outputs("#!worker 0-bob\n#!workers");

        Assert.Same(sy.local_worker._known_workers, Assert.IsType<ReturnValueProduced>(outputs[2]).Value);
        foreach (var id in (string[])["0-nameless", "0-bob"])
        {
            Assert.Contains(id, outputs[2].Text());
            Assert.Contains(id, outputs[2].Html());
        }

        Assert.Equal("sy.local_worker._known_workers", outputs[3].Text());
    }

    [Fact]
    public async Task The_objects_of_a_worker_are_shown_but_no_private_values()
    {
        using var notebook = await Notebook.WithExtension();
        await notebook.Outputs("""
            #!worker list_objects
            var x = torch.tensor(new long[] { 1, 2, 3 }).send(list_objects);
            var secret = torch.tensor(new long[] { 12345 }).private_tensor(["ada"]).send(list_objects, user: "ada");
            """);

        var one = await notebook.Outputs("#!objects list_objects");
        var all = await notebook.Outputs("#!objects");

        Assert.Equal("list_objects._objects", one[1].Text());
        Assert.Matches(@"^\{\d+: tensor\(\[1, 2, 3\]\), \d+: \(Wrapper\)>PrivateTensor>torch.Size\(\[1\]\)\}$", one[0].Text());
        Assert.Equal("sy.local_worker._known_workers.ToDictionary(known => known.Key, known => known.Value._objects)", all[1].Text());
        foreach (var output in (DisplayEvent[])[.. one, .. all])
        {
            Assert.DoesNotContain("12345", output.Html());
            Assert.DoesNotContain("12345", output.Text());
        }

        var objects = Assert.IsType<IReadOnlyDictionary<string, IReadOnlyDictionary<long, object>>>(all[0].Value, exactMatch: false);
        Assert.Same(sy.VirtualWorker("list_objects")._objects, objects["list_objects"]);
    }

    [Theory]
    [InlineData("#!objects list_nobody", "#!objects WORKER: there is no worker list_nobody. Known workers: ")]
    [InlineData("#!objects \"\"", "#!objects WORKER: the name of a worker is missing.")]
    [InlineData("#!objects me me", "#!objects WORKER: this is one name, and here are 2: me, me.")]
    [InlineData("#!workers me", "#!workers")]
    public async Task A_mistake_is_named_and_nothing_is_changed(string cell, string error)
    {
        using var notebook = await Notebook.WithExtension();
        Assert.Contains(error, await notebook.Error(cell));
    }
}
