using System.Text.Json.Nodes;

namespace FedNotebook.Kernel.Tests.Packages;

public sealed class PackageExtensionTests : IDisposable
{
    private readonly SomeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Extension(string body) => $$"""
        using System; using System.Threading.Tasks; using Microsoft.DotNet.Interactive;
        public class Extension : IKernelExtension { public async Task OnLoadAsync(Kernel kernel) { await Task.Yield(); {{body}} } }
        public abstract class NotThisOne : IKernelExtension { public abstract Task OnLoadAsync(Kernel kernel); }
        """;

    private (Fednb.Ended Ended, string Outputs) Run(string notebook)
    {
        _folder.Write("n.dib", notebook);
        var ended = Fednb.Run(_folder.Path, "run", "n.dib", "--out", "n.ipynb");
        return (ended, string.Concat(JsonNode.Parse(_folder.Read("n.ipynb"))!["cells"]!.AsArray().Select(cell => cell!["outputs"]!.ToJsonString())));
    }

    [Fact]
    public void An_extension_is_loaded_once_before_the_rest_of_the_cell_runs()
    {
        SomePackage.Put(_folder, "Some.Extension", Extension("AppDomain.CurrentDomain.SetData(\"loaded\", (AppDomain.CurrentDomain.GetData(\"loaded\") as int? ?? 0) + 1);"));
        var (ended, outputs) = Run("#r \"nuget: Some.Extension\"\nAppDomain.CurrentDomain.GetData(\"loaded\")\n#!csharp\n#r \"nuget: Some.Extension, 1.0.0\"\nAppDomain.CurrentDomain.GetData(\"loaded\")");
        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Equal(2, outputs.Split("\"execute_result\"").Length - 1);
        Assert.Equal(2, outputs.Split("[\"1\"]").Length - 1);
    }

    [Fact]
    public void A_magic_command_that_the_extension_brings_can_stand_below_it_in_the_same_cell()
    {
        SomePackage.Put(_folder, "Some.Magic", Extension("""
            kernel.AddDirective(new Microsoft.DotNet.Interactive.Directives.KernelActionDirective("#!brought"), (_, _) => { AppDomain.CurrentDomain.SetData("brought", "by magic"); return Task.CompletedTask; });
            """));
        var (ended, outputs) = Run("#r \"nuget: Some.Magic\"\nvar before = AppDomain.CurrentDomain.GetData(\"brought\") is null;\n#!brought\n$\"{before} {AppDomain.CurrentDomain.GetData(\"brought\")}\"");
        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Contains("[\"True by magic\"]", outputs);
    }

    [Fact]
    public void One_that_no_package_brings_is_unknown_in_its_line()
    {
        SomePackage.Put(_folder, "Some.Nothing", Extension(""));
        var (ended, _) = Run("#r \"nuget: Some.Nothing\"\n\n#!brought");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("(3,1)", ended.Errors);
        Assert.Contains("#!brought", ended.Errors);
    }

    [Fact]
    public void The_extension_gets_the_kernel_that_holds_all_others()
    {
        SomePackage.Put(_folder, "Some.Root", Extension("AppDomain.CurrentDomain.SetData(\"root\", kernel is CompositeKernel);"));
        Assert.Contains("[\"True\"]", Run("#r \"nuget: Some.Root\"\nAppDomain.CurrentDomain.GetData(\"root\")").Outputs);
    }

    [Fact]
    public void The_script_of_an_extension_runs_in_the_notebook_and_keeps_its_state()
    {
        SomePackage.Put(_folder, "Some.Script", Extension(""), "#!markdown\nWhat it does\n#!csharp\nvar prepared = 40;\n#!csharp\nprepared += 2;\n");
        var (ended, outputs) = Run("#r \"nuget: Some.Script\"\n#!csharp\nprepared");
        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Contains("[\"42\"]", outputs);
    }

    [Fact]
    public void An_extension_that_fails_fails_the_cell_with_its_reason()
    {
        SomePackage.Put(_folder, "Some.Failure", Extension("throw new InvalidOperationException(\"no licence\");"));
        var (ended, _) = Run("#r \"nuget: Some.Failure\"\n\"never\"");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Some.Failure 1.0.0: no licence", ended.Errors);
        Assert.DoesNotContain("   at ", ended.Errors);
    }

    [Fact]
    public void A_package_that_does_not_exist_is_said_in_a_sentence()
    {
        SomePackage.Put(_folder, "Some.Other", Extension(""));
        var (ended, _) = Run("#r \"nuget: Some.Missing, 1.2.3\"");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Some.Missing", ended.Errors);
        Assert.DoesNotContain("   at ", ended.Errors);
    }
}
