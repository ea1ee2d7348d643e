# Trains small models from a fixed seed and prints the losses, a line a step: what the tests expect.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)


def train(name, model, make, x, y, loss):
    opt = make(model.parameters())
    for _ in range(8):
        opt.zero_grad()
        l = loss(model(x), y)
        l.backward()
        opt.step()
        print(name, repr(l.item()))


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.bn = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 8, 3, stride=2)
        self.fc1 = nn.Linear(8 * 3 * 3, 16)
        self.fc2 = nn.Linear(16, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn(self.conv1(x))), 2)
        x = F.avg_pool2d(F.relu(self.conv2(x)), 2)
        x = F.dropout(torch.tanh(self.fc1(x.flatten(1))), 0.25, self.training)
        return F.log_softmax(self.fc2(x), 1)


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 0.1),
    "momentum": lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, dampening=0.1, weight_decay=0.01),
    "nesterov": lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, nesterov=True),
    "adam": lambda p: torch.optim.Adam(p, 0.01, weight_decay=0.01),
    "amsgrad": lambda p: torch.optim.Adam(p, 0.01, amsgrad=True),
}
for name, make in OPTIMIZERS.items():
    torch.manual_seed(3)
    mlp = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 4))
    x, y = torch.randn(16, 20), torch.randint(4, (16,))
    train("mlp " + name, mlp, make, x, y, F.cross_entropy)
    torch.manual_seed(4)
    cnn = Cnn()
    x, y = torch.randn(8, 1, 28, 28), torch.randint(10, (8,))
    train("cnn " + name, cnn, make, x, y, F.nll_loss)
