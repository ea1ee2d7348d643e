using static TorchSharp.torch;

namespace FedNotebook.Tests.Conformance;

public class H_Ids
{
    [Fact]
    public void H10_fresh_ids_are_positive_have_up_to_eleven_digits_and_differ()
    {
        var provider = new IdProvider();
        var ids = Enumerable.Range(0, 10_000).Select(_ => provider.pop()).ToList();
        Assert.All(ids, id => Assert.InRange(id, 1, 99_999_999_999));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void H10_given_ids_are_consumed_last_first()
    {
        var provider = new IdProvider(4, 15, 2);
        Assert.Equal([2L, 15, 4], [provider.pop(), provider.pop(), provider.pop()]);
        Assert.DoesNotContain(provider.pop(), new long[] { 2, 4, 15 });
    }

    [Fact]
    public void H10_ids_that_are_set_later_come_before_those_that_wait()
    {
        var provider = new IdProvider(2, 3);
        provider.set_next_ids([4, 5], check_ids: false);
        Assert.Equal([5L, 4, 3, 2], [provider.pop(), provider.pop(), provider.pop(), provider.pop()]);
    }

    [Fact]
    public void H10_a_fresh_id_that_was_given_by_hand_is_skipped()
    {
        var expected = new IdSequence(42);
        var (_, second, third) = (expected.Next(), expected.Next(), expected.Next());

        var provider = new IdProvider(new IdSequence(42), [second]);
        Assert.Equal(second, provider.pop());
        provider.pop();
        Assert.Equal(third, provider.pop());
    }

    [Fact]
    public void H10_a_used_id_is_refused_and_named()
    {
        var provider = new IdProvider();
        var used = Enumerable.Range(0, 1000).Select(_ => provider.pop()).ToList();
        foreach (var id in used)
        {
            var error = Assert.Throws<IdNotUniqueError>(() => provider.set_next_ids([1, id]));
            Assert.Contains(id.ToString(), error.Message);
            Assert.Equal([id], error.Ids);
        }

        Assert.DoesNotContain(provider.pop(), used.Append(1));
    }

    [Fact]
    public void H10_an_id_that_was_set_by_hand_is_used_too()
    {
        var provider = new IdProvider(7);
        Assert.Throws<IdNotUniqueError>(() => provider.set_next_ids([7]));
        provider.pop();
        Assert.Throws<IdNotUniqueError>(() => provider.set_next_ids([6, 7]));
        Assert.Throws<IdNotUniqueError>(() => provider.set_next_ids([8, 8]));
        provider.set_next_ids([7], check_ids: false);
        Assert.Equal(7, provider.pop());
    }

    [Fact]
    public void H10_an_id_that_was_not_given_yet_may_be_set()
    {
        var coming = new IdSequence(42);
        var provider = new IdProvider(new IdSequence(42), []);
        provider.pop();
        coming.Next();
        var second = coming.Next();
        provider.set_next_ids([second]);
        Assert.Equal(second, provider.pop());
        Assert.Equal(coming.Next(), provider.pop());
    }

    [Fact]
    public void H10_a_recording_has_the_ids_since_its_start()
    {
        var provider = new IdProvider(2, 3, 4);
        provider.pop();
        Assert.Empty(provider.get_recorded_ids());
        provider.start_recording_ids();
        provider.pop();
        Assert.Equal([3L], provider.get_recorded_ids(continue_recording: true));
        provider.pop();
        Assert.Equal([3L, 2], provider.get_recorded_ids());
        provider.pop();
        Assert.Equal([3L, 2], provider.get_recorded_ids());
        provider.start_recording_ids();
        Assert.Empty(provider.get_recorded_ids());
    }

    [Fact]
    public void H10_two_threads_never_get_the_same_id()
    {
        var provider = new IdProvider();
        var ids = ParallelEnumerable.Range(0, 50_000).WithDegreeOfParallelism(4).Select(_ => provider.pop()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void H10_tensors_and_pointers_take_their_ids_from_the_provider_of_sy()
    {
        var x = tensor(new[] { 1f });
        Assert.Throws<IdNotUniqueError>(() => sy.ID_PROVIDER.set_next_ids([x.id]));
        using var p = x.send(Some.Worker("bob"));
        Assert.Throws<IdNotUniqueError>(() => sy.ID_PROVIDER.set_next_ids([p.id]));
    }
}
