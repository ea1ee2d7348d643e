"""Measures the C# kernel beside Debian's ipykernel, as a front end sees both: fresh kernels take turns, medians of the rounds."""
import argparse
import datetime
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

from jupyter_client.manager import KernelManager

PATIENCE = 120
LINES = 100_000
WARM = 50

CELLS = {
    ".net-csharp": {
        "trivial": "1+1",
        "state": "var a{0} = {0};",
        "lines": f"for (var i = 0; i < {LINES}; i++) Console.WriteLine(i);",
        "complete": ["Console.Wri", "Enumerable.", "var text = \"a\"; text."],
    },
    "python3": {
        "trivial": "1+1",
        "state": "a{0} = {0}",
        "lines": f"for i in range({LINES}): print(i)",
        "complete": ["sys.std", "itertools.", "text = 'a'; text."],
    },
}
PRELUDE = {".net-csharp": "1", "python3": "import sys, itertools"}


def memory(pid):
    """Resident memory in MB."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")


class Kernel:
    def __init__(self, name):
        self.name = name
        self.manager = KernelManager(kernel_name=name)
        start = time.perf_counter()
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        asked = self.client.kernel_info()
        self.reply(asked)
        self.ready = time.perf_counter() - start
        # A subscription that comes late loses what is published before it.
        while True:
            asked = self.client.kernel_info()
            try:
                self.published(asked, patience=0.5)
                self.reply(asked)
                break
            except Exception:
                continue

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def reply(self, asked):
        while True:
            message = self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == asked:
                return message

    def published(self, asked, patience=PATIENCE):
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=patience)
            if message["parent_header"].get("msg_id") != asked:
                continue
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return messages

    def run(self, code):
        """Seconds until both the reply and all output are there, and the output."""
        start = time.perf_counter()
        asked = self.client.execute(code)
        messages = self.published(asked)
        status = self.reply(asked)["content"]["status"]
        assert status == "ok", (code, status, messages)
        return time.perf_counter() - start, messages

    def complete(self, code):
        start = time.perf_counter()
        reply = self.reply(self.client.complete(code))
        assert reply["content"]["matches"], code
        return time.perf_counter() - start

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def measure(name, cells):
    code = CELLS[name]
    kernel = Kernel(name)
    try:
        found = {"ready": kernel.ready, "first": kernel.run(code["trivial"])[0]}
        time.sleep(3)
        found["memory"] = memory(kernel.pid)
        kernel.run(PRELUDE[name])
        for _ in range(20):
            kernel.run(code["trivial"])
        found["warm"] = statistics.median(kernel.run(code["trivial"])[0] for _ in range(WARM))
        for text in code["complete"] * 3:
            kernel.complete(text)
        found["completion"] = statistics.median(kernel.complete(text) for text in code["complete"] * 10)
        seconds, messages = kernel.run(code["lines"])
        text = "".join(message["content"]["text"] for message in messages if message["msg_type"] == "stream")
        found["lines"] = seconds
        found["lost"] = 0 if text == "".join(f"{i}\n" for i in range(LINES)) else LINES - text.count("\n") or 1
        if cells:
            for i in range(200):
                kernel.run(code["state"].format(i))
            time.sleep(2)
            before = memory(kernel.pid)
            for i in range(200, 200 + cells):
                kernel.run(code["state"].format(i))
            time.sleep(2)
            found["growth"] = (memory(kernel.pid) - before) * 1024 / cells
            found["late"] = statistics.median(kernel.run(code["trivial"])[0] for _ in range(WARM))
        return found
    finally:
        kernel.end()


ROWS = [
    ("ready", "from start to the reply to kernel_info", 1, "s", lambda a, b: (a <= 1.2, "≤ 1.2 s")),
    ("first", "the first `1+1` after it", 1, "s", lambda a, b: (a <= 1, "≤ 1 s")),
    ("warm", "`1+1`, warm", 1000, "ms", lambda a, b: (a <= 0.015 and a <= 3 * b, "≤ 15 ms, ≤ 3 times ipykernel's")),
    ("completion", "completion, warm", 1000, "ms", lambda a, b: (a <= 0.06, "≤ 60 ms")),
    ("lines", "100,000 lines of output", 1, "s", lambda a, b: (a <= 2, "≤ 2 s")),
    ("lost", "of them lost", 1, "", lambda a, b: (a == 0, "0")),
    ("memory", "resident memory 3 s after the first cell", 1, "MB", lambda a, b: (a <= 200, "≤ 200 MB")),
    ("growth", "growth for each of 1,000 cells that declare a variable", 1, "KB", None),
    ("late", "`1+1` after 1,200 cells", 1000, "ms", None),
]


def figure(value, factor, unit):
    value *= factor
    text = f"{value:.0f}" if value == int(value) or value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"
    return f"{text} {unit}".strip()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--fednb", required=True, help="the folder of fednb.dll")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--cells", type=int, default=1000, help="cells of the test of growth, in the last round")
    arguments.add_argument("--keep", action="store_true", help="write bench/results")
    options = arguments.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        for name in ("DATA", "RUNTIME", "CONFIG"):
            os.environ[f"JUPYTER_{name}_DIR"] = f"{folder}/{name.lower()}"
        os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
        os.environ["IPYTHONDIR"] = f"{folder}/ipython"
        subprocess.run(["dotnet", f"{options.fednb}/fednb.dll", "jupyter", "install"], check=True, stdout=subprocess.DEVNULL)
        load = os.getloadavg()[0]
        found = {name: [] for name in CELLS}
        for number in range(options.rounds):
            for name in CELLS:
                found[name].append(measure(name, options.cells if number == options.rounds - 1 else 0))
                print(f"round {number + 1}, {name}: " + ", ".join(f"{k} {v:.4g}" for k, v in found[name][-1].items()), file=sys.stderr, flush=True)

    def median(name, key):
        return statistics.median(round[key] for round in found[name] if key in round)

    now = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
    lines = [
        f"## Measured, {now}", "",
        f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f} before and {os.getloadavg()[0]:.1f} after; {options.rounds} rounds in turns, medians"
        f" (growth: one round).", "",
        "| what | fednb | ipykernel | ratio | target |", "|---|---|---|---|---|",
    ]
    for key, label, factor, unit, target in ROWS:
        if not any(key in round for round in found[".net-csharp"]):
            continue
        ours, theirs = median(".net-csharp", key), median("python3", key)
        ratio = f"{ours / theirs:.2f}" if theirs > 0 and key != "growth" else ""
        said = ""
        if target:
            met, text = target(ours, theirs)
            said = f"{text}: {'met' if met else '**missed**'}"
        lines.append(f"| {label} | {figure(ours, factor, unit)} | {figure(theirs, factor, unit)} | {ratio} | {said} |")
    report = "\n".join(lines) + "\n"
    print(report)
    if options.keep:
        results = pathlib.Path(__file__).parent.parent / "results"
        results.mkdir(exist_ok=True)
        (results / f"{now[:10]}-kernel.md").write_text(report)


if __name__ == "__main__":
    main()
