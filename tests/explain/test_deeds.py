"""A yes-or-no answer in the words of the data."""

from __future__ import annotations

import pytest

from ann_viz.explain.deeds import DEEDS, words_of_class, words_of_yes_no


def test_a_verb_that_is_known_is_bent() -> None:
    """Who left, missed leavers, a chance to leave: as one speaks of customers."""
    words = words_of_yes_no("stays", "leaves", "leaves the bank")
    assert (words.are_no, words.are_yes, words.was_no, words.was_yes) == ("who stayed", "who left", "stayed", "left")
    assert words.captions == (("rightly left alone", "false alarms"), ("missed leavers", "found"))
    assert (words.missed_one, words.false_one) == ("A missed leaver", "A false alarm")
    assert (words.chance, words.share, words.does, words.do) == ("chance to leave", "leave", "leaves", "leave")
    assert words.false_alarms == "false alarms among those who stayed" and words.found == "leavers found"
    assert words.find_more == "To find more leavers"


@pytest.mark.parametrize(
    ("no", "yes", "missed", "false"),
    [
        ("0", "late: 1", "“late: 1” answered “0”", "“0” answered “late: 1”"),
        (
            "is <b>sad</b>", "is glad“", "“is glad“” answered “is <b>sad</b>”", "“is <b>sad</b>” answered “is glad“”"
        ),
        ("לא", "עזב: כן", "“עזב: כן” answered “לא”", "“לא” answered “עזב: כן”"),
    ],
)  # fmt: skip
def test_all_others_stand_between_quotes(no, yes, missed, false) -> None:
    """What is true, then what was answered, letter by letter: nothing in the data bends the sentence."""
    words = words_of_yes_no(no, yes, "")
    assert (words.missed_one, words.false_one, words.are_yes) == (missed, false, f"“{yes}”")
    assert words_of_class(yes).does == f"is “{yes}”"


def test_every_verb_has_its_opposite() -> None:
    assert all(DEEDS[deed.opposite].opposite == verb for verb, deed in DEEDS.items())
