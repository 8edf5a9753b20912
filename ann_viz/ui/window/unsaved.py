"""What of a document is in no file, in words: below its name, and in the question before it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ann_viz.engine import Network
from ann_viz.numerals import count, format_number
from ann_viz.printable import printable
from ann_viz.session.kept_copies import DAYS
from ann_viz.session.work_mark import WorkMark, changes_since
from ann_viz.translation import translate
from ann_viz.ui.kit.time_text import time_text

__all__ = ["Unsaved"]

MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaved:
    """The state of a document against its file.

    Parameters
    ----------
    name : str
        What it is called.
    network : Network
        What it has learned.
    is_in_file : bool
        Whether it has a project file.
    is_lent : bool
        Whether it is a lesson's.
    is_changed : bool
        Whether closing would lose something.
    stays : bool
        Whether it stays in the copies that are kept of its project when it is not saved.
    is_copy_lost : bool
        Whether it should have stayed there, and could not be written.
    before : WorkMark or None
        What it was like when it was saved or opened last; None where nobody knows.
    now : WorkMark
    """

    name: str
    network: Network
    is_in_file: bool
    is_lent: bool = False
    is_changed: bool
    stays: bool = False
    is_copy_lost: bool = False
    before: WorkMark | None
    now: WorkMark

    @property
    def title(self) -> str:
        """One line: "3 changes since 13:40"."""
        if not self.is_changed:
            return translate("Everything is saved") if self.is_in_file else translate("Nothing to save yet")
        if self.before is None:
            return translate("Not saved")
        return translate("{changes} since {time}").format(changes=self._how_many, time=time_text(self.before.at))

    @property
    def words(self) -> str:
        """What there is to say below that: "L2 0 → 0.001 · 18 epochs · 1 note"."""
        if self.is_lent:
            return translate("It belongs to a lesson.")
        if not self.is_changed:
            if self.before is None or not self.is_in_file:
                return translate("It is in no file, and nothing has been learned.")
            return translate("Saved at {time}").format(time=time_text(self.before.at))
        told = [self._listed(" · ")] if self._changes else []
        if not self.is_in_file:
            told.append(translate("In no file yet."))
        elif self.before is None:
            told.append(translate("Not all of it is in its file."))
        return "\n".join(told)

    @property
    def warning(self) -> str:
        """What would be lost, in a sentence, and whether it would be for good."""
        name = printable(self.name)
        if self.before is None:
            text = translate("What has changed in {name} since it was opened or saved last is in no file yet.")
            lost = text.format(name=name)
        else:
            text = translate("{name} has {changes} since {time}: {list}.")
            listed = self._listed(", ")
            lost = text.format(name=name, changes=self._how_many, time=time_text(self.before.at), list=listed)
        if self.is_copy_lost:
            full = translate("No copy of it could be kept: perhaps the disk is full.")
            return f"{lost} {full}"
        stays = translate("What is not saved stays in the kept copies for {days} days.")
        return f"{lost} {stays.format(days=format_number(DAYS))}" if self.stays else lost

    @property
    def _changes(self) -> tuple[str, ...]:
        return () if self.before is None else changes_since(self.before, self.now)

    @property
    def _how_many(self) -> str:
        return count(len(self._changes), "change")

    def _listed(self, between: str) -> str:
        """Name the first few."""
        changes = self._changes
        more = len(changes) - MOST_NAMED
        if more > 1:
            changes = (*changes[:MOST_NAMED], translate("and {n} more").format(n=format_number(more)))
        return between.join(changes)
