"""Many findings of one kind are one finding: it names the first columns, counts the rest, and its offer is for all.

Checks that have something better to say of many columns, such as their number of inputs, fold them themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from ann_viz.data.advice.finding import Finding, Offer, ignored, role_offer
from ann_viz.data.files.dialect import Dialect
from ann_viz.numerals import listed
from ann_viz.translation import translatable, translate

__all__ = ["MOST_TOLD", "folded"]

MOST_TOLD: Final = 5
"""Findings of a kind that are told one by one."""

_SAYS: Final[dict[str, str]] = {
    "leak": translatable("{names} each give the answer away"),
    "codes": translatable("{names} tell the answer by their values, not by how large they are: they may be codes"),
    "counted dates": translatable("{names} may hold dates, counted in days or seconds"),
    "odd cells": translatable("{names} have cells that don't fit the rest of their column"),
    "spellings": translatable("{names} have values in several spellings, read as one"),
    "mixed units": translatable("{names} have numbers in different units"),
    "identifier": translatable("{names} look like identifiers"),
    "row counter": translatable("{names} count the rows"),
    "free text": translatable("{names} are free text"),
    "near-unique": translatable("{names} have texts that hardly ever repeat"),
    "equal columns": translatable("{names} repeat other columns"),
    "doubtful missing": translatable("{names} have words that may be a category of their own, but are read as missing"),
    "rare categories": translatable("{names} have categories of which some are rare (one-hot)"),
    "outliers": translatable("{names} have a few values far from the others"),
    "checkbox": translatable("{names} hold a mark or nothing: an empty cell counts as a no"),
    "unit": translatable("{names} hold numbers with a unit"),
    "short years": translatable("{names} have years with two digits"),
    "lists": translatable("{names} hold lists, of which every combination counts as a category of its own"),
    "date": translatable("{names} hold dates, of which each becomes several inputs"),
}
"""What is said of many columns, by the kind of finding."""

_OF_MANY: Final = (
    (translatable("Use its length"), translatable("Use their length")),
    (translatable("Read it as a date"), translatable("Read them as dates")),
    (translatable("Count it as a category"), translatable("Count them as categories")),
    (translatable("Leave the row out"), translatable("Leave the rows out")),
)
"""Words of buttons, of one column and of many."""

_IGNORED: Final = frozenset({"leak", "identifier", "row counter", "free text", "near-unique", "equal columns"})


def folded(found: Sequence[Finding], dialect: Dialect) -> list[Finding]:
    """Return the findings, of more than five alike the one that tells them all in the place of the first.

    Parameters
    ----------
    found : sequence of Finding
    dialect : Dialect
        How the file was read: offers to read it otherwise are put together on its ground.
    """
    alike: dict[Hashable, list[Finding]] = {}
    for finding in found:
        alike.setdefault(_likeness(finding), []).append(finding)
    told: list[Finding] = []
    for findings in alike.values():
        if len(findings) > MOST_TOLD and findings[0].kind in _SAYS:
            told.append(_one_for(findings, dialect))
        else:
            told += findings
    return told


def _likeness(finding: Finding) -> Hashable:
    """What findings share that can be told as one: their kind, their state, and what their offers do."""
    offers = (finding.offer, *finding.further) if finding.offer else ()
    return finding.kind, finding.severity, finding.done, tuple(map(_deed, offers))


def _deed(offer: Offer) -> Hashable:
    plan = offer.plan
    chosen = None if plan is None else (plan.treat, plan.scaling, plan.text_as, plan.leave_out_odd)
    return offer.role, chosen, tuple(offer.reading)


def _one_for(findings: list[Finding], dialect: Dialect) -> Finding:
    first = findings[0]
    names = tuple(dict.fromkeys(_about(finding) for finding in findings))
    says = translate(_SAYS[first.kind]).format(names=listed(names))
    if first.done and first.kind in _IGNORED:
        says = ignored(says)
    elif first.kind == "leak":
        says = translate("{sentence}: would you know them beforehand?").format(sentence=says)
    offers = [(finding.offer, *finding.further) for finding in findings if finding.offer is not None]
    merged = [_merged(each, names, done=first.done, dialect=dialect) for each in zip(*offers, strict=True)]
    return replace(
        first,
        columns=names,
        sentence=says,
        details=tuple(finding.sentence for finding in findings),
        offer=merged[0] if merged else None,
        further=tuple(merged[1:]),
    )


def _about(finding: Finding) -> str:
    """The column that a finding is told of, and not the one it is compared with."""
    return finding.columns[0]


def _merged(offers: Sequence[Offer], names: tuple[str, ...], *, done: bool, dialect: Dialect) -> Offer:
    """Return the offer that does what all of these do."""
    first = offers[0]
    label, past = first.label, ""
    usual, of_all = role_offer(names[:1], done=done), role_offer(names, done=done)
    if first.role is not None and label == usual.label:
        label, past = of_all.label, of_all.past
    of_many = {translate(one): translate(many) for one, many in _OF_MANY}
    return Offer(
        label=of_many.get(label, label),
        past=past,
        parts=tuple(offers),
        forms=_together(offers, dialect.forms, lambda offer: offer.forms),
        kept_words=_together(offers, dialect.kept_words, lambda offer: offer.kept_words),
    )


def _together(
    offers: Iterable[Offer],
    before: tuple[tuple[str, str], ...],
    wanted: Callable[[Offer], tuple[tuple[str, str], ...] | None],
) -> tuple[tuple[str, str], ...] | None:
    """Return what was said of columns so far, with what any of the offers takes away or adds; None where none does."""
    all_wanted = [pairs for offer in offers if (pairs := wanted(offer)) is not None]
    if not all_wanted:
        return None
    stays = [pair for pair in before if all(pair in pairs for pairs in all_wanted)]
    added = dict.fromkeys(pair for pairs in all_wanted for pair in pairs if pair not in before)
    return (*stays, *added)
