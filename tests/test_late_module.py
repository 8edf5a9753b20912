"""Libraries that are imported when something of them is first used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGE = {
    "__init__.py": "from library.parts import part\nvalue = 1\ndef __getattr__(name):\n"
    "    if name == 'asked':\n        return 'for'\n    raise AttributeError(name)\n",
    "parts.py": "import library\npart = hasattr(library, 'value')\n",
}


def run(folder: Path, code: str) -> str:
    """Return what a program prints that puts off the import of a library with a part in a folder."""
    (folder / "library").mkdir()
    for name, text in PACKAGE.items():
        (folder / "library" / name).write_text(text, encoding="utf-8")
    begin = f"import sys; sys.path.insert(0, {str(folder)!r})\nfrom ann_viz.late_module import import_late\n"
    program = [sys.executable, "-c", begin + code]
    return subprocess.run(program, check=True, capture_output=True, text=True, timeout=60).stdout


def test_a_library_is_imported_by_its_first_use(tmp_path: Path) -> None:
    """Not by ``import``; it is one module before and after."""
    code = """
import_late("library"); import library
import library as again
assert sys.modules["library"] is library is again and library.__name__ == "library"
assert "library.parts" not in sys.modules
assert library.value == 1 and "library.parts" in sys.modules
assert library.asked == "for" and not hasattr(library, "missing") and not library.part
import_late("library")
assert again.value == 1 and "value" in vars(sys.modules["library"])
print("done")
"""
    assert run(tmp_path, code) == "done\n"


def test_who_imports_a_part_has_the_library_first(tmp_path: Path) -> None:
    """As Python does it: the package before its modules, and each of them once."""
    code = """
import_late("library"); import library.parts
assert "value" in vars(library) and sys.modules["library.parts"] is library.parts
print(library.parts.part, library.parts.__spec__.origin == library.parts.__file__)
"""
    assert run(tmp_path, code) == "False True\n"


def test_threads_wait_for_the_one_that_imports(tmp_path: Path) -> None:
    """Nobody sees half a library."""
    code = """
import threading
import_late("library"); import library
seen = []
threads = [threading.Thread(target=lambda: seen.append(library.value)) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
print(sum(seen))
"""
    assert run(tmp_path, code) == "8\n"


def test_a_library_that_is_missing_is_missed_where_it_is_imported(tmp_path: Path) -> None:
    """With Python's own words."""
    code = """
import_late("nothing_of_that_name")
try: import nothing_of_that_name
except ModuleNotFoundError as error: print(error)
"""
    assert run(tmp_path, code) == "No module named 'nothing_of_that_name'\n"
