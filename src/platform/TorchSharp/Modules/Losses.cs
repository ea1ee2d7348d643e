using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Losses that libtorch has no operator of.</summary>
    internal static class Likelihood
    {
        /// <summary>Of a normal distribution with a variance for each value, or for each row.</summary>
        public static Tensor Gaussian(Tensor input, Tensor target, Tensor variance, bool full, double eps, nn.Reduction reduction)
        {
            var places = input.Needed().shape;
            var spread = variance.Needed().shape;
            using var scope = NewDisposeScope();
            if (!spread.AsSpan().SequenceEqual(places))
            {
                if (spread.AsSpan().SequenceEqual(places.AsSpan()[..^1])) variance = variance.unsqueeze(-1);
                else if (spread.Length != places.Length || spread[^1] != 1 || !spread.AsSpan()[..^1].SequenceEqual(places.AsSpan()[..^1]))
                    throw new ArgumentException($"The variance must have the input's shape [{string.Join(", ", places)}], or one value for each row, but has [{string.Join(", ", spread)}].", nameof(variance));
            }

            if (variance.detach().lt(0).any().item<bool>()) throw new ArgumentException("A variance must not be negative.", nameof(variance));
            // Bounded from below, but with the gradient that it had.
            var bounded = variance.clone();
            using (no_grad()) bounded.clamp_(min: eps);
            var loss = bounded.log().add((input - target.Needed()).pow(2).div(bounded)).mul(0.5);
            if (full) loss = loss.add(0.5 * Math.Log(2 * Math.PI));
            return Reduce(loss, reduction).MoveToOuterDisposeScope();
        }

        /// <summary>Of several labels each true or false, from logits, averaged over the labels.</summary>
        public static Tensor MultiLabel(Tensor input, Tensor target, Tensor? weight, nn.Reduction reduction)
        {
            ArgumentNullException.ThrowIfNull(input);
            ArgumentNullException.ThrowIfNull(target);
            using var scope = NewDisposeScope();
            var loss = -(target * nn.functional.logsigmoid(input) + (1 - target) * nn.functional.logsigmoid(-input));
            if (weight is not null) loss = loss * weight;
            loss = loss.sum(-1) / input.size(-1);
            return Reduce(loss, reduction).MoveToOuterDisposeScope();
        }

        public static Tensor Reduce(Tensor loss, nn.Reduction reduction) => reduction switch
        {
            nn.Reduction.Mean => loss.mean(),
            nn.Reduction.Sum => loss.sum(),
            _ => loss,
        };
    }

    public sealed class TripletMarginWithDistanceLoss(
        Func<Tensor, Tensor, Tensor>? distance = null, double margin = 1, bool swap = false, nn.Reduction reduction = nn.Reduction.Mean)
        : Loss<Tensor, Tensor, Tensor, Tensor>(reduction)
    {
        public double margin { get; } = margin;

        /// <summary>With <c>swap</c>, the positive's distance from the negative counts where it is the smaller one.</summary>
        public override Tensor forward(Tensor anchor, Tensor positive, Tensor negative)
        {
            Func<Tensor, Tensor, Tensor> far = distance ?? ((a, b) => nn.functional.pairwise_distance(a, b));
            using var scope = NewDisposeScope();
            Tensor near = far(anchor, positive), away = far(anchor, negative);
            if (swap) away = minimum(away, far(positive, negative));
            return Likelihood.Reduce((near - away + margin).clamp_min(0), reduction).MoveToOuterDisposeScope();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.TripletMarginWithDistanceLoss TripletMarginWithDistanceLoss(
                Func<Tensor, Tensor, Tensor>? distance = null, double margin = 1, bool swap = false, Reduction reduction = Reduction.Mean) =>
                new(distance, margin, swap, reduction);
        }
    }
}
