"""The formats a model can be taken along in, one row each; the command line and the dialog are made of this table.

To add one, write a module beside this one whose ``write(subject, wish, progress)`` returns the bytes of the file, and
its row in `FORMATS`, or in `SHOWN` of `shown` if it is there to be looked at. The module is imported when it is needed,
so what it needs may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

from ann_viz.errors import ConfigError
from ann_viz.session.exports.format import Format, Group, Option, Progress, Wish, Writer
from ann_viz.session.exports.shown import SHOWN
from ann_viz.translation import translatable, translate

__all__ = ["FORMATS", "Format", "Group", "Option", "Progress", "Wish", "Writer", "format_for", "wish_for"]

_CODE: Final = (
    translatable("the weights"),
    translatable("scaling and categories of every column"),
    translatable("names of the columns"),
    translatable("ten made-up rows with their answers"),
    translatable("which row of the table was for training, by its place"),
)
_CODE_ROWS: Final = translatable("ten rows of the table instead of made-up ones")

FORMATS: Final[tuple[Format, ...]] = (
    *SHOWN,
    Format(
        name="python",
        label=translatable("Python script"),
        brief=translatable("trains the same network"),
        about=translatable("The network written out to be read, with the loop that trained it."),
        group="run",
        suffixes=(".py",),
        module="source.python_script",
        inside=_CODE,
        rows=_CODE_ROWS,
        wants_data=True,
        runs_with="NumPy",
    ),
    Format(
        name="pytorch",
        label=translatable("PyTorch script"),
        brief=translatable("its layers with the weights"),
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
        brief=translatable("its layers with the weights"),
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
        brief=translatable("the Python script in cells"),
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
        brief=translatable("for most programs"),
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
        brief=translatable("answers, course or weights"),
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
        brief=translatable("for ann-viz and this window"),
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
