"""A yes-or-no answer in the words of the data: who is meant by either, what is missed, and what a chance is of.

Of verbs that are known ("leaves the bank") it is said in their own forms: who left, missed leavers, a chance to leave.
Of all other answers their names stand between quotes, as nobody knows how to bend them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ann_viz.translation import translatable, translate

__all__ = ["DEEDS", "Deed", "YesNoWords", "words_of_class", "words_of_yes_no"]


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb in the forms that are needed to speak of those who do it; all are texts to be translated.

    Parameters
    ----------
    opposite : str
        The verb of all others, one of `DEEDS`.
    to_do, past : str
        "leave", "left".
    those : str
        "who left"
    one, many : str
        "leaver", "leavers".
    """

    opposite: str
    to_do: str
    past: str
    those: str
    one: str
    many: str


DEEDS: Final[Mapping[str, Deed]] = {
    verb: Deed(*forms)
    for verb, *forms in (
        (
            "leaves", translatable("stays"), translatable("leave"), translatable("left"), translatable("who left"),
            translatable("leaver"), translatable("leavers"),
        ),
        (
            "stays", translatable("leaves"), translatable("stay"), translatable("stayed"), translatable("who stayed"),
            translatable("stayer"), translatable("stayers"),
        ),
        (
            "survives", translatable("dies"), translatable("survive"), translatable("survived"),
            translatable("who survived"), translatable("survivor"), translatable("survivors"),
        ),
        (
            "dies", translatable("survives"), translatable("die"), translatable("died"), translatable("who died"),
            translatable("death"), translatable("deaths"),
        ),
        (
            "passes", translatable("fails"), translatable("pass"), translatable("passed"), translatable("that passed"),
            translatable("pass"), translatable("passes"),
        ),
        (
            "fails", translatable("passes"), translatable("fail"), translatable("failed"), translatable("that failed"),
            translatable("failure"), translatable("failures"),
        ),
        (
            "wins", translatable("loses"), translatable("win"), translatable("won"), translatable("that won"),
            translatable("win"), translatable("wins"),
        ),
        (
            "loses", translatable("wins"), translatable("lose"), translatable("lost"), translatable("that lost"),
            translatable("defeat"), translatable("defeats"),
        ),
    )
}  # fmt: skip
"""Verbs that say enough without what follows them, by the form that a phrase begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoWords:
    """What a page about yes-or-no answers says.

    Parameters
    ----------
    does, do : str
        What is true of one row, and of several: "leaves", "leave"; 'is “malignant”', 'are “malignant”'.
    was_no, was_yes : str
        What became of rows: "stayed", "left"; the names of classes.
    are_no, are_yes : str
        Rows of which no or yes is true: "who stayed", "who left"; “benign”, “malignant”.
    chance : str
        What the chance is of: "chance to leave".
    share : str
        Above how many are so: "leave".
    missed : str
        Below the number of rows that are yes and not found: "missed leavers".
    missed_one, false_one : str
        One mistake of each kind: "A missed leaver", "A false alarm".
    found, false_alarms : str
        Titles of axes: "leavers found", "false alarms among those who stayed".
    find_more : str
        The beginning of a sentence: "To find more leavers".
    """

    does: str
    do: str
    was_no: str
    was_yes: str
    are_no: str
    are_yes: str
    chance: str
    share: str
    missed: str
    missed_one: str
    false_one: str
    found: str
    false_alarms: str
    find_more: str

    @property
    def captions(self) -> tuple[tuple[str, ...], ...]:
        """What the four cells of the confusion matrix count, by truth and answer."""
        return (
            (translate("rightly left alone"), translate("false alarms")),
            (self.missed, translate("found")),
        )


def words_of_yes_no(no: str, yes: str, phrase: str) -> YesNoWords:
    """Return the words for an answer.

    Parameters
    ----------
    no, yes : str
        The names of both, short.
    phrase : str
        What a yes means, as the data have it: "leaves the bank"; empty where nobody knows.
    """
    deed = DEEDS.get(phrase.split(maxsplit=1)[0]) if phrase else None
    if deed is None:
        return _between_quotes(no, yes)
    other = DEEDS[deed.opposite]
    return YesNoWords(
        does=yes,
        do=translate(deed.to_do),
        was_no=translate(other.past),
        was_yes=translate(deed.past),
        are_no=translate(other.those),
        are_yes=translate(deed.those),
        chance=translate("chance to {do}").format(do=translate(deed.to_do)),
        share=translate(deed.to_do),
        missed=translate("missed {many}").format(many=translate(deed.many)),
        missed_one=translate("A missed {one}").format(one=translate(deed.one)),
        false_one=translate("A false alarm"),
        found=translate("{many} found").format(many=translate(deed.many)),
        false_alarms=translate("false alarms among those {that_were_no}").format(that_were_no=translate(other.those)),
        find_more=translate("To find more {many}").format(many=translate(deed.many)),
    )


def words_of_class(name: str) -> YesNoWords:
    """Return the words for one class that is told from all others."""
    return _between_quotes(translate("another class"), name)


def _between_quotes(no: str, yes: str) -> YesNoWords:
    mistake = translate("“{truth}” answered “{answer}”")
    return YesNoWords(
        does=translate("is “{name}”").format(name=yes),
        do=translate("are “{name}”").format(name=yes),
        was_no=no,
        was_yes=yes,
        are_no=f"“{no}”",
        are_yes=f"“{yes}”",
        chance=translate("chance of “{name}”").format(name=yes),
        share=translate("are so"),
        missed=translate("missed"),
        missed_one=mistake.format(truth=yes, answer=no),
        false_one=mistake.format(truth=no, answer=yes),
        found=translate("found"),
        false_alarms=translate("false alarms"),
        find_more=translate("To find more"),
    )
