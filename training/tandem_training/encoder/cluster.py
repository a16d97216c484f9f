"""DPC-KNN token merging in PyTorch, batched; the same rules as dev.tandem.cluster (docs/methods.md, Clustering).

Deterministic: no jitter, log domain, lower index wins ties. Floating-point sums differ from Java's in the last bits,
so a near-tie may fall the other way; selection happens on the sender only, so nothing depends on equality.
"""

import torch


def dpc_knn(tokens: torch.Tensor, clusters: int, neighbours: int = 5) -> torch.Tensor:
    """tokens [B,N,C] float32 -> merged [B,clusters,C], most important first."""
    b, n, c = tokens.shape
    if clusters >= n:
        return tokens
    square = (tokens * tokens).sum(-1)
    d2 = (square[:, :, None] + square[:, None] - 2 * tokens @ tokens.transpose(1, 2)).clamp_min_(0) / c
    d2.diagonal(dim1=1, dim2=2).zero_()
    log_rho = -d2.topk(neighbours, largest=False).values.sum(-1) / neighbours
    order = torch.argsort(log_rho, dim=1, descending=True, stable=True)
    rank = torch.empty_like(order).scatter_(1, order, torch.arange(n).expand(b, n))
    denser = rank[:, None, :] < rank[:, :, None]
    delta2 = d2.masked_fill(~denser, float("inf")).amin(-1)
    delta2 = torch.where(rank == 0, d2.flatten(1).amax(1)[:, None], delta2)
    log_gamma = log_rho + 0.5 * delta2.log()
    centres = torch.argsort(log_gamma, dim=1, descending=True, stable=True)[:, :clusters]
    near = d2.gather(1, centres[:, :, None].expand(-1, -1, n)).argmin(1)
    near.scatter_(1, centres, torch.arange(clusters).expand(b, clusters))
    one = torch.zeros(b, clusters, n).scatter_(1, near[:, None], 1.0)
    return one @ tokens / one.sum(-1, keepdim=True)
