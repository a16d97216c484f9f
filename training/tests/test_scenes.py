"""Canvases and their questions: what is asked is what lies there."""

import numpy as np
import pytest

from tandem_training.questions import looks, scenes
from tandem_training.questions.canvases import Canvases, paint, subject
from tandem_training.questions.presence import Spoken, listen
from tandem_training.questions.things import Things

COLOURS = np.linspace(10, 240, 10).astype(np.uint8)


@pytest.fixture(scope="module")
def things():
    return Things()


@pytest.fixture(scope="module")
def flat():
    """Ten classes, three photographs each, a photograph of class k all of one shade."""
    labels = np.repeat(np.arange(10), 3)
    return np.stack([np.full((224, 224, 3), COLOURS[k], np.uint8) for k in labels]), labels


def shades(canvas, layout):
    """The shade in the middle of each cell, or None where it is grey."""
    out = {}
    for i, ((r, c, h, w), _) in enumerate(scenes.LAYOUTS[layout]):
        out[i] = int(canvas[112 * r + 56 * h, 112 * c + 56 * w, 0])
    return out


def test_a_canvas_holds_each_photograph_in_its_cell(flat):
    rng = np.random.default_rng(1)
    for _ in range(30):
        layout, cells, picks = scenes.draw(rng, flat[1])
        found = shades(scenes.compose(layout, cells, [flat[0][i] for i in picks]), layout)
        for cell, pick in zip(cells, picks):
            assert found[cell] == COLOURS[flat[1][pick]]
        for empty in set(found) - set(cells):
            assert found[empty] == scenes.GREY


def test_questions_have_one_true_answer(flat):
    rng = np.random.default_rng(2)
    for _ in range(60):
        layout, cells, picks = scenes.draw(rng, flat[1])
        names = [scenes.NAMES[flat[1][i]] for i in picks]
        place = dict(zip([scenes.LAYOUTS[layout][c][1] for c in cells], names))
        for kind, q, a in scenes.questions(rng, layout, cells, names):
            if kind == "what" and "at the" in q:
                assert place[q[len("What is at the "):-1]] == a
            elif kind == "where":
                assert names.count(place[a]) == 1 and place[a] in q
            elif q == "How many photographs are there?":
                assert int(a) == len(cells)
            elif kind == "how many":
                named = [n for n in scenes.NAMES if scenes.plural(n) in q]
                assert int(a) == names.count(named[0])
            elif kind == "is there":
                assert (a == "yes") == any(q == f"Is there {scenes.article(n)} {n}?" for n in names)


def test_left_and_above_are_where_they_say(flat):
    rng = np.random.default_rng(3)
    names = ["church", "parachute", "tench", "golf ball"]
    for _ in range(20):
        for kind, q, a in scenes.questions(rng, "grid", [0, 1, 2, 3], names):
            if q == "What is left of the parachute?":
                assert a == "church"
            if q == "What is above the golf ball?":
                assert a == "parachute"
            if q in ("Is the tench left of the golf ball?", "Is the church above the tench?"):
                assert a == "yes"


def test_the_same_seed_draws_the_same(flat):
    one, two = (list(scenes.generate(*flat, 3, 7)) for _ in range(2))
    for (a, rows_a), (b, rows_b) in zip(one, two):
        assert (a == b).all() and rows_a == rows_b


def test_subject_is_the_one_thing_captions_are_about(things):
    def heard(*captions, rows=()):
        return listen(things, list(captions), list(rows))

    assert subject(things, heard("A zebra eats.", "A zebra in the grass.", "One zebra."), []) == "zebra"
    assert subject(things, heard("A man with a dog.", "A man and his dog."), []) is None
    assert subject(things, heard("A zebra and a giraffe.", "A giraffe near a zebra."), []) is None
    assert subject(things, heard(rows=[("object", "What is parked?", "bus")]), ["bus"]) == "bus"
    assert subject(things, Spoken(), []) is None


def test_mixed_canvases_ask_for_photographs_and_know_what_is_absent(things, flat):
    shade = {"zebra": 20, "bus": 90, "pizza": 200}
    others = [(np.full((224, 224, 3), s, np.uint8), n, {n, "person"}) for n, s in shade.items() for _ in range(4)]
    canvases, rng, asked = Canvases(things, flat, others, mixed=1.0, painted=0), np.random.default_rng(4), 0
    for _ in range(40):
        canvas, rows = canvases.draw(rng)
        there = {n for n, s in shade.items() if (canvas == s).all(-1).mean() > 0.1}
        for kind, q, a in rows:
            assert "How many" not in q or "photographs" in q
            if kind == "is there":
                named = things.said(q)
                assert (a == "yes") == bool(named & there), (q, a, there)
                asked += 1
    assert asked > 40


def test_without_other_photographs_the_classes_are_enough(things, flat):
    canvas, rows = Canvases(things, flat, []).draw(np.random.default_rng(5))
    assert canvas.shape == (224, 224, 3) and rows


def test_painted_photographs_are_asked_for_the_colour_that_is_there(flat):
    rng, asked = np.random.default_rng(6), {"yes": 0, "no": 0}
    for _ in range(60):
        layout, cells, picks = scenes.draw(rng, flat[1])
        names = [scenes.NAMES[flat[1][i]] for i in picks]
        canvas = scenes.compose(layout, cells, [flat[0][i] for i in picks])
        before = canvas.copy()
        for kind, q, a in paint(rng, canvas, layout, cells, names):
            name, = {n for n in names if f"the {n}" in q}
            (r, c, h, w), _ = scenes.LAYOUTS[layout][cells[names.index(name)]]
            colour = looks.measured(canvas[112 * r:112 * (r + h), 112 * c:112 * (c + w)])["colour"]
            assert names.count(name) == 1 and kind == "thing-colour"
            if q.startswith("Is"):
                assert (colour in q) == (a == "yes")
                asked[a] += 1
            else:
                assert colour == a
        assert (canvas != before).any()
    assert min(asked.values()) > 10


def test_the_given_share_of_canvases_is_painted(things, flat):
    for share in (0.0, 1.0):
        canvases, rng = Canvases(things, flat, [], painted=share), np.random.default_rng(7)
        painted = [(c.max(2) != c.min(2)).any() for c, _ in (canvases.draw(rng) for _ in range(20))]
        assert all(painted) if share else not any(painted)
