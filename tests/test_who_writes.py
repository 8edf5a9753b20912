"""Two modules write what stays, `ann_viz.files` and `ann_viz.journals`, and known places scratch: others only read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "ann_viz"

WRITERS = {
    "files.py": "what stays",
    "journals.py": "what grows",
    "locks.py": "files that are locked and hold nothing",
    "temporary.py": "temporary folders and small files in them",
    "diagnostics.py": "the log, if it is asked for",
    "open_projects.py": "the folder of files that stand for open projects",
    "stored_rows.py": "the rows of a project in a folder of their own",
    "answer_files.py": "from a temporary file into the one that takes its place",
    "parquet_writing.py": "answers in a folder of their own",
    "sorted_rows.py": "rows that wait in a folder of their own",
    "load.py": "a plain copy in the folder of a table",
    "unpack.py": "an unpacked file there",
    "workbook.py": "a sheet as lines of CSV there",
    "encoded.py": "prepared rows in a folder of their own",
    "kept.py": "the folder of what is kept",
    "autosave.py": "the folders of what is kept by itself",
    "kept_copies.py": "what was kept by itself, moved to where it stays longer",
    "study.py": "the folder of sweeps",
    "crew.py": "what the processes of a sweep read, in a temporary folder",
}
"""By name of the module, as modules move: what it may write."""

METHODS = {
    *("write_text", "write_bytes", "touch", "mkdir", "makedirs", "rename", "renames", "symlink_to", "hardlink_to"),
    *("save_file", "savez", "savez_compressed", "savetxt", "tofile", "to_csv", "to_parquet", "dump"),
    *("copyfile", "copy2", "copytree", "copyfileobj", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory"),
    *(
        "setOutputFileName",
        "QSaveFile",
        "QTemporaryDir",
        "QTemporaryFile",
        "QPdfWriter",
        "QImageWriter",
    ),
    *("QFile", "grabToImage", "setFileName", "truncate", "sqlite3", "ZipFile", "FileIO"),
}
BUFFERED = {"QPdfWriter", "QImageWriter"}  # fine on a buffer
WRITING_FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"}


def writes(source: str) -> Iterator[str]:
    """Yield what in a module writes a file, or could."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found = _written(node)
            if found is not None:
                yield f"line {node.lineno}: {found}"


def _written(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in METHODS and not (name in BUFFERED and _is_on_buffer(call)) and not _is_archive_read(call):
        return name
    if ast.unparse(call.func) in ("os.replace", "shutil.copy", "shutil.move"):
        return ast.unparse(call.func)
    if name in ("open", "save") and _is_on_buffer(call):
        return None
    if name in ("open", "fdopen"):
        return _opened_to_write(call)
    if name == "replace" and len(call.args) == 1 and not call.keywords and isinstance(call.func, ast.Attribute):
        return "Path.replace"
    if name == "save" and (call.args or call.keywords) and not _is_known_save(call):
        return "save"
    if name in ("execute", "query") and call.args and "COPY " in ast.unparse(call.args[0]):
        return "COPY"
    return None


def _is_on_buffer(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Name) and call.args[0].id == "buffer"


def _is_archive_read(call: ast.Call) -> bool:
    """An archive is read unless it is told otherwise."""
    return ast.unparse(call.func) == "zipfile.ZipFile" and len(call.args) == 1 and not call.keywords


def _is_known_save(call: ast.Call) -> bool:
    """The clipboard's own table saves pasted text, tensors become bytes, an experiment saves itself to be shown."""
    return ast.unparse(call.func) in ("self._clipboard.save", "save", "self.save")


def _opened_to_write(call: ast.Call) -> str | None:
    """A mode that is not for reading, or flags of the system that are not."""
    if any(flag in ast.unparse(call) for flag in WRITING_FLAGS):
        return "open for writing" if "os.devnull" not in ast.unparse(call) else None
    texts = [each.value for each in (*call.args, *(k.value for k in call.keywords)) if isinstance(each, ast.Constant)]
    return next((f"open {text!r}" for text in texts if isinstance(text, str) and _is_writing_mode(text)), None)


def _is_writing_mode(text: str) -> bool:
    return len(text) <= 3 and set(text) <= set("rwxabt+") and bool(set(text) & set("wxa+"))


def test_no_other_module_writes_files() -> None:
    """A new place that writes goes through `ann_viz.files`, or is named above with what it may write."""
    others = [path for path in ROOT.rglob("*.py") if path.name not in WRITERS]
    found = {str(path.relative_to(ROOT)): list(writes(path.read_text(encoding="utf-8"))) for path in others}
    assert len(found) > 100
    assert not {path: ways for path, ways in found.items() if ways}


@pytest.mark.parametrize(
    "source",
    [
        "open('a', 'w')", "open(path, mode='ab')", "path.open('x')", "path.write_text('')", "os.open(p, os.O_WRONLY)",
        "picture.save(path)", "widget.grab().save(str(path), 'PNG')", "path.replace(other)", "os.replace(a, b)",
        "os.rename(a, b)", "shutil.move(a, b)", "shutil.copyfile(a, b)", "np.savez(path, X)", "json.dump(x, file)",
        "QSaveFile(path)", "printer.setOutputFileName(path)", "QPdfWriter(path)", "QImageWriter(path, b'png')",
        "tempfile.mkstemp()", "connection.execute(f\"COPY t TO '{path}'\")", "zipfile.ZipFile(path, 'w')",
    ],
)  # fmt: skip
def test_every_way_to_write_is_found(source: str) -> None:
    """The test above would notice each of these."""
    assert list(writes(source))


@pytest.mark.parametrize(
    "source",
    [
        "open(path)", "path.open('rb')", "gzip.open(path, 'rb')", "session.open(dataset)", "text.replace('w', 'a')",
        "replace(recipe, split=split)", "painter.save()", "QPdfWriter(buffer)", "os.open(os.devnull, os.O_WRONLY)",
        "self.open_file(Path('a'))", "zipfile.ZipFile(path)",
    ],
)  # fmt: skip
def test_reading_is_no_writing(source: str) -> None:
    """The test above is silent about these."""
    assert not list(writes(source))
