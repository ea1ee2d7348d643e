namespace Microsoft.DotNet.Interactive.Commands;

public class RequestSignatureHelp(string code, LinePosition linePosition, string? targetKernelName = null)
    : LanguageServiceCommand(code, linePosition, targetKernelName);
