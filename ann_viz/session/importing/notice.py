"""One line of the notices card: what was found, and what its link does to the choices. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ann_viz.data.advice.finding import ignored, role_offer, why_useless
from ann_viz.data.advice.findings import Finding, Offer
from ann_viz.data.advice.folding import MOST_TOLD
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
    actions : tuple of str
        The links: one stands at its right, several stand below it.
    finding : Finding, optional
        Whose offer the first link takes, and whose further offers the others.
    applied : Applied, optional
        The offer the link takes back.
    column : str, optional
        Column the link makes an input, where there is no finding yet.
    """

    names: tuple[str, ...] = ()
    sentence: str
    look: Literal["warning", "info", "done"] = "warning"
    actions: tuple[str, ...] = ()
    finding: Finding | None = None
    applied: Applied | None = None
    column: str | None = None

    @property
    def is_of_many(self) -> bool:
        """Whether it tells of more columns than its sentence can name."""
        return len(self.names) > MOST_TOLD

    def choosing(self, place: int) -> Notice:
        """Return the notice of which the link at that place is the only one."""
        if self.finding is None or place == 0:
            return self
        finding = replace(self.finding, offer=self.finding.further[place - 1], further=())
        return replace(self, finding=finding, actions=self.actions[place : place + 1])


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
                    actions=(role_offer((column.name,), done=True).label,) if usable else (),
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
            line = Notice(
                names=finding.columns,
                sentence=_after(finding),
                look="done",
                actions=(translate("Undo"),),
                applied=applied,
            )
            result = [other for other in result if other.finding is None or not same_subject(other.finding, finding)]
            result.append(line)
    return result


def _after(finding: Finding) -> str:
    """Return what is said of a finding whose offer was taken: as the offer says it, or the words of its link."""
    offer = finding.offer or Offer(label="")
    past = offer.past or offer.label[:1].lower() + offer.label[1:]
    return offer.then or f"{finding.sentence.rstrip('.')}: {past}"


def _notice(finding: Finding) -> Notice:
    return Notice(
        names=finding.columns,
        sentence=finding.sentence,
        look=finding.severity,
        actions=() if finding.offer is None else tuple(offer.label for offer in (finding.offer, *finding.further)),
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
