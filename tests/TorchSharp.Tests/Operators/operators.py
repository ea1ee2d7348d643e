# Runs the calls that come in, a JSON object a line, and answers with what came out, a JSON object a line.
import base64, json, sys, warnings
import torch

warnings.simplefilter("ignore")
torch.set_num_threads(1)
TYPES = {"Float32": torch.float32, "Float64": torch.float64, "Int64": torch.int64, "Int32": torch.int32, "Bool": torch.bool, "Byte": torch.uint8,
         "ComplexFloat32": torch.complex64, "ComplexFloat64": torch.complex128, "Int8": torch.int8, "Int16": torch.int16, "Float16": torch.float16}
NAMES = {v: k for k, v in TYPES.items()}


def read(value, tensors):
    if isinstance(value, dict):
        if "tensor" in value:
            return tensors[value["tensor"]]
        return TYPES[value["dtype"]]
    if isinstance(value, list):
        return [read(v, tensors) for v in value]
    return value


def tensor(spec):
    data = bytearray(base64.b64decode(spec["data"]))
    t = torch.frombuffer(data, dtype=TYPES[spec["dtype"]]) if data else torch.empty(0, dtype=TYPES[spec["dtype"]])
    t = t.reshape(spec["shape"])
    return (t.transpose(0, 1) if spec["transposed"] else t).clone()


def write(t):
    t = t.detach().resolve_conj().resolve_neg().clone().contiguous()
    return {"dtype": NAMES[t.dtype], "shape": list(t.shape), "data": base64.b64encode(t.numpy().tobytes()).decode()}


def flat(result):
    if isinstance(result, torch.Tensor):
        return [result]
    if isinstance(result, (tuple, list)):
        return [t for r in result for t in flat(r)]
    if isinstance(result, torch.dtype):
        return [torch.empty(0, dtype=result)]
    return [torch.tensor(result)]


# As a method of a tensor, or as a function where there is no method; an in-place form of a function by its argument.
def find(home, name):
    if home == "functional":
        if name == "upsample_nearest1d":
            return torch.nn.functional.interpolate
        return getattr(torch.nn.functional, name)
    if name in ("elu", "elu_"):
        return getattr(torch._C._nn, name)
    if name == "nonzero_as_list":
        return lambda t: torch.nonzero(t, as_tuple=True)
    if name == "tensordot":
        return lambda a, b, *lists, dims=None: torch.tensordot(a, b, dims or lists)
    if name == "pinverse":
        return torch.linalg.pinv
    places = [torch.Tensor, torch, torch.nn.functional, torch._C._nn]
    if home == "torch" and name != "polygamma":
        places.insert(0, torch)
    for place in places:
        if hasattr(place, name):
            return getattr(place, name)
    raise AttributeError(name)


for line in sys.stdin:
    case = json.loads(line)
    try:
        tensors = [tensor(s) for s in case["tensors"]]
        if case["grad"]:
            for t in tensors:
                if t.is_floating_point():
                    t.requires_grad_(True)
        args = [read(a, tensors) for a in case["args"]]
        kwargs = {k: read(v, tensors) for k, v in case["kwargs"].items()}
        torch.manual_seed(7)
        if not case["free"]:
            args.insert(0, tensors[0])
        results = flat(find(case["home"], case["method"])(*args, **kwargs))
        answer = {"results": [write(r) for r in results]}
        if case["grad"]:
            sources = [r for r in results if r.requires_grad]
            if sources:
                sum(s.sum() for s in sources).backward()
            answer["grads"] = [write(t.grad) if t.grad is not None else None for t in tensors]
        print(json.dumps(answer))
    except Exception as e:
        print(json.dumps({"error": str(e).split("\n")[0]}))
