"""The colour of the largest thing: drawn shapes of known colour, where they lie and what is asked of them."""

import numpy as np
import pytest

from tandem_training.questions import colours, largest, looks, region
from tandem_training.questions.things import Things

CLEAR = {"white": (245, 245, 240), "black": (15, 14, 12), "gray": (125, 125, 128), "red": (205, 30, 35), "orange": (245, 140, 30),
         "brown": (115, 70, 35), "yellow": (235, 210, 50), "green": (40, 160, 60), "blue": (40, 80, 210), "purple": (150, 50, 200),
         "pink": (245, 110, 190)}
DOUBTFUL = [(90, 200, 190), (185, 160, 140), (170, 172, 171), (180, 110, 60), (190, 220, 60)]


def shape(colour, ground=(150, 205, 240), seed=1, radius=62, kind="circle", at=(112, 112)):
    """A noisy shape on a noisy ground; its mask."""
    rng, (y, x) = np.random.default_rng(seed), np.mgrid[:224, :224]
    d = np.hypot(y - at[0], x - at[1]) if kind == "circle" else np.maximum(abs(y - at[0]), abs(x - at[1]))
    rgb = np.where((d < radius)[..., None], np.array(colour), np.array(ground)) + rng.integers(-9, 10, (224, 224, 1))
    return np.clip(rgb, 0, 255).astype(np.uint8), d < radius


@pytest.fixture(scope="module")
def things():
    return Things()


@pytest.mark.parametrize("name, rgb", CLEAR.items())
def test_clear_colours_have_their_word(name, rgb):
    assert colours.NAMES[colours.named(np.array(rgb))] == name


@pytest.mark.parametrize("rgb", DOUBTFUL)
def test_colours_between_two_words_have_none(rgb):
    assert colours.named(np.array(rgb)) == colours.NONE


def test_shares_are_of_all_pixels():
    found = colours.shares(np.array([CLEAR["red"], CLEAR["red"], CLEAR["blue"], DOUBTFUL[0]]))
    assert found.sum() == pytest.approx(1) and found[colours.NAMES.index("red")] == 0.5 and found[colours.NONE] == 0.25


@pytest.mark.parametrize("kind", ["circle", "square"])
@pytest.mark.parametrize("at", [(112, 112), (100, 130), (125, 95)])
def test_the_region_is_the_shape(kind, at):
    rgb, mask = shape(CLEAR["red"], kind=kind, at=at)
    found = region.of(rgb)
    drawn = mask.reshape(56, 4, 56, 4).mean((1, 3)) > 0.5
    assert (found.mask & drawn).sum() > 0.9 * (found.mask | drawn).sum()
    soft = found.soft(224)
    assert soft.shape == (224, 224, 1) and soft.min() == 0 and soft.max() == 1


@pytest.mark.parametrize("rgb", [
    np.full((224, 224, 3), 90, np.uint8),  # nothing
    np.random.default_rng(1).integers(0, 255, (224, 224, 3)).astype(np.uint8),  # noise
    shape(CLEAR["red"], radius=20)[0],  # too small to be the largest thing
    shape(CLEAR["red"], radius=108)[0],  # nearly all
    shape(CLEAR["red"], at=(112, 10))[0],  # cut by the rim
    np.repeat(np.repeat(np.array([[[200, 30, 30]], [[40, 60, 200]]], np.uint8), 112, 0), 224, 1)])  # a horizon
def test_no_clear_thing_is_no_region(rgb):
    assert region.of(rgb) is None


@pytest.mark.parametrize("name", CLEAR)
def test_the_colour_of_a_shape(name):
    ground = (60, 170, 70) if name in ("blue", "gray", "white") else (150, 205, 240)
    ground = (235, 235, 235) if name == "green" else ground
    for seed in range(3):
        assert largest.colour(region.of(shape(CLEAR[name], ground, seed)[0])) == name


def test_two_colours_or_a_doubtful_one_are_not_asked():
    half, mask = shape(CLEAR["red"])
    half[:, 112:][mask[:, 112:]] = CLEAR["yellow"]
    assert largest.colour(region.of(half)) is None
    assert largest.colour(region.of(shape((185, 160, 140), (40, 60, 200))[0])) is None


def test_a_colour_that_lies_around_too_is_not_asked():
    rgb, mask = shape(CLEAR["red"])
    rgb[180:215] = CLEAR["red"]
    found = region.of(rgb)
    assert found is None or largest.colour(found) is None


def test_what_is_said_decides_against_the_pixels(things):
    said, found = largest.Said(things), region.of(shape(CLEAR["black"])[0])
    for _ in range(3):
        said.hear(["A black dog runs.", "The white cat."], [("colour", "What is the color of the truck?", "black")])
    assert said.answer("dog", found) == "black"
    assert said.answer("dog", found, ["A brown dog."]) is None and said.answer("dog", found, ["A black dog.", "A white dog."]) is None
    assert said.answer("dog", found, ["A brown cat."]) == "black"
    assert said.answer("cat", found) is None  # no cat was ever called black
    assert said.answer("truck", found) is None  # tyres and windows are
    assert said.answer("springer", found) == "black" and said.answer("golf ball", found) is None


@pytest.mark.parametrize("name", ["white", "black", "red", "gray"])
def test_a_tint_is_another_colour_and_found_again(name):
    rgb, _ = shape(CLEAR[name])
    colour, made = largest.tint(np.random.default_rng(3), rgb, region.of(rgb))
    assert colour != name and colour in looks.TINTS
    inside = colours.shares(made[80:144, 80:144].reshape(-1, 3))
    assert colours.NAMES[inside[:-1].argmax()] == colour
    assert (made[:30] == rgb[:30]).all()


def test_both_wordings_give_the_answer():
    rows = largest.questions(np.random.default_rng(1), "dog", "brown")
    assert {a for _, _, a in rows} == {"brown"} and "dog" in rows[0][1] and "dog" not in rows[1][1]
    assert largest.KEPT_OUT.format("dog") not in {n.format("dog") for n in largest.NAMED}


def test_things_that_are_not_asked_for_are_known(things):
    from tandem_training.questions import scenes
    assert largest.UNCLEAR <= set(things.all) | set(scenes.NAMES), largest.UNCLEAR - set(things.all) - set(scenes.NAMES)
    assert set(largest.OF_CLASS) == set(scenes.NAMES) - largest.UNCLEAR
    assert {c for found in largest.OF_CLASS.values() for c in found} <= set(colours.NAMES)
