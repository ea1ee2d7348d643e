# More modules from a fixed seed: what they give, and the gradients of their parameters and inputs, a line each.
import torch
import torch.nn as nn

torch.set_num_threads(1)


def flat(value):
    return [x for v in (value if isinstance(value, tuple) else (value,)) for x in (flat(v) if isinstance(v, tuple) else [v])]


def show(name, tensors):
    print(name, *[repr(x) for v in tensors for x in v.detach().double().reshape(-1).tolist()])


def run(name, make, *inputs, call=None):
    torch.manual_seed(21)
    module = make()
    given = [x() if callable(x) else torch.randn(*x).requires_grad_() for x in inputs]
    results = flat(call(module, *given) if call else module(*given))
    show(name, results)
    if not results[0].requires_grad:
        return
    sum(r.pow(2).sum() for r in results if r.requires_grad).backward()
    show(name + ".grads", [p.grad for p in module.parameters() if p.grad is not None] + [x.grad for x in given if x.is_leaf and x.requires_grad])


run("RNN", lambda: nn.RNN(3, 4, 2, bidirectional=True), (5, 2, 3))
run("RNN.relu", lambda: nn.RNN(3, 4, nonlinearity="relu", batch_first=True, bias=False), (2, 5, 3), (1, 2, 4))
run("LSTM", lambda: nn.LSTM(3, 4, 2, bidirectional=True, batch_first=True), (2, 5, 3), call=lambda m, x: m(x))
run("LSTM.states", lambda: nn.LSTM(3, 4), (5, 3), (1, 4), (1, 4), call=lambda m, x, h, c: m(x, (h, c)))
run("GRU", lambda: nn.GRU(3, 4, batch_first=True), (5, 3), (1, 4))
run("RNNCell", lambda: nn.RNNCell(3, 4), (2, 3), (2, 4))
run("RNNCell.relu", lambda: nn.RNNCell(3, 4, nonlinearity="relu", bias=False), (3,))
run("GRUCell", lambda: nn.GRUCell(3, 4), (2, 3), (2, 4))
run("LSTMCell", lambda: nn.LSTMCell(3, 4), (2, 3), call=lambda m, x: m(x))
run("LSTMCell.states", lambda: nn.LSTMCell(3, 4), (3,), (4,), (4,), call=lambda m, x, h, c: m(x, (h, c)))
run("MaxPool3d", lambda: nn.MaxPool3d(2, stride=1, padding=1), (1, 2, 3, 4, 4))
run("MaxPool3d.ceil", lambda: nn.MaxPool3d((1, 2, 3), ceil_mode=True), (1, 1, 3, 5, 5))
run("AvgPool3d", lambda: nn.AvgPool3d(2, divisor_override=3), (1, 2, 4, 4, 4))
run("AvgPool3d.tuple", lambda: nn.AvgPool3d((1, 2, 2), stride=(1, 1, 2), padding=(0, 1, 1), count_include_pad=False), (1, 1, 2, 4, 4))
run("LPPool1d", lambda: nn.LPPool1d(2, 3, stride=2), lambda: torch.rand(2, 2, 7))
run("LPPool2d", lambda: nn.LPPool2d(3, (2, 3)), lambda: torch.rand(1, 2, 5, 6))
run("AdaptiveMaxPool1d", lambda: nn.AdaptiveMaxPool1d(3), (1, 2, 7))
run("AdaptiveMaxPool2d", lambda: nn.AdaptiveMaxPool2d((2, 3)), (1, 2, 5, 7))
run("AdaptiveMaxPool3d", lambda: nn.AdaptiveMaxPool3d((1, 2, 2)), (1, 1, 3, 4, 4))
for d, shape in ((1, (4,)), (2, (3, 4)), (3, (2, 3, 4))):
    run(f"MaxUnpool{d}d", lambda: nn.Identity(), (1, 2) + tuple(s * 2 for s in shape),
        call=lambda m, x: getattr(nn, f"MaxUnpool{d}d")(2)(*getattr(nn, f"MaxPool{d}d")(2, return_indices=True)(x)))
for d in (1, 2, 3):
    shape = (1, 2, 4, 5, 6)[: d + 2]
    run(f"ConstantPad{d}d", lambda: getattr(nn, f"ConstantPad{d}d")(1, 0.5), shape)
    run(f"ReflectionPad{d}d", lambda: getattr(nn, f"ReflectionPad{d}d")(2), shape)
    run(f"ReplicationPad{d}d", lambda: getattr(nn, f"ReplicationPad{d}d")(tuple(range(2 * d))), shape)
    run(f"InstanceNorm{d}d", lambda: getattr(nn, f"InstanceNorm{d}d")(2, affine=True), shape)
    run(f"InstanceNorm{d}d.single", lambda: getattr(nn, f"InstanceNorm{d}d")(2), shape[1:])
    run(f"InstanceNorm{d}d.running", lambda: getattr(nn, f"InstanceNorm{d}d")(2, track_running_stats=True), shape, call=lambda m, x: (m(x), m.eval()(x)))
run("ZeroPad2d", lambda: nn.ZeroPad2d((1, 2, 0, 3)), (1, 2, 3, 3))
run("Unflatten", lambda: nn.Unflatten(1, (2, 3)), (2, 6))
run("PixelShuffle", lambda: nn.PixelShuffle(2), (1, 8, 2, 3))
run("PixelUnshuffle", lambda: nn.PixelUnshuffle(2), (1, 2, 4, 6))
run("ChannelShuffle", lambda: nn.ChannelShuffle(2), lambda: torch.randn(1, 4, 2, 2))
run("Fold", lambda: nn.Fold((4, 5), (2, 2)), (1, 8, 12))
run("Unfold", lambda: nn.Unfold((2, 3), padding=1, stride=2), (1, 2, 4, 5))
run("LocalResponseNorm", lambda: nn.LocalResponseNorm(3, alpha=0.1, beta=0.6, k=2), (2, 5, 3, 2))
run("LocalResponseNorm.even", lambda: nn.LocalResponseNorm(2), (2, 5, 3, 2, 2))
run("CosineSimilarity", lambda: nn.CosineSimilarity(0), (4, 3), (4, 3))
run("PairwiseDistance", lambda: nn.PairwiseDistance(1.5, keepdim=True), (4, 3), (4, 3))
run("Bilinear", lambda: nn.Bilinear(3, 2, 4), (5, 3), (5, 2))
run("Bilinear.nobias", lambda: nn.Bilinear(3, 2, 4, bias=False), (5, 3), (5, 2))
run("PReLU", lambda: nn.PReLU(3, 0.1), (2, 3, 4))
bags = lambda: torch.tensor([1, 3, 0, 5, 2, 2])
starts = lambda: torch.tensor([0, 2, 2, 5])
for mode in ("sum", "mean", "max"):
    run("EmbeddingBag." + mode, lambda: nn.EmbeddingBag(6, 3, mode=mode), bags, starts)
run("EmbeddingBag.rows", lambda: nn.EmbeddingBag(6, 3), lambda: torch.tensor([[1, 3], [0, 5]]))
run("EmbeddingBag.weights", lambda: nn.EmbeddingBag(6, 3, mode="sum", padding_idx=2), bags, starts, lambda: torch.tensor([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]))
for mode, shape in (("nearest", (1, 2, 3)), ("nearest", (1, 2, 3, 4)), ("nearest", (1, 1, 2, 3, 2)), ("linear", (1, 2, 3)), ("bilinear", (1, 2, 3, 4)), ("bicubic", (1, 1, 3, 4)), ("trilinear", (1, 1, 2, 3, 2))):
    run(f"Upsample.{mode}.{len(shape)}", lambda: nn.Upsample(scale_factor=1.7, mode=mode), shape)
run("Upsample.size", lambda: nn.Upsample((5, 7), mode="bilinear", align_corners=True), (1, 2, 3, 4))
run("Upsample.recompute", lambda: nn.Upsample(scale_factor=1.7, mode="bilinear", recompute_scale_factor=True), (1, 2, 3, 4))
run("MultiheadAttention", lambda: nn.MultiheadAttention(8, 2), (4, 3, 8), (5, 3, 8), (5, 3, 8))
run("MultiheadAttention.all", lambda: nn.MultiheadAttention(8, 4, add_bias_kv=True, add_zero_attn=True, kdim=6, vdim=4), (4, 3, 8), (5, 3, 6), (5, 3, 4),
    call=lambda m, q, k, v: m(q, k, v, key_padding_mask=torch.tensor([[False] * 4 + [True]] * 3), attn_mask=torch.ones(4, 5).triu(2).bool()))
run("TransformerEncoderLayer", lambda: nn.TransformerEncoderLayer(8, 2, 16, dropout=0), (4, 3, 8))
run("TransformerEncoderLayer.gelu", lambda: nn.TransformerEncoderLayer(8, 2, 16, dropout=0, activation="gelu"), (4, 3, 8), call=lambda m, x: m(x, torch.ones(4, 4).triu(1).bool()))
run("TransformerEncoder", lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, dropout=0), 2), (4, 3, 8))
run("TransformerDecoderLayer", lambda: nn.TransformerDecoderLayer(8, 2, 16, dropout=0, activation="gelu"), (4, 3, 8), (5, 3, 8))
run("TransformerDecoder", lambda: nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16, dropout=0), 2), (4, 3, 8), (5, 3, 8), call=lambda m, x, y: m(
    x, y, torch.ones(4, 4).triu(1).bool(), torch.ones(4, 5).triu(2), torch.arange(4).ge(3).expand(3, 4), torch.arange(5).ge(4).expand(3, 5)))
run("Transformer", lambda: nn.Transformer(8, 2, 2, 1, 16, dropout=0), (5, 3, 8), (4, 3, 8))
run("Transformer.masks", lambda: nn.Transformer(8, 2, 1, 2, 16, dropout=0), (5, 3, 8), (4, 3, 8), call=lambda m, x, y: m(
    x, y, torch.ones(5, 5).triu(1), torch.ones(4, 4).triu(1).bool(), torch.ones(4, 5).triu(2), torch.arange(5).ge(4).expand(3, 5), torch.arange(4).ge(3).expand(3, 4),
    torch.arange(5).ge(4).expand(3, 5)))

for reduction in ("mean", "sum", "none"):
    r = {"reduction": reduction}
    many = lambda: torch.randint(2, (4, 3)).float()
    sign = lambda: torch.randint(2, (4,)) * 2.0 - 1
    run("GaussianNLLLoss." + reduction, lambda: nn.GaussianNLLLoss(full=True, eps=0.1, **r), (4, 3), (4, 3), lambda: torch.rand(4, 3).requires_grad_())
    run("GaussianNLLLoss.rows." + reduction, lambda: nn.GaussianNLLLoss(eps=1e-8, **r), (4, 3), (4, 3), lambda: torch.rand(4, 1))
    run("PoissonNLLLoss." + reduction, lambda: nn.PoissonNLLLoss(full=True, **r), (4, 3), lambda: torch.rand(4, 3) * 3)
    run("CosineEmbeddingLoss." + reduction, lambda: nn.CosineEmbeddingLoss(0.2, **r), (4, 3), (4, 3), sign)
    run("HingeEmbeddingLoss." + reduction, lambda: nn.HingeEmbeddingLoss(**r), (4, 3), lambda: torch.randint(2, (4, 3)) * 2.0 - 1)
    run("MarginRankingLoss." + reduction, lambda: nn.MarginRankingLoss(0.3, **r), (4,), (4,), sign)
    run("MultiLabelMarginLoss." + reduction, lambda: nn.MultiLabelMarginLoss(**r), (2, 4), lambda: torch.tensor([[3, 0, -1, 1], [1, -1, 0, 0]]))
    run("MultiLabelSoftMarginLoss." + reduction, lambda: nn.MultiLabelSoftMarginLoss(torch.tensor([0.5, 1, 2]), **r), (4, 3), many)
    run("MultiMarginLoss." + reduction, lambda: nn.MultiMarginLoss(2, 0.5, **r), (4, 3), lambda: torch.tensor([0, 2, 1, 1]))
    run("SoftMarginLoss." + reduction, lambda: nn.SoftMarginLoss(**r), (4, 3), many)
    run("TripletMarginLoss." + reduction, lambda: nn.TripletMarginLoss(0.8, swap=True, **r), (4, 3), (4, 3), (4, 3))
    run("TripletMarginWithDistanceLoss." + reduction, lambda: nn.TripletMarginWithDistanceLoss(distance_function=lambda a, b: (a - b).abs().sum(1), swap=True, **r), (4, 3), (4, 3), (4, 3))
    run("CTCLoss." + reduction, lambda: nn.CTCLoss(**r), (5, 2, 4), lambda: torch.tensor([[1, 2], [3, 0]]), lambda: torch.tensor([5, 4]), lambda: torch.tensor([2, 1]),
        call=lambda m, x, t, i, l: m(x.log_softmax(2), t, i, l))
