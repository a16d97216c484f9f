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
from ..encoder import vit, words
from ..questions import scenes

FROZEN_BLOCKS = 4
CANVAS_SIDE = 8  # tokens a side of a canvas step: 112 px, so that half a canvas is four tokens


class ClassHead(nn.Module):
    """(patch tokens [B,N,C], class token [B,C]) -> logits [B,1000]."""

    def __init__(self, width: int = vit.WIDTH, classes: int = 1000):
        super().__init__()
        self.linear = nn.Linear(2 * width, classes)

    def forward(self, tokens, cls):
        return self.linear(torch.cat([cls, tokens.mean(1)], 1))


class LocalHead(nn.Module):
    """Per-token targets: own class of the cell a token lies in [..,10], own row and column in [-1/2,1/2] [..,2]."""

    def __init__(self, width: int = vit.WIDTH, classes: int = 10):
        super().__init__()
        self.cell = nn.Linear(width, classes)
        self.place = nn.Linear(width, 2)

    def place_loss(self, tokens, side: int):
        line = torch.linspace(-0.5, 0.5, side)
        grid = torch.stack(torch.meshgrid(line, line, indexing="ij"), -1).view(1, side * side, 2)
        return 4 * F.mse_loss(self.place(tokens), grid.expand(len(tokens), -1, -1))

    def cell_loss(self, tokens, layouts, side: int):
        """tokens [B,side*side,C]; layouts: (layout, cells, labels) a canvas."""
        grid, half, means, truth = tokens.view(len(tokens), side, side, -1), side // 2, [], []
        for i, (layout, cells, labels) in enumerate(layouts):
            for cell, label in zip(cells, labels):
                r, c, h, w = scenes.LAYOUTS[layout][cell][0]
                part = grid[i, r * half:(r + h) * half, c * half:(c + w) * half]
                means.append(part.mean((0, 1)))
                truth.append(label)
        return F.cross_entropy(self.cell(torch.stack(means)), torch.tensor(truth))


def training_pictures(source, said, cache, limit):
    """(names, pictures): those under train/; where there is no such folder, those that the train tables speak of."""
    if source.pictures("train/"):
        return photos.load(source, "train/", cache, limit)
    names, pictures = photos.load(source, "", cache, limit)
    pick = np.array([i for i, n in enumerate(names) if photos.base_name(n) in said])
    return [names[i] for i in pick], pictures[pick]


def canvas_batch(rng, pictures, labels, n: int, px: int):
    """n canvases at px and their (layout, cells, labels)."""
    out, layouts = [], []
    for _ in range(n):
        layout, cells, picks = scenes.draw(rng, labels)
        c = torch.from_numpy(scenes.compose(layout, cells, [pictures[i] for i in picks])).permute(2, 0, 1)[None].float()
        out.append(F.interpolate(c, size=(px, px), mode="bilinear", antialias=True))
        layouts.append((layout, cells, [int(labels[i]) for i in picks]))
    return torch.cat(out), layouts


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


class Teacher:
    """MobileNetV2, 1,000 classes, by ONNX Runtime. rgb [B,3,224,224] 0..255 -> logits [B,1000]."""

    def __init__(self, file: Path, threads: int):
        import onnxruntime as ort
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = ort.InferenceSession(str(file), options)
        self.input = self.session.get_inputs()[0].name

    def __call__(self, rgb):
        return torch.from_numpy(self.session.run(None, {self.input: (rgb / 127.5 - 1).numpy()})[0])


@torch.no_grad()
def pooled(net, pictures, batch: int = 32, px: int = 224, desc: str = "probe"):
    """[N, 2C] class token and mean patch of each picture."""
    out = []
    for i in tqdm(range(0, len(pictures), batch), desc=desc, mininterval=5):
        rgb = torch.from_numpy(np.ascontiguousarray(pictures[i:i + batch])).permute(0, 3, 1, 2)
        if px != 224:
            rgb = F.interpolate(rgb.float(), size=(px, px), mode="bilinear", antialias=True)
        tokens, cls = net(vit.normalise(rgb))
        out.append(torch.cat([cls, tokens.mean(1)], 1))
    return torch.cat(out)


def ridge_probe(train_x, train_y, val_x, val_y, penalty: float = 10.0) -> float:
    """Accuracy in percent of a ridge classifier on standardised features."""
    mean, dev = train_x.mean(0), train_x.std(0) + 1e-6
    a = torch.cat([(train_x - mean) / dev, torch.ones(len(train_x), 1)], 1).double()
    b = torch.cat([(val_x - mean) / dev, torch.ones(len(val_x), 1)], 1).double()
    target = F.one_hot(train_y).double() * 2 - 1
    w = torch.linalg.solve(a.T @ a + penalty * torch.eye(a.shape[1], dtype=a.dtype), a.T @ target)
    return 100 * float(((b @ w).argmax(1) == val_y).float().mean())


def probe(net, train, val, n_train: int, n_val: int, px: int = 224) -> float:
    """Linear probe on seeded subsets of (classes, pictures) pairs."""
    rng = np.random.default_rng(0)
    parts = []
    for (y, x), n, desc in ((train, n_train, "probe train"), (val, n_val, "probe val")):
        pick = np.sort(rng.permutation(len(y))[:n])
        parts += [pooled(net, x[pick], px=px, desc=desc), torch.from_numpy(y[pick])]
    return ridge_probe(*parts)


def main(argv=None):
    p = argparse.ArgumentParser(prog="tandem-training distill", description=__doc__)
    p.add_argument("--work", type=Path, required=True, help="folder with encoder.pt from `base`; results go there")
    p.add_argument("--classes", type=Path, required=True, help="ZIP or folder, train/<wnid>/* and val/<wnid>/*")
    p.add_argument("--photos", type=Path, nargs="*", default=[], help="more photographs (train/*), with captions or questions where there are tables")
    p.add_argument("--teacher", type=Path, required=True, help="MobileNetV2 ONNX, 1,000 classes in sorted-wnid order")
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
    a = p.parse_args(argv)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = np.random.default_rng(a.seed)

    classes = photos.Source(a.classes)
    cache = a.work / "pictures"
    names, labelled = photos.load(classes, "train/", cache, a.limit)
    val_names, val = photos.load(classes, "val/", cache, a.limit)
    folders = sorted({n.split("/")[1] for n in names})
    label = np.array([folders.index(n.split("/")[1]) for n in names])
    val_label = np.array([folders.index(n.split("/")[1]) for n in val_names])
    index = np.array([int(i) for i in a.wnid_index.split(",")])
    more = [photos.Source(s) for s in a.photos]
    said = [words.of_source(s) for s in more]
    loaded = [training_pictures(s, w, cache, a.limit) for s, w in zip(more, said)]
    vocabulary = words.Vocabulary(said)
    nothing = torch.zeros(len(vocabulary.words))
    pools = [labelled] + [pictures for _, pictures in loaded]
    targets = [None] + [[vocabulary.target(w.get(photos.base_name(n), set())) for n in names]
                        for (names, _), w in zip(loaded, said)]
    size = np.sqrt([len(pool) for pool in pools[1:]])
    share = np.array([a.labelled, *((1 - a.labelled) * size / size.sum())] if len(size) else [1.0])

    net, head, local, spoken = vit.Vit(), ClassHead(), LocalHead(), words.WordHead(len(vocabulary.words))
    net.load_state_dict(torch.load(a.start)["encoder"] if a.start else torch.load(a.work / "encoder.pt"))
    file = a.work / "encoder-mended.pt"
    state = torch.load(file) if file.exists() else {"step": 0, "seconds": 0.0}
    if "encoder" in state:
        net.load_state_dict(state["encoder"])
    if a.probe_only:  # needs no --photos, so not the words that were learned from them either
        print(f"probe {probe(net.eval(), (label, labelled), (val_label, val), *a.probe):.1f} %")
        return
    if "encoder" in state:
        head.load_state_dict(state["head"])
        local.load_state_dict(state["local"])
        spoken.load_state_dict(state["words"])
    for part in (net.patch, *net.blocks[:FROZEN_BLOCKS]):
        part.requires_grad_(False)
    for q in (net.cls, net.pos, net.pos_cls):
        q.requires_grad_(False)
    optimiser = torch.optim.AdamW([
        {"params": [q for q in net.parameters() if q.requires_grad], "peak": a.rate},
        {"params": [*head.parameters(), *local.parameters(), *spoken.parameters()], "peak": 1.5e-3}], lr=a.rate, weight_decay=0.02)
    if "optimiser" in state:
        optimiser.load_state_dict(state["optimiser"])
    teacher = Teacher(a.teacher, a.threads)
    step, spent, saved = state["step"], state["seconds"], time.time()
    budget = a.minutes * 60
    note = {}
    bar = tqdm(total=100, desc="distill", mininterval=10, bar_format="{l_bar}{bar}| {elapsed}<{remaining} {postfix}")

    def save():
        part = file.with_suffix(".part")
        torch.save({"encoder": net.state_dict(), "head": head.state_dict(),
                    "local": local.state_dict(), "words": spoken.state_dict(), "optimiser": optimiser.state_dict(),
                    "step": step, "seconds": spent}, part)
        part.rename(file)

    while spent < budget:
        begun = time.time()
        done = spent / budget
        factor = min(1, (step + 1) / 50) * (0.5 + 0.5 * math.cos(math.pi * done))
        for g in optimiser.param_groups:
            g["lr"] = g["peak"] * max(factor, 0.01)
        canvas = step % 4 == 3
        side = CANVAS_SIDE if canvas else a.px // vit.PATCH
        if canvas:
            small, layouts = canvas_batch(rng, labelled, label, a.batch, side * vit.PATCH)
        else:
            which = rng.choice(len(pools), size=a.batch, p=share)
            items = [int(rng.integers(len(pools[w]))) for w in which]
            small, large = crop_batch([pools[w][i] for w, i in zip(which, items)], rng, a.px)
            target = F.softmax(teacher(large), 1)
        with torch.no_grad():
            x = net.embed(vit.normalise(small), net.positions(side, side))
            for block in net.blocks[:FROZEN_BLOCKS]:
                x = block(x)
        for block in net.blocks[FROZEN_BLOCKS:]:
            x = block(x)
        x = net.norm(x)
        loss = local.place_loss(x[:, 1:], side)
        if canvas:
            cell = local.cell_loss(x[:, 1:], layouts, side)
            loss = loss + cell
            note["cell"] = cell.item()
        else:
            logits = head(x[:, 1:], x[:, 0])
            kl = F.kl_div(F.log_softmax(logits, 1), target, reduction="batchmean")
            loss = loss + kl
            word = spoken.loss(x[:, 1:], x[:, 0], torch.stack([targets[w][i] if w else nothing
                                                               for w, i in zip(which, items)]))
            loss = loss + a.words * word
            note["words"] = word.item() if "words" not in note else 0.98 * note["words"] + 0.02 * word.item()
            known = torch.from_numpy(which == 0)
            if known.any():
                truth = torch.from_numpy(index[label[[i for w, i in zip(which, items) if w == 0]]])
                loss = loss + 0.5 * F.cross_entropy(logits[known], truth) * known.float().mean()
            note["KL"] = kl.item() if "KL" not in note else 0.98 * note["KL"] + 0.02 * kl.item()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        spent += time.time() - begun
        bar.n = round(100 * spent / budget, 1)
        bar.set_postfix_str(f"step {step} " + " ".join(f"{k} {v:.3f}" for k, v in note.items()))
        if time.time() - saved > 180:
            save()
            saved = time.time()
    save()
    bar.close()
    net.eval()
    print(f"samples {step * a.batch}, " + " ".join(f"{k} {v:.3f}" for k, v in note.items()))
    print(f"probe at 224 px: {probe(net, (label, labelled), (val_label, val), *a.probe):.1f} % "
          f"({a.probe[0]} train, {a.probe[1]} val photographs)")


if __name__ == "__main__":
    main()
