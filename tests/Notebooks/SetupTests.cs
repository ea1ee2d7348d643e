namespace FedNotebook.Notebooks;

/// <summary>./fednb on machines that lack something, played by a PATH of its own.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SetupTests : IDisposable
{
    private readonly string bin = Clone.TemporaryFolder();

    public SetupTests()
    {
        foreach (var tool in (string[])["bash", "env", "dirname", "cut", "paste", "grep", "sed", "id", "cat", "mkdir", "rm", "find", "tail", "tee", "readlink", "sort", "head"])
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

    [Theory]
    [InlineData("help", 0)]
    [InlineData("train", 2)]
    public void What_it_can_do_is_said_without_building_anything(string command, int status)
    {
        var outcome = Fednb(command);
        Assert.Equal(status, outcome.Status);
        Assert.Contains("./fednb demo ", outcome.Output + outcome.Error);
        Assert.Equal(status != 0, outcome.Error.Contains("There is no command 'train'."));
    }

    [Fact]
    public void It_runs_through_a_link_to_it()
    {
        var link = Path.Combine(bin, "link");
        File.CreateSymbolicLink(link, Path.Combine(Clone.Root, "fednb"));
        Assert.Equal(0, Clone.Run("/bin/bash", [link, "help"], ("PATH", bin)).Status);
    }

    [Fact]
    public void Where_artifacts_cannot_be_written_it_says_so()
    {
        var copy = CopyWithADotnetThat("exit 0");
        File.WriteAllText(Path.Combine(copy, "artifacts"), "");
        var outcome = Run(copy, "run");
        Assert.Equal(1, outcome.Status);
        Assert.EndsWith($"Building the packages needs to write to {copy}/artifacts, and this user may not.\n", outcome.Error);
        Assert.DoesNotContain("line ", outcome.Error);
    }

    [Fact]
    public void A_build_runs_in_the_clone_and_one_that_fails_without_naming_an_error_shows_its_last_words()
    {
        var copy = CopyWithADotnetThat("pwd; echo 'A compatible .NET SDK was not found.'; exit 145");
        var outcome = Run(copy, "run");
        Assert.Equal(1, outcome.Status);
        Assert.EndsWith($"{copy}\nA compatible .NET SDK was not found.\nBuilding the packages failed. The whole log is in artifacts/pack.log.\n", outcome.Error);
    }

    /// <summary>A clone with nothing built, on a machine that has every package, as far as it can tell.</summary>
    private string CopyWithADotnetThat(string builds)
    {
        Clone.Needs("/usr/include/ATen/core/dispatch/Dispatcher.h");
        Clone.Needs("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz");
        var copy = Path.Combine(bin, "clone");
        Directory.CreateDirectory(Path.Combine(copy, "eng"));
        foreach (var file in (string[])["fednb", "eng/setup.sh", "eng/build.sh"]) File.Copy(Path.Combine(Clone.Root, file), Path.Combine(copy, file));
        Fake("dotnet", $"if [ $1 = --list-sdks ]; then echo '10.0.401 [/usr/share/dotnet/sdk]'; else {builds}; fi");
        Fake("dpkg-query", "echo installed");
        Fake("g++", "exit 0");
        Fake("npm", "exit 0");
        return copy;
    }

    private Outcome Run(string clone, params string[] arguments) => Clone.Run("/bin/bash", [Path.Combine(clone, "fednb"), .. arguments], ("PATH", bin));

    private Outcome Fednb(params string[] arguments) => Run(Clone.Root, arguments);

    private void Fake(string name, string script)
    {
        var path = Path.Combine(bin, name);
        File.Delete(path);
        File.WriteAllText(path, "#!/bin/bash\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
