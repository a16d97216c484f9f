"""`patches-device`: the device's classifier, at most 6 M parameters, cut out of the base encoder and distilled.

Some of the encoder's layers with the heads and neurons that matter most (patches/narrow.py) learn the teachers' classes (KL),
the labels where there are some, and, by two linear maps that are dropped afterwards, the whole encoder's tokens: the means of
4x4 cells from the layer before the last, the class token from the last.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from ...encoder import vit
from ...patches import choice, narrow
from ...patches.network import PatchVit, cut
from . import run as patches_run
from .data import cells

MOST = 6_000_000


class Mimic(nn.Module):
    """Linear maps from the small network's tokens to the whole encoder's."""

    def __init__(self, width: int):
        super().__init__()
        self.norm, self.cells, self.cls = nn.LayerNorm(width), nn.Linear(width, vit.WIDTH), nn.Linear(width, vit.WIDTH)

    def forward(self, tokens, cls):
        """tokens [B,N,W] before the last layer, class token [B,W] -> [B,17,C]."""
        found = cells(self.norm(tokens), cls)
        return torch.cat([self.cls(found[:, :1]), self.cells(found[:, 1:])], 1)


class Device(patches_run.Run):
    """Learns whole pictures."""

    kinds = ("all",)

    def rows(self, rgb):
        """(tokens before the last layer, last layer's rows), float32."""
        with self.half():
            before = self.net.layers(self.net.embed(self.patches(rgb)), 0, len(self.net.blocks) - 1)
            return before.float(), self.net.layers(before, len(self.net.blocks) - 1).float()

    def loss(self, items, views, rgb):
        before, x = self.rows(rgb)
        logits, label = self.net.classes(x), self.photographs.labels(items)
        kl = F.kl_div(F.log_softmax(logits, 1), self.taught.logits(items, views, rgb), reduction="batchmean", log_target=True)
        wanted = self.taught.tokens(items, views, rgb)
        tokens = F.mse_loss(self.extra(before[:, 1:], self.net.norm(x)[:, 0]), wanted) / wanted.var().clamp_min(1e-3)
        loss, known = kl + self.a.tokens * tokens, label >= 0
        for key, value in (("KL", kl), ("tokens", tokens)):
            self.tally(key, value.item())
        if known.any():
            right = F.cross_entropy(logits[known], label[known])
            self.tally("labels", right.item())
            loss = loss + self.a.known * right * known.float().mean()
        return loss

    def logits(self, rgb, kinds):
        return {"all": self.net.classes(self.rows(rgb)[1])}

    def sure(self, eta: float = 0.8):
        """How many kept pictures the device would answer itself, and how often it is right there."""
        for items, said, found in self.kept_logits(self.kinds):
            p, label = choice.probabilities(found["all"].numpy(), self.temperature), self.photographs.labels(items)
            truth = (label if (label >= 0).all() else said.argmax(1)).numpy()
            at = choice.answers_itself(p, eta)
            right = (p.argmax(1) == truth)[at].mean() if at.any() else 0
            print(f"eta {eta} {self.photographs.sets[items[0][0]].name}: answers {100 * at.mean():.1f} % itself, of them {100 * right:.1f} % right")


def arguments():
    p = patches_run.arguments("patches-device", __doc__)
    p.add_argument("--layers", default="0,2,4,6,9,11", help="of the base encoder, the first is 0")
    p.add_argument("--heads", type=int, default=6, help="kept of each layer")
    p.add_argument("--neurons", type=int, default=352, help="kept of each MLP")
    p.add_argument("--pooled", type=int, default=1, choices=(1, 2), help="class token alone, or with the mean token")
    p.add_argument("--tokens", type=float, default=0.5, help="weight of the whole encoder's tokens")
    p.add_argument("--sample", type=int, default=64, help="photographs that heads and neurons are weighed on")
    return p


def small(a, base: PatchVit, photographs) -> PatchVit:
    """The cut network; where a run goes on, one of its shape, whose weights the checkpoint brings."""
    layers = [int(i) for i in a.layers.split(",")]
    net = PatchVit(base.shape._replace(layers=len(layers), heads=a.heads, inner=a.neurons, pooled=a.pooled))
    count = narrow.parameters(net)
    print(f"{len(layers)} layers, {a.heads} heads, {a.neurons} neurons: {count / 1e6:.2f} M parameters", flush=True)
    if count > MOST:
        raise SystemExit(f"cutting the device's classifier: found [{count}] parameters, needed at most {MOST}; take fewer layers, heads or neurons")
    if (a.work / f"{a.out}.pt").exists():
        return net
    items = photographs.draw(np.random.default_rng(a.seed), a.sample, None)
    rgb = photographs.rgb(items, [0] * len(items))
    return narrow.narrowed(base, layers, a.heads, a.neurons, a.pooled, cut(vit.normalise(rgb), base.shape.patch))


def main(argv=None):
    a = arguments().parse_args(argv)
    photographs, taught, base = patches_run.started(a, tokens=True)
    net = small(a, base, photographs)
    mimic = Mimic(net.shape.width)
    head = set(net.head.parameters())
    groups = [{"params": [p for p in net.parameters() if p not in head], "peak": a.rate},
              {"params": [*head], "peak": a.head_rate}, {"params": list(mimic.parameters()), "peak": a.head_rate}]
    run = Device(a, net, mimic, groups, photographs, taught)
    run.resume()
    run.train()
    run.sure()


if __name__ == "__main__":
    main()
