"""A linear probe: how well a ridge classifier on the frozen encoder's pooled tokens tells ten classes apart."""

import numpy as np
import torch
import torch.nn.functional as F
from tqdm import tqdm

from . import vit


@torch.no_grad()
def pooled(net, pictures, batch: int = 32, px: int = 224, desc: str = "probe"):
    """[N, 2C] class token and mean patch of each picture."""
    out = []
    for i in tqdm(range(0, len(pictures), batch), desc=desc, mininterval=5):
        rgb = torch.from_numpy(np.ascontiguousarray(pictures[i:i + batch])).permute(0, 3, 1, 2)
        if px != 224:
            rgb = F.interpolate(rgb.float(), size=(px, px), mode="bilinear", antialias=True)
        tokens, cls = net(vit.normalise(rgb))
        out.append(torch.cat([cls, tokens.mean(1)], 1))
    return torch.cat(out)


def ridge_probe(train_x, train_y, val_x, val_y, penalty: float = 10.0) -> float:
    """Accuracy in percent of a ridge classifier on standardised features."""
    mean, dev = train_x.mean(0), train_x.std(0) + 1e-6
    a = torch.cat([(train_x - mean) / dev, torch.ones(len(train_x), 1)], 1).double()
    b = torch.cat([(val_x - mean) / dev, torch.ones(len(val_x), 1)], 1).double()
    target = F.one_hot(train_y).double() * 2 - 1
    w = torch.linalg.solve(a.T @ a + penalty * torch.eye(a.shape[1], dtype=a.dtype), a.T @ target)
    return 100 * float(((b @ w).argmax(1) == val_y).float().mean())


def probe(net, train, val, n_train: int, n_val: int, px: int = 224) -> float:
    """Linear probe on seeded subsets of (classes, pictures) pairs."""
    rng = np.random.default_rng(0)
    parts = []
    for (y, x), n, desc in ((train, n_train, "probe train"), (val, n_val, "probe val")):
        pick = np.sort(rng.permutation(len(y))[:n])
        parts += [pooled(net, x[pick], px=px, desc=desc), torch.from_numpy(y[pick])]
    return ridge_probe(*parts)
