namespace Microsoft.DotNet.Interactive.Tests.CSharp;

[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

[Collection("alone")]
public sealed class MemoryTests
{
    [Fact]
    public async Task A_hundred_cells_leave_little_behind()
    {
        using var kernel = SomeKernel.WithCSharp();
        for (var i = 0; i < 20; i++) (await kernel.SubmitCodeAsync($"var v{i} = {i};")).MustSucceed();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 20; i < 120; i++) (await kernel.SubmitCodeAsync($"var v{i} = {i} + v{i - 1};")).MustSucceed();
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / 100;
        Assert.True(each < 150_000, $"Each cell leaves {each} bytes.");
    }
}
