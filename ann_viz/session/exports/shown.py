"""The formats that are there to be looked at: rows of the table of `formats`."""

from __future__ import annotations

from typing import Final

from ann_viz.session.exports.easel import FILMS, MOTIFS
from ann_viz.session.exports.format import Format, Option
from ann_viz.translation import translatable

__all__ = ["SHOWN", "YES_NO"]

YES_NO: Final = ("yes", "no")


def _switch(name: str, label: str, help: str) -> Option:
    """Return an option that is there unless it is switched off."""
    return Option(name=name, label=label, default="yes", choices=YES_NO, help=help)


SHOWN: Final[tuple[Format, ...]] = (
    Format(
        name="page",
        label=translatable("Web page"),
        brief=translatable("plays anywhere, no installation"),
        about=translatable(
            "One file. Whoever opens it in a browser sees the network learn and can try values, without ANN Viz and "
            "without a connection. The answers are worked out on their own device."
        ),
        group="show",
        suffixes=(".html",),
        module="web_page",
        inside=(translatable("the network at every epoch"), translatable("names and ranges of the columns")),
        rows=translatable("up to 50 rows of the table"),
        wants_data=True,
        of_one=True,
        runs_with=translatable("a browser"),
        options=(
            Option(name="title", label=translatable("Title"), default="", help="what the page is called"),
            Option(name="lead", label=translatable("Sentence"), default="", help="the sentence below the title"),
            _switch("replay", translatable("Replay of the training"), "with all epochs to be replayed"),
            _switch("form", translatable("Form to try a new row"), "with a form to try values"),
            _switch("glossary", translatable("Short glossary"), "with what the words mean"),
            _switch("source", translatable("Where it is from"), "with file, rows, settings, seed and date"),
            Option(
                name="look",
                label=translatable("Look"),
                default="viewer",
                choices=("viewer", "light", "dark"),
                help="light or dark, or as the viewer has it",
            ),
        ),
    ),
    Format(
        name="picture",
        label=translatable("Picture"),
        about=translatable(
            "The network as it stands in the window, or a chart. In SVG and PDF lines stay lines and text stays text. "
            "Dropped on ANN Viz, the picture brings its settings back."
        ),
        group="show",
        suffixes=(".png", ".svg", ".pdf"),
        drawn=(".png", ".svg", ".pdf"),
        module="picture",
        inside=(
            translatable("what the picture shows, with the values of the row on it"),
            translatable("settings, seed and name of the file"),
        ),
        wants_data=True,
        options=(
            Option(
                name="what",
                label=translatable("What"),
                default="network",
                choices=MOTIFS,
                help="the network, the same with its row and legend (card), the chart in front, or the window",
            ),
            Option(name="scale", label=translatable("Size"), default=2, choices=(1, 2, 3, 4), help="of a PNG"),
        ),
    ),
    Format(
        name="video",
        label=translatable("Video"),
        brief=translatable("the training as a film"),
        about=translatable("The training as a film, epoch by epoch: for slides, chats and screens without sound."),
        group="show",
        suffixes=(".mp4", ".webm", ".gif", ".webp", ".png"),
        drawn=(".mp4", ".webm", ".gif", ".webp", ".png"),
        module="video",
        inside=(translatable("what the film shows, with the values of the row on it"),),
        wants_data=True,
        packages=("av", "PIL"),
        extra="video",
        options=(
            Option(
                name="what",
                label=translatable("What"),
                default="loss",
                choices=FILMS,
                help="the network, the same with the curve of the loss, or the window (1280 × 720 suits it)",
            ),
            Option(name="width", label=translatable("Width"), default=824, least=320, most=1920, help="in pixels"),
            Option(name="height", label=translatable("Height"), default=560, least=240, most=1080, help="in pixels"),
            Option(name="fps", label=translatable("Pictures a second"), default=12, least=1, most=60),
            Option(name="seconds", label=translatable("Seconds"), default=8, least=1, most=60, help="how long at most"),
            _switch("captions", translatable("Captions of the five steps"), "with the five steps told below"),
        ),
    ),
    Format(
        name="report",
        label=translatable("Report"),
        brief=translatable("for reading and printing"),
        about=translatable(
            "A page to be handed in: the data and what was left out, the network, how it learned, how well it "
            "answers, and what this does not say."
        ),
        group="show",
        suffixes=(".html", ".pdf"),
        drawn=(".pdf",),
        module="report",
        inside=(
            translatable("names of the columns, numbers of rows and scores"),
            translatable("settings, seed and name of the file"),
        ),
        wants_data=True,
        options=(
            Option(name="title", label=translatable("Title"), default="", help="what the report is called"),
            Option(name="author", label=translatable("Author"), default="", help="who hands it in"),
        ),
    ),
)
