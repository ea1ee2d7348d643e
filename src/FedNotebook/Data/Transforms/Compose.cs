using static TorchSharp.torch;

namespace FedNotebook;

internal sealed class Compose : Transform
{
    private readonly Transform[] steps;

    internal Compose(IEnumerable<Transform> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        this.steps = [.. steps];
        var missing = Array.IndexOf(this.steps, null);
        if (missing >= 0)
            throw new ArgumentException($"Step {missing + 1} of Compose is null: leave it out or give a transform.", nameof(steps));
    }

    public override Tensor call(Tensor image) => Run(image, static (step, x) => step.call(x));

    public override Tensor CallBatch(Tensor images) => Run(images, static (step, x) => step.CallBatch(x));

    public override string ToString() => $"Compose({string.Join(", ", steps.AsEnumerable())})";

    private Tensor Run(Tensor input, Func<Transform, Tensor, Tensor> apply)
    {
        var current = input;
        foreach (var step in steps)
        {
            var next = apply(step, current);

            // What lies between two steps is as large as the data set itself: it goes at once.
            if (!ReferenceEquals(current, input) && !ReferenceEquals(current, next)) current.Dispose();

            current = next;
        }

        return current;
    }
}
