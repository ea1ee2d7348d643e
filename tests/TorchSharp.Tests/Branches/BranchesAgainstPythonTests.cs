using System.Globalization;
using static TorchSharp.torch;
using F = TorchSharp.torch.fft;
using L = TorchSharp.torch.linalg;
using P = TorchSharp.torch.special;

namespace TorchSharp.Tests.Branches;

/// <summary>torch.linalg, torch.fft and torch.special.</summary>
public class BranchesAgainstPythonTests
{
    private readonly List<(string Name, double[] Values)> found = [];

    [Fact]
    public void Linear_algebra_transforms_and_special_functions_give_what_they_give_in_python()
    {
        var expected = PythonTorch.Run("branches.py", []);
        Compute();
        Assert.Equal(expected.Select(e => e.Split(' ')[0]), found.Select(f => f.Name));
        var wrong = new List<string>();
        foreach (var (line, (name, values)) in expected.Zip(found))
        {
            var wanted = line.Split(' ')[1..].Select(v => double.Parse(v.Replace("nan", "NaN"), CultureInfo.InvariantCulture)).ToArray();
            var at = wanted.Zip(values).ToList().FindIndex(p => !(Math.Abs(p.First - p.Second) <= 1e-7 * Math.Max(1, Math.Abs(p.First))));
            if (wanted.Length != values.Length || at >= 0) wrong.Add($"{name}: {values.Length} values instead of {wanted.Length}, the first that differs is number {at}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private void Compute()
    {
        manual_seed(31);
        Tensor A = randn(4, 4).@double(), B = randn(4, 2).@double(), v = randn(6).@double();
        var S = A.matmul(A.T) + eye(4) * 2;
        var T = randn(5, 3).@double();
        Tensor u = rand(5).@double() * 0.8 + 0.1, k = arange(5).@double(), head = v.slice(0, 0, 3, 1);
        Show("cholesky", L.cholesky(S));
        Show("cond", L.cond(A), L.cond(A, 1), L.cond(A, "fro"));
        Show("cross", L.cross(T, T.flip(0)));
        Show("det", L.det(A), L.slogdet(A).Item1, L.slogdet(A).Item2);
        Show("eigvalsh", L.eigvalsh(S), L.eigh(S).Item1, L.eigvals(S).real.sort().Item1);
        Show("inv", L.inv(A), L.pinv(T), L.pinv(T, rtol: 0.5));
        Show("lstsq", L.lstsq(T, T.narrow(1, 0, 2)).Solution);
        var (p, l, up) = L.lu(A);
        Show("lu", p, l, up);
        Show("matrix", L.matrix_exp(A * 0.1), L.matrix_norm(T), L.matrix_norm(T, 1.0), L.matrix_rank(S));
        Show("multi_dot", L.multi_dot([T, T.T, T]));
        Show("norm", L.norm(T), L.norm(T, 2), L.norm(T, [1L]), L.norm(T, "nuc"), L.vector_norm(T, 3), L.vector_norm(T, 1, [0L]));
        var (q, r) = L.qr(T);
        Show("qr", q.abs(), r.abs(), L.qr(T, L.QRMode.R).R.abs());
        Show("solve", L.solve(A, B), L.solve_triangular(A.triu(), B, upper: true));
        Show("svd", L.svd(T).Item2, L.svdvals(T));
        Show("vander", L.vander(head), L.vander(head, 4), L.diagonal(A, 1), L.vecdot(T, T, 0));
        Show("fft", F.fft_(v), F.fft_(v, 4, norm: FFTNormType.Ortho), F.ifft(F.fft_(v)), F.rfft(v, norm: FFTNormType.Forward), F.irfft(F.rfft(v), 6), F.hfft(F.rfft(v)), F.ihfft(v));
        Show("fft2", F.fft2(A), F.fft2(A, [2, 3]), F.rfft2(A), F.irfft2(F.rfft2(A)), F.fftn(T, dim: [0]), F.ifftn(T), F.ifft2(A));
        Show("fftfreq", F.fftfreq(5, 0.5), F.rfftfreq(5), F.fftshift(v), F.ifftshift(v, [0]));
        Show("special", P.entr(u), P.erf(u), P.erfc(u), P.erfcx(u), P.erfinv(u), P.exp2(u), P.expit(u), P.expm1(u), P.gammainc(u, u * 2), P.gammaincc(u, u * 2), P.gammaln(u),
            P.digamma(u), P.psi(u), P.polygamma(1, u), P.i0(u), P.i0e(u), P.i1(u), P.i1e(u), P.log_softmax(u, 0), P.softmax(u, 0), P.logit(u), P.multigammaln(u + 3, 2), P.ndtr(u),
            P.ndtri(u), P.sinc(u), P.xlog1py(u, u), P.zeta(u + 2, u), P.airy_ai(u), P.bessel_j0(u), P.bessel_y1(u), P.modified_bessel_k0(u), P.chebyshev_polynomial_t(u, k),
            P.hermite_polynomial_h(u, k), P.laguerre_polynomial_l(u, k), P.legendre_polynomial_p(u, k));
    }

    [Fact]
    public void A_result_goes_into_the_tensor_that_is_given_for_it()
    {
        var target = zeros(0, ScalarType.Float64);
        P.airy_ai(tensor(new[] { 0.5, 1.0 }), target);
        Assert.Equal([2L], target.shape);
        Assert.Equal(P.airy_ai(tensor(new[] { 0.5, 1.0 })).data<double>().ToArray(), target.data<double>().ToArray());
    }

    private void Show(string name, params Tensor[] tensors) => found.Add((name, tensors
        .SelectMany(t => (t.is_complex() ? t.resolve_conj().view_as_real() : t).contiguous().@double().data<double>().ToArray()).ToArray()));
}
