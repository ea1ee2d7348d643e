namespace Microsoft.DotNet.Interactive;

public class KernelExtensionLoadException(Exception innerException)
    : Exception($"An extension could not be loaded: {innerException.Message}", innerException);
