"""A double click on a project opens it: what a Linux desktop is told belongs to the program that is installed."""

from __future__ import annotations

import configparser
import tomllib
from pathlib import Path
from xml.etree import ElementTree

from ann_viz.app import DESKTOP_FILE
from ann_viz.resources import resource
from ann_viz.ui.window.project_writing import SUFFIX

ROOT = Path(__file__).resolve().parents[1]
KINDS = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_the_desktop_starts_the_window_with_the_file() -> None:
    told = configparser.RawConfigParser()
    told.read(resource("desktop", f"{DESKTOP_FILE}.desktop"), encoding="utf-8")
    command, argument = told["Desktop Entry"]["Exec"].split()
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["gui-scripts"]
    assert command in scripts and argument == "%f"


def test_projects_are_a_kind_of_file_that_it_opens() -> None:
    root = ElementTree.parse(resource("desktop", "ann-viz.xml")).getroot()
    kind = root.find(f"{KINDS}mime-type")
    assert kind is not None and kind.find(f"{KINDS}glob").attrib["pattern"] == f"*{SUFFIX}"
    told = configparser.RawConfigParser()
    told.read(resource("desktop", f"{DESKTOP_FILE}.desktop"), encoding="utf-8")
    assert kind.attrib["type"] in told["Desktop Entry"]["MimeType"].split(";")
