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

    private Fednb.Ended Jupyter(params string[] arguments) =>
        Fednb.Start(_folder.Path, "dotnet", [Fednb.Assembly, "jupyter", .. arguments], new() { ["JUPYTER_DATA_DIR"] = _folder.At("data"), ["JUPYTER_PATH"] = "" });

    [Theory]
    [InlineData("data/kernels", "")]
    [InlineData("prefix/share/jupyter/kernels", "--prefix prefix")]
    public void What_was_installed_is_listed_and_goes_away_again(string where, string options)
    {
        var words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, Jupyter(["install", .. words]).ExitCode);
        if (words.Length == 0) Assert.Contains(_folder.At("data/kernels/.net-csharp"), Jupyter("list").Output);

        Assert.Equal(0, Jupyter(["uninstall", .. words]).ExitCode);
        Assert.False(Directory.Exists(_folder.At(where + "/.net-csharp")));
        var again = Jupyter(["uninstall", .. words]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("not installed", again.Errors);
        Assert.DoesNotContain(_folder.Path, Jupyter("list").Output);
    }

    [Fact]
    public void A_kernel_of_another_program_is_left_alone()
    {
        Directory.CreateDirectory(_folder.At("data/kernels/.net-csharp"));
        _folder.Write("data/kernels/.net-csharp/kernel.json", """{"argv": ["dotnet", "interactive", "jupyter", "{connection_file}"]}""");
        var ended = Jupyter("uninstall");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("another program", ended.Errors);
        Assert.True(File.Exists(_folder.At("data/kernels/.net-csharp/kernel.json")));
    }

    [Fact]
    public void A_broken_registration_is_listed_as_one()
    {
        Directory.CreateDirectory(_folder.At("data/kernels/.net-csharp"));
        _folder.Write("data/kernels/.net-csharp/kernel.json", """{"argv": ["/no/such/dotnet", "fednb.dll", "jupyter", "{connection_file}"]}""");
        Assert.Contains("there is no /no/such/dotnet", Jupyter("list").Output);
        _folder.Write("data/kernels/.net-csharp/kernel.json", "{");
        Assert.Contains("cannot be read", Jupyter("list").Output);
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
