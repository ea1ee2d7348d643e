namespace TorchSharp;

public static partial class torch
{
    public struct TensorIndex
    {
        internal enum Kind { None, Single, Slice, Bool, Tensor, Ellipsis, Null }

        internal Kind What;
        internal long? Start, Stop, Step;
        internal Tensor? Where;

        public static TensorIndex Ellipsis = new() { What = Kind.Ellipsis };
        public static TensorIndex None = new() { What = Kind.None };
        public static TensorIndex Null = new() { What = Kind.Null };
        public static TensorIndex Colon = Slice();

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            step is null or > 0
                ? new() { What = Kind.Slice, Start = start, Stop = stop, Step = step }
                : throw new ArgumentException($"The step of a slice must be positive, not {step}.", nameof(step));

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>An index from the end counts backwards: ^1 is the last element, and a range up to ^0 goes to the end.</summary>
        public static TensorIndex Slice(Range range) =>
            Slice(From(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : From(range.End));

        public static TensorIndex Bool(bool value) => new() { What = Kind.Bool, Start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => index is null ? None : new() { What = Kind.Single, Start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { What = Kind.Tensor, Where = tensor };

        private static long From(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(From(index));

        public static implicit operator Tensor(TensorIndex value) =>
            value.Where ?? throw new InvalidCastException("Only an index that is a tensor can become a tensor.");
    }
}
