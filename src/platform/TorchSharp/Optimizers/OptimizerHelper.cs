using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

public abstract class OptimizerState
{
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    protected Parameter _parameter;

    internal virtual IEnumerable<Tensor> Tensors => [];
}

/// <summary>The state of an optimizer is kept by the parameter object: converting or setting its data does not lose it.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);
    private protected OptimizerOptions Defaults = null!;

    internal OptimizerHelper()
    {
    }

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected static void Require(bool good, string name, double value, string wanted)
    {
        if (!good) throw new ArgumentException($"{name} must be {wanted}, not {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}.", name);
    }

    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        var taken = new HashSet<Parameter>(parameters(), ReferenceEqualityComparer.Instance);
        param_group.Parameters = param_group.Parameters.ToList();
        foreach (var parameter in param_group.Parameters)
        {
            ArgumentNullException.ThrowIfNull(parameter);
            if (!taken.Add(parameter)) throw new ArgumentException("A parameter stands twice in the optimizer's groups.", nameof(param_group));
        }

        param_group.Options.LearningRate ??= Defaults.LearningRate;
        param_group.Options.InitialLearningRate = param_group.Options.LearningRate!.Value;
        param_group.Options.Complete(Defaults);
        base.add_param_group(param_group);
    }

    private protected T StateOf<T>(Parameter parameter) where T : OptimizerState
    {
        if (!states.TryGetValue(parameter, out var state)) states.Add(parameter, state = NewState(parameter));
        return Unsafe.As<T>(state);
    }

    /// <summary>
    /// Runs the body over every group, with no gradients and in a dispose scope of its own. The closure's loss is the result; null without one.
    /// </summary>
    protected Tensor _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var grad = enable_grad();
            loss = loss_closure();
        }

        using var mode = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups) body((T)group);
        return loss!;
    }

    private protected override void Free()
    {
        foreach (var tensor in states.Values.SelectMany(s => s.Tensors)) tensor.Dispose();
        states.Clear();
    }
}
