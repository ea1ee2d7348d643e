using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// Copies a module of any class, those of a notebook's cells included, as Python's deepcopy does: the object graph, with each tensor,
/// submodule and collection copied once however often it is mentioned. A delegate of a module of the graph becomes one of its copy. What has no copy of its own (other
/// delegates, types, native handles, devices, generators) is shared.
/// </summary>
internal sealed class ModuleCopy
{
    private readonly Dictionary<object, object> copies = new(ReferenceEqualityComparer.Instance);

    /// <summary>An independent module with the same weights, buffers and mode. Gradients stay behind, as with deepcopy.</summary>
    public static T Of<T>(T module) where T : nn.Module => (T)new ModuleCopy().Copy(module)!;

    private object? Copy(object? original)
    {
        if (original is Delegate { Target: nn.Module owner } bound && bound.HasSingleTarget) return Delegate.CreateDelegate(bound.GetType(), Copy(owner), bound.Method);
        if (original is null || IsShared(original)) return original;
        if (copies.TryGetValue(original, out var known)) return known;
        return original switch
        {
            TorchSharp.Modules.Parameter parameter => copies[original] = new TorchSharp.Modules.Parameter(parameter.detach().clone(), parameter.requires_grad).DetachFromDisposeScope(),
            Tensor tensor => copies[original] = Cloned(tensor).DetachFromDisposeScope(),
            Array array => CopyArray(array),
            _ => CopyFields(original),
        };
    }

    private static Tensor Cloned(Tensor tensor) => tensor.detach().clone().requires_grad_(tensor.requires_grad && tensor.is_leaf);

    private static bool IsShared(object original) => original
        is string or Delegate or MemberInfo or SafeHandle or Device or Scalar or Generator or Thread or Lock
        || !HoldsReferences(original.GetType());

    /// <summary>Whether a value of that type can hold a reference to something that needs a copy.</summary>
    private static bool HoldsReferences(Type type) => !(type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(decimal) || type == typeof(IntPtr));

    private Array CopyArray(Array original)
    {
        var copy = (Array)original.Clone();
        copies[original] = copy;
        if (original.Rank != 1 || original.GetType().GetElementType()!.IsPrimitive) return copy;
        for (var i = copy.GetLowerBound(0); i <= copy.GetUpperBound(0); i++) copy.SetValue(Copy(original.GetValue(i)), i);
        return copy;
    }

    private object CopyFields(object original)
    {
        var copy = MemberwiseClone(original);
        copies[original] = copy;
        for (var type = original.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (HoldsReferences(field.FieldType))
                    field.SetValue(copy, Copy(field.GetValue(original)));
        return copy;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object MemberwiseClone(object original);
}
