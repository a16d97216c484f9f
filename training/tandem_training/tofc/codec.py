"""`codec`: fit router, experts and entropy models to cached merged tokens (rate + lambda * error), stage by stage.

1. experts start as the principal components of k-means clusters, so that none dies; the router learns to name them;
2. the router's best experts are mixed, temperature 1 to 0.1, with the balance loss (docs/methods.md, TOFC, eq. 15-18);
3. hard choice, as the sender makes it.
The error's weight follows the step: at high rate a step d trades 6 dB a bit, so lambda = d^2 ln2 / 6 a value.
Mixing only the best two experts of each token instead of all sixteen is a choice for speed; `--top` changes it.
"""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tqdm import tqdm

from ..common.shares import shares
from . import codec_export, codec_start
from .codec_model import Codec
from .quantiser import STEPS, slope
from .tokens import Tokens

SPREAD = ((0.6, 0.25), (1.0, 0.5), (1.6, 0.25))


class Trainer:
    """Fits one codec to `draw(rng) -> tokens [T,C]` within a time budget; `state` allows stop and resume."""

    def __init__(self, codec: Codec, draw, seed: int = 1, rate: float = 2e-3, top: int = 2, balance: float = 2.0):
        self.codec, self.draw, self.rng, self.top, self.balance = codec, draw, np.random.default_rng(seed), top, balance
        self.optimiser = torch.optim.Adam(codec.parameters(), lr=rate, fused=True)
        self.rate, self.step, self.spent, self.note = rate, 0, 0.0, {}
        sample = torch.cat([draw(self.rng) for _ in range(20)])
        self.centres = codec_start.k_means(sample[:12000], codec.count, seed=seed)
        codec_start.start(codec, sample, self.centres)

    def state(self):
        return {"codec": self.codec.state_dict(), "settings": self.codec.settings, "step": self.step,
                "optimiser": self.optimiser.state_dict(), "spent": self.spent, "centres": self.centres}

    def load(self, state):
        self.codec.load_state_dict(state["codec"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.spent, self.centres = state["step"], state["spent"], state["centres"]
        self.rng = np.random.default_rng(self.step)

    def advance(self, done: float):
        """One update; `done` is the part of the budget already used, 0..1."""
        codec, x = self.codec.train(), self.draw(self.rng)
        for g in self.optimiser.param_groups:
            g["lr"] = self.rate * min(1, (self.step + 1) / 30) * max(0.01, 0.5 + 0.5 * math.cos(math.pi * done))
        step = codec.step * float(self.rng.choice([s for s, _ in SPREAD], p=[p for _, p in SPREAD]))
        scores, extra = codec.route(x), 0.0
        if done < 0.12:
            expert = torch.cdist(x, self.centres).argmin(1)
            decoded, bits, true = codec.code(x, expert, step)
            extra = F.cross_entropy(scores, expert)
        elif done < 0.8:
            t = 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * (done - 0.12) / 0.68))
            best = scores.topk(self.top, 1)
            w, expert = F.softmax(best.values / t, 1), best.indices[:, 0]
            decoded, bits, true = codec.code(x.repeat_interleave(self.top, 0), best.indices.flatten(), step)
            decoded = (decoded.view(len(x), self.top, -1) * w[..., None]).sum(1)
            bits, true = ((b.view(-1, self.top) * w).sum(1) for b in (bits, true))
            extra = self.balance * (F.softmax(scores / t, 1).mean(0) - 1 / codec.count).square().sum() * codec.count
        else:
            expert = scores.argmax(1)
            decoded, bits, true = codec.code(x, expert, step)
        error = (decoded - x).square().mean()
        loss = bits.mean() / codec.width + error / slope(step) + extra
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(codec.parameters(), 2.0)
        self.optimiser.step()
        codec.share.lerp_(torch.bincount(expert, minlength=codec.count) / len(x), 0.05)
        self.step += 1
        keep = 0.95 if self.step > 20 else 0.5
        for k, v in (("bits", true.mean().item()), ("mse", error.item()), ("least", codec.share.min().item())):
            self.note[k] = keep * self.note.get(k, v) + (1 - keep) * v


def report(codec: Codec, tokens: Tokens, rows) -> list[dict]:
    """Ideal bytes and error at every cluster count and step, on pictures kept out of training."""
    out = []
    for count in (8, 16, 32):
        for factor in (*STEPS, 2.5):
            m = codec_export.measure(codec, rows, tokens.validation(count), codec.step * factor)
            out.append({"clusters": count, "step": round(codec.step * factor, 4), **m})
            print(f"{count} clusters, step {codec.step * factor:.3f}: {m['bytes']:.0f} bytes (ids {m['ids']:.0f}, "
                  f"z {m['z']:.0f}, y {m['y']:.0f}), error {m['mse']:.4f} of variance {m['variance']:.3f}, "
                  f"{100 * m['zeros']:.1f} % zeros", flush=True)
    return out


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training codec", description=__doc__)
    p.add_argument("--work", type=Path, required=True, help="folder with features/; codec.pt goes there")
    p.add_argument("--sets", default="coco=.5,scenes=.2,classes=.15,daquar=.15", help="feature sets and their shares")
    p.add_argument("--minutes", type=float, default=10)
    p.add_argument("--step", type=float, default=0.6, help="step trained at, in token units")
    p.add_argument("--hyper", type=int, default=24, help="width of z")
    p.add_argument("--experts", type=int, default=16)
    p.add_argument("--top", type=int, default=2, help="experts mixed in the soft stage")
    p.add_argument("--pictures", type=int, default=28, help="pictures a batch, 72 tokens each")
    p.add_argument("--out", default="codec.pt")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    tokens = Tokens(a.work / "features", shares(a.sets))
    codec = Codec(tokens.maps[0].shape[2], a.experts, a.hyper, (384, max(96, 2 * a.hyper)), a.step)
    trainer, file = Trainer(codec, lambda rng: tokens.draw(rng, a.pictures), a.seed, top=a.top), a.work / a.out
    if file.exists():
        trainer.load(torch.load(file))
    bar = tqdm(total=100, desc="codec", mininterval=10, bar_format="{l_bar}{bar}| {elapsed} {postfix}")
    saved, budget = time.time(), 60 * a.minutes

    def save():
        part = file.with_suffix(".part")
        torch.save(trainer.state(), part)
        part.rename(file)

    while trainer.spent < budget:
        begun = time.time()
        trainer.advance(trainer.spent / budget)
        trainer.spent += time.time() - begun
        bar.n = round(min(100, 100 * trainer.spent / budget), 1)
        n = trainer.note
        bar.set_postfix_str(f"step {trainer.step} bits/token {n['bits']:.0f} mse {n['mse']:.4f} least {n['least']:.3f}")
        if time.time() - saved > 120:
            save()
            saved = time.time()
    bar.close()
    save()
    rows = codec_export.all_rows(codec.eval(), [(x, a.step * s) for x, s in zip(tokens.for_tables(200), STEPS)])
    (a.work / f"{file.stem}.json").write_text(json.dumps(report(codec, tokens, rows), indent=1))


if __name__ == "__main__":
    main()
