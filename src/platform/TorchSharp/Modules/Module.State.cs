using System.Text;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module's state: as a dictionary, and in files.</summary>
        public partial class Module
        {
            /// <summary>The live parameters and persistent buffers by name, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters()) destination[start + key] = parameter;
                foreach (var (key, buffer) in named_buffers(true, false)) destination[start + key] = buffer;
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                var own = state_dict();
                var missing = own.Keys.Where(k => !source.ContainsKey(k) && !(skip?.Contains(k) ?? false)).ToList();
                var unexpected = source.Keys.Where(k => !own.ContainsKey(k) && !(skip?.Contains(k) ?? false)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException($"The state does not fit the module {GetName()}."
                        + (missing.Count > 0 ? $" Missing: {string.Join(", ", missing)}." : "")
                        + (unexpected.Count > 0 ? $" Unexpected: {string.Join(", ", unexpected)}." : ""));
                }

                var fitting = source.Where(s => own.ContainsKey(s.Key) && !(skip?.Contains(s.Key) ?? false)).ToList();
                foreach (var (key, tensor) in fitting) CheckShape(key, tensor.Needed($"the state of {key}").shape, own[key]);
                using var mode = no_grad();
                foreach (var (key, tensor) in fitting) own[key].copy_(tensor).Dispose();
                return (missing, unexpected);
            }

            private static void CheckShape(string key, long[] shape, Tensor own)
            {
                if (!shape.AsSpan().SequenceEqual(own.shape))
                    throw new ArgumentException($"'{key}' has the shape [{string.Join(", ", own.shape)}] in the module, but [{string.Join(", ", shape)}] in the state.");
            }

            public Module save(string location, IList<string>? skip = null)
            {
                WholeFile.Write(location, stream => save(stream, skip));
                return this;
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(e => !(skip?.Contains(e.Key) ?? false)).ToList();
                TensorFile.WriteNumber(writer, entries.Count);
                foreach (var (key, tensor) in entries)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException($"There is no file '{location}' to load the module from.", location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var own = state_dict();
                var found = new Dictionary<string, Tensor>();
                try
                {
                    var count = TensorFile.ReadNumber(reader);
                    for (long i = 0; i < count; i++)
                    {
                        var key = TensorFile.ReadText(reader);
                        if (found.ContainsKey(key)) throw new InvalidDataException($"'{key}' stands twice in the file: it is not a module's file, or it is damaged.");
                        found[key] = TensorFile.Read(reader);
                    }

                    load_state_dict(found, strict, skip);
                    if (loadedParameters is null) return this;
                    foreach (var key in own.Keys) loadedParameters[key] = found.ContainsKey(key) && !(skip?.Contains(key) ?? false);
                    return this;
                }
                finally
                {
                    foreach (var tensor in found.Values) tensor.Dispose();
                }
            }

            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);
        }
    }
}
