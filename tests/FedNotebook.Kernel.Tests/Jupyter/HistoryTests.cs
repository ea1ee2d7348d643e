using System.Text.Json.Nodes;
using FedNotebook.Kernel.Jupyter;
using FedNotebook.Kernel.Jupyter.Requests;

namespace FedNotebook.Kernel.Tests.Jupyter;

public sealed class HistoryTests : IDisposable
{
    private readonly SomeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private HistoryFile File() => new(_folder.At("deep/down/history.jsonl"));

    private static string[] Ask(History history, JsonObject content) =>
        [.. history.Reply(new([], [], [], [], content, [])).Content("history").Select(entry => entry!.ToJsonString())];

    private static History Filled(HistoryFile file, params string[] cells)
    {
        var history = new History(file);
        foreach (var (i, cell) in cells.Index()) history.Add(i + 1, cell, cell + "!");
        return history;
    }

    [Fact]
    public void A_session_finds_the_cells_of_those_before_it_under_their_numbers()
    {
        Filled(File(), "one", "two");
        _ = Ask(new(File()), []); // A session that runs nothing has a number too.
        var history = Filled(File(), "three");
        Assert.Equal(["[1,1,\"one\"]", "[1,2,\"two\"]", "[3,1,\"three\"]"], Ask(history, new() { ["hist_access_type"] = "tail", ["n"] = 10 }));
        Assert.Equal(["[1,2,\"two\"]", "[3,1,\"three\"]"], Ask(history, new() { ["hist_access_type"] = "tail", ["n"] = 2 }));
        Assert.Equal(["[1,2,[\"two\",\"two!\"]]"], Ask(history, new() { ["hist_access_type"] = "range", ["session"] = 1, ["start"] = 2, ["stop"] = 3, ["output"] = true }));
        Assert.Equal(["[1,1,\"one\"]", "[1,2,\"two\"]"], Ask(history, new() { ["hist_access_type"] = "range", ["session"] = -2 }));
        Assert.Equal(["[3,1,\"three\"]"], Ask(history, new() { ["hist_access_type"] = "range", ["session"] = 0 }));
    }

    [Theory]
    [InlineData("*", "a=1|b=22|a=1")]
    [InlineData("?=?", "a=1|a=1")]
    [InlineData("[b-z]*", "b=22")]
    [InlineData("[!a]*", "b=22")]
    [InlineData("=", "")]
    [InlineData("[", "")]
    [InlineData("*[", "")]
    [InlineData("a[]=]1", "a=1|a=1")]
    [InlineData("(a|b).*", "")]
    public void A_search_understands_the_patterns_of_a_shell(string pattern, string found)
    {
        var history = Filled(File(), "a=1", "b=22", "a=1");
        var inputs = history.Reply(new([], [], [], [], new() { ["hist_access_type"] = "search", ["pattern"] = pattern }, []))
            .Content("history").Select(entry => entry![2]!.GetValue<string>());
        Assert.Equal(found, string.Join('|', inputs));
    }

    [Fact]
    public void A_search_can_leave_out_what_was_there_before_and_all_but_the_last()
    {
        var history = Filled(File(), "a", "b", "a");
        Assert.Equal(["[1,2,\"b\"]", "[1,3,\"a\"]"], Ask(history, new() { ["hist_access_type"] = "search", ["pattern"] = "*", ["unique"] = true }));
        Assert.Equal(["[1,3,\"a\"]"], Ask(history, new() { ["hist_access_type"] = "search", ["pattern"] = "*", ["n"] = 1 }));
        Assert.Empty(Ask(history, new() { ["hist_access_type"] = "search", ["pattern"] = "*", ["n"] = 0 }));
    }

    [Fact]
    public void Kernels_that_run_at_the_same_time_lose_nothing_of_each_other()
    {
        Parallel.For(0, 4, kernel => Filled(File(), [.. Enumerable.Range(0, 25).Select(i => $"{kernel}-{i}")]));
        var all = Ask(new(File()), new() { ["hist_access_type"] = "tail", ["n"] = 1000 });
        Assert.Equal(100, all.Length);
        Assert.Equal(4, all.Select(entry => entry.Split(',')[0]).Distinct().Count());
    }

    [Fact]
    public void A_spoilt_file_costs_its_spoilt_lines_only()
    {
        Filled(File(), "good");
        System.IO.File.AppendAllText(_folder.At("deep/down/history.jsonl"), "no json\n{}\n[1]\n\u0000\u0000\n");
        Assert.Equal(["[1,1,\"good\"]"], Ask(new(File()), new() { ["n"] = 10 }));
    }

    [Fact]
    public void Where_nothing_can_be_written_the_session_has_its_own()
    {
        _folder.Write("file", "");
        var history = Filled(new(_folder.At("file/history.jsonl")), "here");
        Assert.Equal(["[1,1,\"here\"]"], Ask(history, new() { ["n"] = 10 }));
    }

    [Fact]
    public void Others_cannot_read_it()
    {
        if (OperatingSystem.IsWindows()) return; // It keeps rights in another way.
        Filled(File(), "secret");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(_folder.At("deep/down/history.jsonl")));
    }
}

file static class Replies
{
    public static JsonArray Content(this JsonObject reply, string field) => reply[field]!.AsArray();
}
