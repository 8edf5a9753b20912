"""Every command: exit codes, what is printed where, and what is refused in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ann_viz import __version__


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train", "{data}", "--target", "nothing"], "nothing"),
        (["train", "gone.csv", "--target", "answer"], "gone.csv"),
        (["train", "{data}", "--target", "answer", "--learning-rate", "-1"], "learning_rate"),
        (["train", "{data}", "--target", "answer", "--optimizer", "magic"], "optimizer"),
        (["train", "{data}", "--target", "answer", "--hidden", "six"], "--hidden"),
        (["train", "{data}", "--target", "answer", "--activation", "magic"], "activation"),
        (["train", "{data}", "--target", "answer", "--seed", "-4"], "seed"),
        (["train", "{data}", "--target", "answer", "--epochs", "many"], "--epochs"),
        (["train", "{data}"], "--target"),
        (["train", "{data}", "--target", "answer", "--epochs", "1", "-o", "gone/m.annviz"], "m.annviz"),
        (["train", "{data}", "--target", "answer", "-o", "{data}"], "is read here"),
        (["train", "data.csv", "--target", "answer", "-o", "./data.csv"], "is read here"),
        (["train", "{data}", "--target", "answer", "-o", ""], "is empty"),
        (["train", "{data}", "--target", "answer", "-o", "."], "is a folder"),
        (["train", "{data}", "--target", "answer", "-o", "x" * 300], "the name is too long"),
        (["train", "{data}", "--target", "answer", "-o", "/dev/full"], "-o - writes to standard output"),
        (["predict", "m", "{data}", "-o", "{data}"], "is read here"),
        (["predict", "{data}", "new.csv", "-o", "{data}"], "is read here"),
        (["predict", "m", "{data}", "-o", "/dev/stdout"], "-o - writes to standard output"),
        (["demo", "--picture", "gone/demo.png"], "there is no folder"),
        (["train", "\x1b[2J.csv", "--target", "answer"], "\N{REPLACEMENT CHARACTER}[2J.csv"),
        (["predict", "{data}", "{data}"], "not a model file"),
        (["predict", "gone.annviz", "{data}"], "gone.annviz"),
        (["predict", "x" * 300, "{data}"], "File name too long"),
        (["frobnicate"], "frobnicate"),
        ([], "COMMAND"),
    ],
)
def test_what_the_user_can_mend_is_one_line_and_code_2(
    arguments: list[str],
    words: str,
    table: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    run: Callable[..., int],
) -> None:
    # Intention: no traceback, one sentence on stderr that names the culprit.
    monkeypatch.chdir(table.parent)
    try:
        code = run(*(argument.format(data=table) for argument in arguments))
    except SystemExit as leaving:  # argparse leaves this way
        code = int(leaving.code or 0)
    printed = capsys.readouterr()
    assert code == 2
    assert printed.out == ""
    (said,) = printed.err.splitlines()  # before any work, so that no progress is told
    assert words in said
    assert said.isprintable()
    assert [path.name for path in table.parent.iterdir()] == [table.name]


def test_a_file_on_standard_output_is_alone_there(
    table: Path, capfdbinary: pytest.CaptureFixture[bytes], run: Callable[..., int]
) -> None:
    # Intention: `train -o - > model` and `predict -o - | …` work; the words go to the other stream.
    assert run("train", table, "--target", "answer", "--epochs", 2, "--json", "-o", "-") == 0
    printed = capfdbinary.readouterr()
    assert set(json.loads(printed.err)) == {
        "epochs",
        "seconds",
        "engine",
        "networks",
        "train",
        "validation",
        "test",
        "data",
    }
    model = table.with_name("model.annviz")
    model.write_bytes(printed.out)
    wild = table.with_name("wild.csv")
    wild.write_text(table.read_text() + "99,99,no\n")
    assert run("predict", model, wild, "-o", "-") == 0
    printed = capfdbinary.readouterr()
    assert b"beyond what was learned" in printed.err
    assert printed.out.count(b"\n") == 152
    assert not table.with_name("-").exists()


def test_names_in_a_file_do_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: what is said of a table shows its names with nothing in them that acts.
    path = tmp_path / "odd.csv"
    path.write_text("".join(["\x1b[2Jx,\x9b31my\n", *(f"{n},{n % 7}\n" for n in range(30))]))
    assert run("inspect", path) == 0
    assert all(line.isprintable() for line in capsys.readouterr().out.splitlines())
    assert run("inspect", path, "--json") == 0
    printed = capsys.readouterr().out
    assert all(line.isprintable() for line in printed.splitlines())
    assert [column["name"] for column in json.loads(printed)["columns"]] == ["\x1b[2Jx", "\x9b31my"]


def test_version_and_help(capsys: pytest.CaptureFixture[str], run: Callable[..., int]) -> None:
    # Intention: both answer on standard output with code 0.
    for option, words in (("--version", __version__), ("--help", "predict")):
        with pytest.raises(SystemExit) as leaving:
            run(option)
        assert leaving.value.code == 0
        assert words in capsys.readouterr().out


def test_commands_do_not_import_qt(table: Path) -> None:
    # Intention: training works on a machine without Qt's libraries.
    code = (
        "import sys; from ann_viz.__main__ import main; "
        f"main(['train', {str(table)!r}, '--target', 'answer', '--epochs', '1', '--json']); "
        "assert not any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
