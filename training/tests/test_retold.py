"""Captions retold as questions, phrase by phrase."""

import numpy as np
import pytest

from tandem_training.questions import retold
from tandem_training.questions.things import Things


@pytest.fixture(scope="module")
def things():
    return Things()


def rows(things, *captions, kind=None):
    found = retold.questions(np.random.default_rng(1), things, list(captions))
    return {(q, a) for k, q, a in found if kind in (None, k)}


def test_a_colour_is_asked_and_doubted(things):
    found = retold.questions(np.random.default_rng(1), things, ["A big red bus on the road."])
    colour = [(q, a) for k, q, a in found if k == "colour"]
    assert len(colour) == 1 and colour[0][1] == "red" and "bus" in colour[0][0]
    doubted = {a: q for k, q, a in found if k == "colour-yesno"}
    assert doubted["yes"] == "Is the bus red?" and "red" not in doubted["no"]


@pytest.mark.parametrize("caption", ["A black and white dog.", "A red, blue bus.", "A white and brown cat"])
def test_two_colours_are_no_answer(things, caption):
    assert not rows(things, caption, kind="colour")


def test_captions_that_differ_are_not_asked(things):
    assert not rows(things, "A red bus.", "A blue bus.", kind="colour")
    assert not rows(things, "Two dogs play.", "Three dogs run.", kind="number")


def test_grey_is_gray(things):
    assert {a for _, a in rows(things, "a grey elephant", kind="colour")} == {"gray"}


@pytest.mark.parametrize("caption, answer", [("Two brown dogs run.", "two"), ("There are four people here.", "four"),
                                             ("Three young men sit.", "three")])
def test_numbers(things, caption, answer):
    assert [a for _, a in rows(things, caption, kind="number")] == [answer]


def test_a_number_needs_a_plural(things):
    assert not rows(things, "two way road", kind="number")


@pytest.mark.parametrize("caption, question, answer", [
    ("A man riding a brown horse.", "What is the man riding?", "horse"),
    ("A woman is holding an umbrella.", "What is the woman holding?", "umbrella"),
    ("Two women are eating some pizza.", "What are the women eating?", "pizza"),
    ("A dog is running in the grass.", "What is running in the grass?", "dog"),
    ("A bus parked near a house.", "What is parked near a house?", "bus")])
def test_objects(things, caption, question, answer):
    assert (question, answer) in rows(things, caption, kind="object")


def test_people_are_not_asked_for_as_objects(things):
    assert not rows(things, "A man is running in the grass.", kind="object")


def test_pronouns_are_no_things(things):
    assert not any("his" in q.split() for q, _ in rows(things, "A man in his black."))


@pytest.mark.parametrize("caption, question, answer", [
    ("A man cooking in a kitchen.", "Where is the man cooking?", "kitchen"),
    ("Two dogs are running on the beach.", "Where are the dogs running?", "beach"),
    ("A cat in the sink.", "Where is the cat?", "sink")])
def test_places(things, caption, question, answer):
    assert (question, answer) in rows(things, caption, kind="location")


def test_at_most_a_few_of_a_kind(things):
    captions = [f"A red {n}." for n in ("bus", "car", "kite", "ball", "chair", "hat", "tie", "boat", "truck")]
    found = retold.questions(np.random.default_rng(1), things, captions, most=3)
    assert sum(k == "colour" for k, _, _ in found) == 3


def test_the_same_seed_gives_the_same_rows(things):
    captions = ["A red bus near two dogs.", "A man riding a horse in a field."]
    assert rows(things, *captions) == rows(things, *captions)
