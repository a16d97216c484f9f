"""What the method squeeze is trained for: the teacher's answer, the rate, and the two kinds of redundancy.

    L = KL(teacher || answer) T^2 + lambda * (bits + SPATIAL * variation) / pixels + SMALL * |small - bicubic|

sums over places, means over the batch; pixels are those of the picture that came in, so lambda is nats a bit of each pixel.
`variation` is the sum over neighbours of |difference| in symbols: what a prediction from the neighbours would take away
(spatial redundancy); `bits` come from the prior, that is from how peaked the values are (statistical redundancy). No label.
The construction is ours (the paper's objective is not known to us); its parts are listed in docs/methods.md.
"""

import torch.nn.functional as F

from ..bottleneck.losses import picture_loss

LADDER = (0.25, 1.0, 4.0)
TEMPERATURE, SPATIAL, SMALL = 2.0, 0.1, 0.2
GAN, CYCLE = 0.01, 0.1
CUTS = (1, 4, 7)  # in front of which blocks of the frozen teacher restored and true picture are compared


def answer(found, wanted, temperature: float = TEMPERATURE):
    """Of each picture [B], nats: how far logits are from the teacher's."""
    a, b = (F.log_softmax(t.float() / temperature, 1) for t in (found, wanted))
    return temperature ** 2 * F.kl_div(a, b, reduction="none", log_target=True).sum(1)


def variation(y):
    """Sum of |differences| between neighbours of a map [B,C,h,w], of each picture [B]."""
    return (y[:, :, 1:] - y[:, :, :-1]).abs().flatten(1).sum(1) + (y[..., 1:] - y[..., :-1]).abs().flatten(1).sum(1)


def discriminator(real, fake):
    """Hinge loss of its scores of true and restored pictures."""
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def perceptual(net, found, rgb, cuts=CUTS):
    """Distance of each picture [B] in a frozen network's maps: channels to unit length at each place, squared distance, mean over
    places and cuts (the form of LPIPS, arXiv:1801.03924, without its learned weights). found 0..1, rgb 0..255."""
    a, b, total = 255 * found, rgb, 0
    for start, end in zip((0, *cuts), cuts):
        a, b = (net.front(t, end) if start == 0 else net.between(t, start, end) for t in (a, b))
        total = total + (F.normalize(a.float(), dim=1) - F.normalize(b.float(), dim=1)).square().sum(1).flatten(1).mean(1)
    return total / len(cuts)


def restored(teacher, found, rgb):
    """L1 and the teacher's maps: (loss of each picture [B], mean absolute error)."""
    return picture_loss(teacher, found, rgb, CUTS)
