"""One run of `squeeze`: steps, measurements on kept-out photographs, checkpoints.

Two parts. First everything together, with noise in place of rounding. In the last 15 % of the budget what the device has and
the tables stand still, and the edge's half learns from what really arrives, rounded latents.
"""

import numpy as np
import torch
from torch import nn

from ...bottleneck import factorised
from ...squeeze import losses, split as splits, squeezing as squeezings
from ...tofc.codec_export import Lengths
from ..loop import pixels
from .rungs import Stepped

JOINT = 0.85
RATES = {"squeezing": 5e-5, "codec": 3e-4, "scales": 1e-2, "backbone": 5e-5, "prior": 3e-3}  # all but the prior begin near
QUANTILE_RATE = 1e-2


def lengths(prior: factorised.FactorisedPrior):
    """A function of symbols int64 [B,C,h,w] of numpy: bits of each by the tables' code lengths."""
    prior.settle()
    known, channel = Lengths(prior.numbers().rows()), np.arange(prior.quantiles.shape[0])[:, None, None]
    return lambda symbols: known.of(channel, symbols)


class Run(Stepped):
    """`teacher`: the frozen backbone, which sees whole pictures; `split`: the one that learns."""

    def __init__(self, a, squeezing: squeezings.Squeezing, split: splits.Split, teacher, photographs, kept: dict):
        super().__init__(a)
        self.squeezing, self.split, self.teacher, self.photographs, self.kept = squeezing, split, teacher, photographs, kept
        self.prior, self.own = factorised.FactorisedPrior(len(split.rise)), {}
        self.squeezing.to(memory_format=self.layout)
        codec = [*split.reducer.parameters(), *split.expander.parameters()]
        groups = {"squeezing": [*squeezing.parameters()], "codec": codec, "scales": [split.rise], "backbone": split.learned, "prior": self.prior.networks()}
        self.optimiser = torch.optim.Adam([{"params": p, "peak": RATES[n]} for n, p in groups.items() if p], lr=1e-3, betas=(0.9, 0.98))
        self.aside = torch.optim.Adam([self.prior.quantiles], lr=QUANTILE_RATE)

    # --- state

    def parts(self) -> dict[str, nn.Module]:
        return {"squeezing": self.squeezing, "split": self.split, "prior": self.prior}

    def state(self) -> dict:
        return {"variant": self.a.variant, "scale": self.a.scale, "lambda": self.a.weight, "backbone": self.a.backbone,
                **{n: p.state_dict() for n, p in self.parts().items()}, "optimiser": self.optimiser.state_dict(),
                "aside": self.aside.state_dict(), **self.counts()}

    @torch.no_grad()
    def begin(self):
        """Anew: the codec from the maps of some photographs."""
        some = self.photographs.some(64)
        with self.half(some):
            h = torch.cat([self.split.map(self.squeezing(some[i:i + 16].float())) for i in range(0, len(some), 16)])
        self.split.start(h, self.prior)

    def adopt(self, state: dict):
        """Networks of another run. A squeezing module that it has not begins as it is: bicubic."""
        self.split.load_state_dict(state["split"])
        self.prior.load_state_dict(state["prior"])
        if state["squeezing"] and self.squeezing.net is not None:
            self.squeezing.load_state_dict(state["squeezing"])

    def resume(self, state: dict):
        self.adopt(state)
        self.optimiser.load_state_dict(state["optimiser"])
        self.aside.load_state_dict(state["aside"])
        self.recount(state)
        if self.at() >= self.joint_end():
            self.settle()

    # --- steps

    def joint_end(self) -> float:
        return JOINT * self.budget

    def settle(self):
        """From here on only the edge's half learns."""
        self.settled = True
        self.prior.settle()
        for part in self.parts().values():
            part.eval().requires_grad_(False)
        for p in self.split.behind():
            p.requires_grad_(True)

    def latent(self, rgb):
        """(small picture, latent in symbols, not rounded)."""
        with self.half(rgb):
            small = self.squeezing(rgb)
            return small, self.split(small)

    def advance(self):
        if not self.settled and self.at() >= self.joint_end():
            self.settle()
        for g in self.optimiser.param_groups:
            g["lr"] = g["peak"] * self.factor()
        rgb, _ = self.photographs.draw(self.rng, self.a.batch)
        loss = self.loss(rgb)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        if not self.settled:
            self.aside.zero_grad(set_to_none=True)
            self.prior.quantile_loss().backward()
            self.aside.step()
        self.step, self.seen = self.step + 1, self.seen + len(rgb)

    def loss(self, rgb):
        """Sums, prior and answers in float32."""
        with torch.set_grad_enabled(not self.settled):
            small, y = self.latent(rgb)
            decoded, bits = self.prior(y)
        with self.half(rgb):
            found = self.split.tail(decoded)
        loss = losses.answer(found, self.teacher(rgb)).mean()
        self.tally("answer", loss.item())
        self.tally("bytes", bits.mean().item() / 8)
        if self.settled:
            return loss
        area, weight = rgb[0, 0].numel(), self.a.weight
        if weight:
            varied = losses.variation(y).mean()
            self.tally("variation", varied.item())
            loss = loss + weight * (bits.mean() + losses.SPATIAL * varied) / area
        else:  # nothing is asked of the latent, but its price has to be known
            loss = loss + self.prior.bits(decoded.detach()).mean() / area
        if self.squeezing.net is not None:
            away = (small - squeezings.bicubic(rgb, self.squeezing.scale)).abs().mean()
            self.tally("from bicubic", away.item())
            loss = loss + losses.SMALL * away
        return loss

    # --- measurements

    @torch.no_grad()
    def check(self, most: int, batch: int = 25) -> dict:
        """{set: {"bytes": by the tables' code lengths, "agree" with the backbone on whole pictures, "top-1", "itself", in percent}}."""
        modes = {part: part.training for part in self.parts().values()}
        for part in modes:
            part.eval()
        cost, out = lengths(self.prior), {}
        for name, (pictures, label, order) in self.kept.items():
            got = {}
            for i in range(0, min(most, len(order)), batch):
                rows = np.sort(order[i:min(i + batch, most)])
                rgb = pixels(pictures[rows]).float()
                symbols = self.prior.symbols(self.latent(rgb)[1])
                got.setdefault("bytes", []).extend(cost(symbols.cpu().numpy().astype(np.int64)).sum((1, 2, 3)) / 8)
                with self.half(rgb):
                    best = self.split.tail(symbols + self.prior.medians()).argmax(1).cpu().numpy()
                if (key := f"{name} {rows}") not in self.own:
                    self.own[key] = self.teacher(rgb).argmax(1).cpu().numpy()
                got.setdefault("agree", []).extend(100.0 * (best == self.own[key]))
                if label is not None:
                    got.setdefault("top-1", []).extend(100.0 * (best == label[rows]))
                    got.setdefault("itself", []).extend(100.0 * (self.own[key] == label[rows]))
            out[name] = {k: float(np.mean(v)) for k, v in got.items()}
        for part, mode in modes.items():
            part.train(mode)
        return out
