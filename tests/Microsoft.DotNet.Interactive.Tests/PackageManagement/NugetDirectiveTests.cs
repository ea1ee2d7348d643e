using System.Runtime.Loader;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace Microsoft.DotNet.Interactive.Tests.PackageManagement;

[Collection("current directory")]
public sealed class NugetDirectiveTests : IDisposable
{
    private readonly string before = Directory.GetCurrentDirectory();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("packages-test-");
    private readonly List<IReadOnlyList<ResolvedPackageReference>> resolved = [];
    private readonly CompositeKernel kernel;

    public NugetDirectiveTests()
    {
        Directory.CreateDirectory(Feed);
        File.WriteAllText(Path.Combine(folder.FullName, "nuget.config"), """
            <configuration>
              <packageSources><clear /><add key="beside the notebook" value="feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="unpacked" /></config>
            </configuration>
            """);
        var notebooks = folder.CreateSubdirectory("notebooks");
        Directory.SetCurrentDirectory(notebooks.FullName);
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", Path.Combine(folder.FullName, "data"));
        kernel = NewKernel();
    }

    private string Feed => Path.Combine(folder.FullName, "feed");

    public void Dispose()
    {
        kernel.Dispose();
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", null);
        Directory.SetCurrentDirectory(before);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_restored_once_is_not_restored_again_while_it_is_there()
    {
        PackLibrary("Kept.One", "1.0.0", "public class Kept { public int Value => 5; }");
        var first = await kernel.SubmitCodeAsync("#r \"nuget: Kept.One, 1.0.0\"\nnew Kept().Value");
        Assert.Equal(5, first.ReturnValue());
        var unpacked = first.Events.OfType<PackageAdded>().Single().PackageReference.PackageRoot!;
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        Environment.SetEnvironmentVariable("DOTNET_HOST_PATH", "/nowhere/dotnet");
        try
        {
            using var next = NewKernel();
            Assert.Equal(5, (await next.SubmitCodeAsync("#r \"nuget: Kept.One, 1.0.0\"\nnew Kept().Value")).ReturnValue());
            using var open = NewKernel();
            Assert.Contains("the command 'dotnet' was not found", (await open.SubmitCodeAsync("#r \"nuget: Kept.One\"")).Failure().Message);
            Directory.Delete(unpacked, recursive: true);
            using var gone = NewKernel();
            Assert.Contains("the command 'dotnet' was not found", (await gone.SubmitCodeAsync("#r \"nuget: Kept.One, 1.0.0\"")).Failure().Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOTNET_HOST_PATH", host);
        }
    }

    [Fact]
    public async Task A_package_and_what_it_depends_on_come_from_the_feed_of_the_notebooks_nuget_config()
    {
        var ground = PackLibrary("Ground.One", "1.0.0", "public class Ground { public int Depth => 7; }");
        PackLibrary("House.One", "1.0.0", "public class House { public Ground Ground { get; } = new(); }", [ground], ("Ground.One", "1.0.0"));
        PackLibrary("House.One", "1.1.0-beta.2", "public class House { public Ground Ground { get; } = new(); public int Rooms => 3; }", [ground], ("Ground.One", "1.0.0"));

        var result = await kernel.SubmitCodeAsync("var house = new House();\n#r \"nuget: House.One\"\nhouse.Rooms + house.Ground.Depth");
        Assert.Equal(10, result.ReturnValue());
        Assert.Equal(["House.One 1.1.0-beta.2", "Ground.One 1.0.0"],
            result.Events.OfType<PackageAdded>().Select(e => $"{e.PackageReference.PackageName} {e.PackageReference.PackageVersion}").OrderDescending());
        Assert.All(result.Events.OfType<PackageAdded>(), e => Assert.True(File.Exists(Path.Combine(e.PackageReference.PackageRoot!, e.PackageReference.PackageName.ToLowerInvariant() + ".nuspec"))));
        Assert.Equal("Installing package House.One...", result.Events.OfType<DisplayedValueProduced>().Single().PlainText());
        Assert.Equal("Installed package House.One, version 1.1.0-beta.2", result.Events.OfType<DisplayedValueUpdated>().Single().PlainText());

        // The type that the cell names is the one that an extension, loaded by the host, has.
        var loaded = AssemblyLoadContext.Default.Assemblies.Single(a => a.GetName().Name == "House.One");
        Assert.Same(loaded.GetType("House"), (await kernel.SubmitCodeAsync("typeof(House)")).ReturnValue());

        // Once is enough.
        var again = await kernel.SubmitCodeAsync("#r \"nuget: House.One\"\n#r \"nuget:House.One,1.1.0-beta.2\"\nhouse.Rooms");
        Assert.Equal(3, again.ReturnValue());
        Assert.Empty(again.Events.OfType<PackageAdded>());
        Assert.Single(resolved);

        Assert.Equal("Package House.One is already loaded in version 1.1.0-beta.2. Restart the kernel to use version 1.0.0.",
            (await kernel.SubmitCodeAsync("#r \"nuget: House.One, 1.0.0\"")).Failure().Message);
    }

    [Fact]
    public async Task The_code_of_the_cell_waits_for_the_host_to_load_what_the_package_brings()
    {
        PackLibrary("House.Two", "1.0.0", "public static class Two { public static string State = \"fresh\"; }");
        using var slow = NewKernel(async _ =>
        {
            await Task.Delay(50);
            var type = AssemblyLoadContext.Default.LoadFromAssemblyName(new("House.Two")).GetType("Two")!;
            type.GetField("State")!.SetValue(null, "prepared");
        });
        Assert.Equal("prepared", (await slow.SubmitCodeAsync("#r \"nuget: House.Two, 1.0.0\"\nTwo.State")).ReturnValue());
    }

    [Fact]
    public async Task A_second_package_keeps_what_is_loaded()
    {
        var old = PackLibrary("Ground.Three", "1.0.0", "public class GroundThree { public int Depth => 1; }");
        PackLibrary("Ground.Three", "2.0.0", "public class GroundThree { public int Depth => 2; }");
        PackLibrary("House.Three", "1.0.0", "public class HouseThree { public GroundThree Ground = new(); }", [old], ("Ground.Three", "2.0.0"));
        (await kernel.SubmitCodeAsync("#r \"nuget: Ground.Three, 1.0.0\"\nvar ground = new GroundThree();")).MustSucceed();
        Assert.Equal(1, (await kernel.SubmitCodeAsync("#r \"nuget: House.Three\"\nground = new HouseThree().Ground; ground.Depth")).ReturnValue());
    }

    [Fact]
    public async Task A_source_can_be_added_by_the_cell_and_by_the_environment()
    {
        var other = folder.CreateSubdirectory("notebooks/other").FullName;
        var shipped = folder.CreateSubdirectory("shipped").FullName;
        PackLibrary("House.Four", "1.0.0", "public class HouseFour { }", feed: other);
        PackLibrary("House.Five", "1.0.0", "public class HouseFive { }", feed: shipped);
        (await kernel.SubmitCodeAsync("#i \"nuget: other\"\n#r \"nuget: House.Four\"\nnew HouseFour()")).MustSucceed();
        Environment.SetEnvironmentVariable("FEDNB_FEED", shipped);
        using var with = NewKernel();
        Environment.SetEnvironmentVariable("FEDNB_FEED", null);
        (await with.SubmitCodeAsync("#r \"nuget: House.Five\"\nnew HouseFive()")).MustSucceed();
        Assert.Equal("The package source 'nowhere' is neither an address nor a folder that exists.", (await kernel.SubmitCodeAsync("#i \"nuget: nowhere\"")).Failure().Message);
    }

    [Fact]
    public async Task A_package_that_does_not_exist_is_named_with_the_sources_that_were_asked_and_spoils_nothing()
    {
        PackLibrary("House.Six", "1.0.0", "public class HouseSix { }");
        var missing = await kernel.SubmitCodeAsync("#r \"nuget: No.Such.House\"\nConsole.Write(\"not run\");");
        Assert.Equal("Could not install No.Such.House: Unable to find package No.Such.House. No packages exist with this id in source(s): beside the notebook.", missing.Failure().Message);
        Assert.Equal("", missing.Output());
        Assert.Equal("Package No.Such.House was not installed.", missing.Events.OfType<DisplayedValueUpdated>().Single().PlainText());
        var newer = await kernel.SubmitCodeAsync("#r \"nuget: House.Six, 9.0.0\"");
        Assert.Contains("Unable to find package House.Six with version (>= 9.0.0)", newer.Failure().Message);
        Assert.DoesNotContain('\n', newer.Failure().Message);
        (await kernel.SubmitCodeAsync("#r \"nuget: House.Six\"\nnew HouseSix()")).MustSucceed();
    }

    [Fact]
    public async Task A_native_library_of_a_package_is_found()
    {
        var native = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so");
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(native), "Needs a native library of the Linux runtime.");
        var library = SomePackage.Assembly(folder.FullName, "House.Seven", """
            public static class Seven { [System.Runtime.InteropServices.DllImport("someseven", EntryPoint = "SystemNative_GetPid")] public static extern int Pid(); }
            """);
        var runtime = $"linux-{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        SomePackage.Pack(Feed, "House.Seven", "1.0.0", new() { ["lib/net10.0/House.Seven.dll"] = library, [$"runtimes/{runtime}/native/libsomeseven.so"] = native });
        Assert.Equal(Environment.ProcessId, (await kernel.SubmitCodeAsync("#r \"nuget: House.Seven\"\nSeven.Pid()")).ReturnValue());
    }

    [Fact]
    public async Task What_the_process_has_of_its_own_is_used_even_when_a_package_brings_it()
    {
        var library = SomePackage.Assembly(folder.FullName, "House.Eight", "public class Eight { public Microsoft.DotNet.Interactive.Kernel Kernel = Microsoft.DotNet.Interactive.Kernel.Root; }");
        SomePackage.Pack(Feed, "House.Eight", "1.0.0", new()
        {
            ["lib/net10.0/House.Eight.dll"] = library,
            ["lib/net10.0/Microsoft.DotNet.Interactive.dll"] = typeof(Kernel).Assembly.Location,
        });
        Assert.Same(kernel, (await kernel.SubmitCodeAsync("#r \"nuget: House.Eight\"\nnew Eight().Kernel")).ReturnValue());
    }

    [Fact]
    public async Task A_kernel_that_installs_no_packages_says_so()
    {
        using var plain = SomeKernel.WithCSharp();
        Assert.Contains("does not install packages", (await plain.SubmitCodeAsync("#r \"nuget: House.One\"")).Failure().Message);
        Assert.Contains("A package is written as", (await kernel.SubmitCodeAsync("#r \"nuget:\"")).Failure().Message);
    }

    private CompositeKernel NewKernel(Func<IReadOnlyList<ResolvedPackageReference>, Task>? then = null)
    {
        var csharp = new CSharpKernel();
        csharp.UseNugetDirective((k, references) =>
        {
            resolved.Add(references);
            k.AddAssemblyReferences(references.SelectMany(r => r.AssemblyPaths));
            return then?.Invoke(references) ?? Task.CompletedTask;
        });
        return SomeKernel.WithCSharp(csharp);
    }

    private string PackLibrary(string id, string version, string code, string[]? references = null, (string, string)? dependency = null, string? feed = null)
    {
        var library = SomePackage.Assembly(folder.CreateSubdirectory($"built/{id}-{version}").FullName, id, code, references ?? []);
        SomePackage.Pack(feed ?? Feed, id, version, new() { [$"lib/net10.0/{id}.dll"] = library }, dependency is { } other ? [other] : []);
        return library;
    }
}
