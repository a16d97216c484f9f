"""Quantised weights: GGUF's Q4_1 and Q8_0 blocks of 32, int8 per output channel, and their ONNX layouts."""

from dataclasses import dataclass

import numpy as np

BLOCK = 32


@dataclass
class Q4:
    """w[n,k] = scale[n,k/32] * q[n,k] + minimum[n,k/32]; q uint8 0..15 [N,K], scale and minimum float16 [N,K/32]."""

    q: np.ndarray
    scale: np.ndarray
    minimum: np.ndarray

    @staticmethod
    def of(weight: np.ndarray) -> "Q4":
        """Quantise float [N,K] as GGUF does."""
        blocks = np.asarray(weight, np.float32).reshape(weight.shape[0], -1, BLOCK)
        low, high = blocks.min(2), blocks.max(2)
        scale, minimum = ((high - low) / 15).astype(np.float16), low.astype(np.float16)
        d = np.where(scale == 0, 1, scale).astype(np.float32)
        q = np.clip(np.rint((blocks - minimum.astype(np.float32)[..., None]) / d[..., None]), 0, 15)
        return Q4(q.astype(np.uint8).reshape(weight.shape), scale, minimum)

    def rows(self, order: np.ndarray) -> "Q4":
        return Q4(self.q[order], self.scale[order], self.minimum[order])

    @staticmethod
    def stack(parts: list["Q4"]) -> "Q4":
        return Q4(*(np.concatenate([getattr(p, f) for p in parts]) for f in ("q", "scale", "minimum")))

    def floats(self) -> np.ndarray:
        d, m = (a.astype(np.float32)[..., None] for a in (self.scale, self.minimum))
        n, k = self.q.shape
        return (self.q.reshape(n, k // BLOCK, BLOCK) * d + m).reshape(n, k)

    def packed(self) -> np.ndarray:
        """MatMulNBits layout [N,K/32,16]: byte i holds element 2i in its low and 2i+1 in its high nibble."""
        n, k = self.q.shape
        q = self.q.reshape(n, k // BLOCK, BLOCK)
        return q[..., 0::2] | (q[..., 1::2] << 4)

    def centres(self) -> np.ndarray:
        """What is left when zero point 8 is taken out: w = scale*(q-8) + centre, float32 [N,K/32]."""
        return self.minimum.astype(np.float32) + 8 * self.scale.astype(np.float32)


@dataclass
class Q8:
    """w[n,k] = scale[n,k/32] * q[n,k]; q int8 [N,K], scale float16 [N,K/32]."""

    q: np.ndarray
    scale: np.ndarray

    @staticmethod
    def of(weight: np.ndarray) -> "Q8":
        blocks = np.asarray(weight, np.float32).reshape(weight.shape[0], -1, BLOCK)
        scale = (np.abs(blocks).max(2) / 127).astype(np.float16)
        d = np.where(scale == 0, 1, scale).astype(np.float32)
        q = np.clip(np.rint(blocks / d[..., None]), -127, 127)
        return Q8(q.astype(np.int8).reshape(weight.shape), scale)

    def floats(self) -> np.ndarray:
        n, k = self.q.shape
        return (self.q.reshape(n, k // BLOCK, BLOCK) * self.scale.astype(np.float32)[..., None]).reshape(n, k)

    def unsigned(self) -> np.ndarray:
        """uint8 with zero point 128, [N,K]."""
        return (self.q.astype(np.int16) + 128).astype(np.uint8)


def per_channel(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Linear weight [out,in] -> (int8 [in,out], float32 scale [out]), symmetric."""
    scale = np.maximum(np.abs(weight).max(1), 1e-12).astype(np.float32) / 127
    return np.clip(np.rint(weight / scale[:, None]), -127, 127).astype(np.int8).T.copy(), scale
