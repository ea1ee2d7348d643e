using System.Runtime.Loader;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Microsoft.DotNet.Interactive.Tests.CSharp;

public sealed class ReferenceTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("references-test-");

    public void Dispose()
    {
        kernel.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_assembly_can_be_referred_to_on_any_line_and_its_types_are_the_hosts()
    {
        var file = SomePackage.Assembly(folder.FullName, "Referred.One", "public class One { public static int Count; }");
        (await kernel.SubmitCodeAsync($"var x = 1;\n#r \"{file}\"\nOne.Count = x + 1;")).MustSucceed();
        var type = (Type)(await kernel.SubmitCodeAsync("typeof(One)")).ReturnValue()!;
        Assert.Same(AssemblyLoadContext.Default.LoadFromAssemblyPath(file).GetType("One"), type);
        Assert.Equal(2, type.GetField("Count")!.GetValue(null));
    }

    [Fact]
    public async Task An_assembly_that_the_host_has_loaded_already_is_the_one_that_cells_use()
    {
        var first = SomePackage.Assembly(folder.CreateSubdirectory("first").FullName, "Referred.Two", "public class Two { public static int From = 1; }");
        var second = SomePackage.Assembly(folder.CreateSubdirectory("second").FullName, "Referred.Two", "public class Two { public static int From = 2; }");
        AssemblyLoadContext.Default.LoadFromAssemblyPath(first);
        Assert.Equal(1, (await kernel.SubmitCodeAsync($"#r \"{second}\"\nTwo.From")).ReturnValue());
    }

    [Fact]
    public async Task Types_of_the_kernel_and_of_the_framework_are_the_processs_own()
    {
        Assert.Same(typeof(Kernel), (await kernel.SubmitCodeAsync("typeof(Kernel)")).ReturnValue());
        Assert.Same(typeof(Formatting.Formatter), (await kernel.SubmitCodeAsync("typeof(Microsoft.DotNet.Interactive.Formatting.Formatter)")).ReturnValue());
        Assert.Equal("1", (await kernel.SubmitCodeAsync("System.Text.Json.JsonSerializer.Serialize(1)")).ReturnValue());
        Assert.Same(kernel, (await kernel.SubmitCodeAsync("Kernel.Root")).ReturnValue());
    }

    [Fact]
    public async Task A_type_of_a_library_can_be_derived_from_in_one_cell_and_used_in_the_next()
    {
        var file = SomePackage.Assembly(folder.FullName, "Referred.Three", """
            public abstract class Module<A, B> { public abstract B forward(A a); public string Name => GetType().Name; }
            public static class Ext { extension<A, B>(Module<A, B> m) { public string location => "at " + m.Name; } }
            """);
        (await kernel.SubmitCodeAsync($"#r \"{file}\"\nclass Net : Module<int, string> {{ public override string forward(int a) => a.ToString(); }}")).MustSucceed();
        (await kernel.SubmitCodeAsync("var net = new Net();")).MustSucceed();
        Assert.Equal("5 at Net", (await kernel.SubmitCodeAsync("net.forward(5) + \" \" + net.location")).ReturnValue());
    }

    [Fact]
    public async Task A_reference_of_a_cell_that_did_not_compile_is_there_for_the_next_one()
    {
        var file = SomePackage.Assembly(folder.FullName, "Referred.Four", "public class Four { public int N = 4; }");
        (await kernel.SubmitCodeAsync("var x = 1;")).MustSucceed();
        (await kernel.SubmitCodeAsync($"#r \"{file}\"\nnothing")).Failure();
        (await kernel.SubmitCodeAsync($"#r \"{file}\"\nvar four = new Four();")).MustSucceed();
        Assert.Equal(5, (await kernel.SubmitCodeAsync("four.N + x")).ReturnValue());
    }

    [Theory]
    [InlineData("System.IO", "System.IO", "Stream", "new MemoryStream()")]
    [InlineData("mscorlib", "System.Collections", "ArrayList", "new ArrayList()")]
    [InlineData("netstandard", "System.Xml", "XmlNode", "new System.Xml.XmlDocument()")]
    public async Task An_old_library_may_know_a_type_by_an_assembly_that_only_forwards_to_it(string assembly, string space, string type, string argument)
    {
        var name = "Referred.Old." + assembly;
        var file = Path.Combine(folder.FullName, name + ".dll");
        using (var library = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition(name, new Version(1, 0)), name, ModuleKind.Dll))
        {
            var module = library.MainModule;
            var known = AssemblyNameReference.Parse(System.Reflection.AssemblyName.GetAssemblyName(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, assembly + ".dll")).FullName);
            module.AssemblyReferences.Add(known);
            var old = new TypeDefinition("", "Old", TypeAttributes.Public | TypeAttributes.Class, module.TypeSystem.Object);
            var take = new MethodDefinition("Take", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Void)
            {
                Parameters = { new ParameterDefinition("it", ParameterAttributes.None, new TypeReference(space, type, module, known)) },
            };
            take.Body.GetILProcessor().Emit(OpCodes.Ret);
            old.Methods.Add(take);
            module.Types.Add(old);
            library.Write(file);
        }

        (await kernel.SubmitCodeAsync("1")).MustSucceed();
        (await kernel.SubmitCodeAsync($"#r \"{file}\"\nOld.Take({argument});")).MustSucceed();
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named() => Assert.Equal(
        "(1,4): error CS0006: Metadata file 'nowhere.dll' could not be found", (await kernel.SubmitCodeAsync("#r \"nowhere.dll\"")).Failure().Message);
}
