"""Prints the licences of everything that is installed with ANN Viz or lies in its package, as a table in Markdown.

Run where it is installed: ``python resources/licences.py``. Dependencies are asked themselves, and theirs in turn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).parent
PROGRAM = "ann-viz"

# Every folder of resources: what lies in it, and under which licence.
BUNDLED = {
    "desktop": ("What tells a desktop of the program and its files", "MIT"),
    "docs": ("Documentation", "MIT"),
    "explain": ("Texts of explanations", "MIT"),
    "exports": ("Programs and pages that models are taken along in", "MIT"),
    "fonts": ("Inter", "OFL-1.1 (fonts/LICENSE)"),
    "icons": ("Lucide, in parts Feather", "ISC, in parts MIT (icons/LICENSE)"),
    "lessons": ("Lessons", "MIT"),
}
_OPEN = "License :: OSI Approved :: "


class Part(NamedTuple):
    """A line of the table."""

    name: str
    version: str
    licence: str


def main() -> None:
    """Print the table."""
    print("| part | version | licence |\n|---|---|---|")
    for part in (*dependencies(), *bundled(), *samples()):
        print(f"| {part.name} | {part.version} | {part.licence} |")


def dependencies() -> list[Part]:
    """Return what a user installs with the program, and the program itself, by name."""
    found: dict[str, Part] = {}
    missing = [PROGRAM]
    while missing:
        name = missing.pop()
        if canonicalize_name(name) not in found:
            about = metadata.metadata(name)
            found[canonicalize_name(name)] = Part(about["Name"], about["Version"], _licence(about))
            missing += _needed(name)
    return [found[name] for name in sorted(found)]


def bundled() -> Iterator[Part]:
    """Yield what lies in the package besides code and data."""
    for folder, (name, licence) in BUNDLED.items():
        yield Part(f"{name} (resources/{folder})", "", licence)


def samples() -> Iterator[Part]:
    """Yield the sample data, as their list says."""
    for sample in json.loads((FOLDER / "samples" / "samples.json").read_text(encoding="utf-8")):
        yield Part(f"{sample['title']} (resources/samples/{sample['file']}): {sample['source']}", "", sample["licence"])


def _needed(name: str) -> list[str]:
    """Names of what a distribution asks for here, without its extras."""
    requirements = map(Requirement, metadata.requires(name) or ())
    return [each.name for each in requirements if each.marker is None or each.marker.evaluate({"extra": ""})]


def _licence(about: metadata.PackageMetadata) -> str:
    """What a distribution says of itself, in the newest of the three ways there are."""
    classifiers = [each.removeprefix(_OPEN) for each in about.get_all("Classifier") or () if each.startswith(_OPEN)]
    said = about.get("License-Expression") or about.get("License") or ", ".join(classifiers)
    return said.splitlines()[0] if said else "not said"


if __name__ == "__main__":
    main()
