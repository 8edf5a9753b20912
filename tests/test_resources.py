"""Icons, fonts and their licences are found and complete."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from ann_viz import resources
from ann_viz.resources import resource

ICONS = sorted(resource("icons").glob("*.svg"))


def test_resources_are_found_in_a_checkout() -> None:
    """The folder is the one beside the package, whatever the current folder is."""
    assert resource() == Path(__file__).resolve().parents[1] / "resources"
    assert resource("icons", "play.svg").is_file()


def test_a_wheel_uses_the_copy_inside_the_package(tmp_path: Path) -> None:
    """In a wheel there is no checkout around the package, and the copy inside it wins."""
    package = tmp_path / "ann_viz"
    (package / "_resources").mkdir(parents=True)
    assert resources.folder_for(package) == package / "_resources"


def test_without_a_copy_the_folder_beside_the_package_is_used(tmp_path: Path) -> None:
    """A checkout and an editable install carry no copy."""
    package = tmp_path / "ann_viz"
    package.mkdir()
    assert resources.folder_for(package) == tmp_path / "resources"


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_every_icon_is_a_vector_picture(icon: Path) -> None:
    """Each file parses as SVG, and all but the program's own can be tinted."""
    text = icon.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert icon.stem == "app" or "currentColor" in text


@pytest.mark.parametrize("style", ["Regular", "Medium", "SemiBold", "Bold", "Italic"])
def test_every_font_weight_is_a_truetype_file(style: str) -> None:
    """Qt reads TrueType everywhere, and the web formats only in some builds."""
    assert resource("fonts", f"Inter-{style}.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"


@pytest.mark.parametrize(("folder", "licence"), [("icons", "ISC License"), ("fonts", "SIL Open Font License")])
def test_what_others_made_carries_its_licence(folder: str, licence: str) -> None:
    """The licence text lies beside the files it covers."""
    assert licence in resource(folder, "LICENSE").read_text(encoding="utf-8")
