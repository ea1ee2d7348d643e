namespace FedNotebook.Notebooks;

/// <summary>./fednb on machines that lack something, played by a PATH of its own.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SetupTests : IDisposable
{
    private readonly string bin = Clone.TemporaryFolder();

    public SetupTests()
    {
        foreach (var tool in (string[])["bash", "env", "dirname", "cut", "paste", "grep", "sed", "id", "cat", "mkdir", "rm", "find", "tail", "tee"])
            File.CreateSymbolicLink(Path.Combine(bin, tool), new[] { "/usr/bin/", "/bin/" }.Select(d => d + tool).First(File.Exists));
    }

    public void Dispose() => Directory.Delete(bin, recursive: true);

    [Fact]
    public void Without_an_SDK_it_says_so_and_stops()
    {
        var outcome = Fednb("demo");
        Assert.Equal(1, outcome.Status);
        Assert.StartsWith("The .NET 10 SDK is missing", outcome.Error);
        Assert.Single(outcome.Error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("test")]
    [InlineData("run")]
    public void With_an_older_SDK_it_names_it_and_stops(string command)
    {
        Fake("dotnet", "echo '8.0.404 [/usr/share/dotnet/sdk]'");
        var outcome = Fednb(command);
        Assert.Equal(1, outcome.Status);
        Assert.StartsWith("FedNotebook needs the .NET 10 SDK; this machine has 8.0.404.", outcome.Error);
    }

    [Fact]
    public void Where_it_may_not_install_it_names_the_packages_and_stops()
    {
        Fake("dotnet", "echo '10.0.401 [/usr/share/dotnet/sdk]'");
        Fake("dpkg-query", "exit 1");
        Fake("apt-get", "exit 100");
        Fake("id", "echo 1000");
        var outcome = Fednb("demo");
        Assert.Equal(1, outcome.Status);
        Assert.Contains("libtorch1.13", outcome.Output);
        Assert.Contains("tensors and their gradients", outcome.Output);
        Assert.Contains("could not be installed (this user is not root, and there is no sudo): ", outcome.Error);
        Assert.Contains("libtorch1.13 ", outcome.Error);
        Assert.Contains("libzmq5", outcome.Error);
    }

    [Fact]
    public void When_apt_get_fails_it_says_where_the_log_is()
    {
        Fake("dotnet", "echo '10.0.401 [/usr/share/dotnet/sdk]'");
        Fake("dpkg-query", "exit 1");
        Fake("apt-get", "exit 100");
        Fake("id", "echo 0");
        var outcome = Fednb("demo");
        Assert.Equal(1, outcome.Status);
        Assert.Contains("apt-get failed, see artifacts/setup.log", outcome.Error);
    }

    [Fact]
    public void Where_there_is_no_apt_get_it_names_the_packages()
    {
        Fake("dotnet", "echo '10.0.401 [/usr/share/dotnet/sdk]'");
        var outcome = Fednb("demo");
        Assert.Equal(1, outcome.Status);
        Assert.Contains("there is no apt-get here to install them: libtorch1.13", outcome.Error);
    }

    private Outcome Fednb(params string[] arguments) => Clone.Run("/bin/bash", [Path.Combine(Clone.Root, "fednb"), .. arguments], ("PATH", bin));

    private void Fake(string name, string script)
    {
        var path = Path.Combine(bin, name);
        File.Delete(path);
        File.WriteAllText(path, "#!/bin/bash\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
