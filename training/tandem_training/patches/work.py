"""What the edge computes for n patches, in multiplications with accumulation (MAC)."""

from pathlib import Path

import onnx

from .network import Shape


def of_graph(file: Path) -> Shape:
    """Sizes of an edge's graph (graphs.edge), from the names and shapes of its weights; `heads` counts as one, since MACs do
    not depend on how the width is divided."""
    dims = {t.name: list(t.dims) for t in onnx.load(file, load_external_data=False).graph.initializer}
    width, values = dims["patch.weight"]
    side, places = int((values / 3) ** 0.5), dims["positions.table"][0]
    inputs, classes = dims["head.weight"]
    return Shape(pixels=side * int(places ** 0.5), patch=side, width=width, heads=1, head=dims["0.proj.weight"][0], inner=dims["0.fc1.weight"][1],
                 layers=sum(name.endswith(".qkv.weight") for name in dims), classes=classes, pooled=inputs // width)


def macs(s: Shape, patches: int) -> int:
    """For T = patches + 1 tokens of width W, attention of width A (heads times their width), MLPs of width I:

        patches x 3 p^2 W                 the patches' embedding
        each layer   T x 3 W A            queries, keys, values
                     2 x T x T x A        queries by keys, attention by values
                     T x A W              projection
                     2 x T x W I          MLP
        pooled W x classes                the head

    From the architecture in network.py: pre-norm transformer blocks as in Dosovitskiy et al., arXiv 2010.11929. Where the class
    token alone is read (pooled 1) the last layer's queries by keys, attention by values, projection and MLP are for
    one row. Norms, softmax, GELU, biases and sums are left out, as usual: they are not products of matrices.
    """
    tokens, attention = patches + 1, s.heads * s.head
    total = patches * 3 * s.patch ** 2 * s.width + s.pooled * s.width * s.classes
    for i in range(s.layers):
        rows = 1 if s.pooled == 1 and i + 1 == s.layers else tokens
        total += tokens * s.width * 3 * attention + 2 * rows * tokens * attention + rows * attention * s.width + 2 * rows * s.width * s.inner
    return total
