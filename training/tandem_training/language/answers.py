"""Questions and answers as rows of tokens: the projector in front of the language model, the chat form, and the answers' loss.

The questions of one picture share its visual prefix and do not see each other.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from tqdm import tqdm

from . import llama

TEXT_ONLY = [line for line in (Path(__file__).parent / "text_only.txt").read_text().splitlines() if line]


class Projector(nn.Module):
    """Tokens [..,384] -> language embeddings [..,576]: LayerNorm, linear, GELU, linear (docs/methods.md)."""

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
