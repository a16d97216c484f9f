"""One training run of the method patches: steps within a budget of processor time, checks on kept pictures, a checkpoint that
holds all of it, a temperature at the end. `patches-device` and `patches-edge` say what a step learns."""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ...encoder import teacher as teachers, vit
from ...encoder.heads import ClassHead
from ...patches.network import PatchVit, Shape, cut, from_vit
from .. import pace
from ..classify_fit import calibrate, calibration_error
from .data import Photographs, Taught


def arguments(name: str, about: str) -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(prog=f"tandem-training {name}", description=about)
    p.add_argument("--work", type=Path, required=True, help="folder of the encoder; checkpoint and what teachers said go there")
    p.add_argument("--classes", type=Path, required=True, help="ZIP or folder, train/<wnid>/* of ten classes")
    p.add_argument("--photos", type=Path, nargs="*", default=[], help="more photographs (train/*)")
    p.add_argument("--teacher", type=Path, nargs="+", required=True, help="as in `distill`")
    p.add_argument("--encoder", default="together-best.pt", help="in the work folder: the base encoder, with its class head if it has one")
    p.add_argument("--minutes", type=float, default=60,
                   help="the whole run's budget, all starts together; on a CPU of processor time, a thread")
    p.add_argument("--batch", type=int, default=24)
    p.add_argument("--labelled", type=float, help="share of photographs with a class in a batch (default: by size)")
    p.add_argument("--known", type=float, default=0.5, help="weight of the labels")
    p.add_argument("--views", type=int, default=4, help="fixed views of each photograph: as it is, mirrored, crops")
    p.add_argument("--rate", type=float, default=3e-4, help="peak learning rate")
    p.add_argument("--head-rate", type=float, default=1e-3, help="peak learning rate of the class head")
    p.add_argument("--check", type=float, default=10, help="minutes between two measurements")
    p.add_argument("--checked", type=int, default=250, help="at most this many kept pictures of a set in a check")
    p.add_argument("--save", type=float, default=3, help="minutes between two checkpoints")
    p.add_argument("--check-only", action="store_true", help="measure what there is and stop")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--device", default="cpu", help="cuda has not been tried: there was none")
    p.add_argument("--out", default=name)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    return p


def base_network(file: Path) -> PatchVit:
    """The base encoder of a checkpoint of `distill`, `together` or `from-pack`, with its class head where there is one."""
    state, net, head = torch.load(file), vit.Vit(), None
    net.load_state_dict(state["encoder"])
    linear = {k.removeprefix("classes."): v for k, v in state.get("heads", {}).items() if k.startswith("classes.")} or state.get("head")
    if linear:
        head = ClassHead()
        head.load_state_dict(linear)
    return from_vit(net, head)


def load(file: Path) -> tuple[PatchVit, dict]:
    """(the network of a checkpoint, all of it)."""
    state = torch.load(file)
    net = PatchVit(Shape(**state["shape"]))
    net.load_state_dict(state["net"])
    return net.eval(), state


class Run:
    """`loss(items, views, rgb)` of a subclass is one step's; `logits(items)` are what the checks measure."""

    def __init__(self, a, net: PatchVit, extra: nn.Module, groups: list[dict], photographs: Photographs, taught: Taught):
        self.a, self.net, self.extra, self.photographs, self.taught, self.note = a, net, extra, photographs, taught, {}
        self.optimiser = torch.optim.AdamW(groups, lr=a.rate, weight_decay=0.02, betas=(0.9, 0.98))
        self.step, self.spent, self.cycle, self.best, self.temperature = 0, 0.0, (0.0, 60 * a.minutes), 0.0, 1.0
        self.rng, self.file = np.random.default_rng(a.seed), a.work / f"{a.out}.pt"

    def state(self) -> dict:
        return {"net": self.net.state_dict(), "shape": self.net.shape._asdict(), "extra": self.extra.state_dict(),
                "optimiser": self.optimiser.state_dict(), "step": self.step, "seconds": self.spent, "cycle": self.cycle,
                "best": self.best, "temperature": self.temperature, "arguments": {k: str(v) for k, v in vars(self.a).items()}}

    def resume(self):
        """Goes on from the checkpoint, where there is one; a budget beyond a finished cycle's end opens a warm restart, another moves an unfinished one's."""
        if not self.file.exists():
            return
        state = torch.load(self.file, self.a.device)
        if state["shape"] != self.net.shape._asdict():
            raise SystemExit(f"resuming [{self.file}]: found a network of {state['shape']}, needed {self.net.shape._asdict()}; "
                             "name the same choices, or another --out")
        self.net.load_state_dict(state["net"])
        self.extra.load_state_dict(state["extra"])
        peaks = [g["peak"] for g in self.optimiser.param_groups]
        self.optimiser.load_state_dict(state["optimiser"])
        for g, peak in zip(self.optimiser.param_groups, peaks):
            g["peak"] = peak
        self.step, self.spent, self.best, self.temperature = (state[k] for k in ("step", "seconds", "best", "temperature"))
        self.cycle = pace.reopened(tuple(state["cycle"]), self.spent, 60 * self.a.minutes)
        self.rng = np.random.default_rng([self.a.seed, self.step])
        torch.manual_seed(self.a.seed + self.step)

    def factor(self) -> float:
        """Warm-up of half a minute, then a cosine to one hundredth over the cycle."""
        return pace.cosine(self.spent, self.cycle, 30)

    def tally(self, key: str, value: float):
        self.note[key] = value if key not in self.note else 0.96 * self.note[key] + 0.04 * value

    def patches(self, rgb):
        return cut(vit.normalise(rgb), self.net.shape.patch)

    def half(self):
        return torch.autocast(self.a.device, torch.bfloat16, enabled=self.a.bf16)

    def advance(self):
        for g in self.optimiser.param_groups:
            g["lr"] = g["peak"] * self.factor()
        items = self.photographs.draw(self.rng, self.a.batch, self.a.labelled)
        views = self.rng.integers(0, self.taught.views, len(items)).tolist()
        loss = self.loss(items, views, self.photographs.rgb(items, views))
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        for g in self.optimiser.param_groups:
            nn.utils.clip_grad_norm_(g["params"], 1.0)
        self.optimiser.step()
        self.step += 1

    @torch.no_grad()
    def kept_logits(self, kinds=("",)):
        """For each set (its kept pictures, the teachers' log-probabilities, {kind: logits})."""
        self.net.eval()
        out = []
        for items in self.photographs.kept(self.a.checked):
            found, said = {k: [] for k in kinds}, []
            for i in range(0, len(items), 16):
                part = items[i:i + 16]
                rgb = self.photographs.rgb(part, [0] * len(part))
                said.append(self.taught.logits(part, [0] * len(part), rgb))
                for kind, logits in self.logits(rgb, kinds).items():
                    found[kind].append(logits)
            out.append((items, torch.cat(said), {k: torch.cat(v) for k, v in found.items()}))
        self.net.train()
        return out

    def report(self):
        """Prints a line for each kind: labels hit, agreement with the teachers; keeps the best network aside."""
        begun, score = time.time(), []
        for items, said, found in self.kept_logits(self.kinds):
            name, label = self.photographs.sets[items[0][0]].name, self.photographs.labels(items)
            wanted, what = (label, "labels") if (label >= 0).all() else (said.argmax(1), "teachers' class")
            values = {k: 100 * float((v.argmax(1) == wanted).float().mean()) for k, v in found.items()}
            print(f"check step {self.step} {name} ({len(items)}), {what}: " + ", ".join(f"{k} {v:.1f}" for k, v in values.items()), flush=True)
            score.append(np.mean(list(values.values())))
        score = float(np.mean(score))
        print(f"check step {self.step}: score {score:.1f} (best {self.best:.1f}), {time.time() - begun:.0f} s", flush=True)
        if score > self.best and self.step:
            self.best = score
            pace.keep(self.state(), self.file.with_name(f"{self.a.out}-best.pt"))

    def calibrated(self):
        """Fits the temperature on every other kept picture and says the calibration error of the rest, before and after."""
        logits, wanted, weight, rest = [], [], [], []
        for items, said, found in self.kept_logits(self.kinds[-1:]):
            label, x = self.photographs.labels(items), found[self.kinds[-1]]
            known = bool((label >= 0).all())
            target = torch.nn.functional.one_hot(label, x.shape[1]).float() if known else said.exp()
            logits.append(x[::2])
            wanted.append(target[::2])
            weight.append(torch.full((len(x[::2]),), 1.0 / len(x[::2])))
            own = items[1::2] and (self.photographs.sets[items[0][0]].name, x[1::2], (label if known else said.argmax(1))[1::2])
            rest += [own] if own else []
        self.temperature = calibrate(*(torch.cat(part) for part in (logits, wanted, weight)))
        for name, x, truth in rest:
            before, after = (calibration_error(x / t, truth) for t in (1.0, self.temperature))
            print(f"temperature {self.temperature:.3f}, {name}: calibration error {before:.1f} before, {after:.1f} after "
                  f"({len(truth)} pictures that it was not fitted on)", flush=True)

    def line(self):
        note = " ".join(f"{k} {v:.3f}" for k, v in self.note.items())
        print(f"{time.strftime('%H:%M', time.gmtime())} min {self.spent / 60:.1f} step {self.step} pictures {self.step * self.a.batch} "
              f"rate {self.factor():.2f} {note}", flush=True)

    def train(self):
        """Steps until the budget is spent, then the temperature and the last measurement."""
        a = self.a
        self.net.train()
        if not a.check_only:
            pace.train(self, self.file, lambda: self.spent < self.cycle[1], self.report)
        self.calibrated()
        if not a.check_only:
            pace.keep(self.state(), self.file)
        self.report()


def started(a, tokens: bool):
    """(photographs, what teachers say of them, the base network)."""
    torch.set_num_threads(a.threads)
    torch.set_default_device(a.device)
    torch.manual_seed(a.seed)
    photographs = Photographs(a.classes, a.photos, a.work / "pictures", a.limit)
    base, encoder = base_network(a.work / a.encoder).to(a.device).eval(), None
    if tokens:
        def encoder(rgb):
            with torch.no_grad(), torch.autocast(a.device, torch.bfloat16, enabled=a.bf16):
                x = base.embed(cut(vit.normalise(rgb), base.shape.patch))
                x = base.norm(base.layers(x)).float()
            return x[:, 1:], x[:, 0]
    keys = {"logits": "-".join(t.stem[:24] for t in a.teacher),
            "tokens": f"{Path(a.encoder).stem}-{float(sum(p.double().abs().sum() for p in base.parameters())):.3f}"}
    taught = Taught(photographs, a.work / "taught", teachers.load(a.teacher, a.work, a.threads, a.bf16), encoder, keys, a.views)
    return photographs, taught, base
