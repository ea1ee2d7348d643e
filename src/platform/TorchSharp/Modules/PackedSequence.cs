using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Sequences of different lengths.</summary>
            public static partial class rnn
            {
                /// <summary>
                /// Sequences of different lengths without filling: all first elements, then all second ones, and so on, the longest sequence first.
                /// </summary>
                public sealed class PackedSequence : IDisposable
                {
                    /// <summary>The elements: [all, features].</summary>
                    public readonly Tensor data;

                    /// <summary>How many sequences reach each place.</summary>
                    public readonly Tensor batch_sizes;

                    /// <summary>Where the sequences were before they were sorted by length; null where they came so.</summary>
                    public readonly Tensor? sorted_indices;

                    /// <summary>The way back.</summary>
                    public readonly Tensor? unsorted_indices;

                    internal PackedSequence(Tensor data, Tensor batch_sizes, Tensor? sorted_indices, Tensor? unsorted_indices) =>
                        (this.data, this.batch_sizes, this.sorted_indices, this.unsorted_indices) = (data, batch_sizes, sorted_indices, unsorted_indices);

                    private IEnumerable<Tensor> All => new[] { data, batch_sizes, sorted_indices, unsorted_indices }.OfType<Tensor>();

                    private PackedSequence Each(Action<Tensor> what)
                    {
                        foreach (var tensor in All) what(tensor);
                        return this;
                    }

                    public PackedSequence DetachFromDisposeScope() => Each(t => t.DetachFromDisposeScope());
                    public PackedSequence MoveToOuterDisposeScope() => Each(t => t.MoveToOuterDisposeScope());
                    public PackedSequence MoveToOtherDisposeScope(DisposeScope other) => Each(t => t.MoveToOtherDisposeScope(other));
                    public PackedSequence MoveToOtherDisposeScope(PackedSequence other) => Each(t => t.MoveToOtherDisposeScope(Given(other, nameof(other)).data));

                    public void Dispose() => Each(t => t.Dispose());
                }

                /// <param name="input">[length, batch, features], or with the batch first.</param>
                /// <param name="lengths">How long each sequence is, as whole numbers.</param>
                /// <param name="enforce_sorted">Whether the longest comes first already.</param>
                public static PackedSequence pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    if (input.Needed().ndim < 2) throw new ArgumentException($"The sequences must have at least 2 dimensions (length and batch), but have {input.ndim}.", nameof(input));
                    if (lengths.Needed().ndim != 1 || lengths.is_floating_point() || lengths.is_complex())
                        throw new ArgumentException("The lengths must be whole numbers in one dimension.", nameof(lengths));
                    using var scope = NewDisposeScope();
                    var sizes = lengths.to_type(ScalarType.Int64).cpu();
                    Tensor? sorted = null, unsorted = null;
                    if (!enforce_sorted)
                    {
                        (sizes, sorted) = sizes.sort(descending: true);
                        unsorted = sorted.argsort();
                        input = input.index_select(batch_first ? 0 : 1, sorted);
                    }

                    var (data, batch_sizes) = Aten._pack_padded_sequence.Tensors2(input, sizes, batch_first);
                    return new PackedSequence(data, batch_sizes, sorted, unsorted).MoveToOuterDisposeScope();
                }

                /// <summary>The sequences with filling, and their lengths, in the order in which they came.</summary>
                /// <param name="total_length">How long the result is; the longest sequence, unless given.</param>
                public static (Tensor, Tensor) pad_packed_sequence(PackedSequence sequence, bool batch_first = false, double padding_value = 0, long? total_length = null)
                {
                    var longest = Given(sequence, nameof(sequence)).batch_sizes.size(0);
                    if (total_length < longest) throw new ArgumentException($"The longest sequence has {longest} elements: they do not go into {total_length}.", nameof(total_length));
                    using var scope = NewDisposeScope();
                    var (padded, lengths) = Aten._pad_packed_sequence.Tensors2(sequence.data, sequence.batch_sizes, batch_first, padding_value, total_length ?? longest);
                    if (sequence.unsorted_indices is { } back) (padded, lengths) = (padded.index_select(batch_first ? 0 : 1, back), lengths.index_select(0, back));
                    return scope.MoveToOuter(padded, lengths);
                }

                /// <summary>Sequences [length, features] side by side, the shorter ones filled up: [longest, batch, features], or with the batch first.</summary>
                public static Tensor pad_sequence(IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0) =>
                    Aten.pad_sequence.Tensor(Given(sequences, nameof(sequences)).ToArray(), batch_first, padding_value);

                public static PackedSequence pack_sequence(IEnumerable<Tensor> sequences, bool enforce_sorted = true)
                {
                    var all = Given(sequences, nameof(sequences)).ToArray();
                    using var scope = NewDisposeScope();
                    var padded = pad_sequence(all);
                    return pack_padded_sequence(padded, tensor(all.Select(s => s.shape[0]).ToArray()), false, enforce_sorted).MoveToOuterDisposeScope();
                }

                private static T Given<T>(T argument, string name) where T : class => argument ?? throw new ArgumentNullException(name);
            }
        }
    }
}
