using System.Reflection;
using System.Reflection.Emit;

namespace TorchSharp.Tests.Operators;

/// <summary>Calls a method by reflection, also one that takes spans, which reflection cannot hold: an array is given for each.</summary>
internal static class SpanCall
{
    private static readonly Dictionary<MethodInfo, Func<object?, object?[], object?>> Made = [];

    public static object? Invoke(MethodInfo method, object? target, object?[] arguments)
    {
        if (!Array.Exists(method.GetParameters(), p => p.ParameterType.IsByRefLike))
        {
            try
            {
                return method.Invoke(target, arguments);
            }
            catch (TargetInvocationException e)
            {
                throw e.InnerException!;
            }
        }

        if (!Made.TryGetValue(method, out var call)) Made.Add(method, call = Make(method));
        // As reflection does: null stands for a type's zero.
        return call(target, [.. arguments.Zip(method.GetParameters(), (a, p) => a ?? (p.ParameterType is { IsValueType: true, IsByRefLike: false } type ? Activator.CreateInstance(type) : null))]);
    }

    private static Func<object?, object?[], object?> Make(MethodInfo method)
    {
        var dynamic = new DynamicMethod(method.Name, typeof(object), [typeof(object), typeof(object[])], typeof(SpanCall).Module, true);
        var code = dynamic.GetILGenerator();
        if (!method.IsStatic) code.Emit(OpCodes.Ldarg_0);
        var place = 0;
        foreach (var type in method.GetParameters().Select(p => p.ParameterType))
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldc_I4, place++);
            code.Emit(OpCodes.Ldelem_Ref);
            if (type.IsByRefLike)
            {
                var array = type.GetGenericArguments()[0].MakeArrayType();
                code.Emit(OpCodes.Castclass, array);
                code.Emit(OpCodes.Call, type.GetMethod("op_Implicit", [array])!);
            }
            else code.Emit(OpCodes.Unbox_Any, type);
        }

        code.Emit(OpCodes.Call, method);
        if (method.ReturnType.IsValueType) code.Emit(OpCodes.Box, method.ReturnType);
        code.Emit(OpCodes.Ret);
        return dynamic.CreateDelegate<Func<object?, object?[], object?>>();
    }
}
