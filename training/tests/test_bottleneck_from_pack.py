"""A pack of rungs taken apart is what made it: encoders to the last digit, blueprints to 8 bits, the prior to its tables."""

import numpy as np
import pytest
import torch

from tandem_training.bottleneck import encoder, factorised, graphs, prior_fit, start
from tandem_training.bottleneck.blueprints import PixelBlueprint
from tandem_training.common import coding
from tandem_training.common.graph import DataFile
from tandem_training.common.packfile import PackWriter
from tandem_training.recipe.latent import bottleneck_from_pack as taken


def skewed(channels: int) -> factorised.FactorisedPrior:
    """A prior whose channels are no logistics: each a network of its own draw, narrow ones and wide ones."""
    torch.manual_seed(3)
    prior = factorised.FactorisedPrior(channels)
    prior.begin(torch.linspace(-2, 3, channels), torch.logspace(-0.8, 1.2, channels))
    with torch.no_grad():
        for f in prior.factors:
            f.add_(0.4 * torch.randn_like(f))
    prior.settle()
    return prior


def test_a_prior_comes_back_from_its_tables():
    rows = skewed(6).numbers().rows()
    again = prior_fit.fitted(rows, skewed(6).numbers().medians, steps=300)
    p, at = prior_fit.shares(rows)
    with torch.no_grad():
        places = torch.from_numpy(at + skewed(6).numbers().medians[:, None].astype(np.float32))[:, None]
        cost = (torch.from_numpy(p) * again.density(places)[:, 0]).sum(1).numpy()
    entropy = -(p * np.log2(np.where(p > 0, p, 1))).sum(1)
    assert (cost < 1.01 * entropy + 0.01).all() and (cost > entropy - 0.02).all()  # bits a symbol; the tails are left out of both
    assert np.abs(again.numbers().medians - skewed(6).numbers().medians).max() < 0.3


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A rung as `bottleneck-export` writes it, of a drawn encoder, prior and blueprint."""
    folder, prior = tmp_path_factory.mktemp("pack"), skewed(encoder.WIDTHS[-1])
    net, blueprint = encoder.Encoder(), PixelBlueprint()
    start.encoder(net, start.Components(torch.randn(4, 3, 32, 32), encoder.WIDTHS[-1]))
    medians = prior.numbers().medians.astype(np.float32)
    pack, exact, own = PackWriter(folder), DataFile("encoder-only.bin"), DataFile("only.bin")
    pack.graph(graphs.encoder(net, medians, exact, "encoder-only"), [exact])
    pack.graph(graphs.picture("picture-only", medians, blueprint, own), [own])
    pack.data(exact, own)
    pack.write("codec/only.bin", coding.file_bytes(prior.numbers().rows()))
    rungs = {"only": {"lambda": 3.0, "encoder": "encoder-only", "tables": "codec/only.bin"}}
    manifest = {"methods": {"bottleneck": {"rungs": rungs}}, "heads": [{"name": "picture", "settings": {"graph": "picture-only"}}]}
    return folder, manifest, net, blueprint, medians


def test_a_rung_comes_back(written):
    folder, manifest, net, blueprint, medians = written
    found = taken.rung(folder, manifest, "only")
    assert found["lambda"] == 3 and found["variant"] == "hd" and found["tail"] == []
    again = encoder.Encoder()
    again.load_state_dict(found["encoder"])
    for (name, one), two in zip(net.state_dict().items(), again.state_dict().values()):
        assert torch.allclose(one, two, atol=1e-5, rtol=1e-6), name
    restored = PixelBlueprint()
    restored.load_state_dict(found["blueprints"]["picture"])
    for (name, one), two in zip(blueprint.state_dict().items(), restored.state_dict().values()):
        assert torch.allclose(one, two, atol=float(one.abs().max()) / 250 + 1e-7), name
    prior = factorised.FactorisedPrior(encoder.WIDTHS[-1])
    prior.load_state_dict(found["prior"])
    assert np.abs(prior.numbers().medians - medians).max() < 0.5


def test_a_pack_of_another_method_is_refused(tmp_path):
    (tmp_path / "pack.json").write_text('{"methods": {"squeeze": {}}}')
    with pytest.raises(SystemExit, match=r"found methods \['squeeze'\], needed bottleneck"):
        taken.main(["--work", str(tmp_path), "--pack", str(tmp_path)])


def test_an_encoder_of_another_form_is_refused(written):
    folder, manifest, *_ = written
    other = {**manifest, "methods": {"bottleneck": {"rungs": {"only": {**manifest["methods"]["bottleneck"]["rungs"]["only"], "encoder": "picture-only"}}}}}
    with pytest.raises(SystemExit, match=r"reading the rung \[only\].*141,696 parameters in fp32"):
        taken.rung(folder, other, "only")
