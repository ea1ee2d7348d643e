# torch.linalg, torch.fft and torch.special on fixed inputs, a line each.
import torch

torch.set_num_threads(1)
torch.manual_seed(31)
A, B, v = torch.randn(4, 4).double(), torch.randn(4, 2).double(), torch.randn(6).double()
S = A @ A.T + torch.eye(4) * 2
T = torch.randn(5, 3).double()
u, k = torch.rand(5).double() * 0.8 + 0.1, torch.arange(5).double()
L, F, P = torch.linalg, torch.fft, torch.special


def show(name, *tensors):
    numbers = [torch.view_as_real(t.resolve_conj()) if t.is_complex() else t for t in tensors]
    print(name, *[repr(x) for t in numbers for x in t.double().reshape(-1).tolist()])


show("cholesky", L.cholesky(S))
show("cond", L.cond(A), L.cond(A, 1), L.cond(A, "fro"))
show("cross", L.cross(T, T.flip(0)))
show("det", L.det(A), *L.slogdet(A))
show("eigvalsh", L.eigvalsh(S), L.eigh(S)[0], L.eigvals(S).real.sort()[0])
show("inv", L.inv(A), L.pinv(T), L.pinv(T, rtol=0.5))
show("lstsq", L.lstsq(T, T[:, :2]).solution)
show("lu", *L.lu(A))
show("matrix", L.matrix_exp(A * 0.1), L.matrix_norm(T), L.matrix_norm(T, 1), L.matrix_rank(S))
show("multi_dot", L.multi_dot([T, T.T, T]))
show("norm", L.norm(T), L.norm(T, 2), L.norm(T, dim=1), L.norm(T, "nuc"), L.vector_norm(T, 3), L.vector_norm(T, 1, dim=0))
show("qr", *[x.abs() for x in L.qr(T)], L.qr(T, "r")[1].abs())
show("solve", L.solve(A, B), L.solve_triangular(A.triu(), B, upper=True))
show("svd", L.svd(T)[1], L.svdvals(T))
show("vander", L.vander(v[:3]), L.vander(v[:3], N=4), L.diagonal(A, offset=1), L.vecdot(T, T, dim=0))
show("fft", F.fft(v), F.fft(v, 4, norm="ortho"), F.ifft(F.fft(v)), F.rfft(v, norm="forward"), F.irfft(F.rfft(v), 6), F.hfft(F.rfft(v)), F.ihfft(v))
show("fft2", F.fft2(A), F.fft2(A, s=(2, 3)), F.rfft2(A), F.irfft2(F.rfft2(A)), F.fftn(T, dim=(0,)), F.ifftn(T), F.ifft2(A))
show("fftfreq", F.fftfreq(5, 0.5), F.rfftfreq(5), F.fftshift(v), F.ifftshift(v, 0))
show("special", P.entr(u), P.erf(u), P.erfc(u), P.erfcx(u), P.erfinv(u), P.exp2(u), P.expit(u), P.expm1(u), P.gammainc(u, u * 2), P.gammaincc(u, u * 2), P.gammaln(u),
     P.digamma(u), P.psi(u), P.polygamma(1, u), P.i0(u), P.i0e(u), P.i1(u), P.i1e(u), P.log_softmax(u, 0), P.softmax(u, 0), P.logit(u), P.multigammaln(u + 3, 2), P.ndtr(u),
     P.ndtri(u), P.sinc(u), P.xlog1py(u, u), P.zeta(u + 2, u), P.airy_ai(u), P.bessel_j0(u), P.bessel_y1(u), P.modified_bessel_k0(u), P.chebyshev_polynomial_t(u, k),
     P.hermite_polynomial_h(u, k), P.laguerre_polynomial_l(u, k), P.legendre_polynomial_p(u, k))
