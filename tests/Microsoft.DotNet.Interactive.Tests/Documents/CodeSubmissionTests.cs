using System.Text;
using Microsoft.DotNet.Interactive.Documents;

namespace Microsoft.DotNet.Interactive.Tests.Documents;

public class CodeSubmissionTests
{
    private const string Meta = "#!meta\n\n" + """
        {"kernelInfo":{"defaultKernelName":"csharp","items":[{"name":"csharp","languageName":"C#","aliases":["c#"],"x":1},{"name":"sqlite","languageName":"SQL"}]},"x_unknown":[1.50,1e400]}
        """ + "\n\n";

    private static KernelInfoCollection Kernels => new() { new("csharp", "C#", ["c#"]), new("fsharp", "F#", ["f#"]), new("html", "HTML") };

    [Fact]
    public void Cells_begin_at_the_names_of_kernels_and_magic_commands_stay_in_them()
    {
        var text = Meta + "#!markdown\n\n# Title\n\nText\n\n#!csharp\n\n#!time\nvar x = 1;\n\nx\n\n#!sqlite\n\nSELECT 1\n";
        var document = CodeSubmission.Parse(text);
        Assert.Equal(["markdown", "csharp", "sqlite"], document.Elements.Select(e => e.KernelName));
        Assert.Equal("#!time\nvar x = 1;\n\nx", document.Elements[1].Contents);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Any_end_of_line_will_do(string newline)
    {
        var document = CodeSubmission.Parse("\uFEFF#!md\n\n# T\n#!c#\nvar s = \"a\u2028b\f\";\n\n\n#!F# \n1\n2\n".Replace("\n", newline), Kernels);
        Assert.Equal([("markdown", "# T"), ("csharp", "var s = \"a\u2028b\f\";"), ("fsharp", "1\n2")], document.Elements.Select(e => (e.KernelName!, e.Contents)));
    }

    [Fact]
    public void The_kernels_are_those_of_the_file_or_else_of_its_reader()
    {
        var document = CodeSubmission.Parse(Meta + "#!c#\n1");
        Assert.Equal("csharp", document.GetDefaultKernelName());
        Assert.Equal(["csharp", "sqlite"], document.GetKernelInfo()!.Select(k => k.Name));
        Assert.Equal(["c#"], document.GetKernelInfo()!.First().Aliases);
        var reader = Kernels;
        reader.DefaultKernelName = "f#";
        Assert.Equal("fsharp", CodeSubmission.Parse("1", reader).Elements.Single().KernelName);
        Assert.Equal("csharp", CodeSubmission.Parse("1").Elements.Single().KernelName);
        Assert.Null(CodeSubmission.Parse("1").GetKernelInfo());
    }

    [Fact]
    public void A_line_that_begins_with_a_kernels_name_and_says_more_stays_in_its_cell() =>
        Assert.Equal("#!value --name a\n#!csharp2\n #!csharp\n1", CodeSubmission.Parse("#!value --name a\n#!csharp2\n #!csharp\n1").Elements.Single().Contents);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\t\n")]
    [InlineData("#!csharp\n\n#!markdown\n")]
    public void Empty_cells_are_none(string text) => Assert.Empty(CodeSubmission.Parse(text).Elements);

    [Theory]
    [InlineData("#!meta\n{")]
    [InlineData("#!meta\n[1]")]
    [InlineData("#!meta\n{\"a\":1,\"a\":2}")]
    [InlineData("#!meta\n")]
    public void Broken_metadata_are_told(string text) => Assert.Contains("#!meta", Assert.Throws<FormatException>(() => CodeSubmission.Parse(text)).Message);

    [Fact]
    public void A_stream_is_read_as_UTF_8_and_stays_open()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("#!c#\n1\n#!html\ngrün"));
        Assert.Equal([("csharp", "1"), ("html", "grün")], CodeSubmission.Read(stream, Kernels).Elements.Select(e => (e.KernelName!, e.Contents)));
        Assert.True(stream.CanRead);
    }
}
