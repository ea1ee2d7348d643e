namespace Microsoft.DotNet.Interactive.Commands;

public abstract class LanguageServiceCommand : KernelCommand
{
    internal LanguageServiceCommand(string code, LinePosition linePosition, string? targetKernelName)
        : base(targetKernelName)
    {
        Code = code;
        LinePosition = linePosition;
    }

    public string Code { get; protected set; }

    public LinePosition LinePosition { get; protected set; }
}
