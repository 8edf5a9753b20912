"""The formats a model can be taken along in, one row each; the command line and the dialog are made of this table.

To add one, write a module beside this one whose ``write(subject, wish, progress)`` returns the bytes of the file, and
its row in `FORMATS`. The module is imported when it is needed, so what it needs may be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePath
from typing import Any, Final, Literal, Protocol

from ann_viz.errors import ConfigError, OutputError
from ann_viz.session.exports.easel import MOTIFS
from ann_viz.session.exports.subject import Subject
from ann_viz.translation import translatable, translate

__all__ = ["FORMATS", "Format", "Group", "Option", "Progress", "Wish", "Writer", "format_for", "wish_for"]

Group = Literal["show", "run", "count"]
"""What one wants to do with a file: show it to somebody, run it, or calculate with it."""

Progress = Callable[[float], None]
"""Is told the share done, 0 to 1, and raises Cancelled where nobody wants the file any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that can be chosen about one format.

    Parameters
    ----------
    name : str
        Key of `Wish.chosen`; on the command line with two dashes before it.
    label : str
        In the dialog, to be translated.
    default : str, int or float
        Whose type every value has.
    choices : tuple
        All values there are; empty for any text, and for a number between `least` and `most`.
    least, most : float
        Limits of a number.
    help : str
        What the command line says of it.
    """

    name: str
    label: str
    default: str | int | float
    choices: tuple[str | int | float, ...] = ()
    least: float = 0.0
    most: float = 0.0
    help: str = ""

    def check(self, value: Any) -> None:
        """Raise ConfigError for a value that can't be chosen."""
        if isinstance(self.default, str) and not self.choices and isinstance(value, str):
            return
        if value not in self.choices if self.choices else not self.least <= value <= self.most:
            allowed = ", ".join(map(str, self.choices)) or f"{self.least:g} – {self.most:g}"
            sentence = translate("{name} can't be {value!r}. Choose one of: {allowed}.")
            raise ConfigError(sentence.format(name=self.name, value=value, allowed=allowed), field=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a file is to be like.

    Parameters
    ----------
    suffix : str
        One of those of the format.
    rows : bool
        Whether rows of the table may be inside. They are never unless somebody asked for it.
    chosen : mapping of str to str, int or float
        A value for every `Option` of the format.
    """

    suffix: str
    rows: bool = False
    chosen: Mapping[str, Any] = field(default_factory=dict)


class Writer(Protocol):
    """What the module of a format has for ``write``."""

    def __call__(self, subject: Subject, wish: Wish, progress: Progress) -> bytes:
        """Return the file; raises an AnnVizError where the subject has not what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format.

    Parameters
    ----------
    name : str
        What the command line calls it.
    label, about : str
        Name and one sentence, to be translated.
    group : str
        Under which heading it stands.
    suffixes : tuple of str
        Endings of such a file; the first is the usual one.
    module : str
        Where its ``write`` is, in this package.
    inside : tuple of str
        What is in the file, to be translated.
    rows : str
        What rows are in the file if they are wanted, to be translated; empty where there can be none.
    wants_data : bool
        Whether the rows of the table are made use of, even where none are to be inside, if they are at hand.
    wants_window : bool
        Whether it is made of what the window draws.
    packages : tuple of str
        Modules that writing it takes, beyond what the program itself needs.
    extra : str
        The extra that brings them.
    runs_with : str
        What whoever gets the file needs.
    options : tuple of Option
    """

    name: str
    label: str
    about: str
    group: Group
    suffixes: tuple[str, ...]
    module: str
    inside: tuple[str, ...]
    rows: str = ""
    wants_data: bool = False
    wants_window: bool = False
    packages: tuple[str, ...] = ()
    extra: str = ""
    runs_with: str = ""
    options: tuple[Option, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The packages that are not installed."""
        return tuple(name for name in self.packages if find_spec(name) is None)

    def write(self, subject: Subject, wish: Wish, progress: Progress = lambda _: None) -> bytes:
        """Return the file.

        Raises
        ------
        OutputError
            Where a package is missing, or rows are wanted in a format that has none.
        AnnVizError
            Where the subject has not what it takes.
        """
        if self.missing:
            sentence = translate("This format needs {packages}: pip install 'ann-viz[{extra}]'.")
            raise OutputError(sentence.format(packages=", ".join(self.missing), extra=self.extra))
        if wish.rows and not self.rows:
            raise OutputError(translate("Files of this format have no place for rows of the table."))
        writer: Writer = import_module(f"{__package__}.{self.module}").write
        return writer(subject, wish, progress)


_CODE: Final = (
    translatable("the weights"),
    translatable("scaling and categories of every column"),
    translatable("names of the columns"),
    translatable("ten made-up rows with their answers"),
    translatable("which row of the table was for training, by its place"),
)
_CODE_ROWS: Final = translatable("ten rows of the table instead of made-up ones")
_YES_NO: Final = ("yes", "no")

FORMATS: Final[tuple[Format, ...]] = (
    Format(
        name="page",
        label=translatable("Web page"),
        about=translatable(
            "One file. Whoever opens it in a browser sees the network learn and can try values, without ANN Viz and "
            "without a connection. The answers are worked out on their own device."
        ),
        group="show",
        suffixes=(".html",),
        module="web_page",
        inside=(translatable("the network at every epoch"), translatable("names and ranges of the columns")),
        rows=translatable("50 rows to page through"),
        wants_data=True,
        runs_with=translatable("a browser"),
        options=(
            Option(name="title", label=translatable("Title"), default="", help="what the page is called"),
            Option(name="lead", label=translatable("Sentence"), default="", help="the sentence below the title"),
            Option(
                name="replay",
                label=translatable("Replay of the training"),
                default="yes",
                choices=_YES_NO,
                help="with all epochs to be replayed",
            ),
            Option(
                name="form",
                label=translatable("Form to try a new row"),
                default="yes",
                choices=_YES_NO,
                help="with a form to try values",
            ),
            Option(
                name="glossary",
                label=translatable("Short glossary"),
                default="yes",
                choices=_YES_NO,
                help="with what the words mean",
            ),
            Option(
                name="source",
                label=translatable("Where it is from"),
                default="yes",
                choices=_YES_NO,
                help="with file, rows, settings, seed and date",
            ),
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
        name="python",
        label=translatable("Python script"),
        about=translatable("The network written out to be read, with the loop that trained it; needs NumPy alone."),
        group="run",
        suffixes=(".py",),
        module="source.python_script",
        inside=_CODE,
        rows=_CODE_ROWS,
        wants_data=True,
        runs_with="NumPy",
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
        module="picture",
        inside=(
            translatable("what the picture shows, with the values of the row on it"),
            translatable("settings, seed and name of the file"),
        ),
        wants_data=True,
        wants_window=True,
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
        name="pytorch",
        label=translatable("PyTorch script"),
        about=translatable("The same network as PyTorch layers with the trained weights."),
        group="run",
        suffixes=(".py",),
        module="source.pytorch",
        inside=_CODE,
        rows=_CODE_ROWS,
        wants_data=True,
        runs_with="PyTorch",
    ),
    Format(
        name="keras",
        label=translatable("Keras script"),
        about=translatable("The same network as Keras layers with the trained weights."),
        group="run",
        suffixes=(".py",),
        module="source.keras",
        inside=_CODE,
        rows=_CODE_ROWS,
        wants_data=True,
        runs_with="Keras",
    ),
    Format(
        name="notebook",
        label=translatable("Notebook"),
        about=translatable("The Python script cut into cells, for Jupyter and the like."),
        group="run",
        suffixes=(".ipynb",),
        module="source.notebook",
        inside=_CODE,
        rows=_CODE_ROWS,
        wants_data=True,
        runs_with="Jupyter",
    ),
    Format(
        name="onnx",
        label="ONNX",
        about=translatable("For other programs and languages: cells in, chances and the answer out, scaling included."),
        group="run",
        suffixes=(".onnx",),
        module="onnx.model",
        inside=(
            translatable("the weights"),
            translatable("scaling and categories of every column"),
            translatable("names of the columns"),
            translatable("the threshold"),
        ),
        runs_with="ONNX Runtime",
    ),
    Format(
        name="tables",
        label=translatable("Table"),
        about=translatable("The answers to all rows, the course of training or the weights, for a spreadsheet."),
        group="count",
        suffixes=(".csv", ".tsv", ".xlsx", ".parquet"),
        module="tables",
        inside=(translatable("the table that is chosen; of answers, the place of each row and its part"),),
        rows=translatable("all rows of the table, beside their answers"),
        wants_data=True,
        options=(
            Option(
                name="table",
                label=translatable("Table"),
                default="answers",
                choices=("answers", "history", "weights"),
                help="which table",
            ),
        ),
    ),
    Format(
        name="model",
        label=translatable("Model only"),
        about=translatable("The trained network and how rows become its inputs, for ann-viz predict and the window."),
        group="run",
        suffixes=(".annviz",),
        module="model_only",
        inside=(translatable("the weights"), translatable("scaling and categories of every column")),
        runs_with="ANN Viz",
    ),
)


def format_for(name: str) -> Format:
    """Return a format by its name; raises ConfigError where there is none."""
    for each in FORMATS:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in FORMATS)
    sentence = translate("There is no format called {name!r}. Choose one of {names}.")
    raise ConfigError(sentence.format(name=name, names=names), field="to")


def wish_for(
    format: Format, output: str | None = None, *, rows: bool = False, chosen: Mapping[str, Any] | None = None
) -> Wish:
    """Return what is wished for, with the usual value for everything that nobody chose.

    Parameters
    ----------
    format : Format
    output : str, optional
        Name of the file, whose ending says which form it has where a format has several.
    rows : bool
        Whether rows of the table may be inside.
    chosen : mapping, optional
        Values of options by name; None counts as not chosen.

    Raises
    ------
    ConfigError
        For an option that the format has not, and for a value out of its range.
    """
    suffix = PurePath(output or "").suffix.casefold()
    values: dict[str, Any] = {option.name: option.default for option in format.options}
    for name, value in (chosen or {}).items():
        if value is None:
            continue
        option = next((each for each in format.options if each.name == name), None)
        if option is None:
            sentence = translate("The format {format} has no option {name!r}.")
            raise ConfigError(sentence.format(format=format.name, name=name), field=name)
        option.check(value)
        values[name] = value
    return Wish(suffix=suffix if suffix in format.suffixes else format.suffixes[0], rows=rows, chosen=values)
