"""One run of `together`: steps, measurements on kept pictures, checkpoints, warm restarts."""

import time

import numpy as np
import torch
from torch import nn

from ..common.shares import shares
from ..encoder import cluster
from ..language.answers import answer_loss
from ..questions import checks
from . import pace
from .batches import Batch, Targets
from .model import Model, squeeze

LOSSES = {"KL": 1.0, "words": 0.15, "things": 0.6}
SQUEEZED = 0.85  # of the batches of at most 64 tokens pass through the codec


class Loop:
    """One run: `advance` makes a step, `check` measures, `save` keeps it."""

    def __init__(self, a, model: Model, bank, targets: Targets, teacher, kept, val, texts):
        self.a, self.model, self.bank, self.targets, self.teacher = a, model, bank, targets, teacher
        self.kept, self.val, self.texts, self.note = kept, val, texts, {}
        self.shares, self.counts, self.steps = shares(a.shares), shares(a.counts, numbered=True), [float(s) for s in a.steps.split(",")]
        self.optimiser = torch.optim.AdamW(model.groups(a.rate, a.encoder_rate), lr=a.rate, betas=(0.9, 0.98))
        self.step, self.spent, self.cycle, self.seen, self.asked, self.best, self.since_best = 0, 0.0, (0.0, 60 * a.minutes), 0, 0, 0.0, 0
        self.rng = np.random.default_rng(a.seed)

    def state(self) -> dict:
        return self.model.state() | {
            "optimiser": self.optimiser.state_dict(), "step": self.step, "seconds": self.spent, "cycle": self.cycle, "seen": self.seen,
            "asked": self.asked, "best": self.best, "words": self.targets.vocabulary.words, "things": self.targets.names,
            "arguments": {k: str(v) for k, v in vars(self.a).items()}}

    def resume(self, state: dict):
        """Goes on from a checkpoint; a budget beyond a finished cycle's end opens the next one (a warm restart),
        one that differs from an unfinished one's moves its end."""
        if len(state["words"]) != len(self.targets.vocabulary.words) or state["things"] != self.targets.names:
            raise SystemExit("resuming: the checkpoint's words or things are not those of this data; name the same data sets")
        self.targets.vocabulary.adopt(state["words"])
        self.model.load(state)
        peaks = [g["peak"] for g in self.optimiser.param_groups]  # today's, not the checkpoint's
        if len(state["optimiser"]["param_groups"]) == len(peaks):
            self.optimiser.load_state_dict(state["optimiser"])
        else:
            print("resuming: the checkpoint's optimiser has other groups, so its moments begin anew", flush=True)
        for g, peak in zip(self.optimiser.param_groups, peaks):
            g["peak"] = peak
        self.step, self.spent = state["step"], state["seconds"]
        self.cycle = pace.reopened(tuple(state["cycle"]), self.spent, 60 * self.a.minutes)
        self.seen, self.asked, self.best = state["seen"], state["asked"], state["best"]
        self.rng = np.random.default_rng([self.a.seed, self.step])
        torch.manual_seed(self.a.seed + self.step)

    def factor(self) -> float:
        """Warm-up of a minute, then a cosine to one hundredth over the cycle."""
        return pace.cosine(self.spent, self.cycle, 60)

    def tally(self, key: str, value: float):
        self.note[key] = value if key not in self.note else 0.96 * self.note[key] + 0.04 * value

    def advance(self):
        for g in self.optimiser.param_groups:
            g["lr"] = g["peak"] * self.factor()
        loss = self.text_loss() if self.step % 25 == 24 else self.picture_loss()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        for g in self.optimiser.param_groups:
            nn.utils.clip_grad_norm_(g["params"], 1.0)
        self.optimiser.step()
        self.step += 1

    def text_loss(self):
        """The frozen base's own answers to plain questions, so that the adapter does not forget to talk."""
        pick = self.rng.permutation(len(self.texts))[:8]
        loss, _ = answer_loss(self.model.llama, self.model.prompter, None, [[self.texts[i]] for i in pick])
        self.tally("text", loss.item())
        return loss

    def picture_loss(self):
        a, m = self.a, self.model
        count = int(self.rng.choice(list(self.counts), p=np.array(list(self.counts.values())) / sum(self.counts.values())))
        batch = Batch(self.bank, self.rng, self.shares, a.pictures, a.per_picture + (2 if count == 256 else 0))
        with torch.set_grad_enabled(not a.still):
            tokens, cls = m.encode(batch.rgb)
        loss = 0.0 if a.still else self.heads_loss(batch, tokens, cls)
        few = a.pictures if count < 64 else 2 * a.pictures // 3 if count == 64 else max(1, a.pictures // 2)
        seen = cluster.dpc_knn(tokens[:few], count) if count < 256 else tokens[:few]
        if count < 256 and self.rng.random() < SQUEEZED:
            m.codec.train(not a.still)  # rounds where it stands still, as the sender will
            seen, cost, rate = squeeze(m.codec, seen, float(self.rng.choice(self.steps)))
            loss = loss if a.still else loss + cost
            self.tally("bits", rate)
        rows = batch.rows[:few]
        answers, right = answer_loss(m.llama, m.prompter, m.projector(seen), rows)
        self.tally("answers", answers.item())
        self.tally("hit", 100 * float(right.float().mean()))
        self.seen += len(batch.items)
        self.asked += sum(map(len, rows))
        return loss + answers

    def heads_loss(self, batch, tokens, cls):
        """The heads' losses on the photographs of a batch; canvases have no class and no captions."""
        at = [i for i, item in enumerate(batch.items) if item is not None]
        if not at:
            return tokens.sum() * 0
        items, t = [batch.items[i] for i in at], self.targets
        if self.step < self.a.warm:
            tokens, cls = tokens.detach(), cls.detach()
        taught = self.teacher(batch.rgb[at]) if self.step % 2 == 0 else None  # a teacher costs a tenth of a step
        found = self.model.heads.losses(
            tokens[at], cls[at], taught, torch.tensor([t.label(i) for i in items]),
            torch.stack([t.words(i) for i in items]), torch.stack([t.things(i) for i in items]))
        for k, v in found.items():
            self.tally(k, v.item())
        return sum(LOSSES[k] * v for k, v in found.items())

    @torch.no_grad()
    def check(self, quick: bool = False) -> dict:
        """Every check at 16 clusters (step 1.1); presence also at all 256 tokens and at 8 clusters (step 1.7)."""
        m, out = self.model.eval(), {}

        def at(count, step):
            def answer(tokens, rows):
                seen = cluster.dpc_knn(tokens, count) if count < 256 else tokens
                if step:
                    seen, _ = m.codec(seen, step)
                return answer_loss(m.llama, m.prompter, m.projector(seen), rows)[1]
            return answer

        for name, check in self.kept.items():
            if not check.rows:
                continue
            rgb = pixels(np.stack(check.pictures))
            tokens = torch.cat([m.encode(rgb[i:i + 24])[0] for i in range(0, len(rgb), 24)])
            points = {"c16": (16, 1.1)}
            if name == "pope" or not quick:
                points |= {"256": (256, None)} | ({} if quick else {"c8-coarse": (8, 1.7)})
            for point, (count, step) in points.items():
                out[f"{name} {point}"] = checks.summary(name, checks.ask(at(count, step), tokens, check))
        pictures, labels = self.val
        hits = []
        for i in range(0, len(labels), 24):
            found = m.heads.classes(*m.encode(pixels(pictures[i:i + 24]))).argmax(1)
            hits += [a == b for a, b in zip(found.tolist(), labels[i:i + 24].tolist())]
        out["classes"] = {"top-1 of 1,000": 100 * float(np.mean(hits))}
        m.train()
        return out

    def report(self, quick: bool = True):
        begun, found = time.time(), self.check(quick)
        for name, values in found.items():
            print(f"check step {self.step} {name}: " + ", ".join(f"{k} {v:.1f}" for k, v in values.items()), flush=True)
        score = float(checks.score(found))  # a numpy scalar would keep the checkpoint from loading
        print(f"check step {self.step}: score {score:.1f} (best {self.best:.1f}), {time.time() - begun:.0f} s", flush=True)
        self.since_best += 1
        if score > self.best and self.step:
            self.best, self.since_best = score, 0
            pace.keep(self.model.state() | {"step": self.step, "score": score}, self.a.work / f"{self.a.out}-best.pt")

    def line(self):
        note = " ".join(f"{k} {v:.2f}" for k, v in self.note.items())
        print(f"{time.strftime('%H:%M', time.gmtime())} min {self.spent / 60:.1f} step {self.step} pictures {self.seen} "
              f"questions {self.asked} rate {self.factor():.2f} {note}", flush=True)


def pixels(pictures) -> torch.Tensor:
    """uint8 [N,224,224,3] of numpy -> [N,3,224,224] where the networks are."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).to(torch.get_default_device())
