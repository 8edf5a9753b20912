"""System libraries that Qt needs and a small Linux lacks, each with the Debian package that brings it.

Without this, a missing one ends in a traceback or in Qt's own abort. Qt itself is never imported here: the files of
PySide6 are found by name. ``python -m ann_viz.qt_libraries`` prints the packages to install, for the set-up scripts.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["PACKAGES", "explain", "missing_libraries", "platform_problem"]

PACKAGES: Final[Mapping[str, str]] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# The parts of PySide6 that ANN Viz loads.
_LOADED: Final = (
    "QtCore.abi3.so",
    "QtGui.abi3.so",
    "QtSvg.abi3.so",
    "QtWidgets.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqwayland*.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/xcbglintegrations/*.so",
)
_NO_MEMORY: Final = re.compile(r"failed to map segment|[Cc]annot allocate memory")
_NOT_LOADED: Final = re.compile(r"(?P<library>lib[\w.+-]+\.so[\w.]*): cannot open shared object file")


def explain(error: BaseException) -> str | None:
    """One sentence with the line that mends it, or None if ``error`` is about something else.

    Parameters
    ----------
    error : BaseException
        What importing or loading a part of Qt raised.
    """
    if _NO_MEMORY.search(str(error)):
        return "There is not enough memory to load what a window needs. Close other programs, or allow this one more."
    found = _NOT_LOADED.search(str(error))
    if found is None:
        return None
    libraries = [found["library"], *missing_libraries(_qt_folder())]
    lacking = [library for library in libraries if library in PACKAGES]
    if not lacking:
        return f"The system library {found['library']} is missing and ANN Viz can't start without it."
    packages = " ".join(_packages(lacking))
    return f"Qt needs system libraries that are missing here. Install them with: sudo apt-get install {packages}"


def missing_libraries(qt: Path | None) -> list[str]:
    """Names of the libraries that the parts of Qt in use ask for and the system lacks.

    Parameters
    ----------
    qt : Path or None
        Folder of PySide6; None if it isn't installed.

    Returns
    -------
    list of str
        Sorted names such as ``libxcb-cursor.so.0``; empty where ``ldd`` can't tell.
    """
    ldd = shutil.which("ldd")
    if qt is None or ldd is None:
        return []
    files = [str(file) for pattern in _LOADED for file in sorted(qt.glob(pattern))]
    if not files:
        return []
    told = subprocess.run([ldd, *files], capture_output=True, text=True, check=False).stdout
    return sorted(set(re.findall(r"^\s*(\S+) => not found", told, flags=re.MULTILINE)))


def platform_problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why Qt could not show a window here, in a sentence, or None if it can.

    Qt aborts the process when there is no display, nobody answers there, or the plugin for it can't be loaded, so this
    is asked before the window is made. It costs little: the plugin that is loaded here is the one Qt uses.

    Parameters
    ----------
    environment : mapping of str to str
        The environment variables that decide which display is used.
    """
    if sys.platform != "linux":
        return None
    chosen = environment.get("QT_QPA_PLATFORM")
    if chosen:
        problems = [_platform_problem(each.split(":")[0], environment) for each in chosen.split(";")]
    else:
        problems = [_display_problem(each, environment) for each in _DISPLAYS if environment.get(each.variable)]
    if not problems:
        return f"There is no display to open a window on. {_WITHOUT}"
    return None if None in problems else problems[0]


class _Display(NamedTuple):
    """A kind of display: how it is chosen, shown on and reached."""

    platform: str
    variable: str
    plugin: str
    answers: Callable[[str], bool]


def _platform_problem(name: str, environment: Mapping[str, str]) -> str | None:
    """What is wrong with a platform that the user chose by its name."""
    for display in _DISPLAYS:
        if name.startswith(display.platform):
            return _display_problem(display, environment)
    qt = _qt_folder()
    plugins = None if qt is None else qt / "Qt" / "plugins" / "platforms"
    if plugins is None or not plugins.is_dir() or environment.get("QT_QPA_PLATFORM_PLUGIN_PATH"):
        return None  # Qt looks elsewhere
    if (plugins / f"libq{name}.so").exists():
        return None
    return f"Qt has no platform '{name}', which the environment variable QT_QPA_PLATFORM asks for. Unset it."


def _display_problem(display: _Display, environment: Mapping[str, str]) -> str | None:
    """What the plugin lacks, or that nobody answers it."""
    problem = _loading_problem(display.plugin)
    if problem is not None:
        return problem
    name = environment.get(display.variable, "")
    try:
        answers = display.answers(name)
    except (OSError, AttributeError):  # the library that would ask isn't there, so the plugin brings its own
        return None
    if answers:
        return None
    return f"The display '{name}' ({display.variable}) can't be reached to open a window on. {_WITHOUT}"


def _x_answers(name: str) -> bool:
    """Whether an X server lets us in."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(os.fsencode(name), None))
    failed: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return failed == 0


def _wayland_answers(name: str) -> bool:
    """Whether a Wayland compositor is there."""
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    connection = wayland.wl_display_connect(os.fsencode(name) or None)
    if connection is None:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(connection))
    return True


_DISPLAYS: Final = (
    _Display("wayland", "WAYLAND_DISPLAY", "libqwayland*.so", _wayland_answers),
    _Display("xcb", "DISPLAY", "libqxcb.so", _x_answers),
)
_WITHOUT: Final = "Without one, `ann-viz demo`, `ann-viz train` and `ann-viz predict` work."


def _loading_problem(plugin: str) -> str | None:
    """Load the platform plugin and say what it lacks; a plugin that isn't there is Qt's to report."""
    qt = _qt_folder()
    if qt is None:
        return None
    for file in sorted((qt / "Qt" / "plugins" / "platforms").glob(plugin)):
        try:
            ctypes.CDLL(str(file))
        except OSError as error:
            return explain(error)
    return None


def _qt_folder() -> Path | None:
    """Where PySide6 is installed, found without importing it."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0])


def _packages(libraries: Iterable[str]) -> list[str]:
    """Debian packages that bring these libraries, each once; a library not in the table stays as it is."""
    return sorted({PACKAGES.get(library, library) for library in libraries})


if __name__ == "__main__":
    print(" ".join(_packages(missing_libraries(_qt_folder()))))
