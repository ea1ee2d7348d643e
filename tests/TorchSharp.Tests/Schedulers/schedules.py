# The learning rates of twelve steps under each schedule, a line each.
import torch
from torch.optim import lr_scheduler as s

MAKERS = {
    "StepLR": lambda o: s.StepLR(o, 3, 0.5),
    "MultiStepLR": lambda o: s.MultiStepLR(o, [2, 5, 5], 0.5),
    "ExponentialLR": lambda o: s.ExponentialLR(o, 0.9),
    "LambdaLR": lambda o: s.LambdaLR(o, lambda e: 1 / (e + 1)),
    "MultiplicativeLR": lambda o: s.MultiplicativeLR(o, lambda e: 0.8),
    "ConstantLR": lambda o: s.ConstantLR(o, 0.5, 4),
    "LinearLR": lambda o: s.LinearLR(o, 0.25, 0.75, 6),
    "CosineAnnealingLR": lambda o: s.CosineAnnealingLR(o, 5, 0.01),
    "PolynomialLR": lambda o: s.PolynomialLR(o, 8, 2.0),
    "CyclicLR": lambda o: s.CyclicLR(o, [0.1, 0.2], [1.0, 0.5], 3, 2, mode="triangular2"),
    "CyclicLR.exp": lambda o: s.CyclicLR(o, 0.1, 1.0, 4, mode="exp_range", gamma=0.9, cycle_momentum=False),
    "OneCycleLR": lambda o: s.OneCycleLR(o, [1.0, 0.5], total_steps=14, pct_start=0.4),
    "OneCycleLR.linear": lambda o: s.OneCycleLR(o, 1.0, epochs=4, steps_per_epoch=5, anneal_strategy="linear", three_phase=True),
}
for name, make in MAKERS.items():
    p = [torch.nn.Parameter(torch.ones(1)) for _ in range(2)]
    o = torch.optim.SGD([{"params": p[:1]}, {"params": p[1:], "lr": 0.1}], 1.0, momentum=0.5)
    scheduler = make(o)
    rates = []
    for _ in range(12):
        rates += [g[k] for g in o.param_groups for k in ("lr", "momentum")]
        o.step()
        scheduler.step()
    print(name, *map(repr, rates))
p = torch.nn.Parameter(torch.ones(1))
o = torch.optim.SGD([p], 1.0)
plateau = s.ReduceLROnPlateau(o, factor=0.5, patience=1, cooldown=1, min_lr=0.1)
rates = []
for value in [5, 4, 4, 4, 4, 4, 4, 3, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5]:
    plateau.step(value)
    rates.append(o.param_groups[0]["lr"])
print("ReduceLROnPlateau", *map(repr, rates))
