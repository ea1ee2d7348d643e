using System.Collections.Immutable;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// What a strategy remembers of single clients. There may be thousands of them, and a round needs only those that it chose: so the tensors lie in a file, and
/// memory grows with the clients of a round alone. It is not changed, as the state that it belongs to: another one is made of it.
/// </summary>
internal sealed class ClientMemory
{
    public static readonly ClientMemory Empty = new(null, ImmutableSortedDictionary<(int, string), StoredVector>.Empty);

    private readonly VectorFile? file;

    private ClientMemory(VectorFile? file, ImmutableSortedDictionary<(int client, string name), StoredVector> vectors) => (this.file, Vectors) = (file, vectors);

    public ImmutableSortedDictionary<(int client, string name), StoredVector> Vectors { get; }

    /// <summary>How many bytes all of it takes on the disk.</summary>
    public long Length => file?.Length ?? 0;

    public Tensor? Recall(int client, string name) => Vectors.TryGetValue((client, name), out var vector) ? vector.Read() : null;

    public ClientMemory With(int client, string name, Tensor tensor)
    {
        var own = file ?? new VectorFile();
        return new(own, Vectors.SetItem((client, name), own.Write(tensor)));
    }

    /// <summary>Frees what another memory, the next round's, has no use for.</summary>
    public void ForgetAllBut(ClientMemory next)
    {
        if (ReferenceEquals(this, next)) return;
        foreach (var (key, vector) in Vectors)
            if (!next.Vectors.TryGetValue(key, out var kept) || !ReferenceEquals(vector, kept)) vector.Free();
    }
}
