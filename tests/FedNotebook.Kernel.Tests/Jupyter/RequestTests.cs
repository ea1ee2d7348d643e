using System.Text.Json.Nodes;
using FedNotebook.Kernel.Jupyter;

namespace FedNotebook.Kernel.Tests.Jupyter;

[Collection("One kernel at a time")]
public class RequestTests : IDisposable
{
    private readonly SomeFrontEnd _frontEnd = new();

    public void Dispose() => _frontEnd.Dispose();

    private JupyterMessage Ask(string type, JsonObject content) => _frontEnd.ReplyTo(_frontEnd.Send(Channel.Shell, type, content));

    private JupyterMessage Run(string code) => _frontEnd.ReplyTo(_frontEnd.Execute(code));

    private static string[] Types(IEnumerable<JupyterMessage> messages) => [.. messages.Select(message => message.Type)];

    [Fact]
    public void Expressions_are_evaluated_after_the_cell_and_each_says_how_it_went()
    {
        var id = _frontEnd.Send(Channel.Shell, "execute_request", new()
        {
            ["code"] = "var x = 20;",
            ["user_expressions"] = new JsonObject { ["twice"] = "x * 2", ["wrong"] = "x / 0.ToString()", ["none"] = "x = 21;", ["number"] = 7 },
        });
        var values = _frontEnd.ReplyTo(id).Content["user_expressions"]!;
        Assert.Equal("40", values["twice"]!["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal("ok", values["none"]!["status"]!.GetValue<string>());
        Assert.Empty(values["none"]!["data"]!.AsObject());
        Assert.Equal("error", values["wrong"]!["status"]!.GetValue<string>());
        Assert.Contains("CS0019", values["wrong"]!["evalue"]!.GetValue<string>());
        Assert.Equal("error", values["number"]!["status"]!.GetValue<string>());
        // Their results are told in the reply and nowhere else.
        Assert.Equal(["status", "execute_input", "status"], Types(_frontEnd.PublishedFor(id)));
    }

    [Fact]
    public void Expressions_are_left_alone_when_the_cell_fails()
    {
        var reply = Ask("execute_request", new() { ["code"] = "throw new Exception();", ["user_expressions"] = new JsonObject { ["a"] = "1" } });
        Assert.Equal("error", reply.Text("status"));
        Assert.Empty(reply.Content["user_expressions"]!.AsObject());
        Assert.Empty(reply.Content["payload"]!.AsArray());
    }

    [Fact]
    public void A_cell_that_is_not_to_be_kept_runs_and_leaves_count_and_history_alone()
    {
        var before = Run("1").Number("execution_count");
        var id = _frontEnd.Send(Channel.Shell, "execute_request", new() { ["code"] = "\"not kept\"", ["store_history"] = false });
        Assert.Contains("execute_result", Types(_frontEnd.PublishedFor(id)));
        Assert.Equal(before, _frontEnd.ReplyTo(id).Number("execution_count"));
        var history = Ask("history_request", new() { ["hist_access_type"] = "search", ["pattern"] = "*not kept*" });
        Assert.Empty(history.Content["history"]!.AsArray());
    }

    [Theory]
    [InlineData("Math.Sqrt?")]
    [InlineData("?Math.Sqrt")]
    [InlineData("  Math.Sqrt??  ")]
    public void A_question_opens_the_pager_with_documentation(string code)
    {
        var page = Assert.Single(Run(code).Content["payload"]!.AsArray())!;
        Assert.Equal("page", page["source"]!.GetValue<string>());
        Assert.Contains("double Math.Sqrt(double d)", page["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void A_question_about_nothing_says_so()
    {
        var page = Assert.Single(Run("nosuchthing?").Content["payload"]!.AsArray())!;
        Assert.Contains("nosuchthing", page["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void Inspection_finds_a_variable_and_on_demand_its_members()
    {
        Run("var words = new List<string>();");
        JsonObject Asked(int detail) => new() { ["code"] = "words", ["cursor_pos"] = 3, ["detail_level"] = detail };
        var brief = Ask("inspect_request", Asked(0));
        Assert.True(brief.Flag("found", absent: false));
        Assert.Contains("List<string> words", brief.Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.DoesNotContain("AddRange", brief.Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.Contains("AddRange", Ask("inspect_request", Asked(1)).Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.False(Ask("inspect_request", new() { ["code"] = "nosuchthing", ["cursor_pos"] = 2 }).Flag("found", absent: true));
    }

    [Fact]
    public void Places_are_counted_in_characters_as_people_see_them()
    {
        const string code = "var 名 = \"😀😀\"; 名.Leng";
        var cursor = code.EnumerateRunes().Count();
        var reply = Ask("complete_request", new() { ["code"] = code, ["cursor_pos"] = cursor });
        Assert.Equal("Length", Assert.Single(reply.Content["matches"]!.AsArray())!.GetValue<string>());
        Assert.Equal(cursor - 4, reply.Number("cursor_start"));
        Assert.Equal(cursor, reply.Number("cursor_end"));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(1000)]
    public void A_cursor_outside_the_code_is_no_reason_to_fail(int cursor)
    {
        Assert.Equal("ok", Ask("complete_request", new() { ["code"] = "Math.S", ["cursor_pos"] = cursor }).Text("status"));
        Assert.Equal("ok", Ask("inspect_request", new() { ["code"] = "Math.S", ["cursor_pos"] = cursor }).Text("status"));
    }

    [Theory]
    [InlineData("for (;;) {", "    ")]
    [InlineData("class A\n{\n    void F() {\n", "        ")]
    [InlineData("var x =", "")]
    public void Code_that_is_not_whole_goes_on_indented(string code, string indent)
    {
        var reply = Ask("is_complete_request", new() { ["code"] = code });
        Assert.Equal(("incomplete", indent), (reply.Text("status"), reply.Text("indent")));
    }

    [Fact]
    public void A_comm_with_a_known_target_is_answered_listed_and_closed()
    {
        Run("var answer = 42;");
        var opened = _frontEnd.Send(Channel.Shell, "comm_open", new() { ["comm_id"] = "c1", ["target_name"] = "fednb.variables", ["data"] = new JsonObject() });
        var told = _frontEnd.PublishedFor(opened).Single(message => message.Type == "comm_msg");
        var variable = told.Content["data"]!["variables"]!.AsArray().Single(value => value!["name"]!.GetValue<string>() == "answer")!;
        Assert.Equal("42", variable["value"]!.GetValue<string>());

        Assert.Equal("""{"c1":{"target_name":"fednb.variables"}}""", Ask("comm_info_request", []).Content["comms"]!.ToJsonString());
        Assert.Equal("{}", Ask("comm_info_request", new() { ["target_name"] = "other" }).Content["comms"]!.ToJsonString());

        var asked = _frontEnd.Send(Channel.Shell, "comm_msg", new() { ["comm_id"] = "c1", ["data"] = new JsonObject() });
        Assert.Contains("comm_msg", Types(_frontEnd.PublishedFor(asked)));
        _frontEnd.PublishedFor(_frontEnd.Send(Channel.Shell, "comm_close", new() { ["comm_id"] = "c1" }));
        Assert.Equal("{}", Ask("comm_info_request", []).Content["comms"]!.ToJsonString());
        asked = _frontEnd.Send(Channel.Shell, "comm_msg", new() { ["comm_id"] = "c1", ["data"] = new JsonObject() });
        Assert.Equal(["status", "status"], Types(_frontEnd.PublishedFor(asked)));
    }

    [Fact]
    public void A_comm_with_an_unknown_target_is_closed()
    {
        var opened = _frontEnd.Send(Channel.Shell, "comm_open", new() { ["comm_id"] = "c2", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        var closed = _frontEnd.PublishedFor(opened).Single(message => message.Type == "comm_close");
        Assert.Equal("c2", closed.Text("comm_id"));
    }

    [Fact]
    public void What_an_editor_asks_is_answered_while_a_cell_runs_and_the_kernel_stays_busy()
    {
        var running = _frontEnd.Execute("await Task.Delay(4000);");
        foreach (var type in (string[])["kernel_info", "is_complete", "comm_info", "history", "complete", "inspect"])
        {
            Assert.Equal("ok", Ask(type + "_request", new() { ["code"] = "1" }) is var reply && type == "is_complete" ? "ok" : reply.Text("status"));
        }

        var states = _frontEnd.PublishedFor(running).Where(message => message.Type == "status").Select(message => message.Text("execution_state")).ToArray();
        Assert.Equal("idle", states[^1]);
        Assert.All(states[..^1], state => Assert.Equal("busy", state));
        Assert.True(states.Length > 2, "The kernel said that it is busy only once.");
    }

    [Fact]
    public void What_an_editor_asks_right_after_a_cell_knows_what_the_cell_declares()
    {
        _frontEnd.Execute("var justDeclared = 1;");
        var reply = Ask("complete_request", new() { ["code"] = "justDecl", ["cursor_pos"] = 8 });
        Assert.Equal("justDeclared", Assert.Single(reply.Content["matches"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public void A_storm_of_questions_is_answered_one_by_one()
    {
        string[] ids = [.. Enumerable.Range(0, 200).Select(i => _frontEnd.Send(i % 2 == 0 ? Channel.Shell : Channel.Control, "kernel_info_request"))];
        foreach (var (i, id) in ids.Index()) Assert.Equal("ok", _frontEnd.ReplyTo(id, i % 2 == 0 ? Channel.Shell : Channel.Control).Text("status"));
    }

    [Fact]
    public void Console_Clear_clears_the_output_of_its_cell()
    {
        var published = _frontEnd.PublishedFor(_frontEnd.Execute("Console.Write(1); Console.Clear(); Console.Write(2);"));
        Assert.Equal(["status", "execute_input", "stream", "clear_output", "stream", "status"], Types(published));
        Assert.False(published[3].Flag("wait", absent: true));
        published = _frontEnd.PublishedFor(_frontEnd.Execute("Console.Write(\"\\x1b[2Jnext\");"));
        Assert.True(published.Single(message => message.Type == "clear_output").Flag("wait", absent: false));
    }

    [Fact]
    public void A_class_of_the_users_own_that_is_called_Console_keeps_its_Clear()
    {
        var id = _frontEnd.Execute("static class Console { public static int Clear() => 5; }\nConsole.Clear()");
        Assert.Equal("5", _frontEnd.PublishedFor(id).Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Console.ReadLine()")]
    [InlineData("await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"?\")")]
    public void A_front_end_that_cannot_be_asked_is_not_asked(string code)
    {
        var id = _frontEnd.Send(Channel.Shell, "execute_request", new() { ["code"] = code, ["allow_stdin"] = false });
        var reply = _frontEnd.ReplyTo(id);
        Assert.Equal("error", reply.Text("status"));
        Assert.Contains("input", reply.Text("evalue"));
        Assert.Equal("ok", Run("1").Text("status"));
    }

    [Fact]
    public void A_password_is_asked_for_as_one()
    {
        var id = _frontEnd.Execute("(await Microsoft.DotNet.Interactive.Kernel.GetPasswordAsync(\"Key\")).GetClearTextPassword()");
        var asked = _frontEnd.Receive(Channel.Stdin);
        Assert.True(asked.Flag("password", absent: false));
        _frontEnd.Send(Channel.Stdin, "input_reply", new() { ["value"] = "s3cret" });
        Assert.Equal("s3cret", _frontEnd.PublishedFor(id).Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void A_cell_that_waits_for_input_can_be_interrupted()
    {
        var id = _frontEnd.Execute("Console.ReadLine()");
        _frontEnd.Receive(Channel.Stdin);
        _frontEnd.Send(Channel.Control, "interrupt_request");
        Assert.Equal("error", _frontEnd.ReplyTo(id).Text("status"));
        Assert.Equal("ok", Run("1").Text("status"));
    }

    [Fact]
    public void What_threads_print_into_two_streams_belongs_to_the_cell_that_started_them()
    {
        var first = _frontEnd.Execute("new Thread(() => { Thread.Sleep(700); Console.Error.WriteLine(\"late\"); }).Start();".Replace("Thread", "System.Threading.Thread"));
        _frontEnd.ReplyTo(first);
        var second = _frontEnd.Execute("Console.WriteLine(\"mine\"); await Task.Delay(1500);");
        JupyterMessage message;
        do message = _frontEnd.Receive(Channel.Iopub);
        while (message.Type != "stream" || message.Text("name") != "stderr");
        Assert.Equal(first, SomeFrontEnd.ParentOf(message));
        Assert.Equal("ok", _frontEnd.ReplyTo(second).Text("status"));
    }

    [Fact]
    public void A_shutdown_is_told_to_all_front_ends()
    {
        var id = _frontEnd.Send(Channel.Control, "shutdown_request", new() { ["restart"] = true });
        Assert.Contains("shutdown_reply", Types(_frontEnd.PublishedFor(id)));
    }

    [Theory]
    [InlineData("var a = 1;\0 a")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    [InlineData("#!nosuchdirective\n1")]
    [InlineData("#r \"nuget: No.Such.Package.Anywhere, 1.0.0\"")]
    public void Code_that_is_none_is_an_error_and_no_end(string code)
    {
        Run("var kept = 3;");
        Assert.Equal("error", Run(code).Text("status"));
        Assert.Equal("ok", Run("kept").Text("status"));
    }
}
