namespace Microsoft.DotNet.Interactive.Tests.CSharp;

/// <summary>Where an error happened, in cells of every kind: some are loaded without symbols.</summary>
public sealed class ErrorLineTests : IDisposable
{
    private readonly CompositeKernel kernel = SomeKernel.WithCSharp();

    public void Dispose() => kernel.Dispose();

    [Theory]
    [InlineData("var a = 0;\n\n1 / a", 3)]
    [InlineData("var n = 1;\nint.Parse(\n  \"x\")", 2)]
    [InlineData("var text = \"\";\nConsole.Write(1);\nConsole.Write(text[3]);\nConsole.Write(2);", 3)]
    [InlineData("await Task.Yield();\nawait Task.FromException(new Exception());\n1", 2)]
    [InlineData("var list = new List<int>();\nif (list.Count == 0)\n{\n    list[1] = 2;\n}", 4)]
    [InlineData("using (var s = new MemoryStream())\n{\n    s.Position = -1;\n}", 3)]
    [InlineData("var x = 3 switch\n{\n  1 => 2\n};", 1)]
    [InlineData("\n\nthrow new Exception();", 3)]
    [InlineData("foreach (var i in new[] { 1 })\n  throw new Exception();", 2)]
    [InlineData("Action a = () =>\n{\n  throw new Exception();\n};\na();", 5)]
    public async Task The_line_of_the_cell_is_told(string code, int line)
    {
        var message = (await kernel.SubmitCodeAsync(code)).Failure().Message;
        Assert.EndsWith($"\n   at cell 1, line {line}", message);
        (await kernel.SubmitCodeAsync("1")).MustSucceed();
    }

    // The runtime does not know the line where it checks an index itself.
    [Theory]
    [InlineData("int Get(int[] a, int i)\n{\n  Console.Write(i);\n  return a[i];\n}\nGet(new int[3], 3)", "Get in cell 1, line 4\n   at cell 1, line 6")]
    [InlineData("int Get(int[] a, int i)\n{\n  a[0] = 1;\n  return a[i];\n}\nGet(new int[3], 3)", "Get in cell 1, line 3 or 4\n   at cell 1, line 6")]
    [InlineData("void Set(int[] a)\n{\n  a[0] = 1;\n  a[1] = 1;\n  a[2] = 1;\n  a[3] = 1;\n  a[4] = 1;\n  a[5] = 1;\n}\nSet(new int[5])", "Set in cell 1, line 3 to 8\n   at cell 1, line 10")]
    [InlineData("Func<int, int> f = i =>\n{\n  var n = i;\n  return checked(n * 2);\n};\nf(int.MaxValue)", "cell 1, line 4\n   at cell 1, line 6")]
    [InlineData("var text = \"abc\";\nfor (var i = 0; i < 4; i++)\n  Console.Write(text[i]);", "cell 1, line 3")]
    [InlineData("T Last<T>(T[] a)\n{\n  var n = a.Length;\n  return a[n];\n}\nLast(new string[1])", "Last in cell 1, line 4\n   at cell 1, line 6")]
    [InlineData("async Task Go(int[] a)\n{\n  await Task.Yield();\n  a[1]++;\n}\nawait Go(new int[1]);", "Go in cell 1, line 4\n   at cell 1, line 6")]
    public async Task The_lines_that_have_an_index_are_told(string code, string place) =>
        Assert.EndsWith("\n   at " + place, (await kernel.SubmitCodeAsync(code)).Failure().Message);

    [Theory]
    [InlineData("string told;\ntry\n{\n  int.Parse(\"x\");\n}\ncatch (Exception e) { told = e.ToString(); }\ntold", 4)]
    [InlineData("\nEnvironment.StackTrace", 2)]
    [InlineData("\n\nnew System.Diagnostics.StackTrace(fNeedFileInfo: true).ToString()", 3)]
    public async Task A_cell_that_looks_at_its_own_stack_sees_its_lines(string code, int line) =>
        Assert.Contains($"cell 1:line {line}", (string)(await kernel.SubmitCodeAsync(code)).ReturnValue()!);

    [Fact]
    public async Task A_file_that_is_loaded_tells_its_own_lines_and_can_be_interrupted()
    {
        var folder = Directory.CreateTempSubdirectory("load-test-");
        try
        {
            var script = Path.Combine(folder.FullName, "more.csx");
            File.WriteAllText(script, "void Fail()\n{\n    throw new Exception(\"here\");\n}\nvoid Spin() { while (true) { } }\n");
            (await kernel.SubmitCodeAsync($"#load \"{script}\"")).MustSucceed();
            Assert.Equal("System.Exception: here\n   at Fail in more.csx, line 3\n   at cell 2, line 1", (await kernel.SubmitCodeAsync("Fail()")).Failure().Message);
            var spinning = kernel.SubmitCodeAsync("Spin();");
            await kernel.SendAsync(new Commands.Cancel());
            while (!spinning.IsCompleted)
            {
                await Task.Delay(50);
                await kernel.SendAsync(new Commands.Cancel());
            }

            Assert.Equal("The command was cancelled.", (await spinning).Failure().Message);
            (await kernel.SubmitCodeAsync("1")).MustSucceed();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
