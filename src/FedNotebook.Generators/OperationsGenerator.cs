using System.Linq;
using Microsoft.CodeAnalysis;

namespace FedNotebook.Generators;

/// <summary>
/// Derives from the TorchSharp that a project references: what a pointer offers, what a worker agrees to run, and the
/// functions of <c>F</c> and <c>torch</c>. So they are complete, typed and equal, whichever TorchSharp it is.
/// </summary>
[Generator]
public sealed class OperationsGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterSourceOutput(context.CompilationProvider, static (output, compilation) =>
        {
            var tensor = compilation.GetTypeByMetadataName("TorchSharp.torch+Tensor");
            var functional = compilation.GetTypeByMetadataName("TorchSharp.torch+nn+functional");
            if (tensor is null || functional is null) return;
            var torch = tensor.ContainingType;

            var rules = new Rules(tensor);
            var methods = tensor.GetMembers().Select(m => Operation.FromTensorMember(m, rules)).OfType<Operation>().ToList();
            var functions = functional.GetMembers().Select(m => Operation.FromFunction(m, "F.", rules)).OfType<Operation>().ToList();
            var free = torch.GetMembers().Select(m => Operation.FromFunction(m, "torch.", rules)).OfType<Operation>().ToList();
            output.AddSource("OperationTable.g.cs", Emit.Table(methods.Concat(functions).Concat(free)));
            foreach (var pointer in Emit.Pointers) output.AddSource($"{pointer.Split('<')[0]}.g.cs", Emit.Pointer(methods, pointer));
            output.AddSource("F.g.cs", Emit.Functions(functions));
            output.AddSource("TorchExtensions.g.cs", Emit.FreeFunctions(free));
        });
    }
}
