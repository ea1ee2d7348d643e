using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Parameters in a list; their names are their places.</summary>
    public class ParameterList : nn.Module, IList<Parameter>
    {
        private readonly List<Parameter> list = [];
        private int named;

        public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => extend(parameters);

        // After every change: the names follow the places.
        private void Named()
        {
            for (var i = 0; i < Math.Max(named, list.Count); i++) SetComponent(i.ToString(), i < list.Count ? list[i] : null);
            named = list.Count;
        }

        protected override void RegisterComponents() => Named();

        public Parameter this[int index]
        {
            get => list[index];
            set
            {
                list[index] = Given(value);
                Named();
            }
        }

        public int Count => list.Count;
        public bool IsReadOnly => false;

        private static Parameter Given(Parameter parameter) => parameter ?? throw new ArgumentNullException(nameof(parameter), "A ParameterList holds no null.");

        public void Add(Parameter item)
        {
            list.Add(Given(item));
            Named();
        }

        public void append(params Parameter[] parameters) => extend(parameters);

        public void extend(IEnumerable<Parameter> parameters)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            list.AddRange(parameters.Select(Given).ToList());
            Named();
        }

        public void Insert(int index, Parameter item)
        {
            list.Insert(index, Given(item));
            Named();
        }

        public bool Remove(Parameter item)
        {
            var place = IndexOf(item);
            if (place >= 0) RemoveAt(place);
            return place >= 0;
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

        public bool Contains(Parameter item) => IndexOf(item) >= 0;
        // The very object: tensors compare by their values.
        public int IndexOf(Parameter item) => list.FindIndex(p => ReferenceEquals(p, item));
        public void CopyTo(Parameter[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);
        public IEnumerator<Parameter> GetEnumerator() => list.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        // As the base does; the API says them again here.
        public override bool has_parameter(string target) => base.has_parameter(target);
        public override Parameter? get_parameter(string target) => base.get_parameter(target);
        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) => base.named_parameters(recurse);
        protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking) => base._toEpilog(dtype, device, non_blocking);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}
