using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FedNotebook.Generators;

/// <summary>Which members of TorchSharp are operations that a worker may run, and in which form a pointer shows them.</summary>
internal sealed class Rules(INamedTypeSymbol tensor)
{
    /// <summary>Members that manage a local object, write files, print, or that the pointer has in a form of its own.</summary>
    private static readonly HashSet<string> LocalOnly =
    [
        "DetachFromDisposeScope", "DetatchFromDisposeScope", "MoveToOuterDisposeScope", "MoveToOtherDisposeScope",
        "print", "save", "Save", "grad", "set_grad", "pin_memory", "share_memory_", "cuda", "mps",
    ];

    /// <summary>Results that are no tensor say something of the values; these two give none.</summary>
    private static readonly HashSet<string> WithoutResult = ["backward", "retain_grad"];

    /// <summary>Operations whose result is as large as the values say.</summary>
    private static readonly HashSet<string> SizesThatTell =
    [
        "nonzero", "nonzero_as_list", "argwhere", "masked_select", "unique", "unique_consecutive", "bincount", "one_hot", "repeat_interleave",
        "tensor_split", "index", "to_sparse", "get_Item", "where",
    ];

    /// <summary>Whether the shape of the result depends on the values of the arguments.</summary>
    public static bool SizeTells(IMethodSymbol method) =>
        SizesThatTell.Contains(method.Name)
        && (method.Name is not "where" || method.Parameters.Length < 2)
        && (method.Name is not "get_Item" || method.Parameters.Any(p => p.Type.Name == "Tensor"));

    /// <summary>Whether an operation that is not in place changes the argument of that name.</summary>
    public static bool IsWritten(string name, IReadOnlyCollection<string> names) =>
        name is "out" or "running_mean" or "running_var" || (name == "weight" && names.Contains("max_norm"));

    public bool IsTensor(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, tensor);

    public bool MayRun(IMethodSymbol method) =>
        method is { DeclaredAccessibility: Accessibility.Public, IsGenericMethod: false }
        && !LocalOnly.Contains(method.AssociatedSymbol?.Name ?? method.Name)
        && !method.GetAttributes().Any(a => a.AttributeClass?.Name == "ObsoleteAttribute")
        && (method.ReturnsVoid ? WithoutResult.Contains(method.Name) : ResultOf(method) != ResultKind.Other)
        && method.Parameters.All(p => p.RefKind == RefKind.None && (IsObject(p.Type) || IsObjects(p.Type) || IsPlain(p.Type)));

    public ResultKind ResultOf(IMethodSymbol method)
    {
        if (method.ReturnsVoid) return ResultKind.None;
        if (IsTensor(method.ReturnType)) return ResultKind.One;
        if (IsObjects(method.ReturnType)) return ResultKind.List;
        return method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(e => IsTensor(e.Type))
            ? ResultKind.Tuple
            : ResultKind.Other;
    }

    public bool IsObject(ITypeSymbol type) => IsTensor(type);

    /// <summary>An array or list of tensors.</summary>
    public bool IsObjects(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => IsTensor(array.ElementType),
        INamedTypeSymbol { Name: "IEnumerable" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" } named =>
            named.TypeArguments.Length == 1 && IsTensor(named.TypeArguments[0]),
        _ => false,
    };

    /// <summary>A value that can travel in a message as it is.</summary>
    private bool IsPlain(ITypeSymbol type) => type switch
    {
        { IsRefLikeType: true } => false,
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String } => true,
        { TypeKind: TypeKind.Enum } => true,
        IArrayTypeSymbol { Rank: 1 } array => IsPlain(array.ElementType),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => IsPlain(nullable.TypeArguments[0]),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.All(e => IsPlain(e.Type)),
        INamedTypeSymbol { Name: "Scalar" or "Device" or "TensorIndex" } named => named.ContainingAssembly.Name == tensor.ContainingAssembly.Name,
        _ => false,
    };
}
