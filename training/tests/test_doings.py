"""Questions about what somebody does, and about sorts and places: what captions answer, what they deny, what they leave open."""

from collections import Counter, defaultdict

import numpy as np
import pytest

from tandem_training.questions import both, doings, presence, sorts
from tandem_training.questions.retold import Caption
from tandem_training.questions.things import Things


@pytest.fixture(scope="module")
def things():
    return Things()


def told(things, captions, rows=()):
    return doings.Told(things, presence.listen(things, captions, list(rows)), captions, rows)


def sort_of(things, captions):
    return sorts.Told(things, presence.listen(things, captions, []), captions)


@pytest.mark.parametrize("caption, texts", [
    ("A man is riding a brown horse.", {"man riding a horse"}),
    ("A woman rides an old bike down the street.", {"woman riding a bike"}),
    ("A dog runs through the tall grass .", {"dog running through the grass", "dog running"}),
    ("The boy wearing sunglasses is jumping .", {"boy wearing sunglasses"}),
    ("A girl holding", set()),
    ("A man in a hat is sitting", set()),  # who sits stands too far off
    ("A building near a man during the evening", set()),
    ("Two men riding horses", set()),
    ("A baby eating an orange apple", {"baby eating an apple"})])
def test_what_a_caption_says_somebody_does(things, caption, texts):
    assert {f"{d.who} {d.text}" for d in doings.doings(Caption(things, caption))} == texts


@pytest.mark.parametrize("question, answer, text", [
    ("What is the man riding down the street?", "horse", "man riding a horse"),
    ("The young man riding what down a snow covered slope?", "skis", "man riding skis"),
    ("What is the woman holding?", "umbrella", "woman holding an umbrella"),
    ("What is the dog standing next to?", "car", None),
    ("What is sitting on the street?", "dog", None),
    ("What is the man sitting on?", "bench", None),
    ("What is the man holding?", "thingummy", None)])
def test_what_a_row_says_somebody_does(things, question, answer, text):
    assert [f"{d.who} {d.text}" for d in doings.answered(things, question, answer)] == ([text] if text else [])


def test_what_is_denied(things):
    bike = told(things, ["A man rides a bike.", "A man on a red bike."])
    assert bike.denies(things, doings.Doing("man", "riding", "", "a", "horse"))
    assert bike.denies(things, doings.Doing("man", "sleeping"))
    assert not bike.denies(things, doings.Doing("man", "riding"))  # he does ride
    assert not bike.denies(things, doings.Doing("woman", "riding", "", "a", "horse"))  # no woman is known
    assert not bike.denies(things, doings.Doing("man", "riding", "", "a", "bicycle"))  # the same thing by another name
    one = told(things, [], [("object", "What is the man riding on the beach?", "horse")])
    assert one.denies(things, doings.Doing("man", "riding", "", "a", "bike"))
    assert not one.denies(things, doings.Doing("man", "wearing", "", "a", "hat"))  # a single row says nothing of hats


@pytest.mark.parametrize("verb, stem", [("running", "run"), ("riding", "rid"), ("falling", "fall"), ("sitting", "sit"), ("kissing", "kiss")])
def test_stems(verb, stem):
    assert doings.stem(verb) == stem


def test_each_text_has_both_answers_and_no_picture_both(things):
    captions = [["A man rides a bike.", "A man on a bike."], ["A man rides a horse.", "A man on a horse."],
                ["A man is sleeping.", "A man sleeps."]] * 6
    spoken = [presence.listen(things, c, []) for c in captions]
    rows = doings.questions(np.random.default_rng(1), things, spoken, captions, [[]] * len(captions))
    by_text = defaultdict(Counter)
    for _, q, a in rows:
        by_text[q][a] += 1
    assert len(by_text) == 3 and all(c["yes"] == c["no"] == 6 for c in by_text.values())
    assert len({(i, q) for i, q, _ in rows}) == len(rows)
    for i, q, a in rows:
        if "horse" in q:
            assert (a == "yes") == (i % 3 == 1)
    horse = [i % 3 for i, q, a in rows if "horse" in q and a == "no"]
    assert horse.count(0) >= 3  # half of them ride something else
    assert rows == doings.questions(np.random.default_rng(1), things, spoken, captions, [[]] * len(captions))


@pytest.mark.parametrize("caption, found", [
    ("A young boy on a beach", {(("young",), "boy")}),
    ("a red and white bus", set()),
    ("a double decker bus", {(("double", "decker"), "bus")}),
    ("a running dog", set()),
    ("the young boy", set()),
    ("a young", set())])
def test_sorts_of_a_caption(things, caption, found):
    assert set(sorts.said_sorts(Caption(things, caption))) == found


def test_a_sort_is_denied_by_its_opposite_or_by_another_thing(things):
    old = sort_of(things, ["An old man on a bench.", "A man sits.", "An elderly man."])
    assert sorts.denied(things, old, ("young",), "man") == "same"
    assert sorts.denied(things, old, ("tall",), "man") == ""  # nobody says that he is short
    assert sorts.denied(things, old, ("old",), "man") == ""
    assert sorts.denied(things, old, ("double", "decker"), "bus") == "other"
    school = sort_of(things, ["A school bus.", "A school bus on a road.", "A bus."])
    assert sorts.denied(things, school, ("double", "decker"), "bus") == "same"
    assert sorts.denied(things, school, ("big",), "bus") == ""


def test_a_place_is_denied_by_a_place_that_is_not_mixed_up_with_it(things):
    lake = sort_of(things, ["A dog in a lake.", "A dog swims in the lake."])
    assert sorts.denied(things, lake, (), "kitchen") == "other"
    assert sorts.denied(things, lake, (), "ocean") == "" and sorts.denied(things, lake, (), "lake") == ""
    assert sorts.denied(things, sort_of(things, ["A dog.", "A brown dog."]), (), "kitchen") == ""  # no place is known


def test_sorts_and_places_are_asked_both_ways(things):
    captions = [["A young boy in a kitchen.", "A boy in the kitchen."], ["An old boy at a beach.", "A boy on the beach."]] * 4
    spoken = [presence.listen(things, c, []) for c in captions]
    rows = sorts.questions(np.random.default_rng(2), things, spoken, captions)
    said = {(q, i % 2): a for i, q, a in rows}
    words = " ".join(q for _, q, _ in rows)
    assert "young boy" in words and "kitchen" in words and "beach" in words
    assert all(said[q, 1 - k] != a for (q, k), a in said.items() if (q, 1 - k) in said)
    assert Counter(a for *_, a in rows)["yes"] == len(rows) / 2


def test_at_most_so_many_rows_of_a_text():
    rows = both.pairs(np.random.default_rng(1), "Is it?", range(100), range(100, 300), lambda i: i < 110)
    assert Counter(a for *_, a in rows) == {"yes": both.MOST, "no": both.MOST}
    assert sum(100 <= i < 110 for i, *_ in rows) >= 10
    assert both.pairs(np.random.default_rng(1), "Is it?", [1], [], lambda i: True) == []
