"""The work that is measured, in Python on PyTorch: see compare.py for what it is asked and answers."""
import sys

if "nothing" in sys.argv:
    print("ready", flush=True)
    sys.exit()

import torch

if "first-tensor" in sys.argv:
    torch.ones(2, 2)
    print("ready", flush=True)
    sys.exit()

import time

import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)


def add(requires_grad):
    x = torch.ones(2, 2, requires_grad=requires_grad)
    y = torch.ones(2, 2)

    def run(count):
        for _ in range(count):
            x + y
        return (x + y).sum().item()

    return run


def matmul():
    torch.manual_seed(5)
    a = torch.randn(1024, 1024)
    b = torch.randn(1024, 1024)

    def run(count):
        for _ in range(count):
            a.matmul(b)
        return a.matmul(b).sum().item()

    return run


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 20, 5, 1)
        self.conv2 = nn.Conv2d(20, 50, 5, 1)
        self.fc1 = nn.Linear(4 * 4 * 50, 500)
        self.fc2 = nn.Linear(500, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2, 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2, 2)
        x = F.relu(self.fc1(x.view(-1, 4 * 4 * 50)))
        return F.log_softmax(self.fc2(x), dim=1)


def mlp():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def train(seed, make, shape, optimizer, loss):
    torch.manual_seed(seed)
    model = make()
    x = torch.randn(64, *shape)
    y = torch.randint(10, (64,))
    opt = optimizer(model.parameters())

    def run(count):
        last = 0
        for _ in range(count):
            opt.zero_grad()
            l = loss(model(x), y)
            l.backward()
            opt.step()
            last = l.item()
        return last

    return run


def sgd(rate):
    return lambda p: torch.optim.SGD(p, rate)


cases = {
    "add": add(False),
    "add-grad": add(True),
    "mlp": train(3, mlp, [784], sgd(0.05), F.cross_entropy),
    "mlp-adam": train(3, mlp, [784], lambda p: torch.optim.Adam(p, 1e-6), F.cross_entropy),
    "cnn": train(4, Cnn, [1, 28, 28], sgd(0.01), F.nll_loss),
    "matmul": matmul(),
}
print("ready", flush=True)
for line in sys.stdin:
    name, count = line.split()
    processor, wall = time.process_time_ns(), time.perf_counter_ns()
    check = cases[name](int(count))
    wall = time.perf_counter_ns() - wall
    processor = time.process_time_ns() - processor
    print(wall, processor, repr(check), flush=True)
