"""One run of `bottleneck`: steps, measurements on kept-out photographs, checkpoints.

Two phases. First encoder, prior and blueprints together, with noise in place of rounding. Then encoder and tables stand
still and the blueprints learn from what really arrives, rounded latents, some with bands lost; the control's tail learns there too, from the
backbone's answers, as its source does. With `--on` there is only the second.
"""

from contextlib import nullcontext

import numpy as np
import torch
from torch import nn

from ...bottleneck import encoder, factorised, losses, start, student
from ...bottleneck.blueprints import PixelBlueprint
from ...bottleneck.lost import band_losses
from ...encoder import vit
from ...tofc.codec_export import Lengths
from ..loop import pixels
from .rungs import Stepped

RATE, ENCODER_RATE, TAIL_RATE, QUANTILE_RATE = 4e-4, 1e-4, 1e-4, 1e-2
STUDENT_RATE = 1e-3  # of the control, which begins as it was drawn
START_SAMPLE = 256
PRIOR_RATE = 5e-3  # the control's begins as a logistic of scale 10, far wider than a fresh encoder's latent
JOINT = {"es": 0.5}  # share of the budget that the first phase gets; the others 0.85


class Run(Stepped):
    """`targets`: {name: backbone}, and "picture" for a restorer; `features`: {name: [Features, ...]} of the backbones."""

    def __init__(self, a, variant: str, targets: dict, photographs, kept: dict, guide=None, tails: dict | None = None):
        super().__init__(a)
        self.variant, self.targets, self.photographs, self.kept = variant, targets, photographs, kept
        self.guide, self.tails, self.features, self.own = guide, tails or {}, {}, {}
        es = variant == "es"
        self.encoder = student.StudentEncoder() if es else encoder.Encoder()
        self.prior = factorised.FactorisedPrior(student.CHANNELS if es else encoder.WIDTHS[-1])
        self.blueprints = nn.ModuleDict({n: t.blueprint() for n, t in targets.items()})
        for part in (self.encoder, self.blueprints):
            part.to(memory_format=self.layout)
        self.slow = [t for tail in self.tails.values() for t in tail.loosen()]
        groups = (([*self.encoder.parameters()], STUDENT_RATE if es else ENCODER_RATE), ([*self.blueprints.parameters()], STUDENT_RATE if es else RATE),
                  (self.prior.networks(), PRIOR_RATE), (self.slow, TAIL_RATE))
        self.optimiser = torch.optim.Adam([{"params": p, "peak": rate} for p, rate in groups if p], lr=RATE)
        self.aside = torch.optim.Adam([self.prior.quantiles], lr=QUANTILE_RATE)

    # --- state

    def state(self) -> dict:
        return {"variant": self.variant, "lambda": self.a.weight, "encoder": self.encoder.state_dict(), "prior": self.prior.state_dict(),
                "blueprints": {n: b.state_dict() for n, b in self.blueprints.items()},
                "features": {n: [(f.mean, f.variance) for f in fs] for n, fs in self.features.items()},
                "tail": [t.detach() for t in self.slow], "optimiser": self.optimiser.state_dict(), "aside": self.aside.state_dict(),
                **self.counts()}

    def begin(self):
        """From principal components; the control as it was drawn."""
        if self.variant == "es":
            return
        some = vit.normalise(self.photographs.some(START_SAMPLE))
        components = start.Components(some, encoder.WIDTHS[-1])
        start.encoder(self.encoder, components)
        for blueprint in self.blueprints.values():
            if isinstance(blueprint, PixelBlueprint):
                start.blueprint(blueprint, components)
        with torch.no_grad():
            start.prior(self.prior, torch.cat([self.encoder(some[i:i + 32]) for i in range(0, len(some), 32)]))

    def adopt(self, state: dict, blueprints: bool = True):
        """Networks of another run, or of this one."""
        self.encoder.load_state_dict(state["encoder"])
        self.prior.load_state_dict(state["prior"])
        known = state["blueprints"]
        for name, blueprint in self.blueprints.items() if blueprints else ():
            like = [b for b in known.values() if b.keys() == blueprint.state_dict().keys()]
            if name in known or like:  # a new one begins as another of its form
                blueprint.load_state_dict(known.get(name) or like[0])
        if len(state["tail"]) == len(self.slow):
            with torch.no_grad():
                for mine, theirs in zip(self.slow, state["tail"]):
                    mine.copy_(theirs)

    def resume(self, state: dict):
        self.adopt(state)
        self.optimiser.load_state_dict(state["optimiser"])
        self.aside.load_state_dict(state["aside"])
        self.recount(state)

    # --- steps

    def joint_end(self) -> float:
        return 0.0 if self.a.on else JOINT.get(self.variant, 0.85) * self.budget

    def settle(self):
        """From here on encoder and tables stand still."""
        self.settled = True
        self.prior.settle()
        for part in (self.encoder, self.prior):
            part.eval().requires_grad_(False)

    def latent(self, rgb):
        """(latent as decoded, bits [B])."""
        with self.half(rgb):
            y = self.encoder(vit.normalise(rgb).contiguous(memory_format=self.layout))
        return self.prior(y.float())

    def advance(self):
        if not self.settled and self.at() >= self.joint_end():
            self.settle()
        for g in self.optimiser.param_groups:
            g["lr"] = g["peak"] * self.factor()
        rgb, saliency = self.photographs.draw(self.rng, self.a.batch)
        with torch.no_grad() if self.settled else nullcontext():
            y, bits = self.latent(rgb)
        if self.settled:
            y = band_losses(y, self.prior.medians(), self.rng)
        loss = self.loss(rgb, saliency, y).sum()
        if not self.settled:
            loss = loss + self.a.weight * bits.sum()
        self.tally("KB", bits.mean().item() / 8192)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        if not self.settled:
            self.aside.zero_grad(set_to_none=True)
            self.prior.quantile_loss().backward()
            self.aside.step()
        self.step, self.seen = self.step + 1, self.seen + len(rgb)

    def loss(self, rgb, saliency, y):
        """Of each picture [B], the mean over what is restored."""
        parts = []
        for name, target in self.targets.items():
            with self.half(rgb):
                found = self.blueprints[name](y)
            if name == "picture":
                loss, plain = losses.picture_loss(self.guide, found.float(), rgb)
            elif self.settled and name in self.tails:
                loss, plain = losses.answer_loss(target, self.features[name], found, self.answer(name, found), rgb)
            else:
                loss, plain = losses.feature_loss(self.variant, target, self.features[name], found.float(), rgb, saliency)
            self.tally(f"{name} loss", loss.mean().item())
            self.tally(f"{name} error", plain.item())
            parts.append(loss)
        return sum(parts) / len(parts)

    def answer(self, name: str, found):
        with self.half(found) if name in self.tails else nullcontext():
            return self.tails.get(name, self.targets[name]).tail(found.float())

    # --- measurements

    @torch.no_grad()
    def check(self, most: int, batch: int = 25) -> dict:
        """{set: {"bytes": mean of the tables' ideal code lengths, target: {"top-1", "own top-1", "agree", "error"}}}."""
        modes = [p.training for p in (self.encoder, self.prior, self.blueprints)]
        for part in (self.encoder, self.prior, self.blueprints):
            part.eval()
        self.prior.settle()
        lengths, out = Lengths(self.prior.numbers().rows()), {}
        channel = np.arange(self.prior.quantiles.shape[0])[:, None, None]
        for name, (pictures, label, order) in self.kept.items():
            got = {}
            for i in range(0, min(most, len(order)), batch):
                rows = np.sort(order[i:min(i + batch, most)])
                rgb = pixels(pictures[rows]).float()
                with self.half(rgb):
                    y = self.encoder(vit.normalise(rgb).contiguous(memory_format=self.layout))
                symbols = self.prior.symbols(y)
                bits = lengths.of(channel, symbols.cpu().numpy().astype(np.int64)).sum((1, 2, 3))
                got.setdefault("bytes", []).extend(bits / 8)
                self.look(rgb, symbols + self.prior.medians(), f"{name} {rows}", None if label is None else label[rows], got)
            out[name] = {k: float(np.mean(v)) for k, v in got.items()}
        for part, mode in zip((self.encoder, self.prior, self.blueprints), modes):
            part.train(mode)
        return out

    def look(self, rgb, y, key: str, label, got: dict):
        """What each target makes of decoded latents, into `got`: shares in percent and errors."""
        for name, target in self.targets.items():
            with self.half(rgb):
                found = self.blueprints[name](y).float()
            if name == "picture":
                square = (found.clamp(0, 1) - rgb / 255).square().flatten(1).mean(1)
                got.setdefault("picture PSNR", []).extend((-10 * torch.log10(square)).tolist())
                continue
            wanted = target.front(rgb)
            if (name, key) not in self.own:
                self.own[name, key] = target.tail(wanted).argmax(1).cpu().numpy()
            own, best = self.own[name, key], self.answer(name, found).argmax(1).cpu().numpy()
            error = self.features[name][0].distortion(found, wanted) / losses.SCALE
            got.setdefault(f"{name} agree", []).extend(100.0 * (best == own))
            got.setdefault(f"{name} error", []).extend(error.tolist())
            if label is not None:
                got.setdefault(f"{name} top-1", []).extend(100.0 * (best == label))
                got.setdefault(f"{name} itself", []).extend(100.0 * (own == label))
