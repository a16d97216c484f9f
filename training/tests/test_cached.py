"""Which cached pictures are trained on: shares of them nest, and none of them is measured by."""

from types import SimpleNamespace

from tandem_training.recipe import cached


def of(part: float, every: int = 4) -> cached.Set:
    names = [f"{i}.jpg" for i in range(200)] * 2  # each and its mirror image
    return cached.Set("coco", SimpleNamespace(names=names), [[("q", "a")]] * 400, 1.0, every, part)


def test_a_smaller_share_lies_within_a_larger_one():
    quarter, half, whole = (set(of(p).index.tolist()) for p in (0.25, 0.5, 1.0))
    assert quarter < half < whole and len(whole) == 300
    assert 0.15 < len(quarter) / 300 < 0.35 and 0.4 < len(half) / 300 < 0.6
    assert {i % 200 for i in quarter if i < 200} == {i % 200 for i in quarter if i >= 200}, "a picture goes with its mirror image"


def test_what_is_measured_by_is_the_same_for_every_share_and_trained_on_by_none():
    kept = of(0.25).kept.tolist()
    assert kept == of(1.0).kept.tolist() and len(kept) == 50
    assert not {i % 200 for i in of(1.0).index} & set(kept)
