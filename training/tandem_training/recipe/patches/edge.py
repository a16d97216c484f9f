"""`patches-edge`: the edge's classifier, the base encoder with a class head that answers from any of a picture's patches.

Every step shows some of each picture's patches, as many as `--counts` says: half of the steps drawn at random, half (with --guide)
those that the device's classifier looks at most. It learns the teachers' classes (KL) of the whole picture and the labels where
there are some. The last `--layers` layers of the encoder learn too; with 0 only the head does, and the pack stores the
encoder once.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from ...common.shares import shares
from ...patches.network import PatchVit
from . import run as patches_run


class Edge(patches_run.Run):
    """Learns subsets; the layers below `frozen` run without gradients."""

    kinds = ("48", "128", "all")

    def __init__(self, *arguments, frozen: int, guide: PatchVit | None, counts: dict[int, float]):
        super().__init__(*arguments)
        self.frozen, self.guide, self.counts = frozen, guide, counts

    @torch.no_grad()
    def looked(self, patches, count: int):
        """The places that the device looks at most, rising [B,count]; without a guide any."""
        if self.guide is None:
            draw = torch.rand(patches.shape[:2], generator=torch.Generator(self.a.device).manual_seed(self.step))
        else:
            with self.half():
                draw = self.guide.attention(patches).float().mean(1)
        return draw.topk(count, 1).indices.sort(1).values

    def some(self, patches, count: int, guided: bool):
        """(patches, places)"""
        if guided:
            at = self.looked(patches, count)
        else:
            at = torch.rand(patches.shape[:2]).topk(count, 1).indices.sort(1).values
        return patches.gather(1, at[..., None].expand(-1, -1, patches.shape[2])), at

    def classes(self, patches, at):
        with self.half():
            with torch.no_grad():
                x = self.net.layers(self.net.embed(patches, at), 0, self.frozen)
            x = self.net.layers(x, self.frozen)
        return self.net.classes(x.float())

    def loss(self, items, views, rgb):
        share = np.array([*self.counts.values()])
        count = int(self.rng.choice([*self.counts], p=share / share.sum()))
        some = self.some(self.patches(rgb), count, self.guide is not None and self.rng.random() < 0.5)
        logits, label = self.classes(*some), self.photographs.labels(items)
        loss = F.kl_div(F.log_softmax(logits, 1), self.taught.logits(items, views, rgb), reduction="batchmean", log_target=True)
        self.tally(f"KL at {count}", loss.item())
        known = label >= 0
        if known.any():
            right = F.cross_entropy(logits[known], label[known])
            self.tally("labels", right.item())
            loss = loss + self.a.known * right * known.float().mean()
        return loss

    def logits(self, rgb, kinds):
        patches, out = self.patches(rgb), {}
        for kind in kinds:
            count = patches.shape[1] if kind == "all" else int(kind)
            out[kind] = self.classes(*self.some(patches, count, True))
        return out


def arguments():
    p = patches_run.arguments("patches-edge", __doc__)
    p.add_argument("--layers", type=int, default=0, help="of the encoder that learn too, the last ones (0: only the head)")
    p.add_argument("--layer-rate", type=float, default=3e-5, help="their peak learning rate")
    p.add_argument("--counts", default="256=.2,160=.3,96=.3,48=.2", help="patches shown and their shares")
    p.add_argument("--guide", type=Path, help="checkpoint of `patches-device`, whose attention chooses patches")
    return p


def main(argv=None):
    a = arguments().parse_args(argv)
    photographs, taught, net = patches_run.started(a, tokens=False)
    frozen = len(net.blocks) - a.layers
    net.requires_grad_(False)
    learning = [*net.blocks[frozen:], *([net.norm] if a.layers else [])]
    for part in (*learning, net.head):
        part.requires_grad_(True)
    groups = [{"params": list(net.head.parameters()), "peak": a.head_rate}]
    if learning:
        groups.append({"params": [p for part in learning for p in part.parameters()], "peak": a.layer_rate})
    guide = patches_run.load(a.guide)[0].to(a.device) if a.guide else None
    run = Edge(a, net, nn.Module(), groups, photographs, taught, frozen=frozen, guide=guide, counts=shares(a.counts, numbered=True))
    run.resume()
    run.train()


if __name__ == "__main__":
    main()
