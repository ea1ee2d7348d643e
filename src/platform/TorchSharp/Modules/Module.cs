using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// Unlike upstream, converting a module keeps its Parameter objects (an optimizer made before goes on working), and an auto-property's
        /// component is named after the property.
        /// </summary>
        public partial class Module : IDisposable
        {
            protected OrderedDict<string, Module> _internal_submodules = [];
            protected OrderedDict<string, Parameter> _internal_params = [];
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = [];
            private bool is_training = true, is_disposed, components_registered;

            protected string name;

            protected Module(string name) => this.name = name;

            public virtual string GetName() => name;

            public virtual bool training => is_training;

            public virtual void train(bool train = true)
            {
                Nesting.Check();
                is_training = train;
                foreach (var child in _internal_submodules.Values) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                Nesting.Check();
                foreach (var child in _internal_submodules.Values) child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }

                    using var grad = parameter.grad;
                    grad?.detach_().Dispose();
                    grad?.zero_().Dispose();
                }
            }

            /// <summary>Takes every field of the module that is a module, a parameter or a tensor (a buffer), in the order of declaration.</summary>
            protected virtual void RegisterComponents()
            {
                // The built-in modules name their parts themselves; a class derived from one has fields of its own.
                if (components_registered || GetType().Assembly == typeof(Module).Assembly) return;
                components_registered = true;
                foreach (var field in ComponentFields(GetType()))
                {
                    var component = field.GetValue(this);
                    var key = ComponentName(field);
                    switch (component)
                    {
                        case Module module when !_internal_submodules.ContainsKey(key): register_module(key, module); break;
                        case Parameter parameter when !_internal_params.ContainsKey(key): register_parameter(key, parameter); break;
                        case Tensor tensor when component is not TorchSharp.Modules.Parameter && !_internal_buffers.ContainsKey(key): register_buffer(key, tensor); break;
                    }
                }
            }

            private static IEnumerable<FieldInfo> ComponentFields(Type type)
            {
                if (type.Assembly == typeof(Module).Assembly || type.BaseType is null) return [];
                return ComponentFields(type.BaseType).Concat(
                    type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
            }

            private static string ComponentName(FieldInfo field)
            {
                if (field.GetCustomAttribute<ComponentNameAttribute>()?.Name is { Length: > 0 } given) return given;
                return field.Name is ['<', ..] && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
                    ? field.Name[1..field.Name.IndexOf('>')]
                    : field.Name;
            }

            private protected static void CheckKey(string key)
            {
                if (string.IsNullOrEmpty(key)) throw new ArgumentException("The name of a module's component must not be empty.", nameof(name));
                if (key.Contains('.')) throw new ArgumentException($"The name of a module's component must not contain a dot: '{key}'.", nameof(name));
            }

            private void CheckName(string key)
            {
                CheckKey(key);
                if (_internal_submodules.ContainsKey(key) || _internal_params.ContainsKey(key) || _internal_buffers.ContainsKey(key))
                    throw new InvalidOperationException($"The module {GetName()} has a component named '{key}' already.");
            }

            public virtual void register_module(string name, Module submodule)
            {
                CheckName(name);
                if (submodule is null) return;
                if (ReferenceEquals(submodule, this)) throw new ArgumentException($"The module {GetName()} cannot be a part of itself.", nameof(submodule));
                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter param)
            {
                CheckName(name);
                if (param is not null) _internal_params.Add(name, param);
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                CheckName(name);
                if (tensor is not null) _internal_buffers.Add(name, (tensor, persistent));
            }

            internal void SetComponent(string name, Parameter? parameter)
            {
                if (parameter is null) _internal_params.Remove(name);
                else _internal_params[name] = parameter;
            }

            protected void ClearModules() => _internal_submodules.Clear();

            private protected void ReplaceModules(IEnumerable<(string, Module)> modules)
            {
                _internal_submodules.Clear();
                foreach (var (key, module) in modules) register_module(key, module);
            }

            /// <summary>A plain tensor becomes a parameter, and is empty afterwards.</summary>
            protected void ConditionallyRegisterParameter(string name, Tensor value) =>
                ConditionallyRegisterParameter(name, value is null ? null : value as Modules.Parameter ?? new Modules.Parameter(value));

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                _internal_params.Remove(name);
                if (value is not null) _internal_params.Add(name, value);
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                _internal_buffers.Remove(name);
                if (value is not null) _internal_buffers.Add(name, (value, persistent));
            }

            public virtual IEnumerable<Module> children() => _internal_submodules.Values;
            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules.keys().Zip(_internal_submodules.values());
            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                Nesting.Check();
                foreach (var (key, child) in _internal_submodules)
                {
                    yield return (key, child);
                    foreach (var (below, module) in child.named_modules()) yield return ($"{key}.{below}", module);
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                Nesting.Check();
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (key, parameter) in _internal_params)
                    if (seen.Add(parameter)) yield return (key, parameter);
                if (!recurse) yield break;
                foreach (var (key, child) in _internal_submodules)
                    foreach (var (below, parameter) in child.named_parameters())
                        if (seen.Add(parameter)) yield return ($"{key}.{below}", parameter);
            }

            protected virtual Parameter[] _parameters(bool recurse = true) => parameters(recurse).ToArray();
            protected virtual (string name, Parameter parameter)[] _named_parameters() => named_parameters().ToArray();
            protected virtual (string name, Tensor buffer)[] _named_buffers() => named_buffers().ToArray();

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                Nesting.Check();
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (key, (tensor, persistent)) in _internal_buffers)
                    if ((persistent || include_nonpersistent) && seen.Add(tensor)) yield return (key, tensor);
                if (!recurse) yield break;
                foreach (var (key, child) in _internal_submodules)
                    foreach (var (below, tensor) in child.named_buffers(true, include_nonpersistent))
                        if (seen.Add(tensor)) yield return ($"{key}.{below}", tensor);
            }

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(p => p.name == target).parameter;
            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(b => b.name == target).buffer;

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (InitializeDevice(device), dtype ?? get_default_dtype());

            ~Module() => Dispose(false);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the parameters and buffers, and all modules below.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || is_disposed) return;
                Nesting.Check();
                is_disposed = true;
                foreach (var parameter in _internal_params.Values) parameter.Dispose();
                foreach (var (tensor, _) in _internal_buffers.Values) tensor.Dispose();
                foreach (var child in _internal_submodules.Values) child.Dispose();
            }
        }
    }
}
