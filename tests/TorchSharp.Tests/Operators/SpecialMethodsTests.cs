using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Operators;

/// <summary>Methods and functions that Python writes otherwise: as brackets, as conversions, with other arguments.</summary>
public class SpecialMethodsTests
{
    private const string P = "m = torch.arange(12, dtype=torch.float64).reshape(3, 4); v = torch.tensor([1.7, -1.7, 0.0, 2.345]); n = torch.tensor([3, 0, 2]); ";

    private Tensor m = null!, v = null!, n = null!;

    // Each line starts from the same tensors: many write to them.
    private Expression Line(string python, Func<object?> here, [CallerArgumentExpression(nameof(here))] string source = "") => new(P + python, () =>
    {
        m = arange(12, ScalarType.Float64).reshape(3, 4);
        v = tensor(new[] { 1.7f, -1.7f, 0f, 2.345f });
        n = tensor(new long[] { 3, 0, 2 });
        return here();
    }, source);

    private Expression[] Methods =>
    [
        Line("m[1], m[:, 1:4:2], m[n[1:]]", () => (m.index(TensorIndex.Single(1)), m.index(TensorIndex.Colon, TensorIndex.Slice(1, 4, 2)), m.index(n[1..]))),
        Line("m[:, 0:4:2]", () => m.slice(1, 0, 4, 2)),
        Line("m[1, 1:3] = 5.0\nm", () => m.index_put_(tensor(5.0), TensorIndex.Single(1), TensorIndex.Slice(1, 3))),
        Line("m[n[1:], n[1:]] = torch.tensor([7.0, 8.0], dtype=m.dtype)\nm", () => m.index_put_(tensor(new[] { 7.0, 8.0 }), n[1..], n[1..])),
        Line("m.index_put_((n[1:2], n[2:]), torch.tensor([7.0], dtype=m.dtype), True)", () => m.index_put_(tensor(new[] { 7.0 }), [n[1..2], n[2..]], true)),
        Line("m[0, 1] = 3.5\nm", () => m.index_put_(3.5, TensorIndex.Single(0), TensorIndex.Single(1))),
        Line("m[torch.tensor([0, 0])] += 2\nm.where(m > 4, torch.zeros_like(m))", () => { m.index_put_(m[tensor(new long[] { 0, 0 })] + 2, [tensor(new long[] { 0, 0 })]); return m.where(m > 4, zeros_like(m)); }),
        Line("torch.where(m > 4), torch.where(v > 0, v, n[1:2])", () => (where(m > 4), where(v > 0, v, n[1..2]))),
        Line("v.round(), v.round(decimals=1), v.clone().round_(), v.clone().round_(decimals=2)", () => (v.round(), v.round(1), v.clone().round_(), v.clone().round_(2))),
        Line("v.to(torch.int64), v.to(torch.bool), v.type(torch.int64), v.type_as(n), v.to(torch.complex64), n.to(torch.float16), v.to(torch.bfloat16)",
            () => (v.to(ScalarType.Int64), v.to_type(ScalarType.Bool), v.type(ScalarType.Int64), v.type_as(n), v.to(ScalarType.ComplexFloat32), n.to(ScalarType.Float16), v.bfloat16())),
        Line("v.to(n), v.to('cpu'), v.to('meta').is_meta, v.to(torch.float64, copy=True), v.cpu()", () => (v.to(n), v.to("cpu"), v.to(META).is_meta, v.to(ScalarType.Float64, true), v.cpu())),
        Line("m.copy_(torch.arange(4)), v.copy_(m[2]), n.copy_(v[:3])", () => (m.copy_(arange(4)), v.copy_(m[2]), n.copy_(v[..3]))),
        Line("w = torch.zeros(2, dtype=m.dtype); w.set_(m); m.fill_(9)\nw", () => { var w = zeros(2, ScalarType.Float64); w.set_(m); m.fill_(9); return w; }),
        Line("v.requires_grad_().requires_grad, v.requires_grad_(False).requires_grad, v.detach().requires_grad", () => (v.requires_grad_().requires_grad, v.requires_grad_(false).requires_grad, v.detach().requires_grad)),
        Line("torch.stft(m.reshape(-1), 4, 2, 4, torch.hann_window(4, dtype=m.dtype), return_complex=True)", () => m.reshape(-1).stft(4, 2, 4, hann_window(4, dtype: ScalarType.Float64), return_complex: true)),
        Line("w = torch.hann_window(4, dtype=m.dtype); torch.istft(torch.stft(m.reshape(-1), 4, 1, 4, w, return_complex=True), 4, 1, 4, w, length=12)",
            () => { var w = hann_window(4, dtype: ScalarType.Float64); return m.reshape(-1).stft(4, 1, 4, w, return_complex: true).istft(4, 1, 4, w, length: 12); }),
        Line("torch.stft(m.reshape(-1), 6, center=False, normalized=True, onesided=False, return_complex=True)", () => m.reshape(-1).stft(6, center: false, normalized: true, onesided: false, return_complex: true)),
        Line("m.new_empty([2, 3]).zero_(), torch.empty_like(n).zero_(), torch.empty_like(n, dtype=torch.half).zero_(), torch.empty_like(m.t()).stride()[0]", () => (m.new_empty(2, 3).zero_(), n.empty_like().zero_(), empty_like(n, ScalarType.Float16).zero_(), empty_like(m.t()).stride()[0])),
        Line("m.new_zeros([2, 3]), m.new_ones([1, 2, 3]), n.new_full([2, 1, 1, 2], 7), n.new_full([2], 7), m.new_ones([2]), m.sum((0, 1)), m.unsqueeze(0).sum((0, 1, 2), True)",
            () => (m.new_zeros(2, 3), m.new_ones(1, 2, 3), n.new_full(2, 1, 1, 2, 7), n.new_full(2, 7), m.new_ones(2), m.sum(0, 1), m.unsqueeze(0).sum(0, 1, 2, true))),
        Line("torch.zeros(20).random_(0, 5), torch.zeros(5).random_(3, 1000)", () => (zeros(20).random_(0, 5), zeros(5).random_(3, 1000))),
        Line("v.bool(), v.abs().byte(), v.double(), v.float(), v.int(), v.long(), v.short()", () => (BoolTensor(v), ByteTensor(v.abs()), DoubleTensor(v), FloatTensor(v), IntTensor(v), LongTensor(v), ShortTensor(v))),
        Line("o = torch.zeros(4, dtype=torch.int64); torch.manual_seed(3); torch.randperm(4, out=o)\no", () => { var o = zeros(4, ScalarType.Int64); manual_seed(3); randperm(4, o); return o; }),
        Line("m.flatten().hsplit([3, 5]), m.vsplit([1]), m.unsqueeze(0).dsplit([1, 3])", () => (m.flatten().hsplit(tensor(new long[] { 3, 5 })), m.vsplit(tensor(new long[] { 1 })), m.unsqueeze(0).dsplit(tensor(new long[] { 1, 3 })))),
        Line("torch.view_as_real(torch.complex(m, -m)), torch.view_as_complex(m.reshape(3, 2, 2)), torch.complex(v, v).imag, torch.complex(v, v).conj().real", () => (complex(m, -m).view_as_real(), m.reshape(3, 2, 2).view_as_complex(), complex(v, v).imag, complex(v, v).conj().real)),
        Line("m.T, m.mT, torch.complex(m, m).H, torch.complex(m, m).mH, m.ndim, m.is_contiguous(), m.t().stride(), m.t().is_contiguous()", () => (m.T, m.mT, complex(m, m).H, complex(m, m).mH, m.ndim, m.is_contiguous(), m.t().stride().Select(s => (object)s), m.t().is_contiguous())),
    ];

    [Fact]
    public void What_python_writes_otherwise_gives_the_same()
    {
        PythonTorch.SkipIfMissing();
        var methods = Methods;
        Comparison.WithPython("lines with methods that Python writes otherwise", methods, methods.Length);
    }

    /// <summary>Who leaves something to this class is not left in the lurch, and leaves nothing to it that it does not have.</summary>
    [Fact]
    public void Each_method_that_is_left_to_these_lines_stands_in_one()
    {
        var text = string.Join(" ", Methods.Select(e => e.Source));
        var missing = EveryTensorMethodTests.Special.Select(s => "." + s + "(").Concat(EveryFunctionTests.Special.Select(s => s + "(")).Where(s => !text.Contains(s));
        Assert.Equal([], missing);
    }

    /// <summary>What stands on a list because Python has not its like is taken off it when Python has.</summary>
    [Fact]
    public void What_is_said_to_be_missing_in_python_is_missing()
    {
        PythonTorch.SkipIfMissing();
        ComparedCall[] questions =
        [
            .. EveryTensorMethodTests.OnlyHere.Select(name => new Expression($"hasattr(torch.Tensor, '{name}')", () => false)),
            .. EveryTensorMethodTests.OtherDevices.Select(name => new Expression($"torch.{name}.is_available()", () => false)),
            .. EveryFunctionTests.NotInPython.Select(name => new Expression($"hasattr(F, '{name}') or hasattr(torch, '{name}')", () => false)),
        ];
        Comparison.WithPython("names that Python has not", questions, 1);
        Assert.ThrowsAny<Exception>(() => ones(1).cuda());
    }
}
