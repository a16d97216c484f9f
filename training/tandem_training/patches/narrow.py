"""A small classifier cut out of a big one: some of its layers, in each the heads and MLP neurons that matter most.

A head counts by the mean size of what it adds, a neuron by its root mean square times the size of its output row, on
sample pictures run through the whole network. What is left out is replaced by its mean, which goes into the bias, so the cut
network starts near the whole one.
"""

import torch

from .network import PatchVit


class Measured:
    """Of each layer: size of each head and neuron, mean of each head's values [H*D] and of each neuron."""

    @torch.no_grad()
    def __init__(self, net: PatchVit, patches: torch.Tensor, batch: int = 8):
        """patches [B,N,3*p*p] of sample pictures."""
        s = net.shape
        self.heads, self.neurons = torch.zeros(s.layers, s.heads), torch.zeros(s.layers, s.inner)
        self.head_mean, self.neuron_mean = torch.zeros(s.layers, s.heads * s.head), torch.zeros(s.layers, s.inner)
        for part in patches.split(batch):
            x, share = net.embed(part), len(part) / len(patches)
            for i, block in enumerate(net.blocks):
                _, _, v = block.parts(x)
                z = (block.attention(x) @ v).transpose(1, 2)  # [B,T,H,D]
                weight = block.proj.weight.unflatten(1, (s.heads, s.head))
                added = torch.einsum("bthd,whd->bthw", z - z.mean((0, 1)), weight)
                self.heads[i] += share * added.square().sum(3).mean((0, 1))
                self.head_mean[i] += share * z.mean((0, 1)).flatten()
                x = x + block.proj(z.flatten(2))
                y, inner = block.mlp(x)
                self.neurons[i] += share * inner.var((0, 1)) * block.fc2.weight.square().sum(0)
                self.neuron_mean[i] += share * inner.mean((0, 1))
                x = x + y


@torch.no_grad()
def narrowed(net: PatchVit, layers: list[int], heads: int, neurons: int, pooled: int, sample: torch.Tensor) -> PatchVit:
    """A new network of these layers with the given numbers of heads and neurons; `sample`: patches of some pictures."""
    s, found = net.shape, Measured(net, sample)
    if not (0 < len(layers) == len(set(layers)) and max(layers) < s.layers and 0 < heads <= s.heads and 0 < neurons <= s.inner):
        raise SystemExit(f"cutting a network of {s.layers} layers, {s.heads} heads and {s.inner} neurons: found layers {layers}, "
                         f"[{heads}] heads, [{neurons}] neurons")
    out = PatchVit(s._replace(layers=len(layers), heads=heads, inner=neurons, pooled=pooled))
    out.patch.load_state_dict(net.patch.state_dict())
    out.norm.load_state_dict(net.norm.state_dict())
    out.cls.copy_(net.cls)
    out.pos.copy_(net.pos)
    out.head.weight.copy_(net.head.weight[:, :out.head.in_features])
    out.head.bias.copy_(net.head.bias)
    for to, i in zip(out.blocks, layers):
        of = net.blocks[i]
        to.norm1.load_state_dict(of.norm1.state_dict())
        to.norm2.load_state_dict(of.norm2.state_dict())
        kept = found.heads[i].topk(heads).indices.sort().values
        at = (kept[:, None] * s.head + torch.arange(s.head)).flatten()
        rows = torch.cat([at + j * s.heads * s.head for j in range(3)])
        to.qkv.weight.copy_(of.qkv.weight[rows])
        to.qkv.bias.copy_(of.qkv.bias[rows])
        left_out(to.proj, of.proj, at, found.head_mean[i])
        kept = found.neurons[i].topk(neurons).indices.sort().values
        to.fc1.weight.copy_(of.fc1.weight[kept])
        to.fc1.bias.copy_(of.fc1.bias[kept])
        left_out(to.fc2, of.fc2, kept, found.neuron_mean[i])
    return out


def left_out(to: torch.nn.Linear, of: torch.nn.Linear, kept: torch.Tensor, mean: torch.Tensor):
    """The columns kept; the others' mean goes into the bias."""
    rest = torch.ones(of.in_features, dtype=torch.bool)
    rest[kept] = False
    to.weight.copy_(of.weight[:, kept])
    to.bias.copy_(of.bias + of.weight[:, rest] @ mean[rest])


def parameters(net: torch.nn.Module) -> int:
    return sum(p.numel() for p in net.parameters())
