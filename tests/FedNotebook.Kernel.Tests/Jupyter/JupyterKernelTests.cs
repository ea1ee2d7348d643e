using System.Text;
using System.Text.Json.Nodes;
using FedNotebook.Kernel.Jupyter;

namespace FedNotebook.Kernel.Tests.Jupyter;

// Console belongs to the process, and so do the cells that print: one kernel at a time.
[Collection("One kernel at a time")]
public class JupyterKernelTests : IDisposable
{
    private readonly SomeFrontEnd _frontEnd = new();

    public void Dispose() => _frontEnd.Dispose();

    private static string[] Types(IEnumerable<JupyterMessage> messages) => [.. messages.Select(message => message.Type)];

    [Fact]
    public void The_kernel_says_what_it_is()
    {
        var reply = _frontEnd.ReplyTo(_frontEnd.Send(Channel.Shell, "kernel_info_request"));
        Assert.Equal("kernel_info_reply", reply.Type);
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal("5.3", reply.Text("protocol_version"));
        Assert.NotEmpty(reply.Text("banner")!);
        Assert.Equal("C#", reply.Content["language_info"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void A_cell_is_busy_then_shows_its_code_its_output_and_its_result_then_is_idle()
    {
        var id = _frontEnd.Execute("Console.Write(\"out\"); Console.Error.Write(\"err\"); 6 * 7");
        var published = _frontEnd.PublishedFor(id);

        Assert.Equal(["status", "execute_input", "stream", "stream", "execute_result", "status"], Types(published));
        Assert.Equal("out", published[2].Text("text"));
        Assert.Equal("stderr", published[3].Text("name"));
        Assert.Equal("42", published[4].Content["data"]!["text/plain"]!.GetValue<string>());
        var reply = _frontEnd.ReplyTo(id);
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(published[4].Number("execution_count"), reply.Number("execution_count"));
    }

    [Fact]
    public void What_a_cell_declares_is_there_for_the_next_one_also_after_an_error()
    {
        _frontEnd.ReplyTo(_frontEnd.Execute("var kept = 5;"));
        _frontEnd.ReplyTo(_frontEnd.Execute("throw new Exception(\"no\");"));
        var published = _frontEnd.PublishedFor(_frontEnd.Execute("kept + 1"));
        Assert.Equal("6", published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void An_error_is_one_message_and_the_reply_says_the_same()
    {
        var id = _frontEnd.Execute("int zero = 0;\n1 / zero");
        var error = _frontEnd.PublishedFor(id).Single(message => message.Type is not ("status" or "execute_input"));
        Assert.Equal("error", error.Type);
        Assert.Equal("DivideByZeroException", error.Text("ename"));
        Assert.Contains("line 2", string.Join('\n', error.Content["traceback"]!.AsArray()));
        var reply = _frontEnd.ReplyTo(id);
        Assert.Equal("error", reply.Text("status"));
        Assert.Equal(error.Text("evalue"), reply.Text("evalue"));
    }

    [Fact]
    public void A_silent_cell_publishes_nothing_and_is_not_counted()
    {
        var before = _frontEnd.ReplyTo(_frontEnd.Execute("1")).Number("execution_count");
        var id = _frontEnd.Execute("Console.WriteLine(1); 2", silent: true);
        Assert.Equal(["status", "status"], Types(_frontEnd.PublishedFor(id)));
        Assert.Equal(before, _frontEnd.ReplyTo(id).Number("execution_count"));
    }

    [Fact]
    public void A_display_is_updated_under_its_own_id()
    {
        var published = _frontEnd.PublishedFor(_frontEnd.Execute("var d = \"one\".Display(); d.Update(\"two\");"));
        var shown = published.Single(message => message.Type == "display_data");
        var updated = published.Single(message => message.Type == "update_display_data");
        Assert.Equal("two", updated.Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.NotEmpty(shown.Content["transient"]!["display_id"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(shown.Content["transient"], updated.Content["transient"]));
    }

    [Fact]
    public void Cells_that_wait_are_aborted_when_one_before_them_fails()
    {
        string[] ids = [_frontEnd.Execute("System.Threading.Thread.Sleep(500); throw new Exception();"), _frontEnd.Execute("1"), _frontEnd.Execute("2")];
        string?[] states = [.. ids.Select(id => _frontEnd.ReplyTo(id).Text("status"))];
        Assert.Equal(["error", "aborted", "aborted"], states);
        Assert.Equal("ok", _frontEnd.ReplyTo(_frontEnd.Execute("3")).Text("status"));
    }

    [Fact]
    public void Cells_that_wait_run_when_the_front_end_wants_them_to()
    {
        var failing = _frontEnd.Execute("System.Threading.Thread.Sleep(500); throw new Exception();", stopOnError: false);
        var waiting = _frontEnd.Execute("1");
        Assert.Equal("error", _frontEnd.ReplyTo(failing).Text("status"));
        Assert.Equal("ok", _frontEnd.ReplyTo(waiting).Text("status"));
    }

    [Fact]
    public void A_message_with_a_wrong_signature_is_ignored_and_the_kernel_goes_on()
    {
        var forged = _frontEnd.Send(Channel.Shell, "kernel_info_request", key: "wrong");
        var signed = _frontEnd.Send(Channel.Shell, "kernel_info_request");
        Assert.NotEqual(forged, SomeFrontEnd.ParentOf(_frontEnd.Receive(Channel.Shell)));
        Assert.Equal(["status", "status"], Types(_frontEnd.PublishedFor(signed)));
    }

    [Fact]
    public void Frames_that_are_no_message_and_messages_that_nobody_knows_are_ignored()
    {
        _frontEnd.SendFrames(Channel.Shell, "nonsense"u8.ToArray());
        _frontEnd.SendFrames(Channel.Control, "<IDS|MSG>"u8.ToArray(), [], []);
        _frontEnd.Send(Channel.Shell, "no_such_request");
        _frontEnd.Send(Channel.Stdin, "input_reply", new() { ["value"] = "nobody asked" });
        Assert.Equal("ok", _frontEnd.ReplyTo(_frontEnd.Send(Channel.Shell, "kernel_info_request")).Text("status"));
        Assert.Equal("ok", _frontEnd.ReplyTo(_frontEnd.Send(Channel.Control, "kernel_info_request"), Channel.Control).Text("status"));
    }

    [Fact]
    public void A_request_without_its_fields_gets_an_error_and_no_silence()
    {
        Assert.Equal("error", _frontEnd.ReplyTo(_frontEnd.Send(Channel.Shell, "execute_request")).Text("status"));
        foreach (var type in (string[])["complete", "inspect", "is_complete", "history", "comm_info"])
        {
            var reply = _frontEnd.ReplyTo(_frontEnd.Send(Channel.Shell, type + "_request"));
            Assert.Equal(type + "_reply", reply.Type);
        }
    }

    [Fact]
    public void A_cell_that_only_computes_is_interrupted_and_the_state_survives()
    {
        _frontEnd.ReplyTo(_frontEnd.Execute("var before = 1;"));
        var endless = _frontEnd.Execute("var end = DateTime.UtcNow.AddSeconds(10); Console.WriteLine(\"started\"); while (DateTime.UtcNow < end) { }");
        while (_frontEnd.Receive(Channel.Iopub).Text("text") != "started\n") { }
        var interrupt = _frontEnd.Send(Channel.Control, "interrupt_request");
        Assert.Equal("interrupt_reply", _frontEnd.ReplyTo(interrupt, Channel.Control).Type);
        Assert.Equal("error", _frontEnd.ReplyTo(endless).Text("status"));
        Assert.Equal("ok", _frontEnd.ReplyTo(_frontEnd.Execute("before + 1")).Text("status"));
    }

    [Fact]
    public void Control_is_answered_while_a_cell_runs()
    {
        var running = _frontEnd.Execute("await Task.Delay(2000); 1");
        var asked = _frontEnd.Send(Channel.Control, "kernel_info_request");
        Assert.Equal("ok", _frontEnd.ReplyTo(asked, Channel.Control).Text("status"));
        Assert.Equal("ok", _frontEnd.ReplyTo(running).Text("status"));
        Assert.Equal("beat", Encoding.UTF8.GetString(_frontEnd.Heartbeat("beat"u8.ToArray())));
    }

    [Theory]
    [InlineData("var name = await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"Who?\"); name", "Who?")]
    [InlineData("var line = Console.ReadLine(); line", "")]
    public void A_cell_asks_for_input_over_stdin(string code, string prompt)
    {
        var id = _frontEnd.Execute(code);
        var asked = _frontEnd.Receive(Channel.Stdin);
        Assert.Equal("input_request", asked.Type);
        Assert.Equal(prompt, asked.Text("prompt"));
        _frontEnd.Send(Channel.Stdin, "input_reply", new() { ["value"] = "Ada" });
        var result = _frontEnd.PublishedFor(id).Single(message => message.Type == "execute_result");
        Assert.Equal("Ada", result.Content["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void Every_line_of_a_flood_arrives_in_order()
    {
        const int lines = 100_000;
        var published = _frontEnd.PublishedFor(_frontEnd.Execute($"for (var i = 0; i < {lines}; i++) Console.WriteLine(i);"));
        var text = string.Concat(published.Where(message => message.Type == "stream").Select(message => message.Text("text")));
        Assert.Equal(Enumerable.Range(0, lines).Select(i => i.ToString()), text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_a_thread_prints_after_its_cell_belongs_to_that_cell()
    {
        var first = _frontEnd.Execute("_ = Task.Run(async () => { await Task.Delay(1000); Console.WriteLine(\"late\"); });");
        _frontEnd.ReplyTo(first);
        _frontEnd.ReplyTo(_frontEnd.Execute("1"));
        JupyterMessage late;
        do late = _frontEnd.Receive(Channel.Iopub);
        while (late.Type != "stream");
        Assert.Equal(first, SomeFrontEnd.ParentOf(late));
    }

    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("for (var i = 0; i < 3; i++) {", "incomplete")]
    [InlineData("#!time\n1 + 1", "complete")]
    [InlineData("int 7x = ;", "invalid")]
    [InlineData("Math.Sqrt?", "complete")]
    [InlineData("\"abc\"", "complete")]
    [InlineData("var text = @\"abc", "incomplete")]
    [InlineData("/* not yet", "incomplete")]
    [InlineData("", "complete")]
    public void The_kernel_tells_whether_code_is_whole(string code, string status)
    {
        var reply = _frontEnd.ReplyTo(_frontEnd.Send(Channel.Shell, "is_complete_request", new() { ["code"] = code }));
        Assert.Equal(status, reply.Text("status"));
    }

    [Fact]
    public void History_knows_what_ran_and_what_came_of_it()
    {
        _frontEnd.ReplyTo(_frontEnd.Execute("10 + 1"));
        _frontEnd.ReplyTo(_frontEnd.Execute("20 + 2"));
        var reply = _frontEnd.ReplyTo(_frontEnd.Send(Channel.Shell, "history_request",
            new() { ["hist_access_type"] = "search", ["pattern"] = "1*+*", ["output"] = true, ["raw"] = true }));
        var entry = Assert.Single(reply.Content["history"]!.AsArray())!;
        Assert.Equal("""["10 \u002B 1","11"]""", entry[2]!.ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_shutdown_is_answered_and_the_kernel_ends(bool restart)
    {
        var id = _frontEnd.Send(Channel.Control, "shutdown_request", new() { ["restart"] = restart });
        await _frontEnd.Running.WaitAsync(TimeSpan.FromSeconds(30));
        var reply = _frontEnd.ReplyTo(id, Channel.Control);
        Assert.Equal("shutdown_reply", reply.Type);
        Assert.Equal(restart, reply.Flag("restart", absent: !restart));
    }
}
