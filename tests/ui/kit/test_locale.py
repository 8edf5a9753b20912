"""Another language: every text of the window can be translated, and a translation is found and used."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

import ann_viz
from ann_viz import resources
from ann_viz.app import make_application, make_window
from ann_viz.data.files.dialect import MISSING_WORDS
from ann_viz.explain.glossary import load_glossary
from ann_viz.numerals import count, counted, format_number, use_marks
from ann_viz.session import RunState
from ann_viz.session.samples import samples
from ann_viz.translation import translate, use_translator
from ann_viz.ui.importing.dialog import ImportDialog
from ann_viz.ui.kit.locale import use_locale

CODE = Path(ann_viz.__file__).parent
OWN_NAMES = {"SGD", "Momentum", "Nesterov", "AdaGrad", "RMSprop", "Adam", "AdamW"} | {
    "ReLU", "Leaky ReLU", "ELU", "GELU", "SiLU", "tanh", "Sigmoid", "Softplus", "Linear",
}  # fmt: skip


class Foreign(QTranslator):
    """Puts every text that may be translated in brackets."""

    def translate(self, _context: str, text: str, _about: str | None = None, _n: int = -1) -> str:
        return f"⟦{text}⟧"


@pytest.fixture
def foreign(qapp: QApplication) -> Iterator[None]:
    """Make everything that is translated recognisable, below the window as well."""
    make_application()  # it hands over Qt's look-up
    translator = Foreign()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    use_translator()


def _texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Every text on the window's widgets and actions, with where it stands."""
    for widget in [window, *window.findChildren(QWidget)]:
        where = f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        yield where, widget.toolTip()
        yield where, widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton):
            yield where, widget.text()
        if isinstance(widget, QComboBox):
            yield from ((where, widget.itemText(i)) for i in range(widget.count()))
        if isinstance(widget, QTabBar):
            yield from ((where, widget.tabText(i)) for i in range(widget.count()))
    for action in window.findChildren(QAction):
        yield "action", action.text()
        yield "action", action.toolTip()


def _from_files() -> str:
    """Everything that a translator finds in the files of texts, and what stands in the sample."""
    root = resources.resource()
    files = [path for folder in ("explain", "lessons") for path in (root / folder).glob("*.json")]
    parts = [path.read_text(encoding="utf-8") for path in files]
    listed = [f"{sample.title} {sample.subtitle} {sample.teaches}" for sample in samples()]
    table = (root / "samples" / samples()[0].file).read_text(encoding="utf-8")
    return "\n".join((*parts, *listed, table, samples()[0].file))


@pytest.mark.usefixtures("foreign")
def test_every_text_of_the_window_can_be_translated(qtbot: QtBot) -> None:
    """Untrained, trained and with a neuron selected; what has letters and no brackets comes from a file of texts."""
    window = make_window()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.open_sample(samples()[0])
    window.bridge.set_training(epochs=2)
    window.bridge.train()
    qtbot.waitUntil(lambda: window.bridge.document.state is RunState.FINISHED)
    assert not _untranslated(window)


@pytest.mark.usefixtures("foreign")
def test_every_text_of_the_import_dialog_can_be_translated(
    open_dialog: Callable[..., ImportDialog], customers: Callable[..., Path], tmp_path: Path
) -> None:
    """With a broken row and its strip of buttons, and with what was found in the file and is offered for it."""
    path = customers(tmp_path / "customers.csv", broken=(5,))
    dialog = open_dialog(path)
    in_file = path.read_text(encoding="utf-8") + path.name + " ".join(MISSING_WORDS)
    assert not _untranslated(dialog, in_file)
    notices = [(notice.sentence, *notice.actions) for notice in dialog.page.notices.list.notices]
    assert len(notices) > 2
    assert not [text for notice in notices for text in notice if _words_left(text, in_file)]


def _untranslated(window: QWidget, known: str = "") -> list[str]:
    """Texts with letters that are neither in brackets nor in a file of texts."""
    known, left = _from_files() + known, []
    for where, text in _texts(window):
        if text not in OWN_NAMES and _words_left(text, known):
            left.append(f"{where}: {text[:80]}")
    return sorted(set(left))


def _words_left(text: str, known: str) -> list[str]:
    """Words of a text that stand outside of brackets and in no file."""
    plain = re.sub(r"<[^>]*>|&nbsp;", " ", text)
    for _depth in range(4):  # the innermost brackets first
        plain = re.sub(r"⟦[^⟦⟧]*(⟧|…$)", " ", plain)
    # A word by itself is no part of a longer text there.
    alone = plain.strip().islower() and plain.strip().isalpha() and f': "{plain.strip()}"' not in known
    return [word for word in re.findall(r"[A-Za-z]{3,}", plain) if alone or word not in known]


def _literals() -> set[str]:
    """Texts in the code that are marked or asked for in so many words."""
    found = set()
    for path in CODE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            place = {"tr": 0, "translatable": 0, "translate": -1, "counted": 0}.get(name)
            if place is not None and len(call.args) > place:
                argument = call.args[place]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(argument.value)
    return found


def _plain_errors(folder: Path) -> Iterator[str]:
    """Errors made in some code whose sentence or hint is no translation; a bare ``({error})`` may stand there."""
    for path in folder.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "DataError":
                texts = [*call.args, *(word.value for word in call.keywords if word.arg == "hint")]
                for text in texts:
                    if isinstance(text, ast.Constant | ast.JoinedStr) and re.search("[A-Za-z]{3} ", ast.unparse(text)):
                        yield f"{path.relative_to(folder)}:{text.lineno}: {ast.unparse(text)}"


def test_errors_about_tables_can_be_translated() -> None:
    """What is wrong with a file or a column is said in the reader's language, and so is what can be done."""
    assert list(_plain_errors(CODE / "data")) == []


def _tool(name: str) -> str:
    """Path of one of Qt for Python's tools."""
    path = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if path is None:
        pytest.skip(f"{name}, which comes with PySide6, is not on the path")
    return path


def _template(folder: Path) -> Path:
    """What the documentation tells a translator to make first."""
    path = folder / "ann_viz_de.ts"
    command = re.search(r"pyside6-lupdate.*", resources.resource("docs", "translating.md").read_text(encoding="utf-8"))
    assert command is not None
    options = [option for option in command[0].split() if option.startswith(("-tr", "QT_TR"))]
    files = [str(each) for each in CODE.rglob("*.py")]
    subprocess.run([_tool("pyside6-lupdate"), *options, *files, "-ts", str(path)], check=True, capture_output=True)
    return path


def test_the_translators_tool_finds_every_text(tmp_path: Path) -> None:
    """What is asked for at run time and missing in the list could never be translated."""
    template = ElementTree.parse(_template(tmp_path))
    listed = {each.text for each in template.iter("source")}
    assert len(listed) > 500
    assert _literals() - listed == set()
    assert _counted() == {
        (each.findtext("source"), each.findtext("comment"))
        for each in template.iter("message")
        if each.get("numerus") == "yes"
    }


def _counted() -> set[tuple[str, str]]:
    """Texts in the code with a form for one and a form for many."""
    found = set()
    for path in CODE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "counted":
                one, many, n = call.args[:3]
                assert isinstance(one, ast.Constant) and isinstance(many, ast.Constant), ast.unparse(call)
                assert not isinstance(n, ast.Starred)
                found.add((one.value, many.value))
    return found


@pytest.fixture
def three_forms(tmp_path: Path, qapp: QApplication) -> Iterator[None]:
    """A made-up language that counts as Polish does: one, a few, and many, each with a word of its own."""
    tree = ElementTree.parse(_template(tmp_path))
    tree.getroot().set("language", "pl")
    for message in tree.iter("message"):
        entry = message.find("translation")
        if message.get("numerus") == "yes" and message.findtext("source") != "{n} cell" and entry is not None:
            entry.attrib.pop("type")
            entry.clear()
            for form in ("solo", "duo", "molti"):
                ElementTree.SubElement(entry, "numerusform").text = f"{form} {message.findtext('source')}"
    path = tmp_path / "pl.ts"
    tree.write(path, encoding="utf-8")
    subprocess.run(
        [_tool("pyside6-lrelease"), str(path), "-qm", str(tmp_path / "pl.qm")], check=True, capture_output=True
    )
    translator = QTranslator(qapp)
    assert translator.load(str(tmp_path / "pl.qm"))
    make_application()  # it hands over Qt's look-ups
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    translator.deleteLater()
    use_translator()


@pytest.mark.usefixtures("three_forms")
def test_a_language_may_have_three_forms() -> None:
    """1 by itself, 2 to 4, and all others; what is not translated has the two forms of English."""
    assert [count(n, "row") for n in (1, 3, 5, 1000)] == [
        "solo 1 row", "duo 3 row", "molti 5 row", "molti 1,000 row",
    ]  # fmt: skip
    assert [count(n, "cell") for n in (1, 3)] == ["1 cell", "3 cells"]
    assert [count(n, "row")[:4] for n in (10**15 + 5, 10**15 + 3)] == ["molt", "duo "], "more than Qt counts"
    assert [counted("Ignore it", "Ignore them", n) for n in (1, 4)] == ["solo Ignore it", "duo Ignore it"]


@pytest.fixture
def translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Path]:
    """A copy of the resources with a German translation of two texts alone, in use while the test runs."""
    root = tmp_path / "resources"
    shutil.copytree(resources.resource(), root, ignore=shutil.ignore_patterns("translations"))
    folder = root / "translations" / "de"
    (folder / "explain").mkdir(parents=True)
    glossary = json.loads((root / "explain" / "glossary.json").read_text(encoding="utf-8"))
    glossary["entries"][0]["plain"] = "Auf Deutsch."
    (folder / "explain" / "glossary.json").write_text(json.dumps(glossary), encoding="utf-8")
    tree = ElementTree.parse(_template(tmp_path))
    for message in tree.iter("message"):
        if message.findtext("source") == "Data":
            entry = message.find("translation")
            assert entry is not None
            entry.attrib.pop("type")
            entry.text = "Daten"
    tree.write(tmp_path / "ann_viz_de.ts", encoding="utf-8")
    made = [_tool("pyside6-lrelease"), str(tmp_path / "ann_viz_de.ts"), "-qm", str(folder / "ann_viz.qm")]
    subprocess.run(made, check=True, capture_output=True)
    monkeypatch.setattr(resources, "folder_for", lambda _package: root)
    load_glossary.cache_clear()
    yield folder
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    resources.use_language("")
    load_glossary.cache_clear()
    use_marks()


@pytest.mark.usefixtures("translated")
def test_a_translation_is_found_by_the_desktops_language(qapp: QApplication) -> None:
    """Texts of the interface, texts in files, and the marks of numbers; what is not translated stays English."""
    use_locale(qapp, QLocale("de_AT"))
    assert translate("Data") == "Daten"
    assert translate("Network") == "Network"
    assert any("Auf Deutsch." in str(entry) for entry in load_glossary().values())
    assert format_number(0.5, ".2f") == "0,50"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


@pytest.mark.usefixtures("translated")
def test_another_language_stays_english(qapp: QApplication) -> None:
    """Without a folder of its own a language changes the marks of numbers and no word."""
    use_locale(qapp, QLocale("fr_FR"))
    assert translate("Data") == "Data"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert format_number(1234.5, ",.1f").replace("\N{NARROW NO-BREAK SPACE}", " ") == "1 234,5"
