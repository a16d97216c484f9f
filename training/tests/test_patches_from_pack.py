"""A device's classifier taken out of a pack answers as the pack does, and goes back into one as the same integers."""

import json

import numpy as np
import onnx
import pytest
import torch

from tandem_training.common.graph import DataFile
from tandem_training.common.packfile import PackWriter
from tandem_training.patches import graphs
from tandem_training.patches.network import PatchVit, Shape
from tandem_training.recipe import from_pack
from tandem_training.recipe.patches import from_pack as taken, run as patches_run
from tandem_training.recipe.patches.tiny import network

GRAPH = "patches-device"


def write(folder, net, weights="int8"):
    file, pack = DataFile(f"{GRAPH}.bin"), PackWriter(folder)
    pack.graph(graphs.device(net, file, GRAPH, True, weights), [file])
    pack.data(file)
    manifest = {"methods": {"patches": {"classifier": GRAPH, "temperature": 1.25}}, "graphs": pack.graphs}
    (folder / "pack.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("shape", [Shape(28, 14, 24, 2, 12, 48, 2, 10, 1), Shape(48, 16, 32, 4, 4, 20, 3, 7, 2, 1e-12)])
def test_what_went_in_comes_out(tmp_path, shape):
    torch.manual_seed(5)
    net, again, work = network(shape, 2.0), tmp_path / "again", tmp_path / "work"
    for part in (net.norm, net.blocks[-1].norm2):
        torch.nn.init.normal_(part.weight)
        torch.nn.init.normal_(part.bias)
    again.mkdir()
    work.mkdir()
    write(tmp_path, net)
    taken.main(["--work", str(work), "--pack", str(tmp_path)])
    back, state = patches_run.load(work / f"{GRAPH}.pt")
    assert back.shape._replace(epsilon=0) == shape._replace(epsilon=0) and back.shape.epsilon == pytest.approx(shape.epsilon)
    assert state["temperature"] == 1.25

    patches = torch.randn(3, shape.grid ** 2, 3 * shape.patch ** 2)
    with torch.no_grad():
        said, known = back(patches), net(patches)
    assert (said - known).abs().max() < 0.05 * known.abs().max()  # 8 bits
    write(again, back)
    one, two = (from_pack.constants(f, GRAPH, lambda n: True) for f in (tmp_path, again))
    assert one.keys() == two.keys()
    for name, values in one.items():
        assert np.array_equal(values, two[name]) or np.allclose(values, two[name], rtol=3e-7, atol=0) and name.endswith(".scale"), name
    assert onnx.load(tmp_path / f"{GRAPH}.onnx", load_external_data=False).graph.node == onnx.load(
        again / f"{GRAPH}.onnx", load_external_data=False).graph.node


def test_what_is_no_such_pack_is_refused(tmp_path):
    (tmp_path / "pack.json").write_text('{"methods": {"tofc": {}}}')
    with pytest.raises(SystemExit, match=r"found methods \['tofc'\], needed patches"):
        taken.main(["--work", str(tmp_path), "--pack", str(tmp_path)])
    write(tmp_path, PatchVit(Shape(28, 14, 24, 2, 12, 48, 2, 10, 1)), "half")
    with pytest.raises(SystemExit, match="found no layers of 8 bits"):
        taken.main(["--work", str(tmp_path), "--pack", str(tmp_path)])
