"""What a report is made of, before it is a page of HTML or of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ann_viz.session.exports.markup import Markup

__all__ = ["Block", "Figure", "Points", "Report", "Section", "Table", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences below each other."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head, the first cell of each a name, and the others are numbers."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with a sentence below it.

    Parameters
    ----------
    svg : Markup
        Its ``viewBox`` says how wide it is for its height.
    caption : str
    share : float
        Of the column's width.
    """

    svg: Markup
    caption: str
    share: float = 1.0


Block: TypeAlias = Text | Points | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it.

    Parameters
    ----------
    title : str
    blocks : tuple of Block
    is_wide : bool
        Whether it takes the whole width of the page, or one of two columns.
    """

    title: str
    blocks: tuple[Block, ...]
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A page.

    Parameters
    ----------
    title, subtitle : str
    lead : tuple of (str, str, str)
        A sentence in three parts, the middle one of which matters most.
    sections : tuple of Section
    footer : str
        Where it is from.
    """

    title: str
    subtitle: str
    lead: tuple[str, str, str]
    sections: tuple[Section, ...]
    footer: str
