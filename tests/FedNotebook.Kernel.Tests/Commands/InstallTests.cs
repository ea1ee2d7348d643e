using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Tests.Commands;

public sealed class InstallTests : IDisposable
{
    private readonly SomeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data/kernels", "")]
    [InlineData("data/kernels", "--user")]
    [InlineData("prefix/share/jupyter/kernels", "--prefix prefix")]
    public void The_kernel_is_written_where_jupyter_looks(string where, string options)
    {
        var ended = Fednb.Start(_folder.Path, "dotnet", [Fednb.Assembly, "jupyter", "install", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            new() { ["JUPYTER_DATA_DIR"] = _folder.At("data") });

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        var specification = JsonNode.Parse(_folder.Read(where + "/.net-csharp/kernel.json"))!;
        Assert.Equal(".NET (C#)", specification["display_name"]!.GetValue<string>());
        Assert.Equal("message", specification["interrupt_mode"]!.GetValue<string>());
        var argv = specification["argv"]!.AsArray().Select(word => word!.GetValue<string>()).ToArray();
        Assert.True(File.Exists(argv[0]));
        Assert.Equal([Fednb.Assembly, "jupyter", "{connection_file}"], argv[1..]);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        _folder.Write("file", "");
        var ended = Fednb.Run(_folder.Path, "jupyter", "install", "--prefix", "file");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("cannot be installed", ended.Errors);
        Assert.DoesNotContain("   at ", ended.Errors);
    }
}
