"""The device's encoder in 8 bits: weights per output channel, activations per tensor by what calibration pictures give.

ONNX Runtime's own static quantiser. The last block's closing convolutions stay in fp32 (18 of 530 million products): what
they make is rounded to symbols, where a scale shared by all channels would cost most.
"""

import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static


class Pictures(CalibrationDataReader):
    """float32 [N,3,h,w], one at a time."""

    def __init__(self, pixels: np.ndarray):
        self.rest = iter(pixels)

    def get_next(self):
        x = next(self.rest, None)
        return None if x is None else {"pixel_values": x[None]}


def closing(file: Path) -> list[str]:
    """Names of what makes the outputs, back to the convolutions behind which nothing is left but them."""
    graph = onnx.load(file, load_external_data=False).graph
    made = {o: n for n in graph.node for o in n.output}
    out, todo = [], [o.name for o in graph.output]
    while todo:
        node = made[todo.pop()]
        out.append(node.name)
        if node.op_type != "Conv":
            todo += [i for i in node.input if i in made]
    return out


def quantise(file: Path, pixels: np.ndarray, to: Path):
    """Writes the 8-bit graph of an fp32 one, calibrated on pixels float32 [N,3,h,w]; weights inside."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(onnx.load(file), whole)
        quantize_static(whole, to, Pictures(pixels), quant_format=QuantFormat.QDQ, per_channel=True, activation_type=QuantType.QUInt8,
                        weight_type=QuantType.QInt8, nodes_to_exclude=closing(file), calibrate_method=CalibrationMethod.MinMax)
