namespace Microsoft.DotNet.Interactive.ValueSharing;

/// <summary>A variable of a kernel, with its value.</summary>
/// <param name="valueInfo">What is known of the variable.</param>
/// <param name="value">Its value.</param>
/// <param name="kernelName">The kernel.</param>
public class KernelValue(KernelValueInfo valueInfo, object? value, string kernelName)
{
    public object? Value { get; } = value;

    /// <summary>The type that the variable is declared with, or else that of its value.</summary>
    public Type? Type => valueInfo.Type ?? Value?.GetType();

    public string Name => valueInfo.Name;

    public string KernelName { get; } = kernelName;

    public override string ToString() => $"{Name} in {KernelName}";
}
