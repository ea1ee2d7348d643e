namespace Microsoft.DotNet.Interactive.Commands;

public class RequestInput(string prompt, string? inputTypeHint = null) : KernelCommand
{
    public string? ParameterName { get; set; }

    public string Prompt { get; } = prompt;

    public bool IsPassword => InputTypeHint == "password";

    public string? SaveAs { get; set; }

    public string? InputTypeHint { get; set; } = inputTypeHint;
}
