using System.Numerics;

namespace FederatedBenchmark;

/// <summary>FLUTE's workload as a loop over arrays with the processor's vectors and no library at all: a floor.</summary>
internal sealed class BareArrays(Digits images)
{
    private const int Pixels = 784, Classes = 10, Row = Pixels + 1; // the last number of a class is its bias

    private readonly float[] data = images.Train.data.data<float>().ToArray(), testData = images.Test.data.data<float>().ToArray();
    private readonly long[] labels = images.Train.targets.data<long>().ToArray(), testLabels = images.Test.targets.data<long>().ToArray();

    public double Accuracy { get; private set; }

    /// <summary>Trains from torch's usual beginning.</summary>
    /// <param name="cohorts">Round by round, the rows of each client that was chosen.</param>
    public void Run(int[][][] cohorts)
    {
        var model = Beginning();
        var (own, sums) = (new float[model.Length], new float[model.Length]);
        for (var round = 1; round <= cohorts.Length; round++)
        {
            Array.Clear(sums);
            var all = cohorts[round - 1].Sum(rows => rows.Length);
            foreach (var rows in cohorts[round - 1])
            {
                model.CopyTo(own, 0);
                foreach (var batch in rows.Chunk(Flute.BatchSize)) Step(own, batch);
                AddScaled(sums, own, rows.Length / (float)all);
            }

            sums.CopyTo(model, 0);
            if (round % Flute.TestEvery == 0) Accuracy = Test(model);
        }
    }

    private static float[] Beginning()
    {
        using var model = Networks.Logistic(1);
        var (weights, biases) = (model.weight.data<float>().ToArray(), model.bias!.data<float>().ToArray());
        var all = new float[Classes * Row];
        for (var c = 0; c < Classes; c++)
        {
            weights.AsSpan(c * Pixels, Pixels).CopyTo(all.AsSpan(c * Row));
            all[(c * Row) + Pixels] = biases[c];
        }

        return all;
    }

    private void Step(float[] model, int[] batch)
    {
        Span<float> errors = stackalloc float[batch.Length * Classes];
        for (var i = 0; i < batch.Length; i++)
        {
            var own = errors.Slice(i * Classes, Classes);
            Scores(model, data.AsSpan(batch[i] * Pixels, Pixels), own);
            var (largest, sum) = (float.NegativeInfinity, 0f);
            foreach (var score in own) largest = Math.Max(largest, score);
            foreach (ref var score in own) sum += score = MathF.Exp(score - largest);
            foreach (ref var score in own) score /= sum;
            own[(int)labels[batch[i]]] -= 1;
        }

        for (var i = 0; i < batch.Length; i++)
        {
            for (var c = 0; c < Classes; c++)
            {
                var factor = -Flute.Rate / batch.Length * errors[(i * Classes) + c];
                AddScaled(model.AsSpan(c * Row, Pixels), data.AsSpan(batch[i] * Pixels, Pixels), factor);
                model[(c * Row) + Pixels] += factor;
            }
        }
    }

    private double Test(float[] model)
    {
        Span<float> scores = stackalloc float[Classes];
        var right = 0;
        for (var i = 0; i < testLabels.Length; i++)
        {
            Scores(model, testData.AsSpan(i * Pixels, Pixels), scores);
            var best = 0;
            for (var c = 1; c < Classes; c++)
                if (scores[c] > scores[best]) best = c;
            if (best == testLabels[i]) right++;
        }

        return right / (double)testLabels.Length;
    }

    private static void Scores(float[] model, ReadOnlySpan<float> image, Span<float> scores)
    {
        for (var c = 0; c < Classes; c++) scores[c] = model[(c * Row) + Pixels] + Dot(model.AsSpan(c * Row, Pixels), image);
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count) sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        var total = Vector.Sum(sum);
        for (; i < a.Length; i++) total += a[i] * b[i];
        return total;
    }

    private static void AddScaled(Span<float> target, ReadOnlySpan<float> values, float factor)
    {
        var i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) + (new Vector<float>(values[i..]) * factor)).CopyTo(target[i..]);
        for (; i < target.Length; i++) target[i] += values[i] * factor;
    }
}
