using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Info.RequiresGrad;
            set => Aten.requires_grad_.Void(this, value);
        }

        public Tensor requires_grad_(bool requires_grad = true) => Aten.requires_grad_.Tensor(this, requires_grad);

        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor? grad
        {
            get
            {
                var found = Shim.fed_grad(Handle);
                GC.KeepAlive(this);
                return found == 0 ? null : new Tensor(found, 0);
            }

            set
            {
                Shim.Check(Shim.fed_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public void retain_grad() => Aten.retain_grad.Void(this);

        public void backward() => autograd.backward([this]);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
