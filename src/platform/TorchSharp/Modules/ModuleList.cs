using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules in a list; their names are their places.</summary>
    public class ModuleList<T> : nn.Module, IList<T> where T : nn.Module
    {
        private readonly List<T> list;

        public ModuleList(params T[] modules) : base("ModuleList")
        {
            list = [.. modules];
            Named();
        }

        // After every change: the names follow the places.
        private void Named() => ReplaceModules(list.Select((m, i) => (i.ToString(), (nn.Module)m)));

        protected override void RegisterComponents() => Named();

        public T this[int index]
        {
            get => list[index];
            set
            {
                list[index] = value;
                Named();
            }
        }

        public int Count => list.Count;
        public bool IsReadOnly => false;

        public void Add(T item)
        {
            list.Add(item);
            Named();
        }

        public void append(params T[] parameters) => extend(parameters);

        public void extend(IEnumerable<T> modules)
        {
            list.AddRange(modules);
            Named();
        }

        public void Insert(int index, T item)
        {
            list.Insert(index, item);
            Named();
        }

        public bool Remove(T item)
        {
            var removed = list.Remove(item);
            Named();
            return removed;
        }

        public void RemoveAt(int index)
        {
            list.RemoveAt(index);
            Named();
        }

        public void Clear()
        {
            list.Clear();
            Named();
        }

        public bool Contains(T item) => list.Contains(item);
        public int IndexOf(T item) => list.IndexOf(item);
        public void CopyTo(T[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);
        public IEnumerator<T> GetEnumerator() => list.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}
