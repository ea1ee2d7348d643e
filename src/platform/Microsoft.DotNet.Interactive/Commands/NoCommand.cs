namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Stands for the command of an event that is about none.</summary>
internal sealed class NoCommand : KernelCommand
{
    public static readonly NoCommand Instance = new();

    private NoCommand()
    {
    }
}
