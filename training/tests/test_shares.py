"""Lists of shares: what is read, and what is refused in words."""

import pytest

from tandem_training.common.shares import shares


def test_names_and_numbers_in_their_order():
    assert list(shares("coco=.5, flickr=.25,scenes=0").items()) == [("coco", 0.5), ("flickr", 0.25), ("scenes", 0.0)]
    assert shares("16=1", numbered=True) == {16: 1.0}


@pytest.mark.parametrize("text, numbered, found", [
    ("coco", False, "coco"), ("coco=", False, "coco="), ("=1", False, "=1"), ("coco=.5,", False, ""), ("", False, ""), ("coco=half", False, "coco=half"),
    ("coco=-1", False, "coco=-1"), ("coco=nan", False, "coco=nan"), ("coco=inf", False, "coco=inf"), ("a=1,a=2", False, "a=2"), ("coco=1=2", False, "coco=1=2"),
    ("all=1", True, "all=1"), ("1.5=1", True, "1.5=1"), ("-8=1", True, "-8=1")])
def test_what_is_no_list_is_refused(text, numbered, found):
    with pytest.raises(SystemExit, match="reading the shares") as why:
        shares(text, numbered)
    assert f"[{found}]" in str(why.value) and "needed" in str(why.value)


def test_one_must_be_above_zero():
    with pytest.raises(SystemExit, match="all are 0"):
        shares("a=0,b=0")
