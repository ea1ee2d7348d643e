# Runs the calls that come in, a JSON object a line, and answers with what came out, a JSON object a line.
import ast, base64, json, math, sys, warnings
import numpy as np
import torch

warnings.simplefilter("ignore")
torch.set_num_threads(1)
TYPES = {"Float32": torch.float32, "Float64": torch.float64, "Int64": torch.int64, "Int32": torch.int32, "Bool": torch.bool, "Byte": torch.uint8,
         "ComplexFloat32": torch.complex64, "ComplexFloat64": torch.complex128, "Int8": torch.int8, "Int16": torch.int16, "Float16": torch.float16,
         "BFloat16": torch.bfloat16}
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
    plain = t.view(torch.int16) if t.dtype == torch.bfloat16 else t
    return {"dtype": NAMES[t.dtype], "shape": list(t.shape), "data": base64.b64encode(plain.numpy().tobytes()).decode()}


def flat(result):
    if isinstance(result, torch.Tensor):
        return [result]
    if isinstance(result, (tuple, list)):
        return [t for r in result for t in flat(r)]
    if isinstance(result, torch.dtype):
        return [torch.empty(0, dtype=result)]
    if result is None:
        return []
    if isinstance(result, str):
        return [torch.tensor(list(result.encode()), dtype=torch.uint8)]
    if isinstance(result, float):
        return [torch.tensor(result, dtype=torch.float64)]
    return [torch.tensor(result)]


# The tensor to call on, and whose memory it writes to; see SelfForm.
def in_form(t, form):
    if form == "Itself":
        return t, None
    if form == "Whole":
        return t, t
    if form == "EverySecond":
        both = torch.stack([t, t], -1)
        return both.select(-1, 0), both
    if form == "Expanded":
        row = t.narrow(0, 0, 1).clone()
        return row.expand(t.shape), row
    copy = t.clone()
    return copy, copy


# The value of the last line.
def evaluate(code):
    tree = ast.parse(code)
    names = {"torch": torch, "nn": torch.nn, "F": torch.nn.functional, "optim": torch.optim, "math": math, "np": np}
    exec(compile(ast.Module(tree.body[:-1], []), "lines", "exec"), names)
    return eval(compile(ast.Expression(tree.body[-1].value), "last line", "eval"), names)


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
        if "code" in case:
            torch.manual_seed(case["seed"])
            print(json.dumps({"results": [write(r) for r in flat(evaluate(case["code"]))]}))
            continue
        tensors = [tensor(s) for s in case["tensors"]]
        if case["grad"]:
            for t in tensors:
                if t.is_floating_point() or t.is_complex():
                    t.requires_grad_(True)
        args = [read(a, tensors) for a in case["args"]]
        kwargs = {k: read(v, tensors) for k, v in case["kwargs"].items()}
        torch.manual_seed(7)
        own, under = in_form(tensors[0], case["form"])
        kept = own * own if case["form"] == "Needed" else None
        if not case["free"]:
            args.insert(0, own)
        results = flat(find(case["home"], case["method"])(*args, **kwargs))
        if under is not None:
            alias = results[0]
            results += [under, torch.tensor(alias.data_ptr() == own.data_ptr()), torch.tensor(own._version), torch.tensor(alias._version)]
        if kept is not None:
            results.append(kept)
        answer = {"results": [write(r) for r in results]}
        if case["grad"]:
            sources = [r for r in results if r.requires_grad]
            if sources:
                sum((torch.view_as_real(s) if s.is_complex() else s).sum() for s in sources).backward()
            answer["grads"] = [write(t.grad) if t.grad is not None else None for t in tensors]
        print(json.dumps(answer))
    except Exception as e:
        print(json.dumps({"error": str(e).split("\n")[0]}))
