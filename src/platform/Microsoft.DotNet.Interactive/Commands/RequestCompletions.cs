namespace Microsoft.DotNet.Interactive.Commands;

public class RequestCompletions(string code, LinePosition linePosition, string? targetKernelName = null)
    : LanguageServiceCommand(code, linePosition, targetKernelName);
