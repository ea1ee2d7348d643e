using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A training's state in a file: a line that says what it is, the length of the header, the header as JSON, the numbers of all tensors, and
/// the SHA-256 digest of all that. Random numbers need no state: they follow from the seed and the round.
/// </summary>
internal static class Checkpoint
{
    private static readonly byte[] Magic = "FedNotebook checkpoint 1\n"u8.ToArray();

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Writes the file under another name first: whoever finds it finds the whole of it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(string path, StrategyState state, IReadOnlyList<TrainingRound> rounds, FederatedTrainerOptions options, int clients)
    {
        var tensors = state.Memory.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => (name: m.Key, tensor: m.Value)).Prepend(("", state.Weights)).ToList();
        var header = new CheckpointHeader(
            options.Strategy.Name, clients, state.Seed, state.Round, [.. state.Layout.Tensors.Select(Form)],
            [.. tensors.Select(t => new SavedTensor(t.Item1, t.Item2.dtype, t.Item2.shape))], rounds);
        var part = $"{path}.{Guid.NewGuid():n}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var file = File.Create(part)) Write(file, header, tensors.Select(t => t.Item2));
            File.Move(part, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(part);
            throw new IOException($"The checkpoint {path} could not be written: {error.Message.TrimEnd('.')}. Name a file that you may write.", error);
        }
    }

    /// <summary>Reads a file and sees to it that it belongs to this training.</summary>
    public static (StrategyState state, IReadOnlyList<TrainingRound> rounds) Load(string path, ModelLayout layout, FederatedTrainerOptions options, int clients)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no checkpoint {path}. Train with the option Checkpoint = \"{path}\" first.", path);
        var (header, numbers) = Read(path);
        Fits(path, header, layout, options, clients);

        var tensors = new List<Tensor>();
        foreach (var saved in header.Tensors)
        {
            var tensor = empty(saved.Shape, dtype: saved.Type).DetachFromDisposeScope();
            var bytes = tensor.bytes;
            if (numbers.Length < bytes.Length) throw Damaged(path);
            numbers.Span[..bytes.Length].CopyTo(bytes);
            numbers = numbers[bytes.Length..];
            tensors.Add(tensor);
        }

        if (tensors[0].dim() != 1 || tensors[0].numel() != layout.Length || tensors[0].dtype != layout.Type || numbers.Length > 0) throw Damaged(path);
        var memory = header.Tensors.Zip(tensors).Skip(1).ToImmutableDictionary(t => t.First.Name, t => t.Second);
        return (new StrategyState(layout, tensors[0], clients, header.Seed) { Round = header.Round, Memory = memory }, header.Rounds);
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
            using var whole = tensor.contiguous();
            Put(whole.bytes);
        }

        file.Write(digest.GetHashAndReset());

        void Put(ReadOnlySpan<byte> bytes)
        {
            file.Write(bytes);
            digest.AppendData(bytes);
        }
    }

    private static (CheckpointHeader header, ReadOnlyMemory<byte> numbers) Read(string path)
    {
        var all = File.ReadAllBytes(path);
        var end = all.Length - SHA256.HashSizeInBytes;
        var start = Magic.Length + sizeof(long);
        if (end < start || !all.AsSpan().StartsWith(Magic)) throw new InvalidDataException($"{path} is no checkpoint of a federated training, or it is damaged.");
        if (!SHA256.HashData(all.AsSpan(0, end)).AsSpan().SequenceEqual(all.AsSpan(end))) throw Damaged(path);
        try
        {
            var length = (int)BitConverter.ToInt64(all, Magic.Length);
            var header = JsonSerializer.Deserialize<CheckpointHeader>(all.AsSpan(start, length), Json) ?? throw Damaged(path);
            return (header, all.AsMemory(start + length, end - start - length));
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw Damaged(path);
        }
    }

    private static void Fits(string path, CheckpointHeader header, ModelLayout layout, FederatedTrainerOptions options, int clients)
    {
        var form = layout.Tensors.Select(Form).ToList();
        var difference = form.SequenceEqual(header.Model) ? null : $"another model: it has {Differing(header.Model, form)}, this one {Differing(form, header.Model)}";
        if (header.Strategy != options.Strategy.Name) difference = $"another strategy: {header.Strategy}, not {options.Strategy.Name}";
        if (header.Clients != clients) difference = $"{header.Clients} clients, not {clients}";
        if (options.Seed is { } seed && seed != header.Seed) difference = $"the seed {header.Seed}, not {seed}";
        if (difference is not null) throw new ArgumentException($"The checkpoint {path} is of a training with {difference}.");
    }

    private static string Differing(IEnumerable<string> one, IEnumerable<string> other) => one.Except(other).FirstOrDefault() ?? "nothing more";

    private static string Form(ModelTensor tensor) => $"{tensor.Name}: {tensor.Type} [{string.Join(", ", tensor.Shape)}]";

    private static InvalidDataException Damaged(string path) => new($"The checkpoint {path} is damaged: what is in it does not fit its digest. Go on from an older copy.");

    private sealed record SavedTensor(string Name, ScalarType Type, long[] Shape);

    private sealed record CheckpointHeader(
        string Strategy, int Clients, int Seed, int Round, IReadOnlyList<string> Model, IReadOnlyList<SavedTensor> Tensors, IReadOnlyList<TrainingRound> Rounds);
}
