"""What of a picture its class rests on: XGradCAM maps of a convolutional backbone (Fu et al., arXiv:2008.02312), eigen-smoothed.

For the maps A at three depths (28, 14 and 7 cells a side at 224 px) and the class that the backbone itself answers: each
channel weighs sum(gradient * A) / sum(A); the weighed channels are brought to one map by their first singular vector
(Muhammad and Yeasin, arXiv:2008.00299), whose sign is that of their sum; rectified; brought to 0..1; resized to 28 x 28 by
Lanczos. The mean of the three, brought to 0..1 again. No label is needed.
"""

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tqdm import tqdm

SIDE = 28


def resampling(n: int) -> torch.Tensor:
    """Lanczos as a matrix [28,n], by resizing the unit vectors."""
    if n == SIDE:
        return torch.eye(n)
    columns = [np.asarray(Image.fromarray(np.ascontiguousarray(np.broadcast_to(e[:, None], (n, SIDE)))).resize(
        (SIDE, SIDE), Image.LANCZOS))[:, 0] for e in np.eye(n, dtype=np.float32)]
    return torch.from_numpy(np.stack(columns, 1))


def unit(x):
    """Each map [B,h,w] brought to 0..1; a flat one to 0."""
    low, high = x.amin((1, 2), keepdim=True), x.amax((1, 2), keepdim=True)
    return torch.where(high > low, (x - low) / (high - low).clamp_min(1e-12), 0)


def smoothed(weighed):
    """[B,C,h,w] -> [B,h,w]: the places' share in the first singular vector of the centred [places,C]."""
    x = weighed.flatten(2).transpose(1, 2)
    x = x - x.mean(1, keepdim=True)
    v = x.new_ones(len(x), x.shape[2], 1)
    for _ in range(30):  # power iteration
        v = torch.nn.functional.normalize(x.transpose(1, 2) @ (x @ v) + 1e-20, dim=1)
    along, total = (x @ v)[..., 0], x.sum(2)
    along = along * torch.where((along * total).sum(1, keepdim=True) < 0, -1.0, 1.0)
    return along.view(len(x), *weighed.shape[2:])


def maps(net, rgb) -> torch.Tensor:
    """net: an EfficientNetLite; rgb 0..255 [B,3,224,224] -> [B,28,28] in 0..1."""
    cuts = [i for i, block in enumerate(net.blocks) if block[3] == 2][2:] + [len(net.blocks)]
    with torch.no_grad():
        x = net.front(rgb, cuts[0])
    held = [x.detach().requires_grad_()]
    with torch.enable_grad():
        for a, b in zip(cuts, cuts[1:]):
            held.append(net.between(held[-1], a, b))
        best = net.tail(held[-1], len(net.blocks)).max(1).values.sum()
        slopes = torch.autograd.grad(best, held)
    out = []
    for a, g in zip(held, slopes):
        a, g = a.detach().float(), g.float()
        total = a.sum((2, 3), keepdim=True)
        weight = (g * a).sum((2, 3), keepdim=True) / torch.where(total.abs() < 1e-7, 1e-7, total)
        m = resampling(a.shape[2]).to(a.device)
        out.append(m @ unit(smoothed(weight * a).relu()) @ m.T)
    return unit(torch.stack(out).mean(0)).nan_to_num(0)


def cached(net, pictures: np.ndarray, file: Path, batch: int = 32) -> np.ndarray:
    """Maps of pictures uint8 [N,224,224,3] as uint8 [N,28,28] on disk; goes on where it was stopped."""
    if not file.exists():
        part, marker = file.with_suffix(".part.npy"), file.with_suffix(".progress")
        done = int(marker.read_text()) if part.exists() and marker.exists() else 0
        out = np.lib.format.open_memmap(part, "r+" if done else "w+", np.uint8, (len(pictures), SIDE, SIDE))
        for i in tqdm(range(done, len(pictures), batch), desc=f"saliency {file.stem}", mininterval=10, unit_scale=batch):
            rgb = torch.from_numpy(np.array(pictures[i:i + batch])).permute(0, 3, 1, 2).float()
            out[i:i + batch] = (255 * maps(net, rgb.to(torch.get_default_device()))).round().byte().cpu().numpy()
            if i // batch % 20 == 19:
                out.flush()
                marker.write_text(str(i + batch))
        out.flush()
        part.rename(file)
        marker.unlink(missing_ok=True)
    return np.load(file, mmap_mode="r")
