using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A training's state in a file: a line that says what it is, the length of the header, the header as JSON, the numbers of all tensors, and
/// the SHA-256 digest of all that. Random numbers need no state: they follow from the seed and the round. Tensors go in and come out one at a time, since those of single
/// clients may be more than memory holds.
/// </summary>
internal static class Checkpoint
{
    private static readonly byte[] Magic = "FedNotebook checkpoint 3\n"u8.ToArray();

    // The resolver is named because file-based programs have no default one.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>Writes the file under another name first: whoever finds it finds the whole of it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, StrategyState state, IReadOnlyList<TrainingRound> rounds, FederatedTrainerOptions options, ClientPool clients)
    {
        var tensors = state.Memory.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (name: m.Key, tensor: m.Value)).Prepend(("", state.Weights)).ToList();
        var ofClients = state.OfClients.Vectors;
        var header = new CheckpointHeader
        {
            Settings = CheckpointSettings.Of(options, clients),
            Seed = state.Seed,
            Round = state.Round,
            Model = [.. state.Layout.Tensors.Select(Form)],
            Tensors =
            [
                .. tensors.Select(t => new SavedTensor(t.Item1, null, t.Item2.dtype, t.Item2.shape)),
                .. ofClients.Select(v => new SavedTensor(v.Key.name, v.Key.client, v.Value.Type, v.Value.Shape)),
            ],
            Rounds = rounds,
        };
        var (part, made) = ($"{path}.part", false); // always the same name: of a process that was killed, one such file is left at most
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var file = File.Create(part))
            {
                made = true;
                Write(file, header, tensors.Select(t => t.Item2.alias()).Concat(ofClients.Values.Select(vector => vector.Read())));
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (made) File.Delete(part);
            throw new IOException(
                $"The checkpoint {path} could not be written: {error.Message.TrimEnd('.')}. Name a file that you may write, where there is room. {FederatedTrainingException.ModelOf(state.Round - 1)}", error);
        }
    }

    /// <summary>Reads a file and sees to it that it belongs to this training.</summary>
    public static (StrategyState state, IReadOnlyList<TrainingRound> rounds) Load(string path, ModelLayout layout, FederatedTrainerOptions options, ClientPool clients)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path, "checkpoint");
        if (Directory.Exists(path)) throw new FileNotFoundException($"{path} is a folder, no checkpoint. Name the file that the option Checkpoint named.", path);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no checkpoint {path}. Train with the option Checkpoint = \"{path}\" first.", path);
        using var file = File.OpenRead(path);
        var header = Header(file, path);
        Fits(path, header, layout, options, clients);
        try
        {
            return State(file, header, layout, clients, path);
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or InvalidOperationException or OverflowException or System.Runtime.InteropServices.ExternalException)
        {
            throw Damaged(path);
        }
    }

    private static (StrategyState state, IReadOnlyList<TrainingRound> rounds) State(FileStream file, CheckpointHeader header, ModelLayout layout, ClientPool clients, string path)
    {
        var memory = ImmutableDictionary<string, Tensor>.Empty;
        var ofClients = ClientMemory.Empty;
        Tensor? weights = null;
        foreach (var saved in header.Tensors)
        {
            if (saved.Bytes > file.Length - file.Position) throw Damaged(path); // before memory is taken for it
            var tensor = empty(saved.Shape, dtype: saved.Type).DetachFromDisposeScope();
            file.ReadExactly(tensor.bytes);
            if (saved.Client is { } client)
            {
                ofClients = ofClients.With(client, saved.Name, tensor);
                tensor.Dispose();
            }
            else if (weights is null)
            {
                weights = tensor;
            }
            else
            {
                memory = memory.Add(saved.Name, tensor);
            }
        }

        if (weights is null || weights.dim() != 1 || weights.numel() != layout.Length || weights.dtype != layout.Type) throw Damaged(path);
        if (file.Position != file.Length - SHA256.HashSizeInBytes) throw Damaged(path);
        return (new StrategyState(layout, weights, clients.Count, header.Seed) { Round = header.Round, Memory = memory, OfClients = ofClients }, header.Rounds);
    }

    private static void Write(FileStream file, CheckpointHeader header, IEnumerable<Tensor> tensors)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var json = JsonSerializer.SerializeToUtf8Bytes(header, Json);
        Put(Magic);
        Put(BitConverter.GetBytes(json.LongLength));
        Put(json);
        foreach (var tensor in tensors)
        {
            using (tensor)
            using (var whole = tensor.contiguous())
                Put(whole.bytes);
        }

        file.Write(digest.GetHashAndReset());

        void Put(ReadOnlySpan<byte> bytes)
        {
            file.Write(bytes);
            digest.AppendData(bytes);
        }
    }

    /// <summary>Reads the header, and leaves the file where the numbers begin.</summary>
    private static CheckpointHeader Header(FileStream file, string path)
    {
        var begin = new byte[Magic.Length + sizeof(long)];
        if (file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) < begin.Length || !begin.AsSpan().StartsWith(Magic) || file.Length < begin.Length + SHA256.HashSizeInBytes)
            throw new InvalidDataException($"{path} is no checkpoint of a federated training, or it is damaged.");
        if (!HasItsDigest(file)) throw Damaged(path);
        var length = BitConverter.ToInt64(begin, Magic.Length);
        if (length < 0 || length > file.Length - begin.Length - SHA256.HashSizeInBytes) throw Damaged(path);
        try
        {
            var json = new byte[length];
            file.Position = begin.Length;
            file.ReadExactly(json);
            return JsonSerializer.Deserialize<CheckpointHeader>(json, Json) ?? throw Damaged(path);
        }
        catch (JsonException)
        {
            throw Damaged(path);
        }
    }

    private static bool HasItsDigest(FileStream file)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        file.Position = 0;
        for (var rest = file.Length - SHA256.HashSizeInBytes; rest > 0;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, rest));
            file.ReadExactly(part);
            digest.AppendData(part);
            rest -= part.Length;
        }

        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        file.ReadExactly(expected);
        return digest.GetHashAndReset().AsSpan().SequenceEqual(expected);
    }

    private static void Fits(string path, CheckpointHeader header, ModelLayout layout, FederatedTrainerOptions options, ClientPool clients)
    {
        var form = layout.Tensors.Select(Form).ToList();
        var difference = form.SequenceEqual(header.Model) ? null : $"another model: it has {Differing(header.Model, form)}, this one {Differing(form, header.Model)}";
        difference = CheckpointSettings.Difference(header.Settings, CheckpointSettings.Of(options, clients)) ?? difference;
        if (options.Seed is { } seed && seed != header.Seed) difference = $"the seed {header.Seed}, not {seed}";
        if (difference is not null) throw new ArgumentException($"The checkpoint {path} is of a training with {difference}.");
    }

    private static string Differing(IEnumerable<string> one, IEnumerable<string> other) => one.Except(other).FirstOrDefault() ?? "nothing more";

    private static string Form(ModelTensor tensor) => $"{tensor.Name}: {tensor.Type} [{string.Join(", ", tensor.Shape)}]";

    private static InvalidDataException Damaged(string path) => new($"The checkpoint {path} is damaged: what is in it does not fit its digest. Go on from an older copy.");

    private sealed record SavedTensor(string Name, int? Client, ScalarType Type, long[] Shape)
    {
        [JsonIgnore]
        public long Bytes => checked(Shape.Aggregate(1L, (product, size) => checked(product * size)) * Type.ElementSize());
    }

    private sealed record CheckpointHeader
    {
        public required IReadOnlyDictionary<string, string> Settings { get; init; }

        public required int Seed { get; init; }

        public required int Round { get; init; }

        public required IReadOnlyList<string> Model { get; init; }

        public required IReadOnlyList<SavedTensor> Tensors { get; init; }

        public required IReadOnlyList<TrainingRound> Rounds { get; init; }
    }
}
