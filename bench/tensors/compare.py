"""Runs the same work in C# (ours), Python and C++ by turns, in one go, and prints the medians as a table.

Each contestant is a process that reads "CASE COUNT" and answers "WALL-CLOCK-NS PROCESSOR-NS CHECK"; only one works at a time.
"""
import argparse
import datetime
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent

# name, what it is, how often a round, unit, the ratio to Python to reach
CASES = [
    ("add", "tiny add, 2x2", 10000, "µs", 0.9),
    ("add-grad", "tiny add with gradient", 6000, "µs", 0.9),
    ("mlp", "MLP 784-128-10, batch 64, SGD step", 40, "µs", 0.95),
    ("mlp-adam", "the same MLP, Adam step", 25, "µs", None),
    ("cnn", "CNN of tutorial 6, batch 64, SGD step", 2, "ms", 0.95),
    ("matmul", "matmul 1024x1024", 1, "ms", None),
]
# The same work where nothing is disposed and the collector finds it; Python and C++ have no such case.
DROPPED = ["add", "mlp", "cnn"]
SCALE = {"µs": 1e3, "ms": 1e6}
START_UP = 0.6
WARM_UP = 3  # seconds a case, of rounds that do not count


class Contestant:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args[0]} has ended: status {self.process.wait()}")
        return line.split()

    def run(self, case, count):
        self.process.stdin.write(f"{case} {count}\n")
        self.process.stdin.flush()
        wall, processor, check = self.answer()
        return float(wall) / count, float(processor) / count, float(check)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def seconds_to_ready(command):
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n", command
        return time.perf_counter() - start


def fields_of(case, contestants):
    return [(case, name) for name in contestants] + ([(case + "-dropped", "ours")] if case in DROPPED else [])


def play(contestants, case, count):
    """One round: {(case, contestant): (wall, processor) in ns}. All must come to the same result."""
    times, checks = {}, {}
    for field in fields_of(case, contestants):
        *times[field], checks[field] = contestants[field[1]].run(field[0], count)
    if max(checks.values()) - min(checks.values()) > 1e-4 * max(abs(c) for c in checks.values()):
        sys.exit(f"{case}: not the same work: {checks}")
    return times


def measure(contestants, rounds):
    """{(case, contestant): (wall, processor) in ns}, medians of alternated rounds."""
    # Everything is warmed up before anything is measured: on a busy machine the JIT takes its time to its last tier.
    for case, _, count, _, _ in CASES:
        end = time.monotonic() + WARM_UP
        while time.monotonic() < end:
            play(contestants, case, count)
    medians = {}
    for case, _, count, _, _ in CASES:
        played = [play(contestants, case, count) for _ in range(rounds)]
        for field in fields_of(case, contestants):
            medians[field] = tuple(statistics.median(column) for column in zip(*(times[field] for times in played)))
        print(f"  {case}: done", file=sys.stderr)
    return medians


def measure_start(commands, rounds):
    samples = {key: [] for key in commands}
    for _ in range(rounds):
        for key, command in commands.items():
            samples[key].append(seconds_to_ready(command))
    return {key: statistics.median(values) for key, values in samples.items()}


def verdict(value, target):
    return "" if target is None else f"≤ {target} {'met' if value <= target else '**missed**'}"


def table(medians, column):
    """Of the wall clock (column 0) or of the processor (column 1)."""
    yield "| work | ours | python3-torch | C++ | ours / Python | ours / C++ | target | nothing disposed | / Python |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for case, title, _, unit, target in CASES:
        ours, python, cpp = (medians[case, name][column] for name in ("ours", "python", "cpp"))
        cells = [f"{value / SCALE[unit]:.4g} {unit}" for value in (ours, python, cpp)]
        cells += [f"**{ours / python:.2f}**", f"{ours / cpp:.2f}", verdict(ours / python, target)]
        dropped = medians.get((case + "-dropped", "ours"))
        cells += [f"{dropped[column] / SCALE[unit]:.4g} {unit}", f"{dropped[column] / python:.2f}"] if dropped else ["", ""]
        yield f"| {title} | " + " | ".join(cells) + " |"


def start_table(start):
    library = start["ours"] - start["ours, empty"]
    yield "| start-up, from the process's start to its first tensor | s |"
    yield "|---|---|"
    yield f"| ours, less that of an empty .NET program ({start['ours, empty']:.3f}) | **{library:.3f}**, {verdict(library, START_UP)} |"
    yield f"| python3-torch, less that of an empty Python program ({start['python, empty']:.3f}) | {start['python'] - start['python, empty']:.3f} |"
    yield f"| C++, in all | {start['cpp']:.3f} |"


def processor_name():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--built", required=True, type=pathlib.Path)
    options.add_argument("--rounds", type=int, default=40)
    options.add_argument("--only", help="names of cases, with commas; no start-up then")
    options.add_argument("--keep", action="store_true")
    given = options.parse_args()
    if given.only:
        CASES[:] = [case for case in CASES if case[0] in given.only.split(",")]

    ours = ["dotnet", str(given.built / "tensors" / "TensorBenchmark.dll")]
    python = ["/usr/bin/python3", str(HERE / "python" / "tensors.py")]
    cpp = [str(given.built / "tensors-cpp")]
    load = os.getloadavg()[0]
    contestants = {"ours": Contestant(ours), "python": Contestant(python), "cpp": Contestant(cpp)}
    medians = measure(contestants, given.rounds)
    for contestant in contestants.values():
        contestant.end()

    lines = [
        f"# Tensors, {datetime.datetime.now():%Y-%m-%d %H:%M}",
        "",
        f"{processor_name()}, {os.cpu_count()} cores, load {load:.1f} before and {os.getloadavg()[0]:.1f} after; one thread each; "
        f"medians of {given.rounds} alternated rounds; the losses are the same in all three.",
        "",
        "By the wall clock:",
        "",
        *table(medians, 0),
        "",
        "By the processor's time, of all threads of the process (the collector's and the finalizer's too):",
        "",
        *table(medians, 1),
    ]
    if not given.only:
        lines += ["", *start_table(measure_start({
            "ours": [*ours, "first-tensor"], "ours, empty": [*ours, "nothing"],
            "python": [*python, "first-tensor"], "python, empty": [*python, "nothing"],
            "cpp": [*cpp, "first-tensor"],
        }, 15))]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.keep:
        results = HERE.parent / "results"
        results.mkdir(exist_ok=True)
        (results / f"{datetime.datetime.now():%Y-%m-%d}-tensors.md").write_text(text)


main()
