using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

/// <summary>What a user may get wrong. Each ends in an exception whose first line a person understands.</summary>
public class MistakeTests
{
    private static readonly Dictionary<string, Func<object?>> All = new()
    {
        // null
        ["null + tensor"] = () => (Tensor)null! + ones(2),
        ["tensor + null"] = () => ones(2) + (Tensor)null!,
        ["tensor + null scalar"] = () => ones(2) + (Scalar)null!,
        ["-null"] = () => -(Tensor)null!,
        ["cat(null)"] = () => cat(null!),
        ["cat of nothing"] = () => cat([]),
        ["cat of null"] = () => cat([ones(2), null!]),
        ["stack of nothing"] = () => stack(Array.Empty<Tensor>()),
        ["stack(null)"] = () => stack((Tensor[])null!),
        ["where(null)"] = () => where(null!, ones(2), ones(2)),
        ["matmul(null)"] = () => ones(2).matmul(null!),
        ["torch.matmul(null)"] = () => matmul(null!, ones(2)),
        ["relu(null)"] = () => F.relu(null!),
        ["linear(null)"] = () => F.linear(null!, ones(2, 2)),
        ["Linear.call(null)"] = () => Linear(2, 2).call(null!),
        ["Sequential.call(null)"] = () => Sequential(Linear(2, 2)).call(null!),
        ["empty Sequential.call(null)"] = () => Sequential().call(null!),
        ["ReLU.call(null)"] = () => ReLU().call(null!),
        ["Sequential(null)"] = () => Sequential((Module<Tensor, Tensor>[])null!),
        ["Sequential with null"] = () => Sequential(Linear(2, 2), null!),
        ["mse_loss(null)"] = () => F.mse_loss(ones(2), null!),
        ["nll_loss(null)"] = () => F.nll_loss(null!, ones(2)),
        ["MSELoss.call(null)"] = () => MSELoss().call(null!, ones(2)),
        ["SGD(null)"] = () => optim.SGD((IEnumerable<TorchSharp.Modules.Parameter>)null!, 0.1),
        ["zeros(null)"] = () => zeros((long[])null!),
        ["full(null)"] = () => full([2], null!),
        ["reshape(null)"] = () => ones(2).reshape((long[])null!),
        ["view(null)"] = () => ones(2).view((long[])null!),
        ["tensor(null)"] = () => tensor((float[])null!),
        ["tensor(null list)"] = () => tensor((IList<float>)null!),
        ["from_array(null)"] = () => from_array(null!),
        ["index null"] = () => ones(2)[(Tensor)null!],
        ["index nulls"] = () => ones(2)[(TensorIndex[])null!],
        ["set null"] = () => { var x = ones(2); x[0] = null!; return x; },
        ["set range null"] = () => { var x = ones(2); x[1..] = null!; return x; },
        ["Tensor.Load(null)"] = () => Tensor.Load((string)null!),
        ["Tensor.Load(null stream)"] = () => Tensor.Load((Stream)null!),
        ["Save(null)"] = () => { ones(2).Save((string)null!); return null; },
        ["module.load(null)"] = () => Linear(2, 2).load((string)null!),
        ["module.save(null)"] = () => Linear(2, 2).save((string)null!),
        ["load_state_dict(null)"] = () => Linear(2, 2).load_state_dict((Dictionary<string, Tensor>)null!),
        ["load_state_dict with null"] = () => Linear(1, 1, false).load_state_dict(new() { ["weight"] = null! }),
        ["Parameter(null)"] = () => new TorchSharp.Modules.Parameter(null!),
        ["register null"] = () => new Own(m => { m.register_parameter(null!, null!); return m; }),
        ["device null"] = () => ones(2).to((Device)null!),
        ["device text null"] = () => new Device((string)null!),
        ["TensorDataset(null)"] = () => torch.utils.data.TensorDataset((Tensor[])null!),
        ["TensorDataset with null"] = () => torch.utils.data.TensorDataset(ones(2), null!),
        ["DataLoader(null)"] = () => torch.utils.data.DataLoader((torch.utils.data.Dataset)null!, 2),
        ["apply(null)"] = () => Linear(2, 2).apply(null!),
        ["autograd.grad(null)"] = () => autograd.grad(null!, null!),
        ["set_rng_state(null)"] = () => { set_rng_state(null!); return null; },
        ["Attach(null)"] = () => { using var s = NewDisposeScope(); s.Attach((IDisposable)null!); return null; },
        ["einsum(null)"] = () => einsum(null!, ones(2)),
        ["meshgrid(null)"] = () => meshgrid(null!),
        ["constant_(null)"] = () => init.constant_(null!, 1),

        // shapes, indices, types
        ["add of other shapes"] = () => ones(2, 3) + ones(4),
        ["matmul"] = () => ones(2, 3).mm(ones(2, 3)),
        ["reshape"] = () => ones(5).reshape(2, 3),
        ["two unknown sizes"] = () => ones(6).reshape(-1, -1),
        ["view of a transposed"] = () => ones(2, 3).t().view(6),
        ["expand"] = () => ones(3).expand(4),
        ["permute"] = () => ones(2, 3).permute(0, 0),
        ["transpose"] = () => ones(2, 3).transpose(0, 5),
        ["squeeze"] = () => ones(2, 3).squeeze(9),
        ["sum over a dimension that is not there"] = () => ones(2, 3).sum(7),
        ["size of a dimension that is not there"] = () => ones(2).size(4),
        ["stride"] = () => ones(2).stride(4),
        ["index"] = () => ones(2)[long.MaxValue],
        ["negative index"] = () => ones(2)[-3],
        ["index into 0-dim"] = () => tensor(1f)[0],
        ["tensor index"] = () => ones(2)[tensor(new long[] { 5 })],
        ["float index"] = () => ones(2)[tensor(new[] { 0.5f })],
        ["mask of other shape"] = () => ones(2)[tensor(new[] { true, false, true })],
        ["index_select"] = () => ones(2).index_select(0, tensor(new long[] { -1 })),
        ["gather"] = () => ones(2).gather(0, tensor(new long[] { 9 })),
        ["scatter"] = () => zeros(2).scatter(0, tensor(new long[] { 9 }), ones(1)),
        ["take"] = () => ones(2).take(tensor(new long[] { 9 })),
        ["embedding"] = () => functional.one_hot(tensor(new long[] { -1 })),
        ["one_hot too small"] = () => functional.one_hot(tensor(new long[] { 5 }), 2),
        ["one_hot float"] = () => functional.one_hot(ones(2)),
        ["cat of other shapes"] = () => cat([ones(2, 3), ones(2, 4)]),
        ["stack of other shapes"] = () => stack([ones(2), ones(3)]),
        ["split 0"] = () => ones(4).split(0),
        ["chunk 0"] = () => ones(4).chunk(0),
        ["topk"] = () => ones(3).topk(5),
        ["item of many"] = () => ones(3).item<float>(),
        ["item of none"] = () => ones(0).item<float>(),
        ["item of wrong type"] = () => ones(1).item<long>(),
        ["item of strange type"] = () => ones(1).item<Guid>(),
        ["data of wrong type"] = () => ones(1).data<double>(),
        ["data of strange type"] = () => ones(1).data<DateTime>(),
        ["ToSingle of many"] = () => ones(3).ToSingle(),
        ["ToInt32 of nothing"] = () => ones(0).ToInt32(),
        ["(float) of many"] = () => (float)ones(3),
        ["accessor out of range"] = () => ones(3).data<float>()[7],
        ["accessor with too many"] = () => ones(3).data<float>()[0, 1],
        ["bytes of other length"] = () => { var x = ones(2); x.bytes = new byte[3]; return x; },
        ["unknown type"] = () => ones([2], (ScalarType)99),
        ["to unknown type"] = () => ones(2).to((ScalarType)(-4)),
        ["default type"] = () => { set_default_dtype((ScalarType)99); return null; },
        ["default type int"] = () => { set_default_dtype(ScalarType.Int64); return null; },
        ["from_array of texts"] = () => from_array(new[] { "a" }),
        ["mixed types in mm"] = () => ones(2, 2).mm(ones([2, 2], ScalarType.Float64)),
        ["int exp_"] = () => ones([2], ScalarType.Int64).exp_(),
        ["bool minus"] = () => tensor(new[] { true }) - tensor(new[] { true }),
        ["int mean"] = () => ones([2], ScalarType.Int64).mean(),
        ["int dropout"] = () => functional.dropout(ones([2], ScalarType.Int64)),
        ["float bits"] = () => ones(2).bitwise_and(ones(2)),
        ["linear over other type"] = () => Linear(2, 2).call(ones([2, 2], ScalarType.Int64)),
        ["linear over other shape"] = () => Linear(3, 2).call(ones(2, 2)),
        ["conv over 1-D"] = () => Conv2d(1, 1, 3).call(ones(3)),
        ["conv smaller than kernel"] = () => Conv2d(1, 1, 3).call(ones(1, 1, 2, 2)),
        ["max_pool too big"] = () => functional.max_pool2d(ones(1, 2, 2), 3),
        ["max_pool kernel 0"] = () => functional.max_pool2d(ones(1, 2, 2), 0),
        ["bag of a row that is not there"] = () => EmbeddingBag(3, 2).call(tensor(new long[] { 5 }), tensor(new long[] { 0 })),
        ["bag that begins behind the indices"] = () => EmbeddingBag(3, 2).call(tensor(new long[] { 1 }), tensor(new long[] { 7 })),
        ["bags in the wrong order"] = () => EmbeddingBag(3, 2).call(tensor(new long[] { 1, 2 }), tensor(new long[] { 0, 2, 1 })),
        ["packed batches of 0 rows"] = () => Interop.Aten._pad_packed_sequence.Tensors2(ones(2, 1), tensor(new long[] { 2, 0 }), false, 0.0, 0),
        ["packed batches of more rows than there are"] = () => Interop.Aten._pad_packed_sequence.Tensors2(ones(2, 1), tensor(new long[] { 2, 1 }), false, 0.0, 0),
        ["adaptive max pooling to endless empty rows"] = () => F.adaptive_max_pool2d(ones(1, 2, 2), [46L << 56, 0]),
        ["adaptive max pooling to endless empty rows in 3-D"] = () => F.adaptive_max_pool3d(ones(1, 2, 2, 2), [1, 1L << 40, 0]),
        ["adaptive average pooling to endless empty rows"] = () => F.adaptive_avg_pool2d(ones(1, 2, 2), [1L << 40, 0]),
        ["adaptive average pooling to endless empty rows in 3-D"] = () => F.adaptive_avg_pool3d(ones(1, 2, 2, 2), [1L << 40, 1L << 40, 0]),
        ["adaptive pooling to absurdly much"] = () => F.adaptive_max_pool1d(ones(1, 2), 46L << 56),
        ["multi_margin_loss of no rows"] = () => F.multi_margin_loss(zeros(0, 3), zeros(0, ScalarType.Int64)),
        ["sum of a multi_margin_loss of no rows"] = () => F.multi_margin_loss(zeros(0, 3), zeros(0, ScalarType.Int64), reduction: Reduction.Sum),
        ["multi_label_margin_loss of no rows"] = () => F.multi_label_margin_loss(zeros(0, 3), zeros([0, 3], ScalarType.Int64)),
        ["conv groups 0"] = () => functional.conv2d(ones(1, 1, 3, 3), ones(1, 1, 2, 2), groups: 0),
        ["conv stride 0"] = () => functional.conv2d(ones(1, 1, 3, 3), ones(1, 1, 2, 2), strides: [0, 0]),
        ["conv stride negative"] = () => functional.conv2d(ones(1, 1, 3, 3), ones(1, 1, 2, 2), strides: [-1, -1]),
        ["batch_norm of other shape"] = () => BatchNorm2d(3).call(ones(2, 4, 2, 2)),
        ["cross_entropy of other shapes"] = () => functional.cross_entropy(ones(2, 3), ones([3], ScalarType.Int64)),
        ["cross_entropy float target"] = () => functional.cross_entropy(ones(2, 3), ones(2)),
        ["cross_entropy class outside"] = () => functional.cross_entropy(ones(2, 3), tensor(new long[] { 0, 3 })),
        ["nll_loss negative class"] = () => functional.nll_loss(ones(2, 3), tensor(new long[] { 0, -1 })),
        ["bce outside"] = () => functional.binary_cross_entropy(ones(2) * 2, ones(2)),
        ["mse of other shapes"] = () => functional.mse_loss(ones(2), ones(3)),
        ["dropout p"] = () => functional.dropout(ones(2), 1.5),
        ["Dropout p"] = () => Dropout(-1).call(ones(2)),
        ["Linear(-1)"] = () => Linear(-1, 2),
        ["Conv2d groups"] = () => Conv2d(3, 4, 3, groups: 2),
        ["Linear huge"] = () => Linear(1L << 40, 1L << 40),
        ["multinomial"] = () => multinomial(tensor(new[] { -1f, 2f }), 1),
        ["multinomial nan"] = () => multinomial(tensor(new[] { float.NaN, 2f }), 1),
        ["multinomial too many"] = () => multinomial(tensor(new[] { 1f, 2f }), 5),
        ["bernoulli"] = () => bernoulli(tensor(new[] { 2f })),
        ["normal_ negative std"] = () => zeros(2).normal_(0, -1),
        ["binomial of no number"] = () => binomial(tensor(new[] { float.NaN }), tensor(new[] { 0.5f })),
        ["binomial of infinity"] = () => binomial(tensor(new[] { float.PositiveInfinity }), tensor(new[] { 0.5f })),
        ["binomial with no probability"] = () => binomial(tensor(new[] { 3f }), tensor(new[] { float.NaN })),
        ["the smallest number modulo -1"] = () => tensor(new[] { long.MinValue }).remainder(-1),
        ["the smallest number modulo -1s"] = () => tensor(new[] { int.MinValue, 5 }).fmod(tensor(new[] { 2, -1 })),
        ["uniform_ backwards"] = () => zeros(2).uniform_(1, 0),
        ["randint backwards"] = () => randint(5, 1, [2]),
        ["randperm negative"] = () => randperm(-1),
        ["random_ nan"] = () => zeros(2).random_(double.NaN, double.NaN),
        ["arange step 0"] = () => arange((Scalar)0, (Scalar)5, (Scalar)0),
        ["arange backwards"] = () => arange((Scalar)5, (Scalar)0, (Scalar)1),
        ["arange nan"] = () => arange(0.0, double.NaN, 1.0),
        ["arange infinite"] = () => arange(0.0, double.PositiveInfinity, 1.0),
        ["linspace negative"] = () => linspace(0, 1, -1),
        ["eye negative"] = () => eye(-1),
        ["einsum nonsense"] = () => einsum("->->", ones(2)),
        ["einsum other"] = () => einsum("ij,jk", ones(2)),
        ["repeat negative"] = () => ones(2).repeat(-1),
        ["repeat_interleave negative"] = () => ones(2).repeat_interleave(-1),
        ["unfold"] = () => ones(2).unfold(0, 5, 1),
        ["as_strided outside"] = () => ones(2).as_strided([100], [100]),
        ["as_strided negative"] = () => ones(2).as_strided([2], [-1]),
        ["clip without bounds"] = () => ones(2).clamp(null, null),
        ["Bernoulli p"] = () => ones(2).bernoulli_(7),
        ["cpu index"] = () => ones(2).to(new Device(DeviceType.CPU, 5)),
        ["cpu index huge"] = () => ones([2], device: new Device(DeviceType.CPU, 1000)),
        ["device nonsense"] = () => new Device("cuda:x"),
        ["device negative"] = () => new Device("cuda:-3"),
        ["unknown device type"] = () => ones([2], device: new Device((DeviceType)77)),
        ["cuda"] = () => ones(2).cuda(),
        ["mixed devices"] = () => ones(2) + ones([2], device: META),
        ["data of meta"] = () => ones([2], device: META).data<float>(),
        ["item of meta"] = () => ones([1], device: META).item<float>(),
        ["bytes of meta"] = () => ones([1], device: META).bytes.ToArray(),
        ["save of meta"] = () => { ones([1], device: META).Save(new MemoryStream()); return null; },
        ["copy from meta"] = () => ones([2], device: META).cpu(),

        // sizes
        ["terabytes"] = () => zeros(1L << 20, 1L << 20, 1L << 20),
        ["overflow"] = () => empty(1L << 40, 1L << 40),
        ["overflow to zero"] = () => empty(1L << 32, 1L << 32),
        ["largest"] = () => zeros(long.MaxValue),
        ["smallest"] = () => zeros(long.MinValue),
        ["tensor into overflowing shape"] = () => tensor(new float[4], [1L << 32, 1L << 32]),
        ["negative shape"] = () => tensor(new float[4], [-2, -2]),
        ["expand then contiguous"] = () => ones(1).expand(1L << 50).contiguous(),
        ["repeat huge"] = () => ones(2).repeat(1L << 61),
        ["arange huge"] = () => arange(long.MaxValue),
        ["reshape huge"] = () => ones([], ScalarType.Int64).reshape(5, 2, 1, 1L << 62),
        ["eye huge"] = () => eye(1L << 40),
        ["tril_indices huge"] = () => tril_indices(1L << 40, 1L << 40),
        ["outer huge"] = () => ones(1).expand(1L << 30).outer(ones(1).expand(1L << 30)),
        ["pad huge"] = () => functional.pad(ones(2), [1L << 60, 1L << 60]),
        ["bytes of a huge"] = () => ones(1).expand(1L << 33).bytes.ToArray(),
        ["data of a huge"] = () => ones(1).expand(1L << 33).data<float>().ToArray(),

        // gradients
        ["backward of many"] = () => { ones([2], requires_grad: true).mul(2).backward(); return null; },
        ["backward without graph"] = () => { ones(1).backward(); return null; },
        ["backward twice"] = () => { var y = ones([1], requires_grad: true).pow(2).sum(); y.backward(); y.backward(); return null; },
        ["gradient of other shape"] = () => { ones([2], requires_grad: true).mul(2).backward([ones(3)]); return null; },
        ["gradient null in list"] = () => { ones([2], requires_grad: true).mul(2).backward([null!]); return null; },
        ["grad set to other shape"] = () => { var x = ones([2], requires_grad: true); x.grad = ones(3); return null; },
        ["grad of integers"] = () => ones([2], ScalarType.Int64).requires_grad_(),
        ["in place on a leaf"] = () => ones([2], requires_grad: true).add_(1),
        ["in place on a saved"] = () => { var x = ones([2], requires_grad: true); var y = x.exp(); y.add_(1); y.sum().backward(); return null; },
        ["in place in inference"] = () => { Tensor x; using (inference_mode()) x = ones(2); var w = ones([2], requires_grad: true); (w * x).sum().backward(); return null; },
        ["unused"] = () => autograd.grad([ones([1], requires_grad: true).mul(1)], [ones([1], requires_grad: true)]),
        ["SGD lr"] = () => optim.SGD(Linear(1, 1).parameters(), -1),
        ["SGD lr nan"] = () => optim.SGD(Linear(1, 1).parameters(), double.NaN),
        ["SGD momentum"] = () => optim.SGD(Linear(1, 1).parameters(), 1, momentum: -1),
        ["Adam beta"] = () => optim.Adam(Linear(1, 1).parameters(), beta1: 1.5),
        ["nesterov"] = () => optim.SGD(Linear(1, 1).parameters(), 1, nesterov: true),

        // disposed
        ["disposed + 1"] = () => Gone() + 1,
        ["1 + disposed"] = () => ones(2) + Gone(),
        ["disposed shape"] = () => Gone().shape,
        ["disposed dtype"] = () => Gone().dtype,
        ["disposed item"] = () => Gone().item<float>(),
        ["disposed data"] = () => Gone().data<float>(),
        ["disposed bytes"] = () => Gone().bytes.ToArray(),
        ["disposed grad"] = () => Gone().grad,
        ["set disposed grad"] = () => { ones([2], requires_grad: true).grad = Gone(); return null; },
        ["disposed backward"] = () => { Gone().backward(); return null; },
        ["disposed index"] = () => Gone()[0],
        ["index disposed"] = () => ones(2)[Gone()],
        ["disposed Save"] = () => { Gone().Save(new MemoryStream()); return null; },
        ["disposed in cat"] = () => cat([ones(2), Gone()]),
        ["Parameter of disposed"] = () => new TorchSharp.Modules.Parameter(Gone()),
        ["accessor of disposed"] = () => { var x = ones(3); var a = x.data<float>(); x.Dispose(); return a[0]; },
        ["accessor of disposed ToArray"] = () => { var x = ones(3); var a = x.data<float>(); x.Dispose(); return a.ToArray(); },
        ["accessor of disposed write"] = () => { var x = ones(3); var a = x.data<float>(); x.Dispose(); a[0] = 1; return null; },
        ["accessor of disposed enumerated"] = () => { var x = ones(3); var a = x.data<float>(); x.Dispose(); return a.ToList(); },
        ["accessor of disposed copied"] = () => { var x = ones(3); var a = x.data<float>(); x.Dispose(); a.CopyTo(new float[3]); return null; },
        ["accessor of disposed written"] = () => { var x = ones(3); var a = x.data<float>(); x.Dispose(); a.CopyFrom(new float[3]); return null; },
        ["disposed module"] = () => { var m = Linear(2, 2); m.Dispose(); return m.call(ones(1, 2)); },
        ["disposed module saved"] = () => { var m = Linear(2, 2); m.Dispose(); return m.save(new MemoryStream()); },
        ["disposed module loaded"] = () => { var m = Linear(2, 2); m.Dispose(); return m.load_state_dict(Linear(2, 2).state_dict()); },
        ["disposed module to"] = () => { var m = Linear(2, 2); m.Dispose(); return m.to(ScalarType.Float64); },
        ["disposed module zero_grad"] = () => { var m = Linear(2, 2); m.Dispose(); m.zero_grad(); return null; },
        ["disposed module step"] = () => { var m = Linear(2, 2); var o = optim.SGD(m.parameters(), 1); m.Dispose(); return o.step(); },
        ["disposed generator"] = () => { var g = new Generator(1); g.Dispose(); return rand([2], generator: g); },
        ["disposed generator state"] = () => { var g = new Generator(1); g.Dispose(); return g.get_state(); },
        ["generator state of other size"] = () => { new Generator(1).set_state(zeros([3], ScalarType.Byte)); return null; },
        ["generator state of other type"] = () => { new Generator(1).set_state(zeros(5056)); return null; },
        ["generator state of zeros"] = () => { new Generator(1).set_state(zeros([5056], ScalarType.Byte)); return null; },
        ["generator disposed state"] = () => { new Generator(1).set_state(Gone()); return null; },
        ["scope after end"] = () => { var s = NewDisposeScope(); s.Dispose(); s.Attach(ones(2)); return null; },

        // modules
        ["same name twice"] = () => new Own(m => { m.register_buffer("a", ones(1)); m.register_buffer("a", ones(1)); return m; }),
        ["name with a dot"] = () => new Own(m => { m.register_buffer("a.b", ones(1)); return m; }),
        ["state that does not fit"] = () => Linear(2, 2).load_state_dict([]),
        ["state of other shapes"] = () => Linear(2, 2).load_state_dict(Linear(3, 2).state_dict()),
        ["Sequential index"] = () => Sequential(Linear(2, 2))[4],
        ["Sequential range"] = () => Sequential(Linear(2, 2))[(2, 9)],
        ["xavier of 1-D"] = () => init.xavier_uniform_(ones(3)),
        ["module to int"] = () => Linear(2, 2).to(ScalarType.Int64),
        ["module in itself"] = () => { var s = Sequential(); s.append(s); return s.call(ones(2)); },
        ["nll_loss of no class"] = () => { F.nll_loss(zeros(0, requires_grad: true), zeros(0, ScalarType.Int64)).backward(); return null; },
        ["cross_entropy of no class"] = () => { F.cross_entropy(zeros(0, requires_grad: true), zeros(0, ScalarType.Int64)).backward(); return null; },
        ["repeat_interleave absurdly often"] = () => ones(4).repeat_interleave(1L << 62),
        ["repeat_interleave absurdly often by row"] = () => ones(4).repeat_interleave(full(4, 1L << 62, ScalarType.Int64)),
        ["as_strided from an absurd offset"] = () => ones(4).as_strided([2], [1], 1L << 62),
        ["conv in absurdly many groups"] = () => F.conv3d(ones(1, 2, 1, 2).unsqueeze(2), ones(2, 2, 1, 1).unsqueeze(-1), groups: 1L << 62),
        ["pixel_shuffle by an absurd factor"] = () => F.pixel_shuffle(ones(1, 1, 1, 0), 1L << 40),
        ["pixel_shuffle by nothing"] = () => F.pixel_shuffle(ones(1, 4, 1, 1), 0),
        ["LSTM over other features"] = () => LSTM(3, 2).call(ones(4, 1, 5)),
        ["LSTM with another state"] = () => LSTM(3, 2).call(ones(4, 1, 3), (ones(7, 1, 9), ones(1))),
        ["GRU with another state"] = () => GRU(3, 2).call(ones(4, 1, 3), ones(9)),
        ["modules in each other"] = () => { TorchSharp.Modules.Sequential a = Sequential(), b = Sequential(); a.append(b); b.append(a); return a.call(ones(2)); },
        ["modules in each other moved"] = () => { TorchSharp.Modules.Sequential a = Sequential(), b = Sequential(); a.append(b); b.append(a); return a.to(ScalarType.Float64); },
        ["modules in each other in training"] = () => { TorchSharp.Modules.Sequential a = Sequential(), b = Sequential(); a.append(b); b.append(a); a.train(); return null; },
        ["modules without end"] = () => { var s = Sequential(); for (var i = 0; i < 200_000; i++) s = Sequential(s); return s.call(ones(2)); },
        ["loader batch 0"] = () => torch.utils.data.DataLoader(torch.utils.data.TensorDataset(ones(2)), 0),
        ["dataset of other rows"] = () => torch.utils.data.TensorDataset(ones(2), ones(3)),
        ["dataset index"] = () => torch.utils.data.TensorDataset(ones(2))[2],
        ["threads 0"] = () => { set_num_threads(0); return null; },
        ["threads many"] = () => { set_num_threads(-5); return null; },
    };

    private static Tensor Gone()
    {
        var x = ones(2);
        x.Dispose();
        return x;
    }

    public static TheoryData<string> Names() => new(All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_answered_in_words(string mistake)
    {
        object? result;
        try
        {
            result = All[mistake]();
        }
        catch (Exception e)
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{e.GetType().Name}: {e.Message}");
            if (Environment.GetEnvironmentVariable("FED_SAY") is { } file) File.AppendAllText(file, $"{mistake}: {e.GetType().Name}: {e.Message}\n");
            Assert.True(e is ExternalException or IndexOutOfRangeException or ArgumentException or InvalidOperationException or NotSupportedException or IOException or InvalidDataException, e.ToString());
            Assert.IsNotType<NullReferenceException>(e);
            var first = e.Message.Split('\n')[0];
            foreach (var inside in new[] { "INTERNAL ASSERT", "report a bug", "frame #", ".cpp", ".h:", "std::", "c10::", "bad_alloc", "improved", "SymInt", "symbolic", "vector", "Exception raised" }) Assert.DoesNotContain(inside, e.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Matches(@"\w+\W+\w+\W+\w+", first);
            return;
        }

        Assert.Fail($"nothing is said, and the result is {result}");
    }

    [Fact]
    public void Pooling_to_no_columns_and_losses_of_no_rows_each_have_the_shape_that_they_should()
    {
        Assert.Equal([3, 5, 0], F.adaptive_max_pool2d(ones(3, 4, 4), [5L, 0]).shape);
        Assert.Equal([3, 0, 5], F.adaptive_avg_pool2d(ones(3, 4, 4), [0L, 5]).shape);
        Assert.Equal([0], F.multi_margin_loss(zeros(0, 3), zeros(0, ScalarType.Int64), reduction: Reduction.None).shape);
    }

    private sealed class Own : Module<Tensor, Tensor>
    {
        public Own(Func<Module, Module> make) : base("own") => make(this);

        public override Tensor forward(Tensor input) => input;
    }
}
