using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Microsoft.DotNet.Interactive.Tests.ValueSharing;

public sealed class ValueSharingTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp(new CSharpKernel().UseValueSharing().UseWho());
    private readonly CSharpKernel other = new CSharpKernel("other").UseKernelHelpers().UseValueSharing().UseWho();

    public ValueSharingTests()
    {
        kernel.Add(other);
        kernel.Add(new HtmlKernel());
        kernel.Add(new JavaScriptKernel().UseValueSharing());
        kernel.Add(new KeyValueStoreKernel());
    }

    public void Dispose() => kernel.Dispose();

    [Theory]
    [InlineData("#!set --name x --value hello", "x + x.Length", "hello5")]
    [InlineData("#!set --name x --value \"two words\"", "x", "two words")]
    [InlineData("#!set --name x --value [1,2,3]", "x.RootElement.GetArrayLength().ToString()", "3")]
    [InlineData("#!set --name x --value {\"a\": [1, 2]}", "x.RootElement.GetProperty(\"a\")[1].ToString()", "2")]
    [InlineData("#!set --name x --value @other:number", "(x + 1).ToString()", "43")]
    [InlineData("#!set --name x --value @other:text", "x", "some")]
    [InlineData("#!set --name x --value @other:list", "x.RootElement[0].ToString()", "1")]
    [InlineData("#!set --name x --value @other:list --byref", "x[0].ToString()", "1")]
    [InlineData("#!set --name x --value @other:list --mime-type text/plain", "x.GetType().Name", "String")]
    [InlineData("#!share --from other list", "list[0].ToString()", "1")]
    [InlineData("#!share list --from other --as x", "x.Count.ToString()", "2")]
    [InlineData("#!share list --from other --as x --mime-type application/json", "x.RootElement[1].ToString()", "2")]
    [InlineData("#!share twice --from other", "twice(21).ToString()", "42")]
    public async Task A_variable_is_set_from_here_and_elsewhere(string directive, string code, string expected)
    {
        (await other.SubmitCodeAsync("var number = 42; var text = \"some\"; var list = new List<int> { 1, 2 }; Func<int, int> twice = n => 2 * n;")).MustSucceed();
        (await kernel.SubmitCodeAsync(directive)).MustSucceed();
        Assert.Equal(expected, (await kernel.SubmitCodeAsync(code)).ReturnValue());
    }

    [Fact]
    public async Task What_is_shared_is_the_object_itself()
    {
        (await kernel.SubmitCodeAsync("#!other\nvar list = new List<int> { 1 };\n#!csharp\n#!share list --from other\nlist.Add(2);")).MustSucceed();
        Assert.Equal(2, (await kernel.SubmitCodeAsync("#!other\nlist.Count")).ReturnValue());
    }

    [Theory]
    [InlineData("#!set --name x --value @other:nothing", "Value 'nothing' not found in kernel other")]
    [InlineData("#!set --name x --value @nobody:y", "There is no kernel named 'nobody'.")]
    [InlineData("#!set --name 1x --value y", "'1x' is not a name that C# allows for a variable.")]
    [InlineData("#!set --name x --value {1", "begins like JSON, and is not")]
    [InlineData("#!set --name x --value @other:y --byref --mime-type text/plain", "only one of them")]
    [InlineData("#!set --name x", "DNI104: Missing required parameter '--value'")]
    [InlineData("#!share x", "DNI104: Missing required parameter '--from'")]
    [InlineData("#!share x --from html", "html")]
    [InlineData("#!html\n#!set --name x --value y", "DNI101: Unknown magic command '#!set'.")]
    [InlineData("#!set --name x --value @input", "nobody can be asked")]
    public async Task A_value_that_is_not_there_is_a_sentence(string directive, string message)
    {
        var failure = (await kernel.SubmitCodeAsync(directive)).Failure();
        Assert.Contains(message, failure.Message);
        Assert.DoesNotContain("   at ", failure.Message);
    }

    [Fact]
    public async Task A_value_can_be_typed_in_and_a_password_stays_hidden()
    {
        var asked = new List<string>();
        kernel.RegisterCommandHandler<RequestInput>((command, context) =>
        {
            asked.Add($"{command.ParameterName}|{command.Prompt}|{command.IsPassword}|{command.InputTypeHint}");
            context.Publish(new InputProduced("secret", command));
            return Task.CompletedTask;
        });
        (await kernel.SubmitCodeAsync("#!set --name a --value @input\n#!set --name b --value @password:\"Your word\"\n#!set --name c --value @input:{\"prompt\": \"When?\", \"type\": \"date\"}")).MustSucceed();
        Assert.Equal(["a|Please enter a value for a.|False|text", "b|Your word|True|password", "c|When?|False|date"], asked);
        Assert.Equal("secret****** secretsecret", (await kernel.SubmitCodeAsync("$\"{a}{b} {b.GetClearTextPassword()}{c}\"")).ReturnValue());
    }

    [Fact]
    public async Task The_variables_are_listed_with_types_and_values()
    {
        (await kernel.SubmitCodeAsync("var b = \"<text>\"; var a = 42; class Sad { public override string ToString() => throw new Exception(\"no\"); } var sad = new Sad();")).MustSucceed();
        var names = (await kernel.SubmitCodeAsync("#!who")).Events.OfType<DisplayedValueProduced>().Single();
        Assert.Equal("a b sad", names.PlainText());
        var table = (await kernel.SubmitCodeAsync("#!whos")).Events.OfType<DisplayedValueProduced>().Single();
        Assert.Matches(@"a +System.Int32 +42\n", table.PlainText());
        Assert.Contains("<td>b</td><td>System.String</td><td>&lt;text&gt;</td>", table.FormattedValues.Single(v => v.MimeType == "text/html").Value);
    }

    [Fact]
    public async Task Html_and_scripts_are_shown()
    {
        var result = await kernel.SubmitCodeAsync("#!html\n<b>bold</b>\n#!javascript\nconsole.log('</script>')\n#!csharp\n#!set --name n --value 1\n#!javascript\n#!set --name n --value @csharp:n");
        result.MustSucceed();
        Assert.Equal(["<b>bold</b>", "<script type=\"text/javascript\">console.log('<\\/script>')</script>", "<script type=\"text/javascript\">window[\"n\"] = \"1\";</script>"],
            result.Events.OfType<DisplayedValueProduced>().Select(e => e.FormattedValues.Single(v => v.MimeType == "text/html").Value.Trim()));
    }

    [Fact]
    public async Task Text_is_stored_under_a_name()
    {
        var file = Path.GetTempFileName() + ".json";
        await File.WriteAllTextAsync(file, "[1, 2]");
        (await kernel.SubmitCodeAsync($"#!value --name a\nsome\ntext\n#!value --name b --from-file {file}\n#!value --name c --from-value short")).MustSucceed();
        (await kernel.SubmitCodeAsync("#!share a --from value\n#!set --name b --value @value:b\n#!share c --from value")).MustSucceed();
        Assert.Equal("some\ntext|2|short", (await kernel.SubmitCodeAsync("$\"{a}|{b.RootElement[1]}|{c}\"")).ReturnValue());
        Assert.Contains("needs a name", (await kernel.SubmitCodeAsync("#!value\ntext")).Failure().Message.Replace("DNI104: Missing required parameter '--name'", "needs a name"));
        Assert.Contains("could not be read", (await kernel.SubmitCodeAsync("#!value --name d --from-file /nowhere/at/all")).Failure().Message);
        Assert.Contains("one value only", (await kernel.SubmitCodeAsync("#!value --name d --from-file x\ntext")).Failure().Message);
        var shown = await kernel.SubmitCodeAsync("#!value --name e --mime-type text/html\n<b>x</b>");
        Assert.Equal("text/html", shown.Events.OfType<DisplayedValueProduced>().Single().FormattedValues.Single().MimeType);
    }

    [Theory]
    [InlineData("#!share |", "#!share l", "list")]
    [InlineData("#!share list --from |", "", "other")]
    [InlineData("#!set --name x --value |", "", "@other:list")]
    public async Task Values_are_completed(string marked, string _, string expected)
    {
        (await other.SubmitCodeAsync("var list = new List<int>();")).MustSucceed();
        var result = await kernel.SendAsync(new RequestCompletions(marked.Replace("|", ""), new LinePosition(0, marked.IndexOf('|'))));
        Assert.Contains(expected, result.Events.OfType<CompletionsProduced>().Single().Completions.Select(c => c.DisplayText));
    }
}
