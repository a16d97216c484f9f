"""Looks: gradings and what pixels answer."""

import numpy as np
import pytest

from tandem_training.common import drawn
from tandem_training.questions import looks


def flat(r, g, b):
    return np.tile(np.array([r, g, b], np.uint8), (224, 224, 1))


def answers(rgb, grade=""):
    return {q: a for _, q, a in looks.questions(np.random.default_rng(2), rgb, grade)}


@pytest.mark.parametrize("rgb, colour", [((220, 30, 30), "red"), ((30, 60, 220), "blue"), ((40, 180, 60), "green"), ((235, 215, 50), "yellow"),
                                         ((250, 250, 250), "white"), ((5, 5, 5), "black"), ((128, 128, 128), "gray"),
                                         ((120, 70, 20), "brown"), ((250, 140, 30), "orange"), ((150, 50, 200), "purple")])
def test_colours_of_flat_pictures(rgb, colour):
    m = looks.measured(flat(*rgb))
    assert m["colour"] == colour and m["share"] == 1


def test_grey_takes_every_colour_and_is_said(tmp_path):
    rgb = drawn.picture(3)[0]
    grey = looks.graded(rgb, "grey")
    assert (grey[..., 0] == grey[..., 1]).all() and (grey[..., 1] == grey[..., 2]).all()
    found = [a for q, a in answers(rgb, "grey").items() if "black and white" in q]
    assert found == ["yes"]


def test_dark_and_bright_move_the_luma_and_keep_the_order():
    rgb = drawn.picture(4)[0]
    luma = {g: looks.measured(looks.graded(rgb, g))["luma"] for g in ("", "dark", "bright")}
    assert luma["dark"] < luma[""] < luma["bright"]
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, 2)
    for grade in ("dark", "bright", "grey"):
        assert (np.diff(looks.graded(ramp, grade)[0, :, 0].astype(int)) >= 0).all()


@pytest.mark.parametrize("tint", sorted(looks.TINTS))
def test_a_tint_is_found_again(tint):
    ramp = np.tile(np.linspace(60, 200, 224).astype(np.uint8)[None, :, None], (224, 1, 3))
    found = looks.measured(looks.graded(ramp, f"tint:{tint}"))
    assert found["colour"] in (tint, "brown" if tint == "orange" else tint)


def test_dark_pictures_answer_both_ways_round():
    found = answers(flat(10, 12, 11))
    assert found["Is the picture dark?"] == "yes" and found["Is the picture bright?"] == "no"
    found = answers(flat(240, 245, 242))
    assert found["Is the picture dark or bright?"] == "bright"


def test_a_doubtful_picture_is_not_asked():
    assert not any("dark" in q for q in answers(flat(120, 60, 100)))


def test_an_unknown_grade_is_refused():
    with pytest.raises(ValueError, match="sepia"):
        looks.graded(flat(1, 2, 3), "sepia")


def test_no_grade_is_the_picture_itself():
    rgb = drawn.picture(5)[0]
    assert looks.graded(rgb, "") is rgb


def test_a_tinted_thing_leaves_its_surroundings():
    rgb = flat(60, 90, 200)
    rgb[60:170, 60:160] = (230, 225, 228)
    found = looks.graded(rgb, "thing:red")
    assert looks.measured(found[70:160, 70:150])["colour"] == "red"
    assert (found[:40] == rgb[:40]).all() and (found[:, 190:] == rgb[:, 190:]).all()
    assert (looks.graded(flat(9, 9, 9), "thing:red") == flat(9, 9, 9)).all()
