using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The numbers themselves: reading, writing, converting.</summary>
    public partial class Tensor
    {
        internal unsafe void* Data
        {
            get
            {
                var info = Info;
                return info.Data is not null || info.Elements == 0
                    ? info.Data
                    : throw new InvalidOperationException("This tensor has no numbers in memory to look at (it is sparse, or on the META device).");
            }
        }

        /// <summary>The same numbers as they are: what libtorch conjugates, negates or makes zero only when it is read is done.</summary>
        internal Tensor Plain()
        {
            var info = Info;
            if (!info.IsStrided) throw new NotSupportedException("The numbers of a sparse tensor cannot be read one by one: call to_dense() first.");
            return info.IsLazy ? resolve_conj().resolve_neg().clone() : this;
        }

        public TensorAccessor<T> data<T>() where T : unmanaged => new(this);

        public unsafe T item<T>() where T : unmanaged
        {
            var info = Info;
            if (info.Elements != 1)
                throw new ArgumentException($"item<T>() needs a tensor with exactly one element, but this one has {info.Elements} (its shape is [{string.Join(", ", shape)}]).");
            ElementType.Require<T>(this);
            var plain = info.IsLazy ? Plain() : this;
            var value = *(T*)plain.Data;
            GC.KeepAlive(plain);
            return value;
        }

        public Scalar ToScalar() =>
            NumberOfElements == 1
                ? Aten.item.Scalar(this)
                : throw new ArgumentException($"Only a tensor with exactly one element is a number, but this one has {NumberOfElements}.");

        public unsafe Span<byte> bytes
        {
            get
            {
                var info = Info;
                if (!info.IsContiguous) throw new NotSupportedException("The bytes of a tensor that is not contiguous cannot be seen as one piece: call contiguous() first.");
                if (device_type != DeviceType.CPU) throw new NotSupportedException("The bytes of a tensor can be seen on the CPU only: call cpu() first.");
                return new Span<byte>(info.Elements == 0 ? null : Data, checked((int)(info.Elements * ElementSize)));
            }

            set
            {
                var target = bytes;
                if (value.Length != target.Length) throw new ArgumentException($"The tensor has {target.Length} bytes, but {value.Length} were given.", nameof(value));
                value.CopyTo(target);
                GC.KeepAlive(this);
            }
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            using var dense = contiguous();
            stream.Write(dense.bytes);
            GC.KeepAlive(dense);
        }

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            if (!is_contiguous()) throw new NotSupportedException("Only a contiguous tensor can be read from a stream.");
            stream.ReadExactly(bytes);
            GC.KeepAlive(this);
        }

        /// <summary>A number for a tensor without dimensions; else a list of what its rows give.</summary>
        public object tolist()
        {
            using var scope = NewDisposeScope();
            if (ndim == 0) return ToScalar();
            var list = new System.Collections.ArrayList();
            foreach (var row in unbind()) list.Add(row.tolist());
            return list;
        }

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);
        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);
        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            if (i < 0 || i >= NumberOfElements) throw new IndexOutOfRangeException($"The index {i} is not in the tensor: it has {NumberOfElements} elements.");
            using var flat = reshape(-1);
            return flat.data<T>()[i];
        }

        // ---- conversions

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Done(Aten.to_dtype.Tensor(this, type, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDevice(device);
            return Done(Aten.to_device.Tensor(this, device, type, non_blocking, copy), disposeAfter);
        }

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.Needed().dtype, other.device, non_blocking: non_blocking);

        public Tensor type(ScalarType dtype) => to_type(dtype);
        public Tensor type(Func<Tensor, Tensor> typeFunc) => (typeFunc ?? throw new ArgumentNullException(nameof(typeFunc)))(this);
        public Tensor type_as(Tensor tensor) => to_type(tensor.Needed().dtype);
        public Tensor cpu() => to(CPU);
        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor @bool() => to_type(ScalarType.Bool);
        public Tensor @byte() => to_type(ScalarType.Byte);
        public Tensor @char() => to_type(ScalarType.Int8);
        public Tensor @short() => to_type(ScalarType.Int16);
        public Tensor @int() => to_type(ScalarType.Int32);
        public Tensor @long() => to_type(ScalarType.Int64);
        public Tensor half() => to_type(ScalarType.Float16);
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);
        public Tensor @float() => to_type(ScalarType.Float32);
        public Tensor @double() => to_type(ScalarType.Float64);
        public Tensor cfloat() => to_type(ScalarType.ComplexFloat32);
        public Tensor cdouble() => to_type(ScalarType.ComplexFloat64);

        private Tensor Done(Tensor result, bool disposeAfter)
        {
            if (disposeAfter && !ReferenceEquals(result, this)) Dispose();
            return result;
        }

        public static explicit operator float(Tensor value) => value.ToSingle();
        public static explicit operator double(Tensor value) => value.ToDouble();
        public static explicit operator sbyte(Tensor value) => value.ToSByte();
        public static explicit operator byte(Tensor value) => value.ToByte();
        public static explicit operator short(Tensor value) => value.ToInt16();
        public static explicit operator int(Tensor value) => value.ToInt32();
        public static explicit operator long(Tensor value) => value.ToInt64();
        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}
