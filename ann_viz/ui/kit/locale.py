"""The reader's language and number marks, taken from the desktop, and where translations lie.

A translation is a folder in ``resources/translations``, as ``resources/docs/translating.md`` says.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ann_viz.numerals import use_marks
from ann_viz.resources import resource, use_language
from ann_viz.translation import use_translator

__all__ = ["use_locale"]

MILLION: Final = 1_000_000


def use_locale(app: QCoreApplication, locale: QLocale) -> None:
    """Write numbers as usual in `locale`, and texts in its language where there is a translation.

    To be called before the first text is read.
    """
    use_marks(locale.decimalPoint(), locale.groupSeparator())
    use_translator(_look_up, _look_up_plural)
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


def _look_up(text: str) -> str:
    return QCoreApplication.translate("", text)


def _look_up_plural(one: str, many: str, n: int) -> str:
    """Return the form that the translation has for `n`; it is listed by the form for one, with that for many beside it.

    Qt returns what it was asked for where there is no translation, and that is right for one only.
    """
    # A form goes by the last digits; Qt counts no further than 2³¹, and a deep network has more paths than that.
    found = QCoreApplication.translate("", one, many, n if n < MILLION else MILLION + n % MILLION)
    return many if found == one and n != 1 else found
