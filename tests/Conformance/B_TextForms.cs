using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class B_TextForms
{
    private readonly VirtualWorker bob = Some.Worker("bob");

    [Fact]
    public void B01_a_pointer_names_both_ends()
    {
        var p = tensor(new[] { 1f }).send(bob);
        Assert.Equal($"(Wrapper)>[PointerTensor | me:{p.id} -> {bob.id}:{p.id_at_location}]", p.ToString());
    }

    [Fact]
    public void B03_a_worker_counts_its_objects()
    {
        var p = tensor(new[] { 1f }).send(bob);
        var q = tensor(new[] { 1f }).send(bob);
        Assert.Equal($"<VirtualWorker id:{bob.id} #objects:2>", bob.ToString());
        GC.KeepAlive(p);
        GC.KeepAlive(q);
    }

    [Fact]
    public void B06_a_pointer_to_a_tagged_tensor_shows_tags_shape_and_description()
    {
        var p = tensor(new[] { 1L, 2, 3, 4, 5 }).tag("#fun", "#mnist").describe("The images.\nAll of them.").send(bob);
        Assert.EndsWith("]\n\tTags: #fun #mnist \n\tShape: torch.Size([5])\n\tDescription: The images....", p.ToString());
    }

    [Fact]
    public void A_store_prints_its_tensors_as_the_notes_show_it()
    {
        var x = tensor(new[] { 1L, 2, 3, 4, 5 });
        var y = tensor(new[] { 1L, 1, 1, 1, 1 });
        var (p, q) = (x.send(bob), y.send(bob));
        Assert.Equal($"{{{x.id}: tensor([1, 2, 3, 4, 5]), {y.id}: tensor([1, 1, 1, 1, 1])}}", bob._objects.ToString());
        GC.KeepAlive(p);
        GC.KeepAlive(q);
    }

    [Fact]
    public void B02_a_pointer_to_a_pointer_and_the_pointer_that_it_points_to()
    {
        var alice = Some.Worker("alice");
        var p = tensor(new[] { 1f }).send(bob);
        var pp = p.send(alice);
        Assert.Equal($"(Wrapper)>[PointerTensor | me:{pp.id} -> {alice.id}:{p.id}]", pp.ToString());
        Assert.Equal($"{{{p.id}: (Wrapper)>[PointerTensor | {alice.id}:{p.id} -> {bob.id}:{p.id_at_location}]}}", alice._objects.ToString());
    }

    [Fact]
    public async Task B05_a_tagged_tensor_shows_tags_description_and_shape_in_a_notebook()
    {
        using var notebook = new CompositeKernel();
        await new FedNotebookExtension().OnLoadAsync(notebook);
        var x = tensor(new[] { 1L, 2, 3, 4, 5 }).tag("#a", "#b").describe("Numbers.\nFive of them.");
        Assert.Equal("tensor([1, 2, 3, 4, 5])\n\tTags: #a #b \n\tDescription: Numbers....\n\tShape: torch.Size([5])", x.ToDisplayString("text/plain"));
        Assert.Equal("tensor([1])", tensor(new[] { 1L }).ToDisplayString("text/plain"));
    }

    [Fact]
    public void B04_a_pointer_to_a_part_names_it()
    {
        var p = tensor(new[] { 1f }, requires_grad: true).send(bob);
        p.sum().backward();
        Assert.EndsWith($"-> {bob.id}:{p.id_at_location}::grad]", p.grad!.ToString());
        Assert.EndsWith("::data]", p.data.ToString());
    }

    [Fact]
    public void B13_me_prints_like_any_worker() => Assert.Matches(@"^<VirtualWorker id:me #objects:\d+>$", sy.local_worker.ToString());
}
