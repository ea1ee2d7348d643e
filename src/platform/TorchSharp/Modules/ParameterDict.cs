using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Parameters by name, in the order in which they came.</summary>
    public class ParameterDict : nn.Module, IList<(string, Parameter)>
    {
        private readonly OrderedDictionary<string, Parameter> entries = [];
        private List<string> named = [];

        public ParameterDict() : base(nameof(ParameterDict))
        {
        }

        // After every change: what is registered follows what is here, in the same order.
        private void Named()
        {
            foreach (var key in named) SetComponent(key, null);
            named = [.. entries.Keys];
            foreach (var (key, parameter) in entries) SetComponent(key, parameter);
        }

        protected override void RegisterComponents() => Named();

        public Parameter this[string key]
        {
            get => entries.TryGetValue(key, out var parameter)
                ? parameter
                : throw new KeyNotFoundException($"There is no parameter '{key}' here, but: {string.Join(", ", entries.Keys)}.");
            set
            {
                CheckKey(key);
                ArgumentNullException.ThrowIfNull(value);
                entries[key] = value;
                Named();
            }
        }

        public int Count => entries.Count;
        public bool IsReadOnly => false;
        public ICollection<string> Keys => entries.Keys;
        public ICollection<Parameter> Values => entries.Values;
        public IEnumerable<string> keys() => entries.Keys;
        public IEnumerable<Parameter> values() => entries.Values;
        public bool ContainsKey(string key) => entries.ContainsKey(key);
        public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => entries.TryGetValue(key, out value);

        public void Add(string key, Parameter value)
        {
            CheckKey(key);
            ArgumentNullException.ThrowIfNull(value);
            if (!entries.TryAdd(key, value)) throw new ArgumentException($"There is a parameter '{key}' here already.", nameof(key));
            Named();
        }

        public void Add((string, Parameter) item) => Add(item.Item1, item.Item2);
        public void Add(KeyValuePair<string, Parameter> item) => Add(item.Key, item.Value);

        public (string, Parameter) this[int index]
        {
            get => (entries.GetAt(index).Key, entries.GetAt(index).Value);
            set
            {
                CheckKey(value.Item1);
                ArgumentNullException.ThrowIfNull(value.Item2);
                entries.SetAt(index, value.Item1, value.Item2);
                Named();
            }
        }

        public void Insert(int index, (string, Parameter) item)
        {
            CheckKey(item.Item1);
            ArgumentNullException.ThrowIfNull(item.Item2);
            entries.Insert(index, item.Item1, item.Item2);
            Named();
        }

        public void RemoveAt(int index)
        {
            entries.RemoveAt(index);
            Named();
        }

        public int IndexOf((string, Parameter) item) =>
            item.Item1 is not null && entries.IndexOf(item.Item1) is >= 0 and var index && ReferenceEquals(entries.GetAt(index).Value, item.Item2) ? index : -1;

        public bool Contains((string, Parameter) item) => IndexOf(item) >= 0;
        public bool Contains(KeyValuePair<string, Parameter> item) => Contains((item.Key, item.Value));
        public bool Remove((string, Parameter) item) => Contains(item) && Remove(item.Item1);
        public bool Remove(KeyValuePair<string, Parameter> item) => Remove((item.Key, item.Value));
        public void CopyTo((string, Parameter)[] array, int arrayIndex) => entries.Select(e => (e.Key, e.Value)).ToArray().CopyTo(array, arrayIndex);
        public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, Parameter>>)entries).CopyTo(array, arrayIndex);

        public bool Remove(string key)
        {
            var removed = entries.Remove(key);
            Named();
            return removed;
        }

        public void Clear()
        {
            entries.Clear();
            Named();
        }

        public void clear() => Clear();

        // As the base does; the API says them again here.
        public override bool has_parameter(string target) => base.has_parameter(target);
        public override Parameter? get_parameter(string target) => base.get_parameter(target);
        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse) => base.named_parameters(recurse);
        protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking) => base._toEpilog(dtype, device, non_blocking);

        public IEnumerator<(string, Parameter)> items() => GetEnumerator();
        public IEnumerator<(string, Parameter)> GetEnumerator() => entries.Select(e => (e.Key, e.Value)).GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ParameterDict ParameterDict(params (string, Parameter)[] parameters)
            {
                ArgumentNullException.ThrowIfNull(parameters);
                var made = new ParameterDict();
                foreach (var (key, parameter) in parameters) made.Add(key, parameter);
                return made;
            }
        }
    }
}
