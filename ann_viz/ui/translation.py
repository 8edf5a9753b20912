"""The reader's language: how texts of the interface are marked and looked up, and where their translations lie.

A translation is a folder in ``resources/translations``, as ``resources/docs/translating.md`` says.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ann_viz.numerals import use_marks, written
from ann_viz.resources import resource, use_language
from ann_viz.translation import mark

__all__ = ["count", "mark", "said", "use_locale"]


def said(text: str) -> str:
    """Return `text` in the reader's language, or as it is where there is no translation."""
    return QCoreApplication.translate("", text)


NOUNS: Final = {
    "broken row": (mark("{n} broken row"), mark("{n} broken rows")),
    "cell": (mark("{n} cell"), mark("{n} cells")),
    "column": (mark("{n} column"), mark("{n} columns")),
    "different value": (mark("{n} different value"), mark("{n} different values")),
    "empty cell": (mark("{n} empty cell"), mark("{n} empty cells")),
    "input": (mark("{n} input"), mark("{n} inputs")),
    "mended row": (mark("{n} mended row"), mark("{n} mended rows")),
    "neuron": (mark("{n} neuron"), mark("{n} neurons")),
    "parameter": (mark("{n} parameter"), mark("{n} parameters")),
    "more column": (mark("{n} more column"), mark("{n} more columns")),
    "more row": (mark("{n} more row"), mark("{n} more rows")),
    "more word": (mark("{n} more word"), mark("{n} more words")),
    "row": (mark("{n} row"), mark("{n} rows")),
    "target": (mark("{n} target"), mark("{n} targets")),
}


def count(number: int, noun: str) -> str:
    """Return "1 row" or "2,932 rows"; `noun` is one of `NOUNS`."""
    return said(NOUNS[noun][number != 1]).format(n=written(number))


def use_locale(app: QCoreApplication, locale: QLocale) -> None:
    """Write numbers as usual in `locale`, and texts in its language where there is a translation.

    To be called before the first text is read.
    """
    use_marks(locale.decimalPoint(), locale.groupSeparator())
    for name in locale.uiLanguages():
        folder = resource("translations", name.replace("-", "_"))
        if not folder.is_dir():
            continue
        use_language(folder.name)
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for file, where in ((f"qtbase_{folder.name}", qt_folder), ("ann_viz.qm", str(folder))):
            translator = QTranslator(app)
            if translator.load(file, where):
                app.installTranslator(translator)
        return
