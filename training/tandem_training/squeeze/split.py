"""A backbone cut in two for small pictures: front, reducer and scales on the device; expander and tail on the edge.

Cut where `bottleneck` cuts, behind the first stage of 14 x 14 (Convolutional). The backbone has learned from pictures of 224
pixels and up; its last map is to stay 7 x 7. So as many of its strides are set to 1 as the picture is halved: first the
stem's, which leaves all later maps as they were at scale 2, then the last ones'. The weights learn, from the pretrained ones
with their batch normalisation folded; but for the 5 x 5 depthwise ones, over whose gradients PyTorch 2.15 takes 30 times as long
in bf16. Reducer and expander begin as the principal components of the map at the cut.
"""

import torch
import torch.nn.functional as F
from torch import nn

from ..bottleneck.backbones import Convolutional
from ..bottleneck.factorised import FactorisedPrior
from ..encoder.teacher import EfficientNetLite

CHANNELS = 48
STEP = 1.6  # of a symbol at the start, in mean deviations of a channel of the map


def fitted(net: EfficientNetLite, scale: int) -> int:
    """Sets strides for pictures of 1/scale of the size; returns the cut, in front of which block."""
    cut = Convolutional(net).cut
    last = [i for i, block in enumerate(net.blocks) if block[3] == 2][::-1]
    if scale > 1:
        net.stem_stride = 1
    for i in last[:max(0, scale.bit_length() - 2)]:
        net.blocks[i] = (*net.blocks[i][:3], 1)
    return cut


class Split(nn.Module):
    """`net`: a network of its own, in float32. Small picture 0..1 [B,3,h,w] -> latent [B,C,h/8,w/8] (scale 1: h/16)."""

    def __init__(self, net: EfficientNetLite, scale: int, most: int = CHANNELS):
        super().__init__()
        self.cut, self.scale = fitted(net, scale), scale
        tensors = []

        def own(t):
            layout = torch.channels_last if t.dim() == 4 else torch.contiguous_format
            still = t.dim() == 4 and t.shape[1] == 1 and t.shape[2] > 3
            tensors.append(nn.Parameter(t.detach().float().clone(memory_format=layout), not still))
            return tensors[-1]
        net.kind = torch.float32
        net.stem, net.head, net.fc = (tuple(map(own, p)) for p in (net.stem, net.head, net.fc))
        net.blocks = [(*(p and tuple(map(own, p)) for p in block[:3]), block[3]) for block in net.blocks]
        self.net, self.weights, self.learned = net, nn.ParameterList(tensors), [t for t in tensors if t.requires_grad]
        width = net.blocks[self.cut - 1][2][0].shape[0]
        channels = min(most, width)
        self.reducer, self.expander = nn.Conv2d(width, channels, 1), nn.Conv2d(channels, width, 1)
        self.rise = nn.Parameter(torch.zeros(channels))  # before softplus

    @property
    def classes(self) -> int:
        return len(self.net.fc[1])

    def gain(self):
        """Symbols a unit of each reduced channel, [C] above 0."""
        return F.softplus(self.rise)

    def behind(self) -> list[nn.Parameter]:
        """Parameters of the edge's half that learn."""
        net, learned = self.net, set(map(id, self.learned))
        tail = [*(t for block in net.blocks[self.cut:] for p in block[:3] if p for t in p), *net.head, *net.fc]
        return [*self.expander.parameters(), *(t for t in tail if id(t) in learned)]

    def map(self, small):
        """The map at the cut, [B,width,h',w']."""
        return self.net.front(255 * small, self.cut)

    def forward(self, small):
        """Latent in symbols, not rounded, float32."""
        return self.gain().view(1, -1, 1, 1) * self.reducer(self.map(small)).float()

    def feature(self, y):
        """A decoded latent without its scales: what expander and restorer read."""
        return y / self.gain().view(1, -1, 1, 1)

    def tail(self, y):
        """Decoded latent -> logits [B,classes]."""
        return self.net.tail(self.expander(self.feature(y)).contiguous(memory_format=torch.channels_last), self.cut).float()

    @torch.no_grad()
    def start(self, h, prior: FactorisedPrior):
        """Reducer, expander, scales and prior from maps [B,width,h',w'] of some pictures."""
        rows = h.float().permute(0, 2, 3, 1).flatten(0, 2)
        mean, channels = rows.mean(0), len(self.rise)
        values, axes = torch.linalg.eigh((rows - mean).T @ (rows - mean) / len(rows))
        values, axes = values.flip(0)[:channels].clamp_min(0), axes.flip(1)[:, :channels]
        self.reducer.weight.copy_(axes.T[:, :, None, None])
        self.reducer.bias.copy_(-axes.T @ mean)
        self.expander.weight.copy_(axes[:, :, None, None])
        self.expander.bias.copy_(mean)
        gain = 1 / (STEP * rows.var(0).mean().sqrt().clamp_min(1e-6))
        self.rise.fill_(torch.log(torch.expm1(gain)) if gain < 20 else gain)
        y = gain * (rows - mean) @ axes
        prior.begin(y.median(0).values, (y.std(0) * 3 ** 0.5 / torch.pi).clamp_min(0.05))
