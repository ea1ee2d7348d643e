using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook.Tests.Workers;

/// <summary>
/// What a stranger might try to see a private tensor's values. Each attempt gives what it got hold of: tensors, pointers to get, texts. None of
/// them may tell a value, and the private tensor must be there afterwards, for its user.
/// </summary>
public class PrivacyAttackTests
{
    private static readonly float[] Secret = [1234.5f, 6789.25f, 4321.75f];

    private static readonly Dictionary<string, Func<Scene, object?>> Attempts = new()
    {
        // Asking for it.
        ["get"] = s => s.Private.get(),
        ["get as somebody else"] = s => s.Private.get(user: "eve"),
        ["get as nobody"] = s => s.Private.get(user: ""),
        ["another pointer to it"] = s => PointerTensor.create_pointer(s.Bob, s.Private.id_at_location, garbage_collect_data: false).get(),
        ["a search"] = s => s.Bob.search("#secret")[0].get(),
        ["a search by id"] = s => s.Bob.search($"{s.Private.id_at_location}")[0].get(),
        ["a message"] = s => s.Bob.recv_msg(new ObjectRequestMessage(s.Private.id_at_location)),
        ["request_obj"] = s => sy.local_worker.request_obj(s.Private.id_at_location, s.Bob),
        ["move it to oneself"] = s => s.Private.move(sy.local_worker).get(),
        ["a transfer message"] = s => s.Bob.recv_msg(new TransferMessage(s.Private.id_at_location, s.Alice.id)),
        ["through a chain"] = s => s.View.send(s.Alice).get().get(),
        ["remote_get"] = s => s.Alias().send(s.Alice).remote_get().get(),
        ["an item"] = s => s.Private.sum().item<float>(),
        ["several pointers"] = s => sy.combine_pointers(s.Alias(), s.Public(s.Alice)).get(),
        ["several pointers, summed"] = s => sy.combine_pointers(s.Public(s.Alice), s.Alias()).get(sum_results: true),
        ["a data set"] = s => new PointerDataset(s.Alias(), s.Public()).get().data,
        ["a batch"] = s => sy.FederatedDataLoader(new FederatedDataset(new PointerDataset(s.Alias(), s.Public())), batch_size: 3).Select(batch => batch.data.clone()).ToList(),
        ["objects"] = s => s.Bob._objects[s.Private.id_at_location],

        // Computing with it.
        ["clone"] = s => s.Private.clone(),
        ["data"] = s => s.Private.data.clone(),
        ["data itself"] = s => s.Private.data.get(),
        ["detach"] = s => s.Private.detach(),
        ["plus nothing"] = s => s.Private + 0,
        ["a view"] = s => s.Private.view(-1),
        ["one row"] = s => s.Private[0],
        ["parts"] = s => s.Private.split(1),
        ["sorted"] = s => new object[] { s.Private.sort().Item1, s.Private.sort().Item2 },
        ["where"] = s => torch.where(s.Private > 0, s.Private, s.Public()),
        ["a stack"] = s => torch.stack([s.Public(), s.Private]),
        ["a concatenation"] = s => torch.cat([s.Private, s.Public()]),
        ["a function"] = s => F.relu(s.Private),
        ["a comparison's indices"] = s => (s.Private == 1234.5).nonzero(),
        ["a comparison's count, from the shape"] = s => (s.Private == 1234.5).nonzero().shape,
        ["a selection's size"] = s => s.Private.masked_select(s.Private > 5000).shape,
        ["a selection's size, a step on"] = s => (s.Private.masked_select(s.Private > 5000) + 1).view(-1).shape,
        ["a size that a search tells"] = s => { var n = (s.Private > 5000).nonzero(); return s.Bob.search($"{n.id_at_location}")[0].shape; },
        ["a size that the store prints"] = s => { var n = (s.Private > 5000).nonzero(); return ((PrivateTensor)s.Bob._objects[n.id_at_location]).shape; },
        ["an index that is out of range"] = s => s.Public().index_select(0, s.Private.to(ScalarType.Int64)),
        ["a class that is out of range"] = s => F.one_hot(s.Private.to(ScalarType.Int64), 2),
        ["a model"] = s => nn.Identity().send(s.Bob).forward(s.Private),

        // Writing it where it can be read.
        ["copy_"] = s => { var open = s.Public(); open.copy_(s.Private); return open; },
        ["copy_ into a view"] = s => { var open = s.Public(); open.view(-1).copy_(s.Private); return open; },
        ["copy_ into a view of a view"] = s => { var open = s.Public(); open.view(3, 1).t().view(3).copy_(s.Private); return open; },
        ["copy_ into a view that is kept"] = s => { var open = s.Public(); var view = open.view(-1); view.copy_(s.Private); return new object[] { view, open }; },
        ["copy_, then an earlier view"] = s => { var open = s.Public(); var view = open.view(-1); open.copy_(s.Private); return view; },
        ["copy_, then an earlier view's view"] = s => { var open = s.Public(); var view = open.view(-1)[..1]; open.copy_(s.Private); return view.as_strided([3], [1]); },
        ["copy_ into an expanded view's source"] = s => { var open = zeros(1).send(s.Bob); var view = open.expand(3); open.copy_(s.Private.sum(0, keepdim: true)); return view; },
        ["an empty view that is widened"] = s => { var open = s.Public(); var empty = open[..0]; open.copy_(s.Private); return empty.as_strided([3], [1]); },
        ["columns of one tensor"] = s => { var open = zeros(3, 2).send(s.Bob); var view = open.select(1, 0); open.select(1, 1).copy_(s.Private); return new object[] { open, view.as_strided([6], [1], 0) }; },
        ["add_ into a row"] = s => { var open = s.Public(); open[0].add_(s.Private[0]); return open; },
        ["data.copy_"] = s => { var open = s.Public(); open.data.copy_(s.Private); return open; },
        ["data's view"] = s => { var open = s.Public(); open.data.view(-1).copy_(s.Private); return open; },
        ["set_"] = s => { var open = s.Public(); open.set_(s.Private); return open; },
        ["set_ the other way, then written"] = s => { var open = s.Public(); var mine = s.Private.clone(); mine.set_(open); mine.copy_(s.Private); return open; },
        ["set_ into a view"] = s => { var open = s.Public(); var view = open.view(-1); view.set_(s.Private); return new object[] { view, open }; },
        ["index_put_"] = s => { var open = s.Public(); open.index_put_(s.Private, [tensor(new long[] { 0, 1, 2 }).send(s.Bob)]); return open; },
        ["index_copy_"] = s => { var open = s.Public(); open.index_copy_(0, tensor(new long[] { 0, 1, 2 }).send(s.Bob), s.Private); return open; },
        ["index_add_ into a view"] = s => { var open = s.Public(); open.view(-1).index_add_(0, tensor(new long[] { 0, 1, 2 }).send(s.Bob), s.Private, 1); return open; },
        ["masked_scatter_"] = s => { var open = s.Public(); open.masked_scatter_(s.Public() == 0, s.Private); return open; },
        ["out"] = s => { var open = zeros(1).send(s.Bob); _ = s.Private.view(1, 3).amax([1L], keepdim: false, open); return open; },
        ["out, a view"] = s => { var open = zeros(1).send(s.Bob); _ = s.Private.view(1, 3).amax([1L], keepdim: false, open.view(-1)); return open; },
        ["running statistics"] = s =>
        {
            var (mean, variance) = (zeros(3).send(s.Bob), ones(3).send(s.Bob));
            _ = F.batch_norm(s.Private.view(1, 3).expand(2, 3), mean, variance, training: true, momentum: 1);
            return new object[] { mean, variance };
        },
        ["what was got before"] = s => { var open = s.Public(); var view = open.view(-1); var mine = open.get(); view.copy_(s.Private); return mine; },
        ["what was moved before"] = s => { var open = s.Public(); var view = open.view(-1); open.move(s.Alice); view.copy_(s.Private); return open; },
        ["what was seen before"] = s => { var open = s.Public(); var seen = s.Bob._objects[open.id_at_location]; open.copy_(s.Private); return seen; },
        ["what was seen before, by its view"] = s => { var open = s.Public(); var seen = s.Bob._objects[open.id_at_location]; open.view(-1).copy_(s.Private); return seen; },
        ["what was handed in"] = s => { var mine = zeros(3); sy.VirtualWorker(s.Bob.id, [mine]); s.At(mine).copy_(s.Private); return mine; },
        ["what was handed in, by its view"] = s => { var mine = zeros(3); sy.VirtualWorker(s.Bob.id, [mine]); s.At(mine).view(-1).copy_(s.Private); return mine; },
        ["what was sent as a message"] = s => { var mine = zeros(3); s.Bob.recv_msg(new ObjectMessage(mine.id, mine, Label.Of(mine))); s.At(mine).add_(s.Private); return mine; },
        ["a model's weights"] = s => { var model = nn.Linear(3, 1).send(s.Bob); model.weight!.ptr().copy_(s.Private); return model.get().weight; },
        ["a view of a model's weights"] = s => { var model = nn.Linear(3, 1).send(s.Bob); model.weight!.ptr().view(-1).copy_(s.Private); return model.get().weight; },
        ["a view of a model that went home"] = s => { var model = nn.Linear(3, 1).send(s.Bob); var view = model.weight!.ptr().detach().view(-1); model.get(); view.copy_(s.Private); return model.weight; },
        ["a model's buffer"] = s => { var model = nn.BatchNorm1d(3).send(s.Bob); model.running_mean!.ptr().copy_(s.Private); return model.get().running_mean; },

        // Gradients of tensors.
        ["a gradient"] = s => { var w = s.Leaf(); (w * s.Private).sum().backward(); return new object?[] { w.grad?.clone(), w.grad?.view(-1), w }; },
        ["a gradient that comes home"] = s => { var w = s.Leaf(); (w * s.Private).sum().backward(); return w.get().grad; },
        ["a gradient on top of another"] = s => { var w = s.Leaf(); w.sum().backward(); var g = w.grad!.view(-1); (w * s.Private).sum().backward(); return new object?[] { g, w.grad!.clone() }; },
        ["a gradient by weights"] = s => { var w = s.Leaf(); (w * 1).backward([s.Private]); return w.grad?.clone(); },
        ["a retained gradient"] = s => { var y = s.Leaf() * 1; y.retain_grad(); (y * s.Private).sum().backward(); return new object?[] { y.grad?.clone(), y }; },
        ["a gradient after going home"] = s => { var w = s.Leaf(); var y = (w * s.Private).sum(); var mine = w.get(); y.backward(); return mine.grad; },
        ["a gradient after moving"] = s => { var w = s.Leaf(); var y = (w * s.Private).sum(); w.move(s.Alice); y.backward(); return new object?[] { w.grad?.clone(), w }; },
        ["a gradient of what was seen"] = s => { var w = s.Leaf(); var seen = (Tensor)s.Bob._objects[w.id_at_location]; (w * s.Private).sum().backward(); return seen.grad; },

        // Reading what is said about it.
        ["its text"] = s => s.Private.ToString(),
        ["the store's text"] = s => s.Bob._objects.ToString(),
        ["the objects' texts"] = s => string.Join(' ', s.Bob._objects.Values),
        ["the list of objects"] = s => s.Bob.recv_msg(new OperationMessage("self.list_objects", [])),
        ["the messages"] = s => string.Join(' ', s.Bob.msg_history),
        ["what a failure says"] = s => s.Private.view(2, 2),
        ["an operation that gives numbers"] = s => s.Bob.recv_msg(new OperationMessage("item()", [new ObjectReference(s.Private.id_at_location)])),
        ["a comparison that gives a truth"] = s => s.Bob.recv_msg(new OperationMessage("equal(Tensor)", [new ObjectReference(s.Private.id_at_location), new ObjectReference(s.Private.id_at_location)])),
    };

    public static TheoryData<string> Names => [.. Attempts.Keys];

    [Theory, MemberData(nameof(Names))]
    public void No_attempt_gets_hold_of_a_private_value(string attempt)
    {
        var scene = new Scene();
        scene.Bob.log_msgs = true;
        try
        {
            Tells(Attempts[attempt](scene), attempt);
        }
        catch (InvalidOperationException refused)
        {
            Tells(refused.ToString(), attempt);
        }

        Assert.Equal(Secret, Some.Floats(scene.Private.get(user: "ada")));
    }

    [Fact]
    public void What_shares_memory_with_a_private_tensor_is_for_its_users_as_well()
    {
        var s = new Scene();
        var open = s.Public();
        var view = open.view(-1);
        view.copy_(s.Private);
        Assert.Throws<GetNotPermittedError>(() => open.get());
        Assert.Equal(Secret, Some.Floats(open.get(user: "ada")));
        Assert.Throws<GetNotPermittedError>(() => view.get());
    }

    [Fact]
    public void What_has_nothing_to_do_with_a_private_tensor_stays_public()
    {
        var s = new Scene();
        var (open, other, leaf) = (s.Public(), s.Public(), s.Leaf());
        var sum = open + other;
        leaf.sum().backward();
        sum.copy_(s.Private);
        (s.Leaf() * s.Private).sum().backward();
        Assert.Equal([0f, 0f, 0f], Some.Floats(open.get()));
        Assert.Equal([0f, 0f, 0f], Some.Floats(other.get()));
        Assert.Equal([1f, 1f, 1f], Some.Floats(leaf.get().grad!));
    }

    [Fact]
    public void A_model_learns_from_private_data_and_goes_home()
    {
        var s = new Scene();
        var model = nn.Linear(3, 1);
        var opt = optim.SGD(model.parameters(), 0.1);
        model.send(s.Bob);
        var loss = model.forward(s.Private).sum();
        loss.backward();
        opt.step();
        model.get();
        Assert.Throws<GetNotPermittedError>(() => loss.get());
        Assert.Equal(Secret, Some.Floats(model.weight!.grad!));
    }

    [Fact]
    public void A_private_tensor_keeps_its_restriction_at_home_and_wherever_it_is_moved()
    {
        var s = new Scene();
        var sum = s.Private + s.Private;
        var pointer = sum.send(s.Alice).remote_get(user: "ada");
        Assert.Throws<GetNotPermittedError>(() => pointer.get());
        var home = pointer.get(user: "ada");
        Assert.True(home.is_private);
        Assert.Throws<SendNotPermittedError>(() => home.send(s.Alice));
    }

    private static void Tells(object? loot, string attempt)
    {
        switch (loot)
        {
            case PointerTensor pointer:
                try
                {
                    Tells(pointer.get(), attempt);
                }
                catch (InvalidOperationException refused)
                {
                    Tells(refused.ToString(), attempt);
                }

                break;
            case Tensor tensor:
                var values = tensor.detach().to(ScalarType.Float32).reshape(-1).data<float>().ToArray();
                foreach (var value in values) Assert.False(value > 100, $"{attempt}: {tensor}");
                Assert.False(tensor.dtype == ScalarType.Int64 && values.Length > 0, $"{attempt}: {tensor}");
                break;
            case ObjectDescriptor at:
                Assert.Null(at.Shape);
                break;
            case PrivateTensor hidden:
                Tells(hidden.ToString(), attempt);
                break;
            case string text:
                // With their point: an id may have any four digits.
                foreach (var secret in (string[])["1234.5", "6789.2", "4321.7", "4321.8"]) Assert.DoesNotContain(secret, text);
                break;
            case long[] shape:
                Assert.Empty(shape);
                break;
            case System.Collections.IEnumerable several:
                foreach (var one in several) Tells(one, attempt);
                break;
            default:
                Assert.Null(loot);
                break;
        }
    }

    private sealed class Scene
    {
        public Scene() => Private = tensor(Secret).tag("#secret").private_tensor(["ada"]).send(Bob, user: "ada");

        public VirtualWorker Bob { get; } = Some.Worker("bob");

        public VirtualWorker Alice { get; } = Some.Worker("alice");

        public PointerTensor Private { get; }

        public PointerTensor View => Private.view(-1);

        public PointerTensor Public(BaseWorker? at = null) => zeros(3).send(at ?? Bob);

        public PointerTensor Leaf() => ones(3, requires_grad: true).send(Bob);

        public PointerTensor Alias() => PointerTensor.create_pointer(Bob, Private.id_at_location, garbage_collect_data: false);

        public PointerTensor At(Tensor tensor) => PointerTensor.create_pointer(Bob, tensor.id, garbage_collect_data: false);
    }
}
