"""One line of the notices card: what was found, and what its link does to the choices. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ann_viz.data.advice.finding import ignored, role_offer, why_useless
from ann_viz.data.advice.findings import Finding, Offer
from ann_viz.session.importing.advice import Applied, same_subject
from ann_viz.session.importing.choices import NOTHING_TO_LEARN, ImportChoices
from ann_viz.translation import translate

__all__ = ["Notice", "fallback_notices", "notices", "reading_of", "take_notice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One line under "Notices".

    Parameters
    ----------
    names : tuple of str
        Columns it is about, set in bold where the sentence names them.
    sentence : str
        What was found.
    look : str
        "warning", "info" or "done" (an offer that was taken).
    action : str
        The link at its right; empty for none.
    finding : Finding, optional
        Whose offer the link takes.
    applied : Applied, optional
        The offer the link takes back.
    column : str, optional
        Column the link makes an input, where there is no finding yet.
    """

    names: tuple[str, ...] = ()
    sentence: str
    look: Literal["warning", "info", "done"] = "warning"
    action: str = ""
    finding: Finding | None = None
    applied: Applied | None = None
    column: str | None = None


def fallback_notices(choices: ImportChoices) -> list[Notice]:
    """Return what the columns themselves tell, for as long as the findings are not there."""
    result = []
    for column in choices.table.columns:
        if column.reason and choices.roles[column.name] == "ignore":
            usable = column.name if column.kind not in NOTHING_TO_LEARN else None
            result.append(
                Notice(
                    names=(column.name,),
                    sentence=ignored(why_useless(column)),
                    action=role_offer((column.name,), done=True).label if usable else "",
                    column=usable,
                )
            )
    return result


def notices(choices: ImportChoices, findings: Sequence[Finding]) -> list[Notice]:
    """Return the findings as lines, with those the user has acted on."""
    result = [_notice(finding) for finding in findings]
    for applied in choices.applied:
        finding = applied.finding
        if not any(same_subject(finding, other) and other.offer is not None for other in findings):
            sentence = f"{finding.sentence.rstrip('.')}: {_past(finding.offer)}"
            line = Notice(
                names=finding.columns, sentence=sentence, look="done", action=translate("Undo"), applied=applied
            )
            result = [other for other in result if other.finding is None or not same_subject(other.finding, finding)]
            result.append(line)
    return result


def _past(offer: Offer | None) -> str:
    """Return what was done: as the offer says it, or the words of its link."""
    return "" if offer is None else offer.past or offer.label[:1].lower() + offer.label[1:]


def _notice(finding: Finding) -> Notice:
    return Notice(
        names=finding.columns,
        sentence=finding.sentence,
        look=finding.severity,
        action=finding.offer.label if finding.offer is not None else "",
        finding=finding,
    )


def take_notice(choices: ImportChoices, notice: Notice) -> None:
    """Do what the link of a line says.

    Raises
    ------
    DataError
        When the choices don't allow it.
    """
    if notice.applied is not None:
        choices.undo(notice.applied)
    elif notice.finding is not None:
        choices.apply(notice.finding)
    elif notice.column is not None:
        choices.set_role(notice.column, "input")


def reading_of(notice: Notice) -> dict[str, object]:
    """Return the options with which the file is to be read again after the link was taken; none when it is not."""
    if notice.applied is not None:
        offer, before = notice.applied.finding.offer, notice.applied.dialect
        return {} if offer is None else {field: getattr(before, field) for field in offer.reading}
    offer = notice.finding.offer if notice.finding is not None else None
    return {} if offer is None else offer.reading
