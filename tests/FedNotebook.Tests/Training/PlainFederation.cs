namespace FedNotebook.Tests;

/// <summary>
/// Federated training of a softmax regression in plain arrays of doubles: no tensors and nothing of the product's, so that both can be compared. A model is its
/// weights [classes, features] row by row, then the biases.
/// </summary>
internal sealed class PlainFederation(double[][] points, int[] labels, int[][] clients)
{
    public const int Features = 4, Classes = 3, Length = (Classes * Features) + Classes;

    public const int BatchSize = 5, Epochs = 2;

    public const double Rate = 0.2;

    public int RowsOf(int client) => clients[client].Length;

    /// <summary>The gradient of the mean cross entropy over some rows.</summary>
    public double[] Gradient(double[] model, int[] rows)
    {
        var gradient = new double[Length];
        foreach (var row in rows)
        {
            var scores = Enumerable.Range(0, Classes)
                .Select(c => model[(Classes * Features) + c] + Enumerable.Range(0, Features).Sum(j => model[(c * Features) + j] * points[row][j])).ToArray();
            var powers = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
            for (var c = 0; c < Classes; c++)
            {
                var error = ((powers[c] / powers.Sum()) - (labels[row] == c ? 1 : 0)) / rows.Length;
                for (var j = 0; j < Features; j++) gradient[(c * Features) + j] += error * points[row][j];
                gradient[(Classes * Features) + c] += error;
            }
        }

        return gradient;
    }

    /// <summary>The gradient over all rows of a client.</summary>
    public double[] GradientOf(double[] model, int client) => Gradient(model, clients[client]);

    /// <summary>SGD over the client's rows as they lie, in batches.</summary>
    /// <param name="change">Makes the step's gradient of (model, gradient).</param>
    public Update Train(double[] start, int client, double momentum = 0, bool nesterov = false, Func<double[], double[], double[]>? change = null)
    {
        var (model, velocity, steps) = ((double[])start.Clone(), new double[Length], 0);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var batch in clients[client].Chunk(BatchSize))
            {
                var gradient = Gradient(model, batch);
                if (change is not null) gradient = change(model, gradient);
                velocity = Add(Times(velocity, momentum), gradient);
                model = Add(model, Times(nesterov ? Add(gradient, Times(velocity, momentum)) : velocity, -Rate));
                steps++;
            }
        }

        return new(client, clients[client].Length, steps, model);
    }

    public static double[] Add(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a + b)];

    public static double[] Less(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a - b)];

    public static double[] Times(double[] vector, double factor) => [.. vector.Select(a => a * factor)];

    public static double[] Mean(IEnumerable<(double weight, double[] vector)> weighed)
    {
        var all = weighed.ToList();
        return Times(all.Aggregate(new double[all[0].vector.Length], (sum, next) => Add(sum, Times(next.vector, next.weight))), 1 / all.Sum(one => one.weight));
    }

    public static double SquaredDistance(double[] one, double[] other) => Less(one, other).Sum(a => a * a);

    public readonly record struct Update(int Client, int Rows, int Steps, double[] Model);
}
