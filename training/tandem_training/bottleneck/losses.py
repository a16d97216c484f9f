"""What a bottleneck is trained for. Every loss is a sum over the batch, plus lambda times its bits.

The error of a backbone's features counts in units of their variance (backbones.Features): lambda is error a bit, one ladder
for all backbones. `hd` head distillation; `sg` guided by saliency; `es` the control's, error of the later maps too; `direct`
the negative control: cross-entropy to the backbone's own answer, brought to the same lambdas by DIRECT.
"""

import torch
import torch.nn.functional as F

from .backbones import SCALE

VARIANTS = ("hd", "sg", "es", "direct")
LADDER = (0.25, 0.5, 1.0, 2.0, 4.0)
DIRECT = 4096.0  # error that one nat counts as
PERCEPTUAL = 0.05


def feature_loss(variant: str, backbone, features: list, found, rgb, saliency=None):
    """(loss of each picture [B], error of the features relative to their variance) of one backbone.

    `features`: one Features for the cut and, with `es`, one for each later map; found: what the blueprint gave.
    """
    with torch.no_grad():
        wanted = backbone.front(rgb)
    plain = features[0].distortion(found.detach(), wanted).mean() / SCALE
    if variant == "direct":
        with torch.no_grad():
            answer = F.softmax(backbone.tail(wanted), 1)
        return -DIRECT * (answer * F.log_softmax(backbone.tail(found), 1)).sum(1), plain
    if variant == "es" and len(features) > 1:
        with torch.no_grad():
            wanted = backbone.maps(wanted)
        parts = [f.distortion(a, b) for f, a, b in zip(features, backbone.maps(found), wanted)]
        return sum(parts) / len(parts), plain
    return features[0].distortion(found, wanted, backbone.weight(saliency) if variant == "sg" else None), plain


def answer_loss(backbone, features: list, found, logits, rgb):
    """As feature_loss: how far a tail's logits are from the backbone's own answer, in nats."""
    with torch.no_grad():
        wanted = backbone.front(rgb)
        plain = features[0].distortion(found, wanted).mean() / SCALE
        answer = F.log_softmax(backbone.tail(wanted), 1)
    return F.kl_div(F.log_softmax(logits, 1), answer, reduction="none", log_target=True).sum(1), plain


def picture_loss(net, found, rgb, cuts=(1, 4)):
    """(loss of each picture [B], mean absolute error): the restored picture, 0..1, by L1 and by a frozen network's maps.

    `net`: an EfficientNetLite; `cuts`: in front of which blocks its maps are compared, each by L1 over its mean size.
    """
    wanted = rgb / 255
    plain = (found - wanted).abs().flatten(1).mean(1)
    seen, loss = 255 * found, plain
    for a, b in zip((0, *cuts), cuts):
        with torch.no_grad():
            wanted = net.front(rgb, b) if a == 0 else net.between(wanted, a, b)
        seen = net.front(seen, b) if a == 0 else net.between(seen, a, b)
        apart = (seen.float() - wanted.float()).abs().flatten(1).mean(1)
        loss = loss + PERCEPTUAL * apart / wanted.float().abs().mean()
    return loss, plain.mean()

