"""The journal of a sweep: what it was asked for last, and every result, on the disk as soon as there is one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from ann_viz.errors import ConfigError, OutputError
from ann_viz.files import AnyPath
from ann_viz.journals import Journal
from ann_viz.printable import printable
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.task import Result, Task
from ann_viz.translation import translate
from ann_viz.typed_json import typed

__all__ = ["KeptResults"]

_KIND: Final = "ann-viz sweep"


class KeptResults:
    """Results of sweeps on the same rows, from the same settings: those of an earlier plan serve a later one.

    Parameters
    ----------
    path : path
        The journal, made where there is none.
    problem : Problem
    inputs : iterable of paths
        Files that must not be written.

    Attributes
    ----------
    results : dict of Task to Result
        What was there when it was opened.
    plan : Plan or None
        What was asked for last; None in a new one.

    Raises
    ------
    OutputError
        When it can't be written, or is the journal of something else.
    """

    def __init__(self, path: AnyPath, problem: Problem, *, inputs: Iterable[AnyPath] = ()) -> None:
        self._journal = Journal(path, _KIND, inputs=inputs)
        mark = {"data": problem.fingerprint()}
        records = self._journal.records
        if records and records[0] != mark:
            self.close()
            sentence = translate(
                "'{name}' is the journal of a sweep on other rows or from other settings. Choose another name."
            )
            raise OutputError(sentence.format(name=printable(str(path))))
        if not records:
            self._journal.append(mark)
        self.results: dict[Task, Result] = {}
        self.plan: Plan | None = None
        for record in records[1:]:
            with suppress(ValueError, ConfigError):  # written by a later version
                self._read(record)

    def begin(self, plan: Plan) -> None:
        """Note what is asked for now."""
        if plan != self.plan:
            self._journal.append({"plan": asdict(plan)})
            self.plan = plan

    def keep(self, result: Result) -> None:
        """Add a result; raises OutputError."""
        self._journal.append({"result": result.to_json()})

    def close(self) -> None:
        """Let the journal be."""
        self._journal.close()

    def _read(self, record: Any) -> None:
        if not isinstance(record, dict):
            raise ValueError("it is no record")
        if "plan" in record:
            self.plan = typed(Plan, record["plan"])
        if "result" in record:
            result = Result.from_json(record["result"])
            self.results[result.task] = result
