"""Commands whose streams are closed, full or short of letters, without a display or with little memory."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable
from random import Random
from typing import Any, Final

from attacks.processes import BANK, COMMANDS, PATIENCE_S, Place, complaint, started
from attacks.registry import kind
from attacks.work import new_folder

MEGABYTE: Final = 1 << 20
HELD: Final = (0, 2)


def _judged(
    arguments: list[str], codes: tuple[int, ...] = HELD, *, console: str = "utf-8", **options: Any
) -> str | None:
    """Run it to its end: no word for programmers, one of these codes, and one sentence where it is 2."""
    place = Place.new()
    with started(arguments, place, **options) as process:
        try:
            _, said = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return f"{arguments} hangs"
    problem = complaint(said)
    if problem is None and process.returncode not in codes:
        problem = f"ends with {process.returncode}: {(said or b'')[-300:]!r}"
    problem = problem or place.leftovers()
    if problem is None and process.returncode == 2 and said is not None:
        last = said.decode(console, errors="replace").splitlines()[-1:]
        problem = None if last and last[0].startswith("ann-viz: ") else f"says {said[-300:]!r}"
    return None if problem is None else f"{arguments} {problem}"


def _command(rng: Random) -> list[str]:
    """One that is over soon, with much or little to say."""
    model = ["train", str(BANK), "--target", "Exited", "--epochs", "2"]
    answers = COMMANDS["predict"](rng, Place.new())[:-2]
    return rng.choice((["--help"], ["--version"], ["inspect", str(BANK)], ["inspect", "gone.csv"], model, answers))


@kind("streams: closed", fast=4)
def closed(rng: Random) -> str | None:
    """Any of the three, in any company."""
    descriptors = [each for each in range(3) if rng.random() < 0.5]

    def close() -> None:
        for descriptor in descriptors:
            os.close(descriptor)

    options = {"stderr": None} if 2 in descriptors else {}
    return _judged(_command(rng), preexec_fn=close, **options)


@kind("streams: nobody reads", fast=4)
def unread(rng: Random) -> str | None:
    """A pipe whose other end is closed, for output or error or both."""
    reader, writer = os.pipe()
    os.close(reader)
    both: Callable[[], dict[str, int]] = lambda: {"stdout": writer, "stderr": writer}  # noqa: E731
    choices = (both(), {"stdout": writer}, {"stderr": writer})
    try:
        return _judged(_command(rng), **rng.choice(choices))
    finally:
        os.close(writer)


@kind("streams: full", fast=4)
def full(rng: Random) -> str | None:
    """Files that may grow to a few bytes only; scratch files are no larger."""
    bytes_left = rng.choice((0, 10, 1000, 5000))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, bytes_left))

    with (new_folder() / "said").open("wb") as file:
        stream = rng.choice(("stdout", "stderr"))
        return _judged(_command(rng), preexec_fn=limit, **{stream: file})


@kind("streams: few letters", fast=3)
def few_letters(rng: Random) -> str | None:
    """A console of long ago, and a table with letters of everywhere."""
    table = new_folder() / rng.choice(("t.csv", "日本.csv", "é.csv"))
    table.write_text("café,日本,=1+1\n" + "ž,ж,\N{GRINNING FACE}\nα,β,γ\n" * 20, encoding="utf-8")
    encoding = rng.choice(("ascii", "cp1252", "cp437", "shift-jis", "utf-16"))
    environment = {"PYTHONIOENCODING": encoding, "LC_ALL": rng.choice(("C", "POSIX", "C.UTF-8"))}
    environment |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    inspect = ["inspect", str(table), *rng.choice(([], ["--json"]))]
    train = ["train", str(table), "--target", "日本", "--epochs", "2"]
    return _judged(rng.choice((inspect, train, ["predict", str(table), str(table)])), console=encoding, env=environment)


@kind("a display that nobody answers", fast=3)
def no_display(rng: Random) -> str | None:
    """As over ssh, or where its name was mistyped."""
    name = rng.choice((":7777", "nonsense", "localhost:7777", ":0.7777", "", "unix:/gone"))
    environment = {"DISPLAY": name, "WAYLAND_DISPLAY": rng.choice(("", "", "gone-7777", "/gone/wayland"))}
    environment["QT_QPA_PLATFORM"] = rng.choice(("", "", "xcb", "wayland", "nonsense", "wayland;xcb"))
    return _judged(rng.choice(([], [str(BANK)])), codes=(2,), env=environment)


@kind("little memory", fast=2)
def little_memory(rng: Random) -> str | None:
    """A gigabyte of addresses, libraries and stacks included; below 965 MiB OpenBLAS ends the process by itself."""
    size = rng.randint(970, 1400) * MEGABYTE

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))

    command = rng.choice(("inspect", "train", "predict", "demo"))
    return _judged(COMMANDS[command](rng, Place.new()), preexec_fn=limit)
