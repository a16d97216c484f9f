"""A codec that is good before training: each expert begins as the principal components of its k-means cluster.

A linear map passes ReLU layers as pairs of units (+v, -v): hyper-analysis projects the centred token on the cluster's
first components in units of the step, hyper-synthesis puts it back, scales are the deviations of what is left. The
remaining units start random with small outgoing weights; training bends the whole from there.
"""

import math

import torch

from .codec_model import Codec
from .tables import ROW_RATIO, SCALE_MIN

GAIN = 1 / 8  # real value of one z symbol behind the first layer: 4 units of a hidden activation


@torch.no_grad()
def k_means(x, count: int, rounds: int = 12, seed: int = 1):
    """Centres [count,C] of x [T,C]; an empty cluster restarts at the point farthest from its centre."""
    g = torch.Generator().manual_seed(seed)
    centres = x[torch.randperm(len(x), generator=g)[:count]].clone()
    for _ in range(rounds):
        near, member = torch.cdist(x, centres).min(1)
        for e in range(count):
            own = x[member == e]
            centres[e] = own.mean(0) if len(own) else x[near.argmax()]
    return centres


@torch.no_grad()
def start(codec: Codec, x, centres, shared: float = 0.15):
    """Fills the codec from tokens x [T,C]; `shared` is the part of the whole's covariance in each cluster's."""
    n, width = codec.hyper, codec.width
    whole = torch.cov(x.T)
    member = torch.cdist(x, centres).argmin(1)
    for weights in (codec.analysis.weights, codec.synthesis.weights):
        for w in weights:
            w.mul_(0.5)
        for w in weights[1:]:
            w.mul_(0.2)
    for e in range(codec.count):
        own = x[member == e]
        mean = own.mean(0) if len(own) else centres[e]
        cov = whole if len(own) < 2 * n else (1 - shared) * torch.cov(own.T) + shared * whole
        axes = torch.linalg.eigh(cov).eigenvectors[:, -n:].flip(1).T  # [n,C]
        write(codec.analysis, e, axes / codec.step, -(axes @ mean) / codec.step, 1.0)
        write(codec.synthesis, e, torch.eye(n) * GAIN, torch.zeros(n), 1 / GAIN)
        z = ((own - mean) @ axes.T / codec.step)
        left = own - mean - (z.round() * codec.step) @ axes
        last, bias = codec.synthesis.weights[-1][e], codec.synthesis.biases[-1][e]
        last[:width] = 0
        last[:width, :n], last[:width, n:2 * n] = axes.T * codec.step / GAIN, -axes.T * codec.step / GAIN
        bias[:width] = mean
        b = left.abs().mean(0).clamp_min(1e-3) / codec.step
        last[width:] *= 0.3
        bias[width:] = (b / SCALE_MIN).log().clamp_min(0) / ROW_RATIO
        spread = z.std(0).clamp_min(0.3) * math.sqrt(3) / math.pi
        codec.prior[e] = (spread - 0.05).expm1().log() - 0.5


def write(stack, e: int, matrix, bias, gain: float):
    """Puts `matrix` x + bias, as pairs, through all layers of expert e but for the last layer's shape."""
    n = len(matrix)
    first, *middle, last = stack.weights
    first[e, :2 * n] = torch.cat([matrix, -matrix])
    stack.biases[0][e, :2 * n] = torch.cat([bias, -bias])
    for w in middle:
        w[e, :2 * n] = 0
        w[e, :2 * n, :2 * n] = torch.eye(2 * n)
    if last.shape[1] == n:
        last[e] *= 0.1
        last[e, :, :2 * n] = torch.cat([torch.eye(n), -torch.eye(n)], 1) * gain
