using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Probabilities, or the logarithms of their odds: the one is given, the other follows.</summary>
internal sealed class ProbsOrLogits
{
    private readonly Tensor given;
    private readonly bool isProbs, isBinary;

    private ProbsOrLogits(Tensor given, bool isProbs, bool isBinary) => (this.given, this.isProbs, this.isBinary) = (given, isProbs, isBinary);

    /// <summary>Of classes: the probabilities need not add up to one, nor the logits to anything.</summary>
    public static ProbsOrLogits OfClasses(Tensor? probs, Tensor? logits, Func<Tensor, Tensor> keep)
    {
        var isProbs = One(probs, logits);
        var given = (probs ?? logits)!;
        if (given.ndim < 1) throw new ArgumentException("There must be at least one dimension: that of the classes.", isProbs ? nameof(probs) : nameof(logits));
        if (isProbs) CheckProbs(given, false);
        using var scope = NewDisposeScope();
        return new(keep(isProbs ? given / given.sum(-1, keepdim: true) : given - given.logsumexp(-1, keepdim: true)), isProbs, false);
    }

    /// <summary>Of yes and no.</summary>
    public static ProbsOrLogits OfTwo(Tensor? probs, Tensor? logits, Func<Tensor, Tensor> keep)
    {
        var isProbs = One(probs, logits);
        if (isProbs) CheckProbs(probs!, true);
        return new(keep((probs ?? logits)!), isProbs, true);
    }

    private static bool One(Tensor? probs, Tensor? logits) =>
        probs is null != logits is null ? probs is not null : throw new ArgumentException("Either probabilities or logits must be given, and not both.", nameof(probs));

    private static void CheckProbs(Tensor probs, bool isBinary)
    {
        using var scope = NewDisposeScope();
        var known = probs.detach();
        if (!(isBinary ? known.ge(0).logical_and(known.le(1)) : known.ge(0)).all().item<bool>())
            throw new ArgumentException(isBinary ? "A probability must be from 0 to 1." : "A probability must not be negative.", nameof(probs));
    }

    public long[] Shape => given.shape;
    public ScalarType Type => given.dtype;
    public Device Device => given.device;

    public Tensor Probs => isProbs ? given.alias() : isBinary ? given.sigmoid() : given.softmax(-1);

    public Tensor Logits => isProbs ? WrappedTensorDisposeScope(() =>
    {
        var eps = finfo(given.dtype).eps;
        var inside = given.clamp(eps, 1 - eps);
        return isBinary ? inside.log() - (-inside).log1p() : inside.log();
    }) : given.alias();

    public ProbsOrLogits Expanded(long[] shape, Func<Tensor, Tensor> keep)
    {
        using var view = given.expand(shape);
        return new(keep(view), isProbs, isBinary);
    }
}
