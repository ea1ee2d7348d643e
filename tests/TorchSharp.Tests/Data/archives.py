# Prints the tensor in ours.pt of the given folder, and writes files of its own there.
import os
import sys
import torch

folder = sys.stdin.readline().strip()
path = lambda name: os.path.join(folder, name + ".pt")
print(getattr(torch.jit.load(path("ours")), "0").tolist())


class Hostile:
    def __reduce__(self):
        return os.system, ("echo hostile",)


torch.save(torch.tensor([[1, 2], [3, 4]]), path("plain"))
torch.save(torch.arange(9.0).view(3, 3)[1:, 1:].t(), path("view"))
torch.save(torch.nn.Parameter(torch.ones(2)), path("parameter"))
torch.save(torch.tensor([0.5, -1.5], dtype=torch.half), path("half"))
torch.save(torch.tensor([True, False]), path("bool"))
torch.save(torch.zeros(0, 3), path("empty"))
torch.save({"weight": torch.ones(1)}, path("dictionary"))
torch.save([torch.ones(1)], path("list"))
torch.save(Hostile(), path("hostile"))
torch.save(torch.ones(2), path("old"), _use_new_zipfile_serialization=False)
open(path("foreign"), "w").write("hello")
