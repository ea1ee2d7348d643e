using TorchSharp;
using static TorchSharp.torch;

namespace FedNotebook;

/// <summary>
/// A change made to images before a model sees them. The ready ones come from <see cref="transforms"/>;
/// deriving from this class makes one's own.
/// </summary>
public abstract class Transform
{
    /// <summary>Transforms one image.</summary>
    /// <param name="image">The image, as the data set or the step before gives it; it is not changed.</param>
    /// <returns>The new image, or <paramref name="image"/> itself where there is nothing to do.</returns>
    public abstract Tensor call(Tensor image);

    /// <summary>
    /// Transforms many images at once. It gives what <see cref="call"/> gives for each image, stacked (one that draws may draw in another order);
    /// a transform that can do this in one operation overrides it.
    /// </summary>
    /// <param name="images">The images along the first dimension; they are not changed.</param>
    /// <returns>The new images along the first dimension.</returns>
    public virtual Tensor CallBatch(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var results = new List<Tensor>();
        try
        {
            for (long i = 0; i < images.shape[0]; i++)
            {
                // The alias is ours to dispose even when the transform returns a tensor that somebody keeps.
                using var scope = NewDisposeScope();
                results.Add(call(images[i]).alias().DetachFromDisposeScope());
            }

            return stack(results);
        }
        finally
        {
            results.ForEach(result => result.Dispose());
        }
    }
}
