"""What the encoder's tokens are asked for directly while it trains: classes, words, things. All read the tokens as they are.

Each head reads class token and mean patch token [B,2C]; words and things also read the loudest patch token, so that small
things count. `losses` gives each head's loss; the class head (linear [768] -> [1000]) is kept as part of the encoder.
"""

import torch
import torch.nn.functional as F
from torch import nn

from . import vit
from .words import WordHead


class ClassHead(nn.Module):
    """(patch tokens [B,N,C], class token [B,C]) -> logits [B,1000]."""

    def __init__(self, width: int = vit.WIDTH, classes: int = 1000):
        super().__init__()
        self.linear = nn.Linear(2 * width, classes)

    def forward(self, tokens, cls):
        return self.linear(torch.cat([cls, tokens.mean(1)], 1))


class Heads(nn.Module):
    """The three heads together. Targets of a picture: words [V] (zeros: unknown), things [K] with 1, 0 or -1 (unknown)."""

    def __init__(self, words: int, things: int, width: int = vit.WIDTH):
        super().__init__()
        self.classes = ClassHead(width)
        self.words = WordHead(words, width)
        self.things = WordHead(things, width)

    def things_loss(self, tokens, cls, target):
        """Present and absent things weigh the same, however many there are of each; -1 weighs nothing."""
        total = tokens.sum() * 0
        for logits in self.things(tokens, cls):
            for value, sign in ((1, -1), (0, 1)):
                at = target == value
                if at.any():
                    total = total + F.softplus(sign * logits[at]).mean() / 4
        return total

    def losses(self, tokens, cls, teacher, label, words, things) -> dict[str, torch.Tensor]:
        """teacher: log-probabilities [B,1000] or None; label: class number of the 1,000 [B], -1 where unknown."""
        out = {}
        if teacher is not None:
            logits, known = self.classes(tokens, cls), label >= 0
            out["KL"] = F.kl_div(F.log_softmax(logits, 1), teacher, reduction="batchmean", log_target=True)
            if known.any():
                out["KL"] = out["KL"] + 0.5 * F.cross_entropy(logits[known], label[known]) * known.float().mean()
        out["words"] = self.words.loss(tokens, cls, words)
        out["things"] = self.things_loss(tokens, cls, things)
        return out


@torch.no_grad()
def _pooled(encode, rgb, batch: int = 32):
    out = []
    for i in range(0, len(rgb), batch):
        tokens, cls = encode(rgb[i:i + batch])
        out.append(torch.cat([cls, tokens.mean(1)], 1))
    return torch.cat(out)


def warm(head: ClassHead, encode, teacher, rgb, steps: int = 300, batch: int = 256):
    """Fits a fresh class head to the teacher on whole pictures rgb uint8 [N,3,224,224], the encoder left alone."""
    x = _pooled(encode, rgb)
    y = torch.cat([teacher(rgb[i:i + 32].float()) for i in range(0, len(rgb), 32)])
    optimiser = torch.optim.AdamW(head.parameters(), lr=3e-3, weight_decay=0.05)
    for step in range(steps):
        for g in optimiser.param_groups:
            g["lr"] = 3e-3 * (1 - step / steps)
        pick = torch.randint(len(x), (batch,))
        loss = F.kl_div(F.log_softmax(head.linear(x[pick]), 1), y[pick], reduction="batchmean", log_target=True)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return float(loss.detach())
