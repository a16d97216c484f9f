"""Partner pictures: which texts are plain, and which pictures answer them the other way."""

import numpy as np
import pytest

from tandem_training.questions import partners, presence
from tandem_training.questions.things import Things


@pytest.fixture(scope="module")
def things():
    return Things()


@pytest.mark.parametrize("text, names, words, subject, whole", [
    ("Is this a bus?", ("bus",), ("bus",), True, True),
    ("Is this a red bus?", ("bus",), ("red", "bus"), True, True),
    ("Could this be hot dog?", ("hot dog",), ("hot", "dog"), True, True),
    ("Is this a large flock of sheep?", ("sheep",), ("large", "flock", "of", "sheep"), True, True),
    ("Are there any dogs?", ("dog",), ("dogs",), False, True),
    ("Are there any cars visible in this photo?", ("car",), ("cars",), False, True),
    ("Are there any coffee cups on the table?", ("cup",), ("coffee", "cups"), False, False)])
def test_plain_texts(things, text, names, words, subject, whole):
    a = partners.asked(things, text)
    assert (a.words, a.subject, a.can_be_yes) == (words, subject, whole) and set(names) <= set(a.names)


@pytest.mark.parametrize("text", [
    "Is this man riding a horse?", "Is this a dog show?", "Is this a good place for a cat?", "Is this a cat or a dog?",
    "Are there any other people?", "Is this person a woman?", "Could this be recent photo?", "Are there any dog shows?", "Is it a dog?"])
def test_other_texts_have_no_partner(things, text):
    assert partners.asked(things, text) is None


@pytest.fixture(scope="module")
def choice(things):
    captions = [["A red bus on the road.", "The bus."], ["A blue bus near cars.", "One blue bus."], ["A brown dog in snow.", "A dog."],
                ["A gray seagull on a beach.", "One seagull."], ["A duck.", "A duck on the water."], ["A bus."]] * 8
    spoken = [presence.listen(things, c, []) for c in captions]
    return partners.Partners(np.random.default_rng(1), things, presence.Absent(things, spoken), spoken, captions)


def test_partners_answer_the_other_way(choice, things):
    texts = [("Is this a bus?", "no"), ("Is this a red bus?", "no"), ("Is this a seagull?", "no"), ("Is this a blue dog?", "no"),
             ("Is this a city bus?", "yes"), ("Are there any dogs in the picture?", "yes"), ("Are there any cars?", "no"),
             ("Is this a nice day?", "yes"), ("Is this a bird?", "yes"), ("Is this a bird?", "no")]
    found = {q: (i % 6, a) for i, q, a in choice.of(texts)}
    assert found["Is this a bus?"][0] in (0, 1) and found["Is this a red bus?"] == (0, "yes") and found["Is this a seagull?"] == (3, "yes")
    assert found["Is this a city bus?"][0] in (2, 3, 4) and found["Is this a city bus?"][1] == "no"
    assert found["Are there any dogs in the picture?"][1] == "no" and found["Are there any dogs in the picture?"][0] not in (2, 5)
    assert found["Are there any cars?"] == (1, "yes")
    assert not {"Is this a nice day?", "Is this a bird?", "Is this a blue dog?"} & set(found)


def test_as_many_partners_as_rows_and_none_twice(choice):
    found = choice.of([("Is this a bus?", "yes")] * 12)
    assert 4 < len(found) <= 12 and len(set(found)) == len(found) and all(i % 6 in (2, 3, 4) for i, _, _ in found)


def test_a_caption_says_whole_words_in_order():
    assert partners.says("A big red bus, parked.", ("red", "bus")) and partners.says("Red bus", ("red", "bus"))
    assert not partners.says("A red busy road", ("red", "bus")) and not partners.says("A bus that is red", ("red", "bus"))
