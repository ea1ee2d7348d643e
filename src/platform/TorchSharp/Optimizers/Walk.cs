using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Goes over the settings of a group, or over what is remembered of a parameter, in the order in which files have them; what it gives back takes the place of what it was shown.
/// An optimizer's generated part only lists them.
/// </summary>
internal abstract class Walk
{
    public abstract double? On(double? setting);
    public abstract bool? On(bool? setting);
    public abstract double On(double number);
    public abstract long On(long count);
    public abstract Tensor? On(Tensor? tensor);

    /// <summary>A tensor that not every parameter has.</summary>
    public abstract Tensor? Optional(Tensor? tensor);

    public sealed class Saving(BinaryWriter writer) : Walk
    {
        public override double? On(double? setting)
        {
            writer.Write(setting!.Value);
            return setting;
        }

        public override bool? On(bool? setting)
        {
            writer.Write(setting!.Value);
            return setting;
        }

        public override double On(double number)
        {
            writer.Write(number);
            return number;
        }

        public override long On(long count)
        {
            writer.Write(count);
            return count;
        }

        public override Tensor? On(Tensor? tensor)
        {
            tensor!.Save(writer);
            return tensor;
        }

        public override Tensor? Optional(Tensor? tensor)
        {
            writer.Write(tensor is not null);
            return tensor is null ? null : On(tensor);
        }
    }

    public sealed class Loading(BinaryReader reader, Device? device = null) : Walk
    {
        public override double? On(double? setting) => On(0.0);
        public override bool? On(bool? setting) => reader.ReadBoolean();
        public override double On(double number) => reader.ReadDouble() is var found && double.IsFinite(found) ? found : throw Damaged("a number of it is none");
        public override long On(long count) => reader.ReadInt64() is >= 0 and var found ? found : throw Damaged("it counts fewer than no steps");
        public override Tensor? Optional(Tensor? tensor) => reader.ReadBoolean() ? On(tensor) : null;

        public override Tensor? On(Tensor? tensor)
        {
            var found = Tensor.Load(reader);
            if (device is not null && device.type != DeviceType.CPU)
            {
                using var here = found;
                found = here.to(device);
            }

            return found.DetachFromDisposeScope();
        }

        private static InvalidDataException Damaged(string how) => new($"This is not the state of an optimizer, or it is damaged: {how}.");
    }

    /// <summary>Changes nothing, and has seen all at the end.</summary>
    public sealed class Listing : Walk
    {
        public List<object?> Seen { get; } = [];

        private T See<T>(T value)
        {
            Seen.Add(value);
            return value;
        }

        public override double? On(double? setting) => See(setting);
        public override bool? On(bool? setting) => See(setting);
        public override double On(double number) => See(number);
        public override long On(long count) => See(count);
        public override Tensor? On(Tensor? tensor) => See(tensor);
        public override Tensor? Optional(Tensor? tensor) => See(tensor);
    }

    /// <summary>Puts in what a listing of another one of the same kind has seen.</summary>
    public sealed class Filling(IEnumerable<object?> values) : Walk
    {
        private readonly Queue<object?> rest = new(values);

        public override double? On(double? setting) => (double?)rest.Dequeue();
        public override bool? On(bool? setting) => (bool?)rest.Dequeue();
        public override double On(double number) => (double)rest.Dequeue()!;
        public override long On(long count) => (long)rest.Dequeue()!;
        public override Tensor? On(Tensor? tensor) => (Tensor?)rest.Dequeue();
        public override Tensor? Optional(Tensor? tensor) => (Tensor?)rest.Dequeue();
    }
}
