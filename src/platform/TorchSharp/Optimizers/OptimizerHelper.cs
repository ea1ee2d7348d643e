using System.Runtime.CompilerServices;
using System.Text;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// What optimizers share. One of your own derives from this: it sets <c>_defaults</c>, puts a state for each parameter into <c>_state</c> when a group
/// is added, and gives <c>_step</c> what it does with a group.
/// </summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    /// <summary>What a group does not set.</summary>
    protected OptimizerOptions _defaults = null!;

    /// <summary>The state of each parameter by its handle, which stays when the parameter's data is converted or replaced.</summary>
    protected OrderedDict<IntPtr, OptimizerState> _state = [];

    public OptimizerHelper()
    {
    }

    /// <summary>Begins a state at the parameter's first step; an optimizer of the user's own has them from the start, or has none.</summary>
    private protected virtual OptimizerState? NewState(Parameter parameter) => null;

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

        if (param_group.Options is { } options && _defaults is not null)
        {
            options.LearningRate ??= _defaults.LearningRate;
            options.InitialLearningRate = options.LearningRate ?? 0;
            options.Complete(_defaults);
        }

        base.add_param_group(param_group);
    }

    public override IEnumerable<Parameter> parameters() => base.parameters();

    public override void zero_grad() => base.zero_grad();

    private OptimizerState? StateOf(Parameter parameter, OptimizerOptions options)
    {
        if (_state.TryGetValue(parameter.Handle, out var state)) return state;
        state = NewState(parameter);
        if (state is null) return null;
        _state.Add(parameter.Handle, state);
        state.Initialize(options);
        return state;
    }

    /// <summary>The group's parameters that have a gradient, with it and with their states. The weights' decay is in the gradient: a copy, if so.</summary>
    private protected IEnumerable<(Parameter Parameter, Tensor Gradient, T State)> Due<T>(ParamGroup group, bool maximize, double decay) where T : OptimizerState
    {
        foreach (var parameter in group.Parameters)
        {
            var grad = parameter.grad;
            if (grad is null) continue;
            if (maximize) grad = -grad;
            if (decay != 0) grad = grad.add(parameter, decay);
            yield return (parameter, grad, Unsafe.As<T>(StateOf(parameter, group.Options)!));
        }
    }

    /// <summary>The live options of every group and the live state of every parameter, in the order of the groups: not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var found = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            found.Options.Add(group.Options);
            var states = group.Parameters.Select(p => StateOf(p, group.Options)).OfType<OptimizerState>().ToList();
            found.StateIndexRef.Add([.. Enumerable.Range(found.State.Count, states.Count)]);
            found.State.AddRange(states);
        }

        return found;
    }

    /// <summary>Takes over copies. Nothing is changed when the state does not fit.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var own = this.state_dict();
        CheckCounts(own, state_dict.Options.Count, state_dict.State.Count);
        if (state_dict.Options.Contains(null!) || state_dict.State.Contains(null!)) throw new ArgumentException("The state has gaps: null.", nameof(state_dict));
        foreach (var (mine, theirs) in own.Options.Zip(state_dict.Options))
            if (mine.GetType() != theirs.GetType()) throw new ArgumentException($"The state is of another optimizer than {GetType().Name}.", nameof(state_dict));
        foreach (var (mine, theirs) in own.State.Zip(state_dict.State)) mine.CheckFits(theirs);
        foreach (var (mine, theirs) in own.Options.Zip(state_dict.Options)) mine.LoadStateDict(theirs);
        foreach (var (mine, theirs) in own.State.Zip(state_dict.State)) mine.LoadStateDict(theirs);
    }

    public void save_state_dict(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        WholeFile.Write(location, stream =>
        {
            using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            save_state_dict(writer);
        });
    }

    public void save_state_dict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var own = state_dict();
        writer.Write(GetType().Name);
        TensorFile.WriteNumber(writer, own.Options.Count);
        TensorFile.WriteNumber(writer, own.State.Count);
        foreach (var options in own.Options) options.SaveStateDict(writer);
        foreach (var state in own.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (!File.Exists(location)) throw new FileNotFoundException($"There is no file '{location}' to load the optimizer's state from.", location);
        using var reader = new BinaryReader(File.OpenRead(location), Encoding.UTF8);
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var name = TensorFile.ReadText(reader);
        if (name != GetType().Name)
            throw new InvalidDataException($"This is not the state of the optimizer {GetType().Name}: the file names '{(name.Length > 40 ? name[..40] + "..." : name)}'.");
        var own = state_dict();
        CheckCounts(own, TensorFile.ReadNumber(reader), TensorFile.ReadNumber(reader));
        // Read as a whole before anything is taken over: a file can end in the middle.
        var found = new StateDictionary();
        using var scope = NewDisposeScope();
        try
        {
            foreach (var mine in own.Options)
            {
                var options = mine.Copy();
                found.Options.Add(options);
                options.LoadStateDict(reader);
            }

            foreach (var mine in own.State)
            {
                var state = mine.Fresh();
                found.State.Add(state);
                state.LoadStateDict(reader);
            }

            load_state_dict(found);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("This is not the state of an optimizer, or it is damaged: it ends too early.");
        }
        finally
        {
            foreach (var state in found.State) state.Release();
        }
    }

    private void CheckCounts(StateDictionary own, long groups, long states)
    {
        if (groups != own.Options.Count) throw new ArgumentException($"The state has {groups} groups of parameters, but the optimizer {own.Options.Count}.");
        if (states != own.State.Count) throw new ArgumentException($"The state is of {states} parameters, but the optimizer has {own.State.Count}.");
    }

    /// <summary>Moves the state, not the parameters.</summary>
    public void to(Device device)
    {
        foreach (var state in _state.Values) state.to(device);
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
        foreach (var group in _parameter_groups)
            body(group as T ?? throw new InvalidOperationException($"{GetType().Name} works with groups of the type {typeof(T).Name}, but one is a {group.GetType().Name}."));
        return loss!;
    }

    private protected override void Free()
    {
        foreach (var state in _state.Values) state.Release();
        _state.Clear();
    }
}
