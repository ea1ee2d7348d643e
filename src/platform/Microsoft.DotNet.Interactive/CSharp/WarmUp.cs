namespace Microsoft.DotNet.Interactive.CSharp;

/// <summary>Compiles a line in the background when the first kernel is made: the first cell finds a compiler that is awake.</summary>
internal static class WarmUp
{
    private static readonly Lazy<Task> Once = new(() => Task.Run(() => new Script().Build(
        Script.Parse("var warm = new[] { 1 }.Select(x => x + 1).ToList(); for (var i = 0; i < 1; i++) warm.Add(i); await Task.Delay(0); warm", "warm-up"), ScriptReferences.Default, CancellationToken.None)));

    public static void Start() => _ = Once.Value;
}
