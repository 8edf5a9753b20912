"""The sample data that come with the program, as listed in ``resources/samples/samples.json``."""

from __future__ import annotations

import dataclasses
import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ann_viz.resources import resource
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["SampleData", "find_sample", "is_sample", "open_sample", "samples"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleData:
    """One sample file: what it is, what it teaches and where it is from."""

    file: str
    title: str
    subtitle: str
    teaches: str
    target: str
    phrase: str
    task: str
    source: str
    licence: str
    row_name: str

    @property
    def about(self) -> str:
        """What it teaches, where it is from and under which licence, in two lines."""
        return translate("{teaches}\n{source}. Licence: {licence}.").format(
            teaches=self.teaches, source=self.source[:1].upper() + self.source[1:], licence=self.licence
        )


@functools.cache
def samples() -> tuple[SampleData, ...]:
    """Return all samples in the order of the list."""
    entries = json.loads(resource("samples", "samples.json").read_text(encoding="utf-8"))
    return tuple(SampleData(**entry) for entry in entries)


def find_sample(file: str) -> SampleData | None:
    """Return the sample that is kept in a file of this name, or None for any other file."""
    return next((sample for sample in samples() if sample.file == file), None)


def is_sample(dataset: Dataset) -> bool:
    """Whether data are from the very file of a sample, and not from another one of its name."""
    path = dataset.table.path
    return find_sample(path.name) is not None and path == resource("samples", path.name)


def open_sample(sample: SampleData) -> Dataset:
    """Read a sample with the target that its list names; raises DataError.

    Its rows are split, and its numbers scaled, in the plain way that the lessons tell.
    """
    from ann_viz.data import Split, build_dataset, open_table, suggest_recipe

    table = open_table(resource("samples", sample.file))
    recipe = dataclasses.replace(suggest_recipe(table, sample.target), split=Split(), scaling="standard")
    return build_dataset(table, dataclasses.replace(recipe, phrase=sample.phrase, row_name=sample.row_name))
