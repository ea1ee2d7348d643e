using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => Write(value, v => index_put_(v, indices));
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => Write(value, v => index_put_(v, indices));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Put(value, i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At(i1, i2);
            set => Put(value, i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At(i1, i2, i3);
            set => Put(value, i1, i2, i3);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At(i1, i2, i3, i4);
            set => Put(value, i1, i2, i3, i4);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => At(i1, i2, i3, i4, i5);
            set => Put(value, i1, i2, i3, i4, i5);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => At(i1, i2, i3, i4, i5, i6);
            set => Put(value, i1, i2, i3, i4, i5, i6);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => Put(value, indices);
        }

        private Tensor At(params ReadOnlySpan<long> indices)
        {
            var result = this;
            foreach (var i in indices)
            {
                var next = result.select(0, i);
                if (!ReferenceEquals(result, this)) result.Dispose();
                result = next;
            }

            return ReferenceEquals(result, this) ? alias() : result;
        }

        private void Put(Tensor value, params ReadOnlySpan<long> indices)
        {
            using var target = At(indices);
            target.copy_(value).Dispose();
        }

        // A single number takes the tensor's type, so that t[mask] = 1 works on floats too; libtorch asks for the same type where tensors pick.
        private void Write(Tensor value, Func<Tensor, Tensor> put)
        {
            using var number = value is { ndim: 0 } && value.dtype != dtype && (is_complex() || !value.is_complex()) ? value.to_type(dtype) : null;
            Dropped(put(number ?? value));
        }

        private static void Dropped(Tensor tensor) => tensor.Dispose();

        public Tensor index(params Tensor[] indices) => WithLong(indices, all => Aten.index_Tensor.Tensor(this, all));

        // t[rows, 2] has an index of 32 bits in C#. Today's libtorch takes those, 1.13 does not.
        private static Tensor WithLong(Tensor?[] indices, Func<Tensor?[], Tensor> use)
        {
            if (indices is null || !indices.Any(i => i is { dtype: ScalarType.Int32 })) return use(indices!);
            using var scope = NewDisposeScope();
            return use(Array.ConvertAll(indices, i => i is { dtype: ScalarType.Int32 } ? i.to_type(ScalarType.Int64) : i)).MoveToOuterDisposeScope();
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var view = View(indices, out var tensors, out var made);
            if (tensors is null) return ReferenceEquals(view, this) ? alias() : view;
            var result = Aten.index_Tensor.Tensor(view, tensors);
            made.ForEach(Dropped);
            return result;
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var view = View(indices, out var tensors, out var made);
            if (tensors is not null) Aten.index_put_.Void(view, tensors, value, accumulate);
            else if (accumulate) view.add_(value).Dispose();
            else view.copy_(value).Dispose();
            made.ForEach(Dropped);
            if (tensors is null && !ReferenceEquals(view, this)) Dropped(view);
            return Aten.Same(this);
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            WithLong(indices, all => Aten.index_put_.Tensor(this, all, value, accumulate));

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var filled = Filled(value);
            return index_put_(filled, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var filled = Filled(value);
            return index_put_(filled, indices, false);
        }

        private Tensor Filled(Scalar value) => Aten.full.Tensor(Array.Empty<long>(), value, dtype);

        /// <summary>
        /// Applies what only looks at the tensor differently (numbers, slices, new dimensions); what picks (tensors of indices or truth
        /// values) is handed back in <paramref name="tensors"/>, one place a dimension of the view. <paramref name="made"/> is to be disposed after use.
        /// </summary>
        private Tensor View(TensorIndex[] indices, out Tensor?[]? tensors, out List<Tensor> made)
        {
            var masks = made = [];
            var picks = new List<Tensor?>();
            var taken = indices.Sum(i => i.What switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1L,
                TensorIndex.Kind.Tensor => i.Where!.dtype is ScalarType.Bool or ScalarType.Byte ? i.Where.ndim : 1L,
                _ => 0L,
            });
            if (taken > ndim)
                throw new ArgumentException($"Too many indices: the tensor has {ndim} dimension{(ndim == 1 ? "" : "s")}, but {taken} were indexed.");
            if (indices.Count(i => i.What == TensorIndex.Kind.Ellipsis) > 1) throw new ArgumentException("An index can have only one ellipsis.");

            var view = this;
            long dim = 0;
            foreach (var given in indices)
            {
                var i = Plain(given);
                switch (i.What)
                {
                    case TensorIndex.Kind.Single:
                        Look(view.select(dim, i.Start!.Value));
                        break;
                    case TensorIndex.Kind.Slice:
                        Look(Aten.slice_Tensor.Tensor(view, dim, i.Start, i.Stop, i.Step ?? 1));
                        Skip(1);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        Skip(ndim - taken);
                        break;
                    case TensorIndex.Kind.Tensor:
                        Pick(i.Where!.dtype == ScalarType.Int32 ? Kept(i.Where.to_type(ScalarType.Int64)) : i.Where);
                        break;
                    case TensorIndex.Kind.Bool:
                        Look(view.unsqueeze(dim));
                        var one = torch.tensor(i.Start == 1);
                        masks.Add(one);
                        var mask = one.reshape(1);
                        masks.Add(mask);
                        Pick(mask);
                        break;
                    default:
                        Look(view.unsqueeze(dim));
                        Skip(1);
                        break;
                }
            }

            // What follows the last one that picks is left out: libtorch lays a mask over the wrong dimensions otherwise.
            tensors = picks.FindLastIndex(p => p is not null) is >= 0 and var last ? picks.GetRange(0, last + 1).ToArray() : null;
            if (tensors is not null && !ReferenceEquals(view, this)) masks.Add(view);
            return view;

            // A tensor that is a single number is one: it looks and does not pick.
            static TensorIndex Plain(TensorIndex i) => i.Where switch
            {
                not { ndim: 0, is_meta: false } => i,
                { dtype: ScalarType.Bool or ScalarType.Byte } truth => TensorIndex.Bool(truth.ToBoolean()),
                { dtype: ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 } number => TensorIndex.Single(number.ToInt64()),
                _ => i,
            };

            void Look(Tensor next)
            {
                if (!ReferenceEquals(view, this)) Dropped(view);
                view = next;
            }

            Tensor Kept(Tensor own)
            {
                masks.Add(own);
                return own;
            }

            void Skip(long count)
            {
                for (long n = 0; n < count; n++) picks.Add(null);
                dim += count;
            }

            void Pick(Tensor where)
            {
                picks.Add(where);
                dim += where.dtype is ScalarType.Bool or ScalarType.Byte ? where.ndim : 1;
            }
        }
    }
}
