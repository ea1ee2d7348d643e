using System.Collections.Frozen;
using TorchSharp;

namespace FedNotebook;

/// <summary>
/// Every operation that a worker agrees to run, by name; any other name is refused. All but what is done with a model are derived
/// from TorchSharp's public surface at build time.
/// </summary>
internal static partial class OperationTable
{
    /// <summary>Runs a model, its hooks included, over one tensor.</summary>
    public const string CallModel = "nn.Module.call(Tensor)";

    /// <summary>Runs a model of two inputs.</summary>
    public const string CallModelOfTwo = "nn.Module.call(Tensor,Tensor)";

    /// <summary>Runs a training that was sent to the worker, with a model that was sent to it, over data and targets there. It gives a report.</summary>
    public const string TrainModel = "sy.train(Module,Tensor,Tensor)";

    private static readonly FrozenDictionary<string, Operation> Operations = Fill();

    /// <summary>The names that there are.</summary>
    public static IReadOnlyCollection<string> Names => Operations.Keys;

    /// <summary>The operation of that name.</summary>
    /// <exception cref="UnsupportedOperationException">There is none.</exception>
    public static Operation Find(string name) => Operations.GetValueOrDefault(name) ?? throw new UnsupportedOperationException(name);

    private static FrozenDictionary<string, Operation> Fill()
    {
        var table = new Dictionary<string, Operation>
        {
            [CallModel] = new(static a => ((torch.nn.Module<torch.Tensor, torch.Tensor>)a[0]!).call((torch.Tensor)a[1]!)),
            [CallModelOfTwo] = new(static a => ((torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>)a[0]!).call((torch.Tensor)a[1]!, (torch.Tensor)a[2]!)),
            [TrainModel] = new(static a =>
                ((Func<torch.nn.Module<torch.Tensor, torch.Tensor>, torch.Tensor, torch.Tensor, torch.Tensor>)a[0]!)((torch.nn.Module<torch.Tensor, torch.Tensor>)a[1]!, (torch.Tensor)a[2]!, (torch.Tensor)a[3]!)),
        };
        AddDerived(table);
        return table.ToFrozenDictionary();
    }
}
