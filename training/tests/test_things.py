"""The list of things: words to things, kinds, and what a text leaves open."""

import pytest

from tandem_training.questions.things import Things, plural_of

SMALL = """
person/people = someone crowd
man/men = guy < person
woman/women < person
dog = puppy puppies < animal
hot dog = hotdog < food
animal
!board
snow/-
food/-
orange/oranges < food
?shirt
~ man boy
boy < person
"""


@pytest.fixture(scope="module")
def things():
    return Things(SMALL)


@pytest.mark.parametrize("name, plural", [("bus", "buses"), ("bench", "benches"), ("puppy", "puppies"), ("toy", "toys"),
                                          ("box", "boxes"), ("dog", "dogs")])
def test_plurals(name, plural):
    assert plural_of(name) == plural


@pytest.mark.parametrize("text, names", [
    ("A man feeds a hot dog to two dogs.", {"man", "hot dog", "dog"}),
    ("Some puppies in the SNOW", {"dog", "snow"}),
    ("an orange shirt", {"shirt"}), ("three oranges", {"orange"}),
    ("a T-shirt", {"shirt"}), ("nothing known", set())])
def test_words_name_things(things, text, names):
    assert things.said(text) == names


def test_order_and_words_are_kept(things):
    assert things.found("guy with puppies") == [("guy", "man"), ("puppies", "dog")]


def test_kinds_are_closed_upwards(things):
    assert things.closed({"dog", "man"}) == {"dog", "animal", "man", "person"}
    assert things.closed(set()) == set()


def test_people_may_be_women_but_a_dog_is_no_other_animal(things):
    assert {"man", "woman", "boy"} <= things.unsure({"person"})
    assert "woman" in things.unsure({"person", "man"})  # one man among the people says nothing of the others
    assert "dog" in things.unsure({"animal"})
    assert not things.unsure({"animal", "dog"})


def test_what_is_mixed_up_is_left_open_both_ways(things):
    assert "boy" in things.unsure({"man"}) and "man" in things.unsure({"boy"})


def test_articles_and_marks(things):
    assert things.all["orange"].single == "an orange" and things.all["snow"].single == "snow"
    assert things.all["snow"].many == "snow" and things.all["man"].many == "men"
    assert things.all["shirt"].seldom and not things.all["board"].asked and things.all["dog"].asked


def test_the_real_list_hangs_together():
    real = Things()
    assert len([t for t in real.all.values() if t.asked]) >= 200
    for name, parents in real.parents.items():
        assert parents <= set(real.all), name
    for name, others in real.mixed.items():
        assert {name} | others <= set(real.all), name
    assert real.said("fire hydrants near fires") == {"fire hydrant"} | real.said("fires")
    assert real.closed({"baby"}) >= {"child", "person"}


def test_no_thing_is_its_own_kind():
    real = Things()
    for name in real.all:
        assert name not in real.above(name)
