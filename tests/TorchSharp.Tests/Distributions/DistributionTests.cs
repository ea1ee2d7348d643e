using static TorchSharp.torch;
using static TorchSharp.torch.distributions;

namespace TorchSharp.Tests.Distributions;

public class DistributionTests
{
    [Fact]
    public void Draws_have_the_shape_of_the_sample_the_batch_and_the_event()
    {
        var shares = Dirichlet(ones(2, 3));
        Assert.Equal([2], shares.batch_shape.Shape);
        Assert.Equal([3], shares.event_shape.Shape);
        Assert.Equal([5, 4, 2, 3], shares.sample(5, 4).shape);
        Assert.Equal([2, 3], shares.sample().shape);
        Assert.Equal([7, 2, 3], shares.rsample(new Size(7)).shape);
        Assert.Equal([6], Categorical(4).sample(6).shape);
        Assert.Equal([3], Bernoulli(0.5f, null).sample(3).shape);
    }

    [Fact]
    public void Many_draws_lie_where_mean_and_variance_say()
    {
        manual_seed(1);
        Distribution[] all = [Beta(tensor(2.0), tensor(5.0)), Dirichlet(tensor(new[] { 1.0, 2.0, 4.0 })), Gamma(tensor(3.0), tensor(2.0)), NegativeBinomial(5, 0.3, null), Poisson(3.5), Gumbel(tensor(1.0), tensor(0.5))];
        foreach (var distribution in all)
        {
            var draws = distribution.sample(40_000);
            Assert.True(draws.mean([0L]).allclose(distribution.mean, 0.05), distribution.GetType().Name);
            Assert.True(draws.var(0).allclose(distribution.variance, 0.1), distribution.GetType().Name);
        }
    }

    [Fact]
    public void A_generator_of_ones_own_is_used()
    {
        Generator one = new(5), other = new(5);
        Assert.Equal(Normal(tensor(0f), tensor(1f), one).sample(4), Normal(tensor(0f), tensor(1f), other).sample(4));
        Assert.Equal(Categorical(9, one).sample(20), Categorical(9, other).sample(20));
    }

    [Fact]
    public void Gradients_flow_to_the_parameters_of_shares()
    {
        var concentration = tensor(new[] { 1.0, 2.0, 4.0 }).requires_grad_();
        Dirichlet(concentration).rsample(10).square().sum().backward();
        Assert.NotNull(concentration.grad);
        Assert.True(concentration.grad.abs().sum().item<double>() > 0);
        Assert.False(Dirichlet(concentration).sample().requires_grad);
    }

    [Fact]
    public void It_lives_on_without_the_tensors_it_was_made_of_and_gives_tensors_of_ones_own()
    {
        Distribution normal;
        using (NewDisposeScope()) normal = Normal(tensor(1.0), tensor(2.0));
        normal.mean.Dispose();
        Assert.Equal(1.0, normal.mean.item<double>());
        normal.Dispose();
        Assert.Throws<InvalidOperationException>(() => normal.mean);
    }

    [Fact]
    public void Parameters_that_make_no_distribution_are_refused_by_name()
    {
        Refused("scale", () => Normal(0.0, -1.0));
        Refused("low", () => Uniform(tensor(2.0), tensor(1.0)));
        Refused("rate", () => Exponential(tensor(double.NaN)));
        Refused("not both", () => Bernoulli(tensor(0.5), tensor(0.5)));
        Refused("not both", () => Categorical());
        Refused("0 to 1", () => Bernoulli(tensor(1.5)));
        Refused("negative", () => Categorical(tensor(new[] { 0.5, -0.5 })));
        Refused("dimension", () => Categorical(tensor(0.5)));
        Refused("category", () => Categorical(0));
        Refused("total_count", () => Binomial(tensor(-1), tensor(0.5)));
        Refused("only one", () => MultivariateNormal(zeros(2)));
        Refused("positive definite", () => MultivariateNormal(zeros(2), -eye(2)));
        Refused("symmetric", () => MultivariateNormal(zeros(2), tensor(new[,] { { 1f, 2f }, { 0f, 1f } })));
        Refused("[..., 2, 2]", () => MultivariateNormal(zeros(2), eye(3)));
        Refused("cannot be taken", () => Independent(Normal(zeros(2), ones(2)), 2));
        Refused("loc", () => Normal(null!, ones(1)));
        Assert.Contains("mode", Assert.Throws<NotSupportedException>(() => Bernoulli(0.5f, null).mode).Message);
        Assert.Throws<NotSupportedException>(() => Poisson(2.0).entropy());
    }

    private static void Refused(string what, Func<object> make) => Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(make).Message);

    [Fact]
    public void Limits_of_types_are_pythons()
    {
        PythonTorch.SkipIfMissing();
        (string, ScalarType)[] types = [("float16", float16), ("bfloat16", bfloat16), ("float32", float32), ("float64", float64)];
        Operators.Comparison.WithPython("types", types.Select(t => new Operators.Expression(
            $"i = torch.finfo(torch.{t.Item1})\n[float(i.bits), i.eps, i.max, i.min, i.tiny, i.resolution]",
            () => { var i = finfo(t.Item2); return new object[] { (double)i.bits, i.eps, i.max, i.min, i.tiny, i.resolution }; })), 4);
        Assert.Throws<ArgumentException>(() => finfo(int64));
    }
}
