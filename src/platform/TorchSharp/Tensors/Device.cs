using TorchSharp.Interop;

namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    MPS = 13,
    META = 14,
}

public static partial class torch
{
    public class Device
    {
        public DeviceType type { get; }
        public int index { get; }

        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            type = Parse(parts[0]);
            index = -1;
            if (parts.Length > 2 || (parts.Length == 2 && (!int.TryParse(parts[1], out var i) || (index = i) < 0)))
                throw new ArgumentException($"'{description}' is not a device: write its type, or its type and number, like 'cpu' or 'cuda:0'.", nameof(description));
            if (type == DeviceType.CUDA && index < 0) index = 0;
        }

        public Device(string deviceType, int index = -1) : this(Parse(deviceType), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = deviceType == DeviceType.CUDA && index < 0 ? 0 : index;
        }

        public Device(int index) : this(DeviceType.CUDA, index)
        {
        }

        public override string ToString() => index < 0 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        public override bool Equals(object? obj) => obj is Device other && other.type == type && other.index == index;

        public override int GetHashCode() => HashCode.Combine(type, index);

        public static implicit operator Device(string description) => new(description);

        private static DeviceType Parse(string name) =>
            Enum.TryParse<DeviceType>(name, ignoreCase: true, out var type) && !int.TryParse(name, out _)
                ? type
                : throw new ArgumentException($"'{name}' is not a type of device: known are {string.Join(", ", Enum.GetNames<DeviceType>()).ToLowerInvariant()}.");
    }

    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => new(DeviceType.CUDA);
    public static Device MPS => new(DeviceType.MPS);

    public static Device device(string description) => new(description);
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);
    public static Device device(int index) => new(index);

    private static Device? default_device;

    public static Device get_default_device() => default_device ?? CPU;

    public static void set_default_device(Device device)
    {
        InitializeDevice(device);
        default_device = device.type == DeviceType.CPU ? null : device;
    }

    public static void set_default_device(string device) => set_default_device(new Device(device));

    /// <summary>Only the CPU (and META) are to be had here: the system's libtorch is built without accelerators.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType is DeviceType.CPU or DeviceType.META;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new NotSupportedException($"There is no {deviceType} here: this libtorch computes on the CPU only.");
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        if (device.index > 0 || device.index < -1)
            throw new ArgumentException($"There is only one device of the type {device.type} here: its number is 0, not {device.index}.", nameof(device));
        return device;
    }

    public static class cuda
    {
        public static bool is_available() => false;
        public static bool is_cudnn_available() => false;
        public static int device_count() => 0;
        public static void manual_seed(long seed) => InitializeDeviceType(DeviceType.CUDA);
        public static void manual_seed_all(long seed) => InitializeDeviceType(DeviceType.CUDA);
        public static void synchronize(Device? device = null) => InitializeDeviceType(DeviceType.CUDA);
    }

    public static bool cuda_is_available() => false;
    public static bool mps_is_available() => false;
}
