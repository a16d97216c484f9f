"""Makes the files beside it with CompressAI 1.2.8: python make.py. Needed only where its format changes.

Two small entropy bottlenecks in one state dict, trained a little so that rows differ, and what CompressAI itself codes.
"""

from pathlib import Path

import numpy as np
import torch
from compressai.entropy_models import EntropyBottleneck

HERE = Path(__file__).parent
SHAPE = (6, 7, 9)


def fitted(channels: int, seed: int) -> EntropyBottleneck:
    torch.manual_seed(seed)
    model, scale = EntropyBottleneck(channels), torch.logspace(-0.6, 1, channels)[None, :, None, None]
    shift = torch.linspace(-2.3, 1.7, channels)[None, :, None, None]
    steps = torch.optim.Adam(model.parameters(), 5e-2)
    for _ in range(120):
        _, likelihood = model(torch.randn(2, channels, 8, 8) * scale + shift, training=True)
        steps.zero_grad()
        (model.loss() / channels - likelihood.log2().mean()).backward()
        steps.step()
    model.update(force=True)
    return model


def main():
    model, other = fitted(SHAPE[0], 1), fitted(2, 2)
    keep = ("_quantized_cdf", "_cdf_length", "_offset", "quantiles")
    state = {f"{name}.{k}": v for name, m in (("entropy_bottleneck", model), ("side", other))
             for k, v in m.state_dict().items() if k in keep}
    torch.save({"state_dict": state}, HERE / "state.pt")
    torch.manual_seed(3)
    y = torch.randn(1, *SHAPE) * torch.logspace(-0.6, 1, SHAPE[0])[None, :, None, None] * 1.3
    y[0, 0, 0, 0], y[0, 5, 6, 8] = 900.0, -31000.4
    string = model.compress(y)[0]
    (HERE / "latent.bin").write_bytes(y.numpy().astype("<f4").tobytes())
    (HERE / "string.bin").write_bytes(string)
    (HERE / "decoded.bin").write_bytes(model.decompress([string], SHAPE[1:]).detach().numpy().astype("<f4").tobytes())


if __name__ == "__main__":
    main()
