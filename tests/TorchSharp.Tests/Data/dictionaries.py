# Saves what is no tensor into the folder on standard input, and prints the files.
import sys
import torch

folder = sys.stdin.readline().strip()
model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2))
optimizer = torch.optim.Adam(model.parameters())
model(torch.ones(3, 2)).sum().backward()
optimizer.step()
for name, value in {
    "state": model.state_dict(),
    "plain": {"a": torch.ones(2), "b": 1.5},
    "checkpoint": {"epoch": 3, "model": model.state_dict(), "optimizer": optimizer.state_dict(), "note": "text", "none": None},
    "numbers": {1: torch.ones(1), 2: [torch.zeros(2)]},
    "list": [torch.ones(2), torch.zeros(1)],
}.items():
    path = f"{folder}/{name}.pt"
    torch.save(value, path)
    print(path)
