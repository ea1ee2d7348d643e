using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules by name, in the order in which they came.</summary>
    public class ModuleDict<T> : nn.Module, IList<(string, T)> where T : nn.Module
    {
        private readonly OrderedDictionary<string, T> entries = [];

        public ModuleDict() : base("ModuleDict")
        {
        }

        private void Named() => ReplaceModules(entries.Select(e => (e.Key, (nn.Module)e.Value)));

        protected override void RegisterComponents() => Named();

        public T this[string key]
        {
            get => entries.TryGetValue(key, out var module)
                ? module
                : throw new KeyNotFoundException($"There is no module '{key}' here, but: {string.Join(", ", entries.Keys)}.");
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
        public ICollection<T> Values => entries.Values;
        public IEnumerable<string> keys() => entries.Keys;
        public IEnumerable<T> values() => entries.Values;
        public bool ContainsKey(string key) => entries.ContainsKey(key);
        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => entries.TryGetValue(key, out value);

        public void Add(string key, T value)
        {
            CheckKey(key);
            ArgumentNullException.ThrowIfNull(value);
            if (!entries.TryAdd(key, value)) throw new ArgumentException($"There is a module '{key}' here already.", nameof(key));
            Named();
        }

        public void Add((string, T) item) => Add(item.Item1, item.Item2);
        public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

        public (string, T) this[int index]
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

        public void Insert(int index, (string, T) item)
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

        public int IndexOf((string, T) item) =>
            item.Item1 is not null && entries.IndexOf(item.Item1) is >= 0 and var index && ReferenceEquals(entries.GetAt(index).Value, item.Item2) ? index : -1;

        public bool Contains((string, T) item) => IndexOf(item) >= 0;
        public bool Contains(KeyValuePair<string, T> item) => Contains((item.Key, item.Value));
        public bool Remove((string, T) item) => Contains(item) && Remove(item.Item1);
        public bool Remove(KeyValuePair<string, T> item) => Remove((item.Key, item.Value));
        public void CopyTo((string, T)[] array, int arrayIndex) => entries.Select(e => (e.Key, e.Value)).ToArray().CopyTo(array, arrayIndex);
        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, T>>)entries).CopyTo(array, arrayIndex);

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

        public IEnumerator<(string, T)> items() => GetEnumerator();
        public IEnumerator<(string, T)> GetEnumerator() => entries.Select(e => (e.Key, e.Value)).GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                ArgumentNullException.ThrowIfNull(modules);
                var made = new ModuleDict<T>();
                foreach (var (key, module) in modules) made.Add(key, module);
                return made;
            }
        }
    }
}
