"""Which column of a new file holds what a model learned under a name, or, without names, at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ann_viz.data.columns.spellings import fold
from ann_viz.session.modelfile import Model

__all__ = ["HeaderSaid", "Match", "match_names", "match_places"]

HeaderSaid = Literal["", "only here", "only learned"]
_UNNAMED: Final = "column "


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How the columns of a new file and those of a model go together.

    Parameters
    ----------
    places : mapping of str to int
        For names that the model learned under, the column of the file, from 0.
    renamed : tuple of (str, str)
        Names that differ only in case, invisible marks or the way an accent is put: the learned one, and that here.
    missing : tuple of str
        Columns the answers depend on that the file has not.
    extra : tuple of str
        Columns of the file that the training file had not.
    header : {"", "only here", "only learned"}
        Whether only one of the two files has a line of names, so that the columns were taken in their order.
    """

    places: Mapping[str, int] = field(default_factory=dict)
    renamed: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    header: HeaderSaid = ""


def match_names(model: Model, names: Sequence[str]) -> Match:
    """Find the columns by their names, as written or, where that is clear, but for case and invisible marks."""
    needed = [feature.column for feature in model.encoder.features]
    places = {name: place for place, name in enumerate(names)}
    others: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if name not in needed:
            others[fold(name)].append(place)
    sought: dict[str, list[str]] = defaultdict(list)
    for name in needed:
        if name not in places:
            sought[fold(name)].append(name)
    renamed = [
        (wanted[0], others[folded][0])
        for folded, wanted in sought.items()
        if len(wanted) == 1 and len(others.get(folded, ())) == 1
    ]
    found = {name: places[name] for name in needed if name in places} | dict(renamed)
    known = {fold(name) for name in model.columns}
    return Match(
        places=found,
        renamed=tuple((name, names[place]) for name, place in renamed),
        missing=tuple(name for name in needed if name not in found),
        extra=tuple(name for name in names if fold(name) not in known) if known else (),
    )


def match_places(model: Model, n_columns: int, header: HeaderSaid) -> Match | None:
    """Take the columns in the order of the training file; None where there are too many or too few of them.

    Parameters
    ----------
    model : Model
        A model of an earlier version knows the order only where its columns had no names.
    n_columns : int
        How many columns the new file has: all of them, or all but the one that is predicted.
    header : {"", "only here", "only learned"}
        To be noted in the match.
    """
    needed = [feature.column for feature in model.encoder.features]
    order = list(model.columns)
    if n_columns == len(order) - 1 and model.recipe.target in order:
        order.remove(model.recipe.target)
    if order:
        places = {name: place for place, name in enumerate(order)} if len(order) == n_columns else {}
    else:
        places = _numbered((*needed, model.recipe.target), n_columns)
    if not set(needed) <= places.keys():
        return None
    return Match(places={name: places[name] for name in needed}, header=header)


def _numbered(names: Sequence[str], n_columns: int) -> dict[str, int]:
    """The places that names such as "column 3" tell, if all of them lie within the file."""
    numbers = [name.removeprefix(_UNNAMED) for name in names if name.startswith(_UNNAMED)]
    if len(numbers) < len(names) or not all(map(str.isdecimal, numbers)):
        return {}
    places = [int(number) - 1 for number in numbers]
    return dict(zip(names, places, strict=True)) if min(places) >= 0 and max(places) < n_columns else {}
