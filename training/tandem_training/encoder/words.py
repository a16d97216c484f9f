"""Words of captions and answers as targets for the encoder: what people say of a photograph, its tokens should hold.

A photograph's target is a distribution over a vocabulary of content words: those of its captions and one-word answers,
rare words weighing more (inverse document frequency). Positives only, so that a photograph with few words is no
evidence against the others; the loss is the cross-entropy of a softmax over the vocabulary, as for hashtags (Mahajan
et al., 2018). Read once from the picture's class and mean token, and once from the tokens, softly the loudest one.
"""

import math
import re
from collections import Counter

import torch
import torch.nn.functional as F
from torch import nn

from ..common import photos
from . import vit

STOP = set("""a an the is are was were be what where when why how many much color colour kind type picture photo image object objects can could
would should doing used made there's side taken have any will most likely shown seen seem appear main few thing things is been being am of in on at to with and or for from by as it its his her their
there this that these those he she they them him who which what while up down out off over into onto near next through
has have had do does did not no yes some one two three four five six very other another each all both it's you your we
are's something someone around about behind front under between looking sitting standing holding wearing""".split())


def split(text: str) -> list[str]:
    return [w for w in re.findall(r"[a-z]+", text.lower().replace("_", " ")) if len(w) > 2 and w not in STOP]


def said(question: str, answer: str) -> str:
    """What a question and its answer say of a picture: a question answered no may speak of what is not there."""
    return "" if answer == "no" else f"{question} {answer}"


def of_source(source: photos.Source) -> dict[str, set[str]]:
    """Words of each picture (by file name) of a source, from its train tables; pictures without words are left out."""
    out: dict[str, set[str]] = {}
    for table in ("captions.tsv", "train-captions.tsv", "train.tsv"):
        if table not in source.names:
            continue
        for row in source.table(table):
            found = set(split(row.get("caption") or said(row["question"], row["answer"])))
            if found:
                out.setdefault(photos.base_name(row["image"]), set()).update(found)
    return out


class Vocabulary:
    """The commonest words over all pictures, with their weights; words that are equally common stand in the order of the alphabet."""

    def __init__(self, pictures: list[dict[str, set[str]]], size: int = 800, least: int = 8):
        self.count = Counter(w for p in pictures for found in p.values() for w in found)
        self.total = sum(len(p) for p in pictures)
        common = sorted(self.count.items(), key=lambda item: (-item[1], item[0]))[:size]
        self.adopt([w for w, n in common if n >= least])

    def adopt(self, words: list[str]):
        """Takes the words in this order, a checkpoint's for one."""
        self.words, self.index = list(words), {w: i for i, w in enumerate(words)}
        self.weight = torch.tensor([math.log(self.total / max(1, self.count[w])) for w in words])

    def target(self, found: set[str]) -> torch.Tensor:
        """Distribution [V], or zeros where no word is known."""
        out = torch.zeros(len(self.words))
        at = [self.index[w] for w in found if w in self.index]
        if at:
            out[at] = self.weight[at]
            out /= out.sum()
        return out


class WordHead(nn.Module):
    """(patch tokens [B,N,C], class token [B,C]) -> word logits of the whole [B,V] and of the loudest tokens [B,V]."""

    def __init__(self, words: int, width: int = vit.WIDTH):
        super().__init__()
        self.whole = nn.Linear(2 * width, words)
        self.token = nn.Linear(width, words)

    def forward(self, tokens, cls):
        return self.whole(torch.cat([cls, tokens.mean(1)], 1)), torch.logsumexp(self.token(tokens), 1)

    def loss(self, tokens, cls, target):
        """Mean cross-entropy over the pictures that have words; target [B,V]."""
        known = target.sum(1) > 0
        if not known.any():
            return tokens.sum() * 0
        logits = self(tokens[known], cls[known])
        return sum(-(target[known] * F.log_softmax(z, 1)).sum(1).mean() for z in logits) / 2
