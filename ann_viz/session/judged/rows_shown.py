"""All that the list of rows shows: which rows, what the file says of them, and what each epoch made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset, PartName
from ann_viz.engine import Network, Snapshot
from ann_viz.numerals import at_most_four_digits, format_number, percent, percent_fixed
from ann_viz.session.confusion import class_names, words_of
from ann_viz.session.judged.rows import KeptRows, answered
from ann_viz.session.judged.wrong_rows import Kind, RowOrder, WrongRow, chosen_rows, courses
from ann_viz.translation import translate

__all__ = ["RowsRequest", "ShownRows", "TableRow", "kinds_of", "numbered", "work_out_rows"]

MOST_CELLS: Final = 6
MOST_KINDS: Final = 40


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RowsRequest:
    """What is asked for.

    Parameters
    ----------
    dataset : Dataset
    network : Network
        Of its own.
    moments : tuple of Snapshot
        The epochs of the courses.
    epoch : int
        Of the weights of the network.
    part : {"validation", "train", "test"}
    threshold : float
    kind : Kind
    order : {"wrong", "right", "unsure"}
    most : int
        How many rows at most.
    watched : tuple of int
        Rows of the dataset that are shown first, whatever they are.
    rows : KeptRows
        Where the rows are read.
    """

    dataset: Dataset
    network: Network
    moments: tuple[Snapshot, ...]
    epoch: int
    part: PartName
    threshold: float
    kind: Kind
    order: RowOrder
    most: int
    watched: tuple[int, ...] = ()
    rows: KeptRows = field(default_factory=KeptRows)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TableRow:
    """One line.

    Parameters
    ----------
    number : int
        Row of the dataset.
    cells : tuple of str
        What the file says in the first columns.
    said, truth : str
        What the network says and what is true, in words.
    right : bool or None
        None for numbers.
    course : (m,) ndarray
        The chance of what is true, or the predicted number, epoch by epoch.
    level : float
        What to compare the course with: the threshold or the true number.
    is_watched : bool
    """

    number: int
    cells: tuple[str, ...]
    said: str
    truth: str
    right: bool | None
    course: NDArray[np.float64]
    level: float
    is_watched: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ShownRows:
    """The list.

    Parameters
    ----------
    request : RowsRequest
    columns : tuple of str
        Names of the columns whose cells are shown.
    rows : tuple of TableRow
    n : int
        Rows of that kind.
    n_judged : int
        Rows that were looked at.
    epochs : tuple of int
        Of the courses.
    """

    request: RowsRequest
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    n: int
    n_judged: int
    epochs: tuple[int, ...]

    @property
    def place(self) -> int:
        """Where in the courses the network is that answers, or what comes nearest."""
        return min(range(len(self.epochs)), key=lambda place: abs(self.epochs[place] - self.request.epoch), default=0)


def kinds_of(dataset: Dataset) -> tuple[tuple[Kind, str], ...]:
    """Return the kinds of rows one can ask for, with their names."""
    task = dataset.recipe.task
    if task == "regression":
        return ((Kind(), translate("all rows")),)
    names = class_names(dataset)
    if task == "binary":
        words = words_of(dataset)
        missed, false = translate("{yes}, not found"), translate("{no}, false alarm")
        found, alone = translate("{yes}, found"), translate("{no}, rightly")
        kinds = ((1, 0, missed), (0, 1, false), (1, 1, found), (0, 0, alone))
        was = {"no": words.was_no, "yes": words.was_yes}
        named = tuple((Kind(truth, answer), text.format(**was)) for truth, answer, text in kinds)
    else:
        of = translate("all “{name}”")
        named = tuple((Kind(place), of.format(name=name)) for place, name in enumerate(names[:MOST_KINDS]))
    return ((Kind(), translate("all mistakes")), *named)


def work_out_rows(request: RowsRequest) -> ShownRows:
    """Find the rows, read them, and follow them over the epochs."""
    dataset, task = request.dataset, request.dataset.recipe.task
    given = answered(request.network, request.rows.of(dataset, request.part))
    rows, n = chosen_rows(given, task, request.threshold, request.kind, request.order, request.most)
    watched = tuple(_watched(request, number) for number in request.watched)
    rows = (*watched, *(row for row in rows if row.number not in request.watched))
    X = np.stack([dataset.X[row.number : row.number + 1][0] for row in rows]) if rows else np.empty((0, 0))
    output = np.array([row.truth if task == "multiclass" else 0 for row in rows], np.int64)
    found = courses(tuple(moment.model() for moment in request.moments), X, output)
    columns = dataset.recipe.inputs[:MOST_CELLS]
    places = [place for place, column in enumerate(dataset.table.columns) if column.name in columns]
    lines = []
    for row, course in zip(rows, found, strict=True):
        cells = dataset.raw(row.number)
        told = tuple(cells[place] or "–" for place in places)
        lines.append(_line(request, row, told, course, row.number in request.watched))
    return ShownRows(
        request=request,
        columns=tuple(dataset.table.columns[place].name for place in places),
        rows=tuple(lines),
        n=n,
        n_judged=len(given.rows),
        epochs=tuple(moment.epoch for moment in request.moments),
    )


def _watched(request: RowsRequest, number: int) -> WrongRow:
    """Return what the network makes of a row, whatever part it belongs to."""
    dataset = request.dataset
    x, y = dataset.X[number : number + 1], dataset.Y[number : number + 1][0]
    answer = request.network.predict(np.asarray(x))[0]
    if dataset.recipe.task == "regression":
        return WrongRow(number, float(abs(answer[0] - y[0])), float(answer[0]), -1, -1)
    if len(y) == 1:
        truth, said = int(y[0] > 0.5), int(answer[0] > request.threshold)
        return WrongRow(number, float(abs(answer[0] - truth)), float(answer[0]), truth, said)
    truth, said = int(y.argmax()), int(answer.argmax())
    return WrongRow(number, float(1 - answer[truth]), float(answer[said]), truth, said)


def _line(
    request: RowsRequest, row: WrongRow, cells: tuple[str, ...], course: NDArray[np.float64], is_watched: bool
) -> TableRow:
    dataset = request.dataset
    if dataset.recipe.task == "regression":
        mean, std = dataset.encoder.target_mean, dataset.encoder.target_std
        true = float(np.asarray(dataset.Y[row.number : row.number + 1]).ravel()[0]) * std + mean
        said, truth, right = at_most_four_digits(row.said * std + mean), at_most_four_digits(true), None
        course, level = course * std + mean, true
    else:
        names = class_names(dataset)
        truth, right = names[row.truth], row.truth == row.answer
        if dataset.recipe.task == "binary":
            said, level = _chance(row.said, request.threshold), request.threshold
        else:
            said, level = f"{names[row.answer]} · {percent(row.said)}", 0.5
    return TableRow(
        number=row.number,
        cells=cells,
        said=said,
        truth=truth,
        right=right,
        course=course,
        level=level,
        is_watched=is_watched,
    )


def _chance(share: float, threshold: float) -> str:
    """Return a chance; with a decimal where it would be rounded to the threshold, from the side it is on."""
    text = percent(share)
    return percent_fixed(share) if text == percent(threshold) and share != threshold else text


def numbered(row: TableRow) -> str:
    """Return the number of a row as it is counted on screen."""
    return format_number(row.number + 1)
