"""`lmm`: train projector and LoRA adapter on the tokens that will arrive.

Each batch draws a cluster count (8, 16, 32, 64 or all 256), several pictures and several questions a picture; the
questions of one picture share its visual prefix and do not see each other. With a trained codec the tokens pass
through it (rounded as the sender will round them), so that the adapter learns what quantisation leaves. Text-only
questions with the base model's own answers keep it the model it was. Checkpointed, resumes, stops at a time budget.
"""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from tqdm import tqdm

from ..common.shares import shares
from ..language import llama
from ..language.answers import Projector, Prompter, answer_loss, text_answers
from ..tofc import quantiser
from ..tofc.quantiser import JointCodec
from . import cached


@torch.no_grad()
def validate(net, projector, prompter, sets, count: int, squeeze=None, most: int = 60):
    """Exact match in percent by set, on pictures kept out of training."""
    out = {}
    for s in sets:
        hits, asked = 0, 0
        for i in range(0, min(most, len(s.kept)), 10):
            rows = [s.kept_rows[j] for j in range(i, min(i + 10, len(s.kept)))]
            tokens = s.features.get(s.kept[i:i + 10], count)
            tokens = squeeze(tokens) if squeeze else tokens
            _, right = answer_loss(net, prompter, projector(tokens), rows)
            hits, asked = hits + int(right.sum()), asked + len(right)
        out[s.name] = (100 * hits / max(1, asked), asked)
    return out


class Run:
    """Language model with adapter, projector, codec and optimiser; `advance` is one step."""

    def __init__(self, a):
        self.a, self.file, self.note, self.asked = a, a.work / a.out, {}, 0
        self.counts, odds = zip(*shares(a.counts, numbered=True).items())
        self.odds = np.array(odds) / sum(odds)
        self.sets = cached.load(a.work, a.coco, a.daquar, a.flickr, shares(a.shares), a.kept_every, a.part)
        self.prompter = Prompter(llama.tokenizer(a.work))
        self.net, self.projector = llama.Llama(llama.read(a.work), a.rank), Projector()
        state = torch.load(self.file) if self.file.exists() else torch.load(a.start) if a.start else {}
        if state:
            self.net.load_adapter(state["adapter"])
            self.projector.load_state_dict(state["projector"])
        if a.bf16:
            self.net.to_bfloat16()
        groups = [{"params": list(self.net.parameters()), "peak": a.rate},
                  {"params": list(self.projector.parameters()), "peak": 2.5 * a.rate}]
        self.optimiser = torch.optim.AdamW(groups, lr=a.rate, weight_decay=0.01, betas=(0.9, 0.98))
        self.squeeze = self.joint = None
        if a.codec:
            self._codec(state if self.file.exists() else {})
        self.step, self.spent = 0, 0.0
        if self.file.exists():
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.spent = state["step"], state["seconds"]
        self.texts = text_answers(self.net, self.prompter, a.work / "text-only.json")
        self.rng = np.random.default_rng(a.seed + self.step)

    def _codec(self, state):
        steps = [float(s) for s in self.a.steps.split(",")]
        self.squeeze = quantiser.Quantiser(quantiser.load(self.a.codec), steps)
        if self.a.joint:
            self.joint = JointCodec(quantiser.load(self.a.codec), steps)
            if state:
                self.joint.codec.load_state_dict(state["codec"])
            self.optimiser.add_param_group({"params": list(self.joint.codec.parameters()), "peak": 3e-4, "weight_decay": 0.0})

    def save(self):
        part = self.file.with_suffix(".part")
        torch.save({"adapter": self.net.adapter(), "projector": self.projector.state_dict(), "step": self.step,
                    "optimiser": self.optimiser.state_dict(), "seconds": self.spent,
                    **({"codec": self.joint.codec.state_dict()} if self.joint else {})}, part)
        part.rename(self.file)
        if self.joint:
            torch.save({"codec": self.joint.codec.state_dict(), "settings": self.joint.codec.settings},
                       self.file.with_name(f"{self.file.stem}-codec.pt"))

    def quantiser(self):
        return self.joint.quantiser() if self.joint else self.squeeze

    def text_loss(self):
        pick = self.rng.permutation(len(self.texts))[:8]
        return answer_loss(self.net, self.prompter, None, [[self.texts[i]] for i in pick])[0]

    def picture_loss(self):
        a, count = self.a, int(self.rng.choice(self.counts, p=self.odds))
        batch = cached.draw(self.rng, self.sets, a.pictures if count <= 64 else max(1, a.pictures // 3), a.per_picture)
        tokens, extra = torch.cat([s.features.get([i], count) for s, i, _ in batch]), 0.0
        if self.squeeze and count <= 64 and self.rng.random() < 0.85:
            if self.joint:
                tokens, extra = self.joint(tokens, self.rng, self.note)
            else:
                with torch.no_grad():
                    tokens = self.squeeze(tokens, self.rng)
        loss, right = answer_loss(self.net, self.prompter, self.projector(tokens), [r for _, _, r in batch])
        self.asked += len(right)
        self.note["hit"] = 0.98 * self.note.get("hit", 0) + 2 * float(right.float().mean())
        return loss + extra

    def advance(self):
        factor = min(1, (self.step + 1) / 40) * (0.5 + 0.5 * math.cos(math.pi * min(1, self.spent / (60 * self.a.minutes))))
        for g in self.optimiser.param_groups:
            g["lr"] = g["peak"] * max(factor, 0.01)
        name = "text" if self.step % 25 == 24 else "loss"
        loss = self.text_loss() if name == "text" else self.picture_loss()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([*self.net.parameters(), *self.projector.parameters()], 1.0)
        self.optimiser.step()
        self.note[name] = loss.item() if name not in self.note else 0.97 * self.note[name] + 0.03 * loss.item()
        self.step += 1

    def report(self, count: int, most: int = 60):
        scores = validate(self.net, self.projector, self.prompter, self.sets, count, self.quantiser(), most)
        print(f"\n{count} clusters: " + ", ".join(f"{k} {v:.1f} % of {n}" for k, (v, n) in scores.items()), flush=True)


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training lmm", description=__doc__)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--coco", type=Path)
    p.add_argument("--daquar", type=Path)
    p.add_argument("--flickr", type=Path)
    p.add_argument("--shares", default="coco=.44,captions=.1,flickr=.07,daquar=.13,scenes=.2,classes=.06")
    p.add_argument("--counts", default="8=.17,16=.48,32=.18,64=.1,256=.07", help="visual tokens and their shares")
    p.add_argument("--minutes", type=float, default=45)
    p.add_argument("--pictures", type=int, default=10)
    p.add_argument("--per-picture", type=int, default=5)
    p.add_argument("--rank", type=int, default=16)
    p.add_argument("--rate", type=float, default=4e-4, help="peak learning rate of the adapter; projector 2.5 times")
    p.add_argument("--codec", type=Path, help="trained codec: quantise the tokens of most batches with it")
    p.add_argument("--steps", default="0.6,0.96,1.5", help="the codec's steps, one drawn for each batch")
    p.add_argument("--joint", action="store_true", help="train the codec too, on the answers' loss, its rate and its "
                   "error; the trained one is kept beside --out as NAME-codec.pt")
    p.add_argument("--start", type=Path, help="projector and adapter to start from")
    p.add_argument("--part", type=float, default=1.0, help="train on this share of the pictures only, to see what more of them are worth")
    p.add_argument("--kept-every", type=int, default=cached.KEPT_OUT, help="each so many pictures one is kept out")
    p.add_argument("--checked", type=int, default=200, help="at most so many kept pictures of each set are measured at the end")
    p.add_argument("--out", default="lmm.pt")
    p.add_argument("--bf16", action="store_true", help="the language model's frozen weights and its products in bf16")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    return p


def main(argv=None):
    p = arguments()
    a = p.parse_args(argv)
    if a.joint and not a.codec:
        p.error("--joint trains the codec that --codec names")
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    run, budget, saved = Run(a), a.minutes * 60, time.time()
    bar = tqdm(total=100, desc="lmm", mininterval=20, bar_format="{l_bar}{bar}| {elapsed} {postfix}")
    while run.spent < budget:
        begun = time.time()
        run.advance()
        run.spent += time.time() - begun
        bar.n = round(100 * run.spent / budget, 1)
        bar.set_postfix_str(f"step {run.step} asked {run.asked} " + " ".join(f"{k} {v:.2f}" for k, v in run.note.items()))
        if time.time() - saved > 300:
            run.save()
            saved = time.time()
        if run.step % 200 == 0:
            run.report(16)
    run.save()
    bar.close()
    print("trained on " + ", ".join(f"{len(s.rows)} pictures, {sum(map(len, s.rows))} questions of {s.name}" for s in run.sets), flush=True)
    for count in (8, 16, 32):
        run.report(count, a.checked)


if __name__ == "__main__":
    main()
