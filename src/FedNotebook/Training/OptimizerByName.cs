using System.Globalization;
using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>Makes the optimizer of <c>torch.optim</c> that a training configuration names.</summary>
internal static class OptimizerByName
{
    private static readonly Dictionary<string, MethodInfo> Optimizers = typeof(optim).GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => typeof(optim.Optimizer).IsAssignableFrom(method.ReturnType)
            && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(IEnumerable<Parameter>))
        .Where(method => method.Name != nameof(optim.LBFGS)) // it wants to compute the loss itself
        .DistinctBy(method => method.Name).ToDictionary(method => method.Name);

    /// <summary>Makes an optimizer.</summary>
    /// <exception cref="ArgumentException">There is no such optimizer, or it has no such argument.</exception>
    public static optim.Optimizer Make(string name, IReadOnlyDictionary<string, object> arguments, IEnumerable<Parameter> parameters)
    {
        if (!Optimizers.TryGetValue(name, out var method))
            throw new ArgumentException($"Unknown optimizer: {name}. There are {string.Join(", ", Optimizers.Keys.Order())}.");

        var declared = method.GetParameters();
        if (arguments.Keys.Except(declared.Skip(1).Select(NameOf)).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"{name} has no argument {unknown}. It has {string.Join(", ", declared.Skip(1).Select(NameOf))}.");

        var values = declared.Skip(1).Select(parameter => Value(name, parameter, arguments));
        return (optim.Optimizer)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [parameters, .. values], null)!;
    }

    /// <summary>PyTorch's name of an argument, which TorchSharp changed in places.</summary>
    private static string NameOf(ParameterInfo parameter) => parameter.Name == "learningRate" ? "lr" : parameter.Name!;

    private static object? Value(string optimizer, ParameterInfo parameter, IReadOnlyDictionary<string, object> arguments)
    {
        if (!arguments.TryGetValue(NameOf(parameter), out var value))
            return parameter.HasDefaultValue ? parameter.DefaultValue : throw new ArgumentException($"{optimizer} needs the argument {NameOf(parameter)}.");

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        try
        {
            return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException)
        {
            throw new ArgumentException($"{optimizer}'s argument {NameOf(parameter)} is a {type.Name}; {value ?? "null"} is none.", e);
        }
    }
}
