using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<(string Name, nn.IModule<Tensor, Tensor> Module)> steps = [];

        internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> submodule)> modules) : base(nameof(Sequential))
        {
            ArgumentNullException.ThrowIfNull(modules);
            foreach (var (name, module) in modules) append(name, module);
        }

        protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : this((IEnumerable<(string, nn.Module<Tensor, Tensor>)>)modules)
        {
        }

        protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : this(modules.Select((m, i) => (i.ToString(), m)))
        {
        }

        public int Count => steps.Count;
        [IndexerName("SequentialItems")]
        public nn.IModule<Tensor, Tensor> this[int index] => steps[index].Module;
        [IndexerName("SequentialItems")]
        public Sequential this[Range index] => new(steps[index].Select(s => (s.Name, (nn.Module<Tensor, Tensor>)s.Module)));
        [IndexerName("SequentialItems")]
        public Sequential this[(int? start, int? end) index] => this[(index.start ?? 0)..(index.end ?? Count)];

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(), module);

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            ArgumentNullException.ThrowIfNull(module);
            register_module(name, module as nn.Module ?? throw new ArgumentException("A step of a Sequential must be a Module.", nameof(module)));
            steps.Add((name, module));
            return this;
        }

        /// <summary>What lies between two steps is disposed on the way, unless a gradient needs it: libtorch holds that by itself.</summary>
        public override Tensor forward(Tensor tensor)
        {
            if (steps.Count == 0) return tensor.Needed().alias();
            var current = tensor;
            foreach (var (_, module) in steps)
            {
                var next = module.call(current);
                if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
                current = next;
            }

            return current;
        }

        // As the base does; the API says them again here.
        protected override void Dispose(bool disposing) => base.Dispose(disposing);
        protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking) => base._to(device, dtype, non_blocking);
        protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => base._to(deviceType, deviceIndex, non_blocking);
        protected internal override nn.Module _to(ScalarType dtype, bool non_blocking) => base._to(dtype, non_blocking);
        public override nn.Module apply(Action<nn.Module> fn) => base.apply(fn);
        public override void eval() => base.eval();
        public override void train(bool on = true) => base.train(on);
        public override IEnumerable<(string name, nn.Module module)> named_children() => base.named_children();
        public override IEnumerable<(string name, nn.Module module)> named_modules() => base.named_modules();
        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) => base.named_parameters(recurse);
        public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_persistent = true) =>
            base.named_buffers(recurse, include_persistent);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new(Array.Empty<(string, Module<Tensor, Tensor>)>().AsEnumerable());

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules.AsEnumerable());

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential(modules.AsEnumerable());

            public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) => Sequential(modules.AsEnumerable());

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules) => new(modules.Select(m => (m.Item1, m.Item2)));

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.Select((m, i) => (i.ToString(), m)));
        }
    }
}
