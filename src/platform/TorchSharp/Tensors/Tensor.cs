using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// Unlike upstream, the garbage collector is told what a tensor weighs, so that dropped results do not pile up.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private TensorHandle? handle;
        internal DisposeScope? Scope;

        /// <summary>Takes over one reference of the handle; <paramref name="weight"/> is the KiB that the tensor alone owns.</summary>
        internal Tensor(nint handle, uint weight)
        {
            this.handle = TensorHandle.Of(handle, weight);
            DisposeScopeManager.Created(this);
        }

        internal Tensor(nint handle) : this(handle, Shim.fed_weight(handle))
        {
        }

        /// <summary>Takes the place of another tensor, which is left empty.</summary>
        private protected Tensor(Tensor replaced)
        {
            handle = Interlocked.Exchange(ref replaced.handle, null) ?? throw Disposed();
            DisposeScopeManager.Replaced(replaced, this);
        }

        public void Dispose()
        {
            Scope?.MarkAsDisposed(this);
            Dispose(true);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref handle, null) is not { } released) return;
            released.Release();
            if (disposing && Scope is null) DisposeScopeManager.DisposedOutside();
        }

        public static long TotalCount => TensorHandle.Live;
        public static long PeakCount => TensorHandle.Peak;

        public IntPtr Handle => handle is { } h ? h.Native : throw Disposed();

        public bool IsInvalid => handle is null;
        public string? name { get; set; }

        public IntPtr DecoupleFromNativeHandle()
        {
            Scope?.Detach(this);
            return Interlocked.Exchange(ref handle, null)?.Leave() ?? 0;
        }

        /// <summary>Takes over a handle that <see cref="DecoupleFromNativeHandle"/> gave.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.Needed().Scope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (Scope is not null) Scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        private unsafe TensorInfo Info
        {
            get
            {
                TensorInfo info;
                var status = Shim.fed_info(Handle, &info);
                GC.KeepAlive(this);
                Shim.Check(status);
                return info;
            }
        }

        public long Dimensions => Info.Dimensions;
        public long ndim => Info.Dimensions;
        public long dim() => Info.Dimensions;
        public long NumberOfElements => Info.Elements;
        public long numel() => Info.Elements;
        public ScalarType dtype => (ScalarType)Info.Type;
        public long ElementSize => dtype.ElementSize();
        public long element_size() => dtype.ElementSize();
        public bool is_leaf => Info.IsLeaf;
        public bool is_contiguous() => Info.IsContiguous;
        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);
        public bool is_sparse => !Info.IsStrided;
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_pinned() => false;
        public bool is_conj() => Aten.is_conj.Bool(this);
        public bool is_neg() => Aten.is_neg.Bool(this);
        public bool is_nonzero() => Aten.is_nonzero.Bool(this);
        public DeviceType device_type => (DeviceType)Info.DeviceType;
        public int device_index => Info.DeviceIndex;

        public Device device
        {
            get
            {
                var info = Info;
                return info.DeviceType == 0 ? CPU : new Device((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        public unsafe long[] shape
        {
            get
            {
                var info = Info;
                var result = new ReadOnlySpan<long>(info.Sizes, info.Dimensions).ToArray();
                GC.KeepAlive(this);
                return result;
            }
        }

        public long[] size() => shape;

        public unsafe long size(int dim)
        {
            var info = Info;
            var result = info.Sizes[Wrap(dim, info.Dimensions)];
            GC.KeepAlive(this);
            return result;
        }

        public unsafe long[] stride()
        {
            var info = Info;
            var result = info.IsStrided ? new ReadOnlySpan<long>(info.Strides, info.Dimensions).ToArray() : throw new NotSupportedException("A sparse tensor has no strides.");
            GC.KeepAlive(this);
            return result;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[Wrap(dim, strides.Length)];
        }

        public long storage_offset() => Info.Offset;

        private static InvalidOperationException Disposed() => new(
            "This tensor has been disposed, by itself, by its dispose scope, or by becoming a Parameter; it has no data any more.");

        private static int Wrap(int dim, int dimensions) =>
            dim >= -dimensions && dim < dimensions
                ? (dim + dimensions) % dimensions
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, dimensions == 0
                    ? "This tensor has no dimensions (it is a single number)."
                    : $"This tensor has {dimensions} dimension{(dimensions == 1 ? "" : "s")}: the index must be from {-dimensions} to {dimensions - 1}.");

        /// <summary>A disposed tensor equals only itself.</summary>
        public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is Tensor other && Equals(other));

        public bool Equals(Tensor target) =>
            ReferenceEquals(this, target)
            || (target is { IsInvalid: false } && !IsInvalid && dtype == target.dtype && Aten.equal.Bool(this, target));

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
