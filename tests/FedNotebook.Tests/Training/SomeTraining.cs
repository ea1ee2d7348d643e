using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedNotebook.Tests;

/// <summary>Small trainings for tests.</summary>
internal static class SomeTraining
{
    public static readonly Func<Tensor, Tensor, Tensor> CrossEntropy = (output, target) => F.cross_entropy(output, target);

    /// <summary>Points of three classes in four dimensions, so many that training has something to do.</summary>
    public static BaseDataset Blobs(int rows = 90, int seed = 3, double spread = 1)
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, rows).Select(row => (long)(row % 3)).ToArray();
        var points = new float[rows, 4];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < 4; column++)
                points[row, column] = (float)((column == labels[row] ? 2 : 0) + (spread * (random.NextDouble() + random.NextDouble() - 1)));
        return new BaseDataset(tensor(points), tensor(labels));
    }

    public static Sequential Network(int seed = 1) => Filled(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3)), seed);

    public static Sequential WithDropout() => Filled(nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 3)));

    public static Sequential WithBatchNorm() => Filled(nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3)));

    /// <summary>Known weights that do not come from torch's random numbers, which tests that run at the same time draw from too.</summary>
    private static Sequential Filled(Sequential model, int seed = 1)
    {
        var random = new Random(seed);
        using var noGrad = no_grad();
        foreach (var parameter in model.parameters())
            parameter.copy_(tensor(Enumerable.Range(0, (int)parameter.numel()).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray()).view(parameter.shape));
        return model;
    }

    public static FederatedTrainer Trainer(nn.Module<Tensor, Tensor> model, FederatedTrainerOptions options, int clients = 6, BaseDataset? data = null) =>
        new(model, (data ?? Blobs()).federate(clients, Partition.IID(seed: 1)), CrossEntropy, options);

    /// <summary>All numbers of a model, in order.</summary>
    public static float[] Weights(nn.Module model) =>
        [.. model.named_parameters().SelectMany(p => Some.Floats(p.parameter.detach())), .. model.named_buffers().SelectMany(b => Some.Floats(b.buffer.to(float32)))];

    /// <summary>A state whose model is one vector of parameters, and updates of it.</summary>
    public static StrategyState State(float[] weights, int clients = 3) =>
        new(ModelLayout.Of(nn.Linear(weights.Length, 1, hasBias: false)), tensor(weights), clients, Seed: 1);

    public static ClientUpdate[] Updates(params (long rows, float[] weights)[] updates) =>
        [.. updates.Select((update, i) => new ClientUpdate(i, $"client {i}", update.rows, 1, 0.5, tensor(update.weights)))];

    public static void Close(double[] expected, Tensor actual, double tolerance = 1e-6)
    {
        var numbers = actual.to(float64).data<double>().ToArray();
        Assert.Equal(expected.Length, numbers.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], numbers[i], tolerance);
    }
}
