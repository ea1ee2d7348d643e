using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Connection;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace Microsoft.DotNet.Interactive.Tests.Connection;

public class EnvelopeTests
{
    private static readonly LinePosition Here = new(1, 2);
    private static readonly LinePositionSpan Span = new(Here, new(1, 5));
    private static readonly SubmitCode Code = new("1+1", "csharp");

    public static TheoryData<KernelCommand> Commands =>
    [
        new SubmitCode("var s = \"ü\u2028<b>\";\n", "csharp") { Parameters = new Dictionary<string, string> { ["--name"] = "x" } },
        new SendValue("x", new[] { 1, 2 }), new SendValue("x", null, new FormattedValue("text/plain", "a"), "value"),
        new RequestValue("x", "text/html", "csharp"), new RequestValueInfos("csharp", "text/plain"), new RequestInput("Name?", "password") { ParameterName = "n", SaveAs = "s" },
        new RequestInputs { Inputs = [new("a", "A?") { TypeHint = "file" }] }, new DisplayValue(new("text/html", "<b/>"), "id"), new UpdateDisplayedValue(new("text/html", "<b/>") { SuppressDisplay = true }, "id"),
        new DisplayError("wrong"), new RequestCompletions("Cons", Here, "csharp"), new RequestHoverText("Cons", Here), new RequestSignatureHelp("f(", Here), new RequestDiagnostics("x", "csharp"),
        new RequestKernelInfo("csharp"), new RequestKernelInfo(new Uri("kernel://a/b")), new ImportDocument("a.dib"), new AddPackage("Humanizer", "2.0"), new AddPackage("Humanizer"),
        new SendEditableCode("csharp", "1") { InsertAtPosition = 3 }, new Cancel("csharp"), new Quit(),
    ];

    public static TheoryData<KernelEvent> Events =>
    [
        new CodeSubmissionReceived(Code), new CompleteCodeSubmissionReceived(Code), new IncompleteCodeSubmissionReceived(Code), new CommandSucceeded(Code, 3), new CommandFailed("wrong", Code, 4),
        new DisplayedValueProduced(1, Code, [new("text/plain", "1")], "id"), new DisplayedValueUpdated(1, "id", Code, [new("text/plain", "1")]), new ReturnValueProduced(1, Code, [new("text/html", "1")]),
        new StandardOutputValueProduced(Code, [new("text/plain", "a\n")]), new StandardErrorValueProduced(Code, [new("text/plain", "a\n")]), new ErrorProduced("wrong", Code),
        new DiagnosticsProduced([new(Span, CodeAnalysis.DiagnosticSeverity.Warning, "CS1", "m")], [new("text/plain", "m")], Code),
        new CompletionsProduced([new("Console", "Class", documentation: "d", insertTextFormat: InsertTextFormat.Snippet)], new RequestCompletions("C", Here), Span),
        new HoverTextProduced(new RequestHoverText("C", Here), [new("text/markdown", "*m*")], Span), new SignatureHelpProduced(new RequestSignatureHelp("f(", Here), [new("f(x)", new("text/plain", "d"), [new("x", new("text/plain", "p"))])], 0, 1),
        new ValueProduced(1, "x", new("application/json", "1"), new RequestValue("x")), new ValueInfosProduced([new("x", new("text/plain", "1"), typeof(int))], new RequestValueInfos("csharp")),
        new InputProduced("a", new RequestInput("p")), new InputsProduced(new() { ["a"] = "b" }, new RequestInputs()), new KernelExtensionLoaded(Code),
        new PackageAdded(new ResolvedPackageReference("P", "1.0", ["a.dll"], "root", ["p"]), Code),
        new KernelInfoProduced(new KernelInfo("k", ["a"], description: "d") { LanguageName = "L", SupportedKernelCommands = [new("SubmitCode")], SupportedDirectives = [new KernelActionDirective("#!x", "d"), new KernelSpecifierDirective("#!k", "k")] }, new RequestKernelInfo()),
        new KernelReady([new KernelInfo("k")]),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_read_as_it_was_written(KernelCommand command)
    {
        command.RoutingSlip.StampAsArrived(new Uri("kernel://a"));
        command.OriginUri = new Uri("kernel://b");
        var json = KernelCommandEnvelope.Serialize(command);
        var read = KernelCommandEnvelope.Deserialize(json)!;
        Assert.IsType(command.GetType(), read.Command);
        Assert.Equal((command.GetType().Name, command.GetOrCreateToken()), (read.CommandType, read.Token));
        Assert.Equal(json, KernelCommandEnvelope.Serialize(read));
        Assert.Equal(["command", "commandType", "routingSlip", "token"], JsonNode.Parse(json)!.AsObject().Select(p => p.Key).Order());
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_read_as_it_was_written(KernelEvent @event)
    {
        var json = KernelEventEnvelope.Serialize(@event);
        var read = KernelEventEnvelope.Deserialize(json);
        Assert.IsType(@event.GetType(), read.Event);
        Assert.Equal(json, KernelEventEnvelope.Serialize(read));
        if (@event is not KernelReady) Assert.Equal(@event.Command.GetOrCreateToken(), read.Event.Command.GetOrCreateToken());
        Assert.Same(Code, KernelEventEnvelope.DeserializeWithCommand(KernelEventEnvelope.Serialize(new CommandSucceeded(Code)), Code).Event.Command);
    }

    [Fact]
    public void What_a_command_holds_is_there_when_it_is_read()
    {
        var code = (SubmitCode)KernelCommandEnvelope.Deserialize(KernelCommandEnvelope.Serialize(new SubmitCode("a\n<b>", "k") { Parameters = new Dictionary<string, string> { ["--x"] = "y" } }))!.Command;
        Assert.Equal(("a\n<b>", "k", "y"), (code.Code, code.TargetKernelName, code.Parameters["--x"]));
        var value = (SendValue)KernelCommandEnvelope.Deserialize(KernelCommandEnvelope.Serialize(new SendValue("x", new[] { 1, 2 })))!.Command;
        Assert.Equal(("application/json", "[1,2]"), (value.FormattedValue!.MimeType, value.FormattedValue.Value.Replace(" ", "")));
        var known = KernelCommandEnvelope.Deserialize("""{"token":"t","commandType":"SubmitCode","command":{"code":"1"}}""")!;
        Assert.Equal(("t", "1"), (known.Token, ((SubmitCode)known.Command).Code));
    }

    [Fact]
    public void A_command_of_ones_own_is_known_once_it_is_registered()
    {
        var json = """{"commandType":"OwnCommand","command":{"number":"7","names":["a"]}}""";
        Assert.Contains("OwnCommand", Assert.Throws<JsonException>(() => KernelCommandEnvelope.Deserialize(json)).Message);
        KernelCommandEnvelope.RegisterCommand<OwnCommand>();
        var command = (OwnCommand)KernelCommandEnvelope.Deserialize(json)!.Command;
        Assert.Equal((7, "a"), (command.Number, command.Names.Single()));
        KernelEventEnvelope.RegisterEvent<OwnEvent>();
        Assert.Equal("t", ((OwnEvent)KernelEventEnvelope.Deserialize(KernelEventEnvelope.Serialize(new OwnEvent("t", command))).Event).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"commandType":"Nothing","command":{}}""")]
    [InlineData("""{"commandType":"SubmitCode","command":{}}""")]
    [InlineData("""{"commandType":"SubmitCode","command":null}""")]
    [InlineData("""{"commandType":"SubmitCode","command":{"code":1}}""")]
    [InlineData("""{"commandType":7,"command":{}}""")]
    [InlineData("""{"commandType":"SubmitCode","command":{"code":"1"},"routingSlip":["no uri"]}""")]
    [InlineData("""{"eventType":"Nothing","event":{}}""")]
    [InlineData("""{"eventType":"DisplayedValueUpdated","event":{}}""")]
    [InlineData("""{"eventType":"CommandFailed","event":{"message":[]}}""")]
    [InlineData("""{"eventType":"CommandSucceeded"}""")]
    public void What_cannot_be_read_is_an_event_that_says_so(string json)
    {
        var read = Serializer.DeserializeCommandOrEvent(json);
        Assert.True(read.IsParseError);
        Assert.Contains("could not be read", Assert.IsType<ErrorProduced>(read.Event).Message);
    }

    public class OwnCommand : KernelCommand
    {
        public int Number { get; set; }

        public string[] Names { get; set; } = [];
    }

    public class OwnEvent(string text, KernelCommand command) : KernelEvent(command)
    {
        public string Text { get; } = text;
    }
}
