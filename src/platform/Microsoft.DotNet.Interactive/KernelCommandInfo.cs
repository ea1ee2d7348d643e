namespace Microsoft.DotNet.Interactive;

public record KernelCommandInfo(string Name);
