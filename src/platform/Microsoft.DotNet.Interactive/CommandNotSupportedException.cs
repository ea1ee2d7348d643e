namespace Microsoft.DotNet.Interactive;

public class CommandNotSupportedException(Type commandType, Kernel kernel)
    : Exception($"The kernel '{kernel.Name}' does not support {commandType.Name}.");
