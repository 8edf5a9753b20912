"""The one way from the formats to what only a window can draw: a picture of it, now or at a moment of the training."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias, get_args

if TYPE_CHECKING:
    from ann_viz.session.exports.blocks import Report
    from ann_viz.session.session import Session

__all__ = ["FILMS", "MOTIFS", "Begin", "Easel", "Film", "Frame", "Motif", "Shot"]

Motif: TypeAlias = Literal["network", "card", "chart", "window"]
"""The network alone, with its row and legend, the chart in front, or the whole window."""

Film: TypeAlias = Literal["network", "loss", "window"]
"""What moves: the network alone, with the curve of the loss below it, or the whole window."""

Begin: TypeAlias = "Callable[[], Session]"
"""Makes a session at rest with the moments of its run; whoever calls it closes it."""

MOTIFS: Final[tuple[Motif, ...]] = get_args(Motif)
FILMS: Final[tuple[Film, ...]] = get_args(Film)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture that is wanted.

    Parameters
    ----------
    motif : Motif
    suffix : {".png", ".svg", ".pdf"}
    scale : float
        Pixels per unit of the screen; of a PNG.
    title : str
    remark : str
        Written into the file where nobody sees it.
    """

    motif: Motif
    suffix: str
    scale: float
    title: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A picture of a film that is wanted.

    Parameters
    ----------
    film : Film
    epoch : int
        The end of this epoch of the run.
    width, height : int
        In pixels.
    step : int
        Which of the five steps the caption tells; 0 for a film without captions.
    """

    film: Film
    epoch: int
    width: int
    height: int
    step: int = 0


class Easel(Protocol):
    """What a window has for it. May be asked from any thread; it draws in its own."""

    def draw(self, shot: Shot) -> bytes:
        """Return a picture as a file."""

    def paper(self, report: Report, remark: str) -> bytes:
        """Return a report as a PDF file of A4 pages."""

    @property
    def example(self) -> int:
        """The row on show."""

    def frames(self, begin: Begin, frames: Sequence[Frame]) -> Iterator[bytes]:
        """Yield the pictures of a film, each as red, green and blue of every pixel, row by row.

        Parameters
        ----------
        begin : Begin
            Makes the session that is filmed, which the easel closes.
        frames : sequence of Frame
            All of one size.
        """
