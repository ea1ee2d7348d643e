using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Unlike upstream, a batch is read when it is asked for, on the thread that asks: `num_worker` is kept, but nothing runs ahead.</summary>
    public class DataLoader<T, S> : IEnumerable<S>, IDisposable
    {
        private readonly bool shuffle;
        private readonly int? seed;

        public DataLoader(
            utils.data.Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, IEnumerable<long> shuffler, Device? device = null,
            int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
            : this(dataset, batchSize, collate_fn, false, device, null, num_worker, drop_last, disposeBatch, disposeDataset) =>
            sampler = shuffler ?? throw new ArgumentNullException(nameof(shuffler));

        public DataLoader(
            utils.data.Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, bool shuffle = false, Device? device = null, int? seed = null,
            int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        {
            ArgumentNullException.ThrowIfNull(dataset);
            ArgumentNullException.ThrowIfNull(collate_fn);
            if (batchSize < 1) throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, "A batch has at least 1 element.");
            this.dataset = dataset;
            this.collate_fn = collate_fn;
            this.shuffle = shuffle;
            this.seed = seed;
            this.drop_last = drop_last;
            batch_size = batchSize;
            num_workers = Math.Max(1, num_worker);
            Device = InitializeDevice(device);
            DisposeBatch = disposeBatch;
            DisposeDataset = disposeDataset;
            sampler = shuffle ? new Shuffled(dataset, seed) : new InOrder(dataset);
        }

        public utils.data.Dataset<T> dataset { get; }
        public int batch_size { get; }
        public bool drop_last { get; }
        public IEnumerable<long> sampler { get; }
        public int num_workers { get; }
        public Func<IEnumerable<T>, Device, S> collate_fn { get; }
        public Device Device { get; }
        public bool DisposeBatch { get; }
        public bool DisposeDataset { get; }

        public long Count => drop_last ? dataset.Count / batch_size : (dataset.Count + batch_size - 1) / batch_size;

        public IEnumerator<S> GetEnumerator()
        {
            var last = default(S);
            try
            {
                foreach (var indices in sampler.Chunk(batch_size))
                {
                    if (drop_last && indices.Length < batch_size) break;
                    if (DisposeBatch) Batch.Dispose(last);
                    yield return last = Read(indices);
                }
            }
            finally
            {
                if (DisposeBatch) Batch.Dispose(last);
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>What the data set makes for the single elements is disposed; the batch outlives the scope that is open.</summary>
        private S Read(long[] indices)
        {
            using var scope = NewDisposeScope();
            var batch = collate_fn(Array.ConvertAll(indices, dataset.GetTensor), Device);
            foreach (var tensor in Batch.Tensors(batch)) tensor.DetachFromDisposeScope();
            return batch;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (disposing && DisposeDataset) dataset.Dispose();
        }

        private sealed class InOrder(utils.data.Dataset<T> dataset) : IEnumerable<long>
        {
            public IEnumerator<long> GetEnumerator()
            {
                for (long i = 0; i < dataset.Count; i++) yield return i;
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        /// <summary>Another order in each pass; with a seed the same orders in each run.</summary>
        private sealed class Shuffled(utils.data.Dataset<T> dataset, int? seed) : IEnumerable<long>
        {
            private readonly Random random = seed is { } s ? new Random(s) : new Random();

            public IEnumerator<long> GetEnumerator()
            {
                var order = new long[dataset.Count];
                for (long i = 0; i < order.Length; i++) order[i] = i;
                random.Shuffle(order);
                return ((IEnumerable<long>)order).GetEnumerator();
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }

    public class DataLoader : DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>>
    {
        public DataLoader(
            utils.data.Dataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
            bool disposeBatch = true, bool disposeDataset = true)
            : base(dataset, batchSize, Batch.Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
        {
        }

        public DataLoader(
            utils.data.Dataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false,
            bool disposeBatch = true, bool disposeDataset = true)
            : base(dataset, batchSize, Batch.Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset)
        {
        }
    }

    public class IterableDataLoader : DataLoader<IList<Tensor>, IList<Tensor>>
    {
        public IterableDataLoader(
            utils.data.IterableDataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
            bool disposeBatch = true, bool disposeDataset = true)
            : base(dataset, batchSize, Batch.Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
        {
        }

        public IterableDataLoader(
            utils.data.IterableDataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1,
            bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
            : base(dataset, batchSize, Batch.Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset)
        {
        }
    }

    internal static class Batch
    {
        public static Dictionary<string, Tensor> Collate(IEnumerable<Dictionary<string, Tensor>> items, Device device)
        {
            var all = items.ToArray();
            return all[0].Keys.ToDictionary(key => key, key => stack(all.Select(item => item[key]).ToArray()).to(device));
        }

        public static IList<Tensor> Collate(IEnumerable<IList<Tensor>> items, Device device)
        {
            var all = items.ToArray();
            return Enumerable.Range(0, all[0].Count).Select(i => stack(all.Select(item => item[i]).ToArray()).to(device)).ToArray();
        }

        public static IEnumerable<Tensor> Tensors(object? batch) => batch switch
        {
            Tensor tensor => [tensor],
            IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(Tensors),
            IEnumerable list and not string => list.Cast<object?>().SelectMany(Tensors),
            System.Runtime.CompilerServices.ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Tensors(tuple[i])),
            _ => [],
        };

        public static void Dispose(object? batch)
        {
            foreach (var tensor in Tensors(batch)) tensor.Dispose();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                public static DataLoader DataLoader(
                    Dataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
                    bool disposeBatch = true, bool disposeDataset = true) =>
                    new(dataset, batchSize, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset);

                public static DataLoader DataLoader(
                    Dataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false,
                    bool disposeBatch = true, bool disposeDataset = true) =>
                    new(dataset, batchSize, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset);

                public static IterableDataLoader DataLoader(
                    IterableDataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
                    bool disposeBatch = true, bool disposeDataset = true) =>
                    new(dataset, batchSize, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset);

                public static IterableDataLoader DataLoader(
                    IterableDataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false,
                    bool disposeBatch = true, bool disposeDataset = true) =>
                    new(dataset, batchSize, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset);
            }
        }
    }
}
