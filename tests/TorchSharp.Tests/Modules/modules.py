# Builds modules from a fixed seed and prints what they give and the sums of their gradients, a line each.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)


def show(name, value):
    flat = [x for v in (value if isinstance(value, tuple) else (value,)) for x in (v if isinstance(v, tuple) else (v,))]
    print(name, *[repr(x) for v in flat for x in v.detach().double().reshape(-1).tolist()])


def run(name, make, *shape, integers=None):
    torch.manual_seed(11)
    module = make()
    x = torch.randint(integers, shape) if integers else torch.randn(*shape).requires_grad_()
    y = module(x)
    show(name, y)
    first = y[0] if isinstance(y, tuple) else y
    if first.requires_grad:
        (first ** 2).sum().backward()
        show(name + ".grads", tuple(p.grad for p in module.parameters()) + (() if integers else (x.grad,)))


run("Linear", lambda: nn.Linear(3, 2), 4, 3)
run("Linear.nobias", lambda: nn.Linear(3, 2, bias=False), 3)
run("Conv1d", lambda: nn.Conv1d(4, 2, 3, stride=2, padding=1, dilation=1, groups=2), 2, 4, 7)
run("Conv2d", lambda: nn.Conv2d(2, 4, (3, 2), stride=(2, 1), padding=(1, 0), bias=False), 1, 2, 6, 5)
run("Conv2d.same", lambda: nn.Conv2d(1, 2, 3, padding="same"), 1, 1, 4, 5)
run("Conv2d.valid", lambda: nn.Conv2d(1, 2, 3, padding="valid"), 1, 1, 4, 5)
run("Conv2d.reflect", lambda: nn.Conv2d(1, 1, 3, padding=1, padding_mode="reflect"), 1, 1, 4, 4)
run("Conv2d.circular", lambda: nn.Conv2d(1, 1, (3, 1), padding=(1, 0), padding_mode="circular"), 1, 1, 4, 3)
run("Conv3d", lambda: nn.Conv3d(2, 4, (3, 2, 1), stride=(2, 1, 1), padding=(1, 0, 0), groups=2), 1, 2, 5, 4, 3)
run("Conv3d.same", lambda: nn.Conv3d(1, 2, 3, padding="same"), 1, 1, 3, 4, 3)
run("ConvTranspose1d", lambda: nn.ConvTranspose1d(4, 2, 3, stride=2, padding=1, output_padding=1, groups=2), 2, 4, 5)
run("ConvTranspose2d", lambda: nn.ConvTranspose2d(2, 3, (3, 2), stride=(2, 1), dilation=(1, 2), bias=False), 1, 2, 4, 3)
run("ConvTranspose3d", lambda: nn.ConvTranspose3d(1, 2, 2, stride=2), 1, 1, 2, 3, 2)
run("MaxPool1d", lambda: nn.MaxPool1d(2, padding=1), 1, 2, 5)
run("MaxPool2d", lambda: nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), 1, 1, 6, 6)
run("AvgPool1d", lambda: nn.AvgPool1d(2, 1, 1, count_include_pad=False), 1, 2, 5)
run("AvgPool2d", lambda: nn.AvgPool2d((2, 3), stride=1), 1, 1, 4, 4)
run("AdaptiveAvgPool1d", lambda: nn.AdaptiveAvgPool1d(3), 1, 2, 7)
run("AdaptiveAvgPool2d", lambda: nn.AdaptiveAvgPool2d(2), 1, 2, 5, 7)
run("AdaptiveAvgPool3d", lambda: nn.AdaptiveAvgPool3d((1, 2, 2)), 1, 1, 3, 4, 4)
run("BatchNorm1d", lambda: nn.BatchNorm1d(3), 5, 3)
run("BatchNorm2d.eval", lambda: nn.BatchNorm2d(2, eps=0.1).eval(), 2, 2, 2, 2)
run("BatchNorm3d", lambda: nn.BatchNorm3d(2, affine=False), 2, 2, 2, 2, 1)
run("LayerNorm", lambda: nn.LayerNorm([3, 2]), 2, 3, 2)
run("GroupNorm", lambda: nn.GroupNorm(2, 4), 2, 4, 3)
run("Embedding", lambda: nn.Embedding(7, 3, padding_idx=2), 2, 3, integers=7)
run("GRU", lambda: nn.GRU(3, 4, num_layers=2, bidirectional=True), 5, 2, 3)
run("LSTM", lambda: nn.LSTM(3, 4, batch_first=True), 2, 5, 3)
run("LSTM.single", lambda: nn.LSTM(3, 2, bias=False), 5, 3)
run("Dropout1d", lambda: nn.Dropout1d(0.4), 4, 3)
run("Dropout2d", lambda: nn.Dropout2d(0.4), 4, 3, 2, 2)
for p in ("Dropout", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"):
    run(p, lambda: getattr(nn, p)(0.4), 3, 4, 2, 2, 2)
for a, kw in {"ReLU": {}, "ReLU6": {}, "LeakyReLU": {}, "RReLU": {}, "ELU": {"alpha": 0.5}, "CELU": {"alpha": 0.5}, "SELU": {}, "GELU": {}, "SiLU": {}, "Mish": {},
              "GLU": {}, "Sigmoid": {}, "LogSigmoid": {}, "Hardsigmoid": {}, "Hardswish": {}, "Hardtanh": {}, "Hardshrink": {}, "Tanh": {}, "Tanhshrink": {},
              "Softmax": {"dim": 1}, "Softmax2d": {}, "Softmin": {"dim": 0}, "LogSoftmax": {"dim": 1}, "Softplus": {}, "Softshrink": {}, "Softsign": {},
              "Threshold": {"threshold": 0.1, "value": 20}, "Identity": {}, "Flatten": {}}.items():
    run(a, lambda: getattr(nn, a)(**kw), 2, 4, 3, 2)

for name, reduction in (("mean", "mean"), ("sum", "sum"), ("none", "none")):
    torch.manual_seed(12)
    x, y, c, w = torch.randn(4, 3), torch.rand(4, 3), torch.randint(3, (4,)), torch.rand(3)
    show("mse." + name, F.mse_loss(x, y, reduction=reduction))
    show("l1." + name, F.l1_loss(x, y, reduction=reduction))
    show("smooth." + name, F.smooth_l1_loss(x, y, reduction=reduction, beta=0.5))
    show("huber." + name, F.huber_loss(x, y, reduction=reduction, delta=0.5))
    show("nll." + name, F.nll_loss(x.log_softmax(1), c, weight=w, reduction=reduction))
    show("ce." + name, F.cross_entropy(x, c, weight=w, reduction=reduction, label_smoothing=0.1))
    show("ce.p." + name, F.cross_entropy(x, y, reduction=reduction))
    show("bce." + name, F.binary_cross_entropy(x.sigmoid(), y, reduction=reduction))
    show("bcel." + name, F.binary_cross_entropy_with_logits(x, y, reduction=reduction, pos_weight=w))
    show("kl." + name, F.kl_div(x.log_softmax(1), y, reduction=reduction))
show("normalize", F.normalize(x))
show("pad", F.pad(x, (1, 2), value=0.5))
show("one_hot", F.one_hot(c, 4))
linear = nn.Linear(3, 2)
linear(x).sum().backward()
show("clip", torch.nn.utils.clip_grad_norm_(linear.parameters(), 0.5))
show("clipped", tuple(p.grad for p in linear.parameters()))
show("vector", torch.nn.utils.parameters_to_vector(linear.parameters()))
for name in ("kaiming_uniform_", "kaiming_normal_", "xavier_uniform_", "xavier_normal_"):
    torch.manual_seed(13)
    show(name, getattr(nn.init, name)(torch.empty(4, 3, 2)))
