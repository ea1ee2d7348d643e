using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Null where something is needed ends in an exception with a sentence, never in a NullReferenceException.</summary>
public class NullArgumentTests
{
    private static readonly Type[] Holders =
    [
        typeof(torch), typeof(nn), typeof(nn.functional), typeof(nn.init), typeof(nn.utils), typeof(optim), typeof(optim.lr_scheduler), typeof(utils.data),
        typeof(Tensor), typeof(TensorExtensionMethods), typeof(torch.random),
    ];

    [Fact]
    public void Null_is_refused_with_a_sentence()
    {
        var found = new SortedSet<string>();
        var tried = 0;
        foreach (var holder in Holders)
        {
            var methods = holder.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => !m.IsGenericMethod && !m.IsSpecialName && !m.ReturnType.IsByRefLike && m.Name is not ("set_default_device" or "set_printoptions" or "print" or "Dispose" or "DecoupleFromNativeHandle" or "UnsafeCreateTensor")
                    && m.GetParameters().All(p => !p.ParameterType.IsByRefLike && !p.ParameterType.IsByRef));
            foreach (var method in methods)
            {
                var parameters = method.GetParameters();
                for (var absent = 0; absent < parameters.Length; absent++)
                {
                    if (parameters[absent].ParameterType.IsValueType) continue;
                    using var scope = NewDisposeScope();
                    tried++;
                    try
                    {
                        method.Invoke(method.IsStatic ? null : ones(2, 2), parameters.Select((p, i) => i == absent ? null : Value(p)).ToArray());
                    }
                    catch (TargetInvocationException e) when (e.InnerException is NullReferenceException)
                    {
                        found.Add($"{holder.Name}.{method.Name}({parameters[absent].ParameterType.Name} {parameters[absent].Name}) {e.InnerException.StackTrace!.Split('\n')[0].Trim()}");
                    }
                    catch (TargetInvocationException)
                    {
                    }
                }
            }
        }

        Assert.True(found.Count == 0, $"{found.Count} of {tried} calls with a null:\n" + string.Join("\n", found));
    }

    private static object? Value(ParameterInfo parameter)
    {
        if (parameter.HasDefaultValue && parameter.DefaultValue is not null) return parameter.DefaultValue;
        var type = parameter.ParameterType;
        return type switch
        {
            _ when type == typeof(Tensor) => ones(2, 2),
            _ when type == typeof(Tensor[]) || type == typeof(IList<Tensor>) || type == typeof(IEnumerable<Tensor>) => new[] { ones(2, 2) },
            _ when type == typeof(Parameter) => new Parameter(ones(2)),
            _ when type == typeof(IEnumerable<Parameter>) => new[] { new Parameter(ones(2)) },
            _ when type == typeof(long) => 1L,
            _ when type == typeof(int) => 1,
            _ when type == typeof(double) => 0.5,
            _ when type == typeof(long[]) => new[] { 1L },
            _ when type == typeof(Scalar) => (Scalar)1,
            _ when type == typeof(optim.Optimizer) => optim.SGD([new Parameter(ones(2))], 0.1),
            _ when type == typeof(string) => "x",
            _ => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null,
        };
    }
}
