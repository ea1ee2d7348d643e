namespace FedNotebook.Kernel.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly SomeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public void Help_shows_the_commands(params string[] arguments)
    {
        var ended = Fednb.Run(_folder.Path, arguments);
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("fednb run FILE", ended.Output);
    }

    [Fact]
    public void The_version_is_a_number()
    {
        var ended = Fednb.Run(_folder.Path, "--version");
        Assert.Equal(0, ended.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", ended.Output);
    }

    [Theory]
    [InlineData("walk")]
    [InlineData("run")]
    [InlineData("run", "a.dib", "b.dib")]
    [InlineData("run", "a.dib", "--out")]
    [InlineData("run", "a.dib", "--fast")]
    [InlineData("jupyter")]
    [InlineData("jupyter", "install", "--prefix")]
    [InlineData("jupyter", "--port")]
    public void What_is_not_understood_gets_the_usage(params string[] arguments)
    {
        var ended = Fednb.Run(_folder.Path, arguments);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("fednb run FILE", ended.Errors);
    }

    [Fact]
    public void A_kernel_without_its_connection_file_says_so()
    {
        var ended = Fednb.Run(_folder.Path, "jupyter", "none.json");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("none.json", ended.Errors);
        Assert.DoesNotContain("   at ", ended.Errors);
    }
}
