# Twenty steps of every optimizer on a small model, and the weights that it then has, a line each.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
o = torch.optim
MAKERS = {
    "adadelta": lambda p: o.Adadelta(p, 0.9, weight_decay=0.01),
    "adadelta.maximize": lambda p: o.Adadelta(p, 0.5, rho=0.8, maximize=True),
    "adagrad": lambda p: o.Adagrad(p, 0.05, lr_decay=0.1, weight_decay=0.01, initial_accumulator_value=0.2),
    "adam": lambda p: o.Adam(p, 0.02, betas=(0.8, 0.99), weight_decay=0.1, amsgrad=True, maximize=True),
    "adamw": lambda p: o.AdamW(p, 0.02, weight_decay=0.2, amsgrad=True),
    "adamax": lambda p: o.Adamax(p, 0.02, weight_decay=0.05),
    "asgd": lambda p: o.ASGD(p, 0.05, lambd=0.01, t0=5, weight_decay=0.01),
    "nadam": lambda p: o.NAdam(p, 0.02, weight_decay=0.05, momentum_decay=0.01),
    "radam": lambda p: o.RAdam(p, 0.02, weight_decay=0.05),
    "rmsprop": lambda p: o.RMSprop(p, 0.01, weight_decay=0.05),
    "rmsprop.centered": lambda p: o.RMSprop(p, 0.01, alpha=0.9, momentum=0.7, centered=True),
    "rprop": lambda p: o.Rprop(p, 0.01, etas=(0.4, 1.3), step_sizes=(0.001, 0.1)),
    "sgd": lambda p: o.SGD(p, 0.05, momentum=0.8, dampening=0.2, weight_decay=0.01),
    "lbfgs": lambda p: o.LBFGS(p, 0.5, max_iter=4, tolerance_grad=1e-5, history_size=3),
    "lbfgs.long": lambda p: o.LBFGS(p, 0.1, tolerance_grad=1e-5),
}
for name, make in MAKERS.items():
    torch.manual_seed(7)
    model = nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 2)).double()
    x, y = torch.randn(12, 5).double(), torch.randn(12, 2).double()
    opt = make(model.parameters())

    def closure():
        opt.zero_grad()
        loss = F.mse_loss(model(x), y)
        loss.backward()
        return loss

    for _ in range(20):
        opt.step(closure)
    print(name, *[repr(v) for p in model.parameters() for v in p.reshape(-1).tolist()])
