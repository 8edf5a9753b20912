"""There is one way for text to reach the screen: other ways, in which Qt guesses what is markup, are not in the source.

A rule about the source holds for the windows that nobody thought of walking through.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import ann_viz

ROOT = Path(ann_viz.__file__).parent
SAYING = ("ui", "session", "explain")
"""Packages whose words reach the window."""
GUESSING = {
    "QLabel", "QMessageBox", "QErrorMessage", "QInputDialog", "QProgressDialog", "QSplashScreen", "QSystemTrayIcon",
    "QTextBrowser", "QTextDocument", "QTextEdit", "QGraphicsTextItem", "QWhatsThis", "LabelItem", "LegendItem",
    "TextItem", "PlotItem", "PlotWidget",
}  # fmt: skip
"""Classes that take text for markup, as far as they may be made at all."""
METHODS = {
    "addLegend", "appendHtml", "insertHtml", "setHtml", "setInformativeText", "setLabel", "setMarkdown",
    "setOpenExternalLinks", "setStatusTip", "setTextFormat", "setWhatsThis",
}  # fmt: skip
ALLOWED = {
    "ui/kit/labels.py": {"QLabel", "setTextFormat"},
    "ui/kit/message_box.py": {"QMessageBox", "setInformativeText"},
    "ui/document/paint.py": {"setTextFormat"},  # of a text that is painted: plain
}
TAG = re.compile(r"</?(?:a|b|br|i|p|span|sup)\b")


def name_of(node: ast.expr) -> str:
    """Return the last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@functools.cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Return everything in these sources, each with its file."""
    return tuple(
        (path.relative_to(ROOT).as_posix(), node)
        for path in sorted(path for part in SAYING for path in (ROOT / part).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.ClassDef | ast.FunctionDef | ast.JoinedStr | ast.Import | ast.ImportFrom)
    )


def found(search: Callable[[str, ast.AST], Iterator[str]]) -> list[str]:
    """Return what a search finds in these sources, with file and line."""
    return [f"{name}:{getattr(node, 'lineno', 0)}: {what}" for name, node in nodes() for what in search(name, node)]


def _constants(node: ast.AST) -> Iterator[str]:
    """Yield the texts written in an expression."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def is_safe(text: ast.expr) -> bool:
    """Return whether a text is written in the source, or made plain."""
    if isinstance(text, ast.IfExp):
        return is_safe(text.body) and is_safe(text.orelse)
    if isinstance(text, ast.BoolOp):
        return all(is_safe(value) for value in text.values)
    if isinstance(text, ast.Call):
        return name_of(text.func) in {"plain_tip", "tr", "translate", "toolTip"}  # one that stands is plain already
    if isinstance(text, ast.Attribute):
        return text.attr == "_former_tip"  # what a widget said before
    return isinstance(text, ast.Constant) and isinstance(text.value, str)


def test_only_labels_and_boxes_of_ours_show_text() -> None:
    """No other label, box or document is made, derived from, or told that its text is markup."""

    def search(name: str, node: ast.AST) -> Iterator[str]:
        allowed = ALLOWED.get(name, set())
        if isinstance(node, ast.Call) and name_of(node.func) in (GUESSING | METHODS) - allowed:
            yield name_of(node.func)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from {name_of(node.func.value)} & (GUESSING - {"QLabel"} - allowed)  # QMessageBox.question(…)
        if isinstance(node, ast.ClassDef):
            yield from {name_of(base) for base in node.bases} & (GUESSING - allowed)

    assert found(search) == []


def test_tooltips_are_plain() -> None:
    """Tooltips are words of the program, or go through `plain_tip`; so do those of lists and tables."""

    def search(name: str, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Call) and name_of(node.func) == "setToolTip" and not is_safe(node.args[0]):
            yield "setToolTip"
        if isinstance(node, ast.Call) and name_of(node.func) == "setTabToolTip" and not is_safe(node.args[1]):
            yield "setTabToolTip"
        if isinstance(node, ast.Call) and name_of(node.func) == "showText" and not is_safe(node.args[1]):
            yield "QToolTip.showText"
        names = {name_of(part) for part in ast.walk(node)} if isinstance(node, ast.FunctionDef) else set()
        if "ToolTipRole" in names and "plain_tip" not in names:
            yield "ToolTipRole"

    assert found(search) == []


def test_markup_is_written_in_templates() -> None:
    """Tags stand in templates for `rich`, which escapes what is filled in; `rich` gets no text that is put together."""

    def search(name: str, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.JoinedStr) and TAG.search("".join(_constants(node))):
            yield "a tag in an f-string"
        if isinstance(node, ast.Import | ast.ImportFrom) and "html" in {
            getattr(node, "module", ""),
            *(alias.name for alias in node.names),
        }:
            yield "import html"
        if (
            isinstance(node, ast.Call)
            and name_of(node.func) == "rich"
            and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        ):
            yield "rich of a text that is put together"
        if isinstance(node, ast.Call) and name_of(node.func) == "format" and TAG.search("".join(_constants(node.func))):
            yield "a tag in a text that is formatted"

    assert found(search) == []


def test_rich_text_is_made_in_one_place() -> None:
    """`Rich` is a promise that its own module gives; two others put together what has it."""
    makers = {"ui/kit/labels.py", "ui/document/rich_text.py"}

    def search(name: str, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Call) and name_of(node.func) == "Rich" and name not in makers:
            yield "Rich"

    assert found(search) == []


def test_the_search_finds_what_it_looks_for() -> None:
    """Of a text with data nothing is safe but what was made plain."""
    texts = {"tr('x')": True, "plain_tip(name)": True, "name": False, "tr('{n}').format(n=n)": False, "f'{n}'": False,
             "name or tr('x')": False, "'' if name else plain_tip(name)": True}  # fmt: skip
    assert {text: is_safe(ast.parse(text, mode="eval").body) for text in texts} == texts
