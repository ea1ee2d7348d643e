using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>To another type or device: a module that overrides <c>_to</c> is asked also where it is a part of another.</summary>
        public partial class Module
        {
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                CheckConversion(dtype, device);
                _toEpilog(device, dtype, non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                CheckConversion(null, new Device(deviceType, deviceIndex));
                _toEpilog(deviceType, deviceIndex, non_blocking);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                CheckConversion(dtype, null);
                _toEpilog(dtype, non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking) => _to(other.Needed().device, other.dtype, non_blocking);

            protected void _toEpilog(ScalarType dtype, bool non_blocking)
            {
                foreach (var child in _internal_submodules.Values) child._to(dtype, non_blocking);
                _toEpilog(dtype, null, non_blocking);
            }

            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking)
            {
                foreach (var child in _internal_submodules.Values) child._to(device, dtype, non_blocking);
                _toEpilog(dtype, device, non_blocking);
            }

            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                foreach (var child in _internal_submodules.Values) child._to(deviceType, deviceIndex, non_blocking);
                _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);
            }

            /// <summary>Converts the module's own parameters, their gradients, and its buffers; not those of the modules below.</summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var (key, parameter) in Entries(_internal_params))
                    if (ReplaceParameter(dtype, device, parameter, out var changed)) _internal_params[key] = changed;
                foreach (var (key, (buffer, persistent)) in Entries(_internal_buffers))
                    if (ReplaceBuffer(dtype, device, buffer, out var changed)) _internal_buffers[key] = (changed, persistent);
                if (device is null) return;
                _deviceType = device.type;
                _deviceIndex = device.index;
            }

            /// <summary>Answers whether something changed. What comes back is the parameter that was given: an optimizer over it goes on working.</summary>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, [NotNullWhen(true)] out Parameter? p)
            {
                p = null;
                if (!ConvertInPlace(param.Needed(), dtype, device)) return false;
                p = param;
                using var mode = no_grad();
                using var grad = param.grad;
                if (grad is null) return true;
                param.grad = null;
                ConvertInPlace(grad, dtype, device);
                param.grad = grad;
                return true;
            }

            /// <summary>Answers whether something changed. What comes back is the tensor that was given.</summary>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, [NotNullWhen(true)] out Tensor? result)
            {
                result = ConvertInPlace(buffer.Needed(), dtype, device) ? buffer : null;
                return result is not null;
            }

            // A copy: replacing an entry is a change.
            private static List<(string, T)> Entries<T>(OrderedDict<string, T> components) => [.. components.keys().Zip(components.values())];

            // Before anything is converted, so that nothing is converted by half.
            private static void CheckConversion(ScalarType? type, Device? device)
            {
                if (type is { } t && !is_floating_point(t) && !is_complex(t))
                    throw new ArgumentException($"A module can be converted to floating point or complex types only, not to {t}.");
                if (device is not null) InitializeDevice(device);
                Nesting.Check();
            }

            private static bool ConvertInPlace(Tensor tensor, ScalarType? type, Device? device)
            {
                var wanted = type is { } t && (is_floating_point(tensor.dtype) || is_complex(tensor.dtype)) ? t : tensor.dtype;
                if (wanted == tensor.dtype && (device is null || device.Equals(tensor.device))) return false;
                using var mode = no_grad();
                using var converted = tensor.detach().to(wanted, device ?? tensor.device, disposeAfter: true);
                Aten.set_data.Void(tensor, converted);
                return true;
            }
        }
    }
}
