"""`lmm`: train projector and LoRA adapter on the tokens that will arrive.

Each batch draws a cluster count (8, 16, 32, 64 or all 256), several pictures and several questions a picture; the
questions of one picture share its visual prefix and do not see each other. With a trained codec the tokens pass
through it (rounded as the sender will round them), so that the adapter learns what quantisation leaves. Text-only
questions with the base model's own answers keep it the model it was. Checkpointed, resumes, stops at a time budget.
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
from tqdm import tqdm

from ..language import llama
from ..tofc import codec
from . import cached

TEXT_ONLY = [line for line in (Path(__file__).parent / "text_only.txt").read_text().splitlines() if line]


class Projector(nn.Module):
    """Tokens [..,384] -> language embeddings [..,576]: LayerNorm, linear, GELU, linear (spec base model facts)."""

    def __init__(self, width: int = 384, inner: int = 1152, hidden: int = 576, deviation: float = 0.136):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, hidden)
        with torch.no_grad():  # start at three times the embeddings' deviation
            self.fc2.weight.mul_(3 * deviation / (self.fc2.weight.std() * inner ** 0.5 * 0.6))

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(self.norm(x))))


class Prompter:
    """Token ids of the chat form; one instance a process."""

    def __init__(self, words):
        self.words = words
        self.prefix, self.separator, self.suffix = map(self.ids, (llama.PREFIX, llama.SEPARATOR, llama.SUFFIX))

    def ids(self, text: str) -> list[int]:
        return self.words.encode(text, add_special_tokens=False).ids

    def segment(self, question: str, answer: str) -> tuple[list[int], list[int]]:
        """(ids of question and suffix, ids of answer with end of turn)"""
        return self.ids(question) + self.suffix, self.ids(answer) + [llama.STOP[0]]


def assemble(net, prompter, visual, rows):
    """One row of all pictures' prompts back to back, what may see what, and where answers are predicted.

    visual [P,n,H] or None; rows: P lists of (question, answer). Returns embeds [1,T,H], groups, at bool [1,T],
    target [m], weight [m] (each answer weighs the square root of its length), owner [m] question number.
    """
    ids, image, at, groups = [], [], [], []
    target, weight, owner, number = [], [], [], 0
    n = visual.shape[1] if visual is not None else 0

    def put(tokens, is_image=False):
        ids.extend(tokens)
        image.extend([is_image] * len(tokens))

    for row in rows:
        put(prompter.prefix)
        if visual is not None:
            put([0] * n, True)
            put(prompter.separator)
        prefix, parts = len(prompter.prefix) + (n + len(prompter.separator) if visual is not None else 0), []
        for q, a in (prompter.segment(*r) for r in row):
            at.extend(range(len(ids) + len(q) - 1, len(ids) + len(q) + len(a) - 1))
            put(q + a)
            parts.append(len(q) + len(a))
            target += a
            weight += [len(a) ** -0.5] * len(a)
            owner += [number] * len(a)
            number += 1
        groups.append((prefix, parts))
        embeds = net.embed(torch.tensor([ids]))
    if n:
        place = torch.tensor([image])[..., None].expand_as(embeds)
        embeds = embeds.masked_scatter(place, visual.reshape(1, -1, visual.shape[2]).to(embeds.dtype))
    predicted = torch.zeros(1, len(ids), dtype=torch.bool)
    predicted[0, at] = True
    return embeds, llama.Groups(groups), predicted, torch.tensor(target), torch.tensor(weight), torch.tensor(owner)


def answer_loss(net, prompter, visual, rows):
    """(weighted next-token cross-entropy, exact match of each question under teacher forcing bool [Q])."""
    embeds, seen, at, target, weight, owner = assemble(net, prompter, visual, rows)
    logits = net.logits(net(embeds, seen, at=at)).float()
    loss = (F.cross_entropy(logits, target, reduction="none") * weight).sum() / weight.sum()
    wrong = torch.zeros(int(owner[-1]) + 1).index_add_(0, owner, (logits.argmax(1) != target).float())
    return loss, wrong == 0


class JointCodec:
    """The codec inside the language model's training: tokens as decoded, and what they cost.

    The cost is the spec's rate and error at the step drawn (bits a value plus error over the step's slope), scaled to
    stay beside an answer loss of about 1; the answers' own gradient comes through the decoded tokens.
    """

    WEIGHT = 0.25

    def __init__(self, trained, steps):
        self.codec, self.steps = trained.train(), steps

    def __call__(self, tokens, rng, note):
        step = float(rng.choice(self.steps))
        decoded, bits = self.codec(tokens, step)
        error = (decoded - tokens).square().mean()
        rate = bits.mean() / tokens[0].numel()
        note["bits/value"] = 0.97 * note.get("bits/value", rate.item()) + 0.03 * rate.item()
        return decoded, self.WEIGHT * (rate + error / codec.slope(step))

    def quantiser(self):
        """A copy as it stands, rounding as the sender will."""
        return codec.Quantiser(copy.deepcopy(self.codec), self.steps)


@torch.no_grad()
def text_answers(net, prompter, file: Path, most: int = 28):
    """[(question, the frozen base's greedy answer)], computed once and kept."""
    if file.exists():
        return [tuple(r) for r in json.loads(file.read_text())]
    ranks = [(m, m.rank) for m in net.modules() if isinstance(m, llama.Linear)]
    for m, _ in ranks:
        m.rank = 0
    rows = []
    for q in tqdm(TEXT_ONLY, desc="text-only answers"):
        ids = torch.tensor([prompter.prefix + prompter.ids(q) + prompter.suffix])
        out = net.generate(net.embed(ids), most)
        rows.append((q, prompter.words.decode([i for i in out if i not in llama.STOP])))
    for m, r in ranks:
        m.rank = r
    file.write_text(json.dumps(rows))
    return rows


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


def main(argv=None):
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
    p.add_argument("--out", default="lmm.pt")
    p.add_argument("--bf16", action="store_true", help="the language model's frozen weights and its products in bf16")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    shares = {k: float(v) for k, v in (i.split("=") for i in a.shares.split(","))}
    counts, odds = zip(*((int(k), float(v)) for k, v in (i.split("=") for i in a.counts.split(","))))
    sets = cached.load(a.work, a.coco, a.daquar, a.flickr, shares)
    prompter = Prompter(llama.tokenizer(a.work))
    net, projector = llama.Llama(llama.read(a.work), a.rank), Projector()
    file = a.work / a.out
    state = torch.load(file) if file.exists() else torch.load(a.start) if a.start else {}
    if state:
        net.load_adapter(state["adapter"])
        projector.load_state_dict(state["projector"])
    if a.bf16:
        net.to_bfloat16()
    optimiser = torch.optim.AdamW([
        {"params": list(net.parameters()), "peak": a.rate},
        {"params": list(projector.parameters()), "peak": 2.5 * a.rate}], lr=a.rate, weight_decay=0.01, betas=(0.9, 0.98))
    squeeze = joint = None
    if a.joint and not a.codec:
        p.error("--joint trains the codec that --codec names")
    if a.codec:
        steps = [float(s) for s in a.steps.split(",")]
        squeeze = codec.Quantiser(codec.load(a.codec), steps)
        if a.joint:
            joint = JointCodec(codec.load(a.codec), steps)
            if file.exists():
                joint.codec.load_state_dict(state["codec"])
            optimiser.add_param_group({"params": list(joint.codec.parameters()), "peak": 3e-4, "weight_decay": 0.0})
    step, spent = 0, 0.0
    if file.exists():
        optimiser.load_state_dict(state["optimiser"])
        step, spent = state["step"], state["seconds"]
    texts = text_answers(net, prompter, a.work / "text-only.json")
    rng = np.random.default_rng(a.seed + step)
    budget, saved, note, asked = a.minutes * 60, time.time(), {}, 0
    bar = tqdm(total=100, desc="lmm", mininterval=20, bar_format="{l_bar}{bar}| {elapsed} {postfix}")

    def save():
        part = file.with_suffix(".part")
        torch.save({"adapter": net.adapter(), "projector": projector.state_dict(), "optimiser": optimiser.state_dict(),
                    "step": step, "seconds": spent, **({"codec": joint.codec.state_dict()} if joint else {})}, part)
        part.rename(file)
        if joint:
            torch.save({"codec": joint.codec.state_dict(), "settings": joint.codec.settings},
                       file.with_name(f"{file.stem}-codec.pt"))

    while spent < budget:
        begun = time.time()
        factor = min(1, (step + 1) / 40) * (0.5 + 0.5 * math.cos(math.pi * min(1, spent / budget)))
        for g in optimiser.param_groups:
            g["lr"] = g["peak"] * max(factor, 0.01)
        if step % 25 == 24:
            pick = rng.permutation(len(texts))[:8]
            loss, right = answer_loss(net, prompter, None, [[texts[i]] for i in pick])
            name = "text"
        else:
            count = int(rng.choice(counts, p=np.array(odds) / sum(odds)))
            batch = cached.draw(rng, sets, a.pictures if count <= 64 else max(1, a.pictures // 3), a.per_picture)
            tokens, extra = torch.cat([s.features.get([i], count) for s, i, _ in batch]), 0.0
            if squeeze and count <= 64 and rng.random() < 0.85:
                if joint:
                    tokens, extra = joint(tokens, rng, note)
                else:
                    with torch.no_grad():
                        tokens = squeeze(tokens, rng)
            loss, right = answer_loss(net, prompter, projector(tokens), [r for _, _, r in batch])
            loss = loss + extra
            name = "loss"
            asked += len(right)
            note["hit"] = 0.98 * note.get("hit", 0) + 2 * float(right.float().mean())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([*net.parameters(), *projector.parameters()], 1.0)
        optimiser.step()
        note[name] = loss.item() if name not in note else 0.97 * note[name] + 0.03 * loss.item()
        step += 1
        spent += time.time() - begun
        bar.n = round(100 * spent / budget, 1)
        bar.set_postfix_str(f"step {step} asked {asked} " + " ".join(f"{k} {v:.2f}" for k, v in note.items()))
        if time.time() - saved > 300:
            save()
            saved = time.time()
        if step % 200 == 0:
            scores = validate(net, projector, prompter, sets, 16, joint.quantiser() if joint else squeeze)
            print("\n16 clusters: " + ", ".join(f"{k} {v:.1f} % of {n}" for k, (v, n) in scores.items()), flush=True)
    save()
    bar.close()
    squeeze = joint.quantiser() if joint else squeeze
    for count in (8, 16, 32):
        scores = validate(net, projector, prompter, sets, count, squeeze, 200)
        print(f"{count} clusters: " + ", ".join(f"{k} {v:.1f} % of {n}" for k, (v, n) in scores.items()), flush=True)


if __name__ == "__main__":
    main()
