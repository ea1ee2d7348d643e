using TorchSharp.Tests.Operators;
using static TorchSharp.torch;
using static TorchSharp.torch.distributions;

namespace TorchSharp.Tests.Distributions;

/// <summary>Means, densities, entropies, draws from the same seed and gradients of the distributions: as in Python.</summary>
public class DistributionsAgainstPythonTests
{
    // Two parameters of three numbers, above zero; a matrix of shares; a matrix that is a covariance.
    private const string Given = """
        D = torch.distributions; a = (torch.rand(3, dtype=torch.float64) + 0.2).requires_grad_(); b = (torch.rand(2, 1, dtype=torch.float64) + 0.3).requires_grad_()
        p = (torch.rand(2, 4, dtype=torch.float64) * 0.8 + 0.1).requires_grad_(); r = torch.randn(3, 3, dtype=torch.float64); c = (r @ r.t() + torch.eye(3)).requires_grad_()
        D.Distribution.set_default_validate_args(False)

        """;

    private sealed record Parameters(Tensor A, Tensor B, Tensor P, Tensor C)
    {
        public static Parameters Make()
        {
            var a = (rand(3, float64) + 0.2).requires_grad_();
            var b = (rand(2, 1, float64) + 0.3).requires_grad_();
            var p = ((rand(2, 4, float64) * 0.8) + 0.1).requires_grad_();
            var r = randn(3, 3, float64);
            return new(a, b, p, (r.matmul(r.t()) + eye(3)).requires_grad_());
        }
    }

    private static readonly (string Python, Func<Parameters, Distribution> Here, string Has)[] Distributions =
    [
        ("Normal(a, b)", g => Normal(g.A, g.B), "mean mode stddev variance sample rsample log_prob cdf icdf entropy"),
        ("Normal(torch.tensor(1.5, dtype=torch.float64), torch.tensor(2., dtype=torch.float64))", _ => Normal(1.5, 2.0), "mean stddev sample rsample log_prob entropy"),
        ("LogNormal(a, b)", g => LogNormal(g.A, g.B), "mean mode stddev variance sample rsample log_prob cdf icdf entropy"),
        ("HalfNormal(a)", g => HalfNormal(g.A), "mean mode stddev variance sample rsample log_prob cdf icdf entropy"),
        ("Gumbel(a, b)", g => Gumbel(g.A, g.B), "mean mode stddev variance sample rsample log_prob cdf icdf entropy"),
        ("LogNormal(a, b).expand([4, 2, 3])", g => LogNormal(g.A, g.B).expand(new long[] { 4, 2, 3 }), "mean sample log_prob"),
        ("Gumbel(a, b).expand([4, 2, 3])", g => Gumbel(g.A, g.B).expand(new long[] { 4, 2, 3 }), "mean sample log_prob"),
        ("Uniform(-a, b)", g => Uniform(-g.A, g.B), "mean mode stddev variance sample rsample log_prob cdf icdf entropy"),
        ("Laplace(a, b)", g => Laplace(g.A, g.B), "mean mode stddev variance sample rsample log_prob cdf icdf entropy"),
        ("Cauchy(a, b)", g => Cauchy(g.A, g.B), "mean mode variance sample rsample log_prob cdf icdf entropy"),
        ("Exponential(a)", g => Exponential(g.A), "mean mode stddev variance sample rsample log_prob cdf icdf entropy"),
        ("Gamma(a, b)", g => Gamma(g.A, g.B), "mean mode stddev variance sample rsample log_prob entropy"),
        ("Chi2(a)", g => Chi2(g.A), "mean mode stddev variance sample rsample log_prob entropy"),
        ("Beta(a * 3, b * 4)", g => Beta(g.A * 3, g.B * 4), "mean mode stddev variance log_prob entropy"),
        ("Dirichlet(p * 5)", g => Dirichlet(g.P * 5), "mean mode stddev variance log_prob entropy"),
        ("Bernoulli(p)", g => Bernoulli(g.P), "mean stddev variance sample log_prob entropy support"),
        ("Bernoulli(logits=p - 0.5)", g => Bernoulli(logits: g.P - 0.5), "mean stddev variance sample log_prob entropy"),
        ("Geometric(p)", g => Geometric(g.P), "mean stddev variance sample log_prob entropy"),
        ("Geometric(logits=p)", g => Geometric(logits: g.P), "mean stddev variance sample log_prob entropy"),
        ("Binomial(5, p)", g => Binomial(tensor(5), g.P), "mean mode stddev variance sample log_prob entropy support"),
        ("Binomial(torch.tensor([3, 9, 2, 0]), logits=p - 0.3)", g => Binomial(tensor(new[] { 3L, 9, 2, 0 }), logits: g.P - 0.3), "mean mode stddev variance sample log_prob"),
        ("NegativeBinomial(4, p)", g => NegativeBinomial(tensor(4), g.P), "mean mode stddev variance sample log_prob"),
        ("Poisson(a * 4)", g => Poisson(g.A * 4), "mean mode stddev variance sample log_prob"),
        ("Categorical(p)", g => Categorical(g.P), "mean mode variance sample log_prob entropy support"),
        ("Categorical(logits=p * 3)", g => Categorical(logits: g.P * 3), "mean mode variance sample log_prob entropy"),
        ("OneHotCategorical(p)", g => OneHotCategorical(g.P), "mean mode stddev variance sample entropy support"),
        ("Multinomial(6, p)", g => Multinomial(6, g.P), "mean stddev variance sample log_prob entropy"),
        ("Multinomial(3, logits=p)", g => Multinomial(3, logits: g.P), "mean stddev variance sample log_prob entropy"),
        ("MultivariateNormal(a, c)", g => MultivariateNormal(g.A, g.C), "mean mode stddev variance sample rsample log_prob entropy"),
        ("MultivariateNormal(a * b, precision_matrix=c)", g => MultivariateNormal(g.A * g.B, precision_matrix: g.C), "mean mode stddev variance sample rsample log_prob entropy"),
        ("MultivariateNormal(a * b, scale_tril=torch.linalg.cholesky(c))", g => MultivariateNormal(g.A * g.B, scale_tril: linalg.cholesky(g.C)), "mean variance sample rsample log_prob entropy"),
        ("Independent(D.Normal(a, b), 1)", g => Independent(Normal(g.A, g.B), 1), "mean mode stddev variance sample rsample log_prob entropy"),
        ("Independent(D.Bernoulli(p), 2)", g => Independent(Bernoulli(g.P), 2), "mean stddev variance sample log_prob entropy"),
        ("Normal(a, b).expand([4, 2, 3])", g => Normal(g.A, g.B).expand(new long[] { 4, 2, 3 }), "mean sample rsample log_prob entropy"),
        ("Categorical(p).expand([3, 2])", g => Categorical(g.P).expand(new long[] { 3, 2 }), "mode sample log_prob entropy"),
    ];

    // A whole number, or a fraction, where it is asked what is how likely.
    private static (string, Func<Distribution, Tensor>) Value(string python) => python switch
    {
        _ when python.StartsWith("Multinomial") => ("d.sample()", d => d.sample()),
        _ when python.StartsWith("Dirichlet") || python.StartsWith("OneHot") => ("torch.full_like(d.mean, 0.25)", d => full_like(d.mean, 0.25)),
        _ when python.StartsWith("Multivariate") || python.StartsWith("Independent(D.Normal") => ("d.mean * 0.9 + 0.1", d => (d.mean * 0.9) + 0.1),
        _ when python.StartsWith("Cate") || python.StartsWith("Bin") || python.StartsWith("Neg") || python.StartsWith("Poi") || python.StartsWith("Geo") || python.Contains("Bern") =>
            ("torch.ones(d.batch_shape, dtype=torch.float64)", d => ones(d.batch_shape.Shape, float64)),
        _ => ("torch.full(d.batch_shape, 0.3, dtype=torch.float64)", d => full(d.batch_shape.Shape, 0.3, float64)),
    };

    private static IEnumerable<Expression> Calls() => Distributions.SelectMany(given => given.Has.Split(' '), (given, member) =>
    {
        var (value, at) = Value(given.Python);
        if (given.Python.StartsWith("Independent(D.Bern")) (value, at) = ("torch.ones_like(d.mean)", d => ones_like(d.mean));
        (string Python, Func<Distribution, Tensor> Here) call = member switch
        {
            "mean" => ("d.mean", d => d.mean),
            "mode" => ("d.mode", d => d.mode),
            "stddev" => ("d.stddev", d => d.stddev),
            "variance" => ("d.variance", d => d.variance),
            "sample" => ("torch.cat([d.sample((5, 2)).reshape(-1), d.sample().reshape(-1)])", d => cat([d.sample(5, 2).reshape(-1), d.sample().reshape(-1)])),
            "rsample" => ("d.rsample((5,))", d => d.rsample(5)),
            "log_prob" => ($"d.log_prob({value})", d => d.log_prob(at(d))),
            "cdf" => ($"d.cdf({value})", d => d.cdf(at(d))),
            "icdf" => ($"d.icdf({value})", d => d.icdf(at(d))),
            "support" => ("torch.cat([d.enumerate_support().reshape(-1), d.enumerate_support(False).reshape(-1)])", d => cat([d.enumerate_support().reshape(-1), d.enumerate_support(false).reshape(-1)])),
            _ => ("d.entropy()", d => d.entropy()),
        };
        // What it gives; how it changes with the parameters, where it does.
        return new Expression($"{Given}d = D.{given.Python}; y = {call.Python}\nif y.requires_grad: y.sum().backward()\ny, *[x.grad for x in (a, b, p, c) if x.grad is not None]", () =>
        {
            var parameters = Parameters.Make();
            using var d = given.Here(parameters);
            var y = call.Here(d);
            if (y.requires_grad) y.sum().backward();
            Tensor[] grads = [parameters.A, parameters.B, parameters.P, parameters.C];
            return new[] { y }.Concat(grads.Select(x => x.grad).OfType<Tensor>()).ToArray();
        }, given.Python + " " + member);
    });

    [Fact]
    public void Distributions_are_those_of_python()
    {
        PythonTorch.SkipIfMissing();
        Assert.Empty(Comparison.WithPython("distributions", Calls(), 200));
    }
}
