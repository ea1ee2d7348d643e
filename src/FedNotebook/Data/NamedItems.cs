using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>A data set whose items have names, as [data, target].</summary>
internal sealed class NamedItems : utils.data.IterableDataset
{
    private readonly utils.data.Dataset dataset;
    private readonly string data, target;

    internal NamedItems(utils.data.Dataset dataset, string data = "data", string target = "label")
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(target);
        (this.dataset, this.data, this.target) = (dataset, data, target);
    }

    public override long Count => dataset.Count;

    public override IList<Tensor> GetTensor(long index)
    {
        var item = dataset.GetTensor(index) ?? throw new ArgumentException($"Item {index} of the data set is null.");
        return [Part(item, data), Part(item, target)];
    }

    private static Tensor Part(Dictionary<string, Tensor> item, string name) => item.TryGetValue(name, out var part)
        ? part
        : throw new ArgumentException(
            $"The data set's items have no \"{name}\"; they have {string.Join(", ", item.Keys.Select(key => $"\"{key}\""))}. "
            + "Say which of them is what: sy.BaseDataset(dataset, data: \"...\", target: \"...\").");
}
