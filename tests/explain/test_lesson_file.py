"""Lesson files: those that come with the program are sound, and a broken one says where and what is wrong."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.errors import DataError
from ann_viz.explain.lesson import LINES, QUESTIONS, TOUR, Lesson
from ann_viz.explain.lesson_expectations import EXPECTATIONS
from ann_viz.explain.lesson_file import own_lessons, parse_lesson, read_lesson
from ann_viz.explain.lesson_values import VALUES
from ann_viz.resources import resource
from ann_viz.scene import LINE_MODES

BOTH = {"plain": "Plain.", "technical": "Technical."}


def lesson(**step: Any) -> dict[str, Any]:
    """Return a sound lesson of one step with these fields besides its text."""
    return {"id": "own", "title": "Why?", "minutes": 2, "steps": [{"text": BOTH, **step}]}


BROKEN = {
    "no object": ([1, 2], "own.json: an object with", "not [1, 2]"),
    "unknown key": ({**lesson(), "titel": "x"}, "own.json", '"titel" is not known here. Allowed:', "'title'"),
    "missing title": ({"id": "a", "minutes": 2, "steps": []}, "'title' is missing"),
    "no steps": ({**lesson(), "steps": []}, "'steps' must be a list of 1 to 50 steps"),
    "minutes": ({**lesson(), "minutes": "two"}, "'minutes' must be a whole number from 1 to 60", '"two"'),
    "no text": ({**lesson(), "steps": [{}]}, "own.json, step 1: 'text' is missing"),
    "one voice": (lesson(done={"plain": "Well."}), "step 1, 'done': 'technical' is missing"),
    "empty text": (lesson(done={"plain": " ", "technical": "x"}), "'plain' must be a text"),
    "unknown value": (lesson(done={**BOTH, "plain": "{lose}"}), "{lose} is no known value", "loss"),
    "format": (lesson(done={**BOTH, "plain": "{loss:.2f}"}), "only the name between the braces: {loss}"),
    "brace": (lesson(done={**BOTH, "plain": "{loss"}), "a brace is open"),
    "expectation": (lesson(expect="jump"), "'expect' can't be \"jump\"", "'row_changed'"),
    "which neuron": (lesson(expect={"selected": "axon"}), "'expect.selected' can't be \"axon\"", "'hidden'"),
    "how many": (lesson(expect={"epochs": 0}), "'expect.epochs' must be a whole number from 1 to 10,000, not 0"),
    "without value": (lesson(expect="epochs"), "'expect.epochs' must be a whole number"),
    "too much value": (lesson(expect={"next": 1}), "'expect.next' takes no value"),
    "accuracy": (lesson(expect={"accuracy": 90}), "must be a number from 0 to 1, not 90"),
    "choices": (lesson(choices=[BOTH, BOTH]), "'choices' and the expectation 'answered' belong together"),
    "one choice": (lesson(expect="answered", choices=[BOTH]), "'choices' must be a list of 2 to 4 answers"),
    "right": (lesson(expect="answered", choices=[BOTH, BOTH], right=2), "'right' must be a whole number from 0 to 1"),
    "sample": (lesson(setup={"sample": "cats.csv"}), 'there is no sample "cats.csv"', "'xor.csv'"),
    "outside": (lesson(setup={"sample": "../lessons/tour.json"}), "there is no sample"),
    "layers": (lesson(setup={"layers": 3}), "'layers' must be a list", "not 3"),
    "neurons": (lesson(setup={"layers": [0]}), "'layers' must be a whole number from 1 to 4,096"),
    "activation": (lesson(setup={"layers": [2], "activation": "step"}), "activation can't be 'step'", "relu"),
    "training": (lesson(setup={"training": {"speed": 1}}), '"speed" is not known here', "'learning_rate'"),
    "rate": (lesson(setup={"training": {"learning_rate": -1}}), "learning_rate must lie between 1e-07 and 100"),
    "half a batch": (lesson(setup={"training": {"batch_size": 1.5}}), "'batch_size' must be a whole number"),
    "lines": (lesson(setup={"lines": "thick"}), "'lines' can't be \"thick\"", "'gradients'"),
    "speed": (lesson(setup={"speed": "slow"}), "'speed' can't be \"slow\"", "'phase'"),
    "reset": (lesson(setup={"reset": "yes"}), "'reset' must be true or false"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_lesson_says_what_is_wrong(kind: str) -> None:
    """File, step, fault and what is allowed stand in the sentence."""
    content, *words = BROKEN[kind]
    with pytest.raises(DataError) as caught:
        parse_lesson(content, "own.json")
    sentence = str(caught.value)
    assert sentence.startswith("own.json")
    assert all(word in sentence for word in words), sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "line 1: this is no valid JSON"),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"[" * 100_000, "no valid JSON"),
        (b"NaN", "no valid JSON"),
    ],
)
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """Neither half a file nor another encoding gets through."""
    path = tmp_path / "own.json"
    path.write_bytes(content)
    with pytest.raises(DataError, match=words):
        read_lesson(path)


def test_a_missing_or_huge_file_is_refused(tmp_path: Path) -> None:
    """The reason stands in the sentence."""
    with pytest.raises(DataError, match=r"own\.json can't be opened"):
        read_lesson(tmp_path / "own.json")
    (tmp_path / "own.json").write_bytes(b" " * 1_000_001)
    with pytest.raises(DataError, match="too large"):
        read_lesson(tmp_path / "own.json")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as on Unix")
def test_a_pipe_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be waited for without end, and a folder is no lesson either."""
    os.mkfifo(tmp_path / "own.json")
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    for path in (tmp_path / "own.json", tmp_path):
        with pytest.raises(DataError, match="is not an ordinary file"):
            read_lesson(path)


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="files of the kernel as on Linux")
def test_no_more_is_read_than_a_lesson_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file is said to measure need not be true: those of the kernel have nought bytes."""
    monkeypatch.setattr("ann_viz.explain.lesson_file.LARGEST_FILE", 10)
    with pytest.raises(DataError, match="too large"):
        read_lesson(Path("/proc/self/status"))


def test_a_sound_lesson_is_read_whole() -> None:
    """What stands in the file arrives in the lesson."""
    setup = {"sample": "xor.csv", "layers": [3], "training": {"learning_rate": 0.1}, "speed": 2, "page": "slope"}
    made = parse_lesson(
        lesson(setup=setup, expect="answered", choices=[BOTH, BOTH], right=1, done={**BOTH, "plain": "{loss} {{"}),
        "own.json",
    )
    step = made.steps[0]
    assert (made.id, made.title, made.minutes) == ("own", "Why?", 2)
    assert step.setup.layers == (3,)
    assert step.setup.training == {"learning_rate": 0.1}
    assert step.setup.speed == 2.0
    assert (step.expect, step.right, len(step.choices)) == ("answered", 1, 2)
    assert step.done is not None
    assert step.done.text("plain") == "{loss} {{"
    assert made.changes_work


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = st.fixed_dictionaries(
    {"text": st.just(BOTH) | JSON},
    optional={
        "setup": JSON
        | st.dictionaries(
            st.sampled_from(("sample", "layers", "activation", "training", "row", "speed", "lines", "seed")), JSON
        )
        | st.fixed_dictionaries(
            {"training": st.dictionaries(st.sampled_from(("epochs", "learning_rate", "optimizer", "patience")), JSON)}
        ),
        "expect": JSON
        | st.sampled_from(sorted(EXPECTATIONS))
        | st.dictionaries(st.sampled_from(sorted(EXPECTATIONS)), JSON),
        "choices": JSON,
        "right": JSON,
        "done": st.fixed_dictionaries({"plain": st.text(), "technical": st.text()}) | JSON,
        "highlight": JSON,
    },
)


@given(JSON | st.builds(lambda steps: {**lesson(), "steps": steps}, st.lists(PARTS | JSON, max_size=3)))
def test_any_json_is_a_lesson_or_a_clear_error(content: object) -> None:
    """Nothing else comes out, whatever goes in."""
    try:
        assert isinstance(parse_lesson(json.loads(json.dumps(content)), "own.json"), Lesson)
    except DataError as error:
        assert str(error).startswith("own.json")


def test_all_lessons_of_the_program_are_sound() -> None:
    """Six questions and a tour, each of five to eight steps and a few minutes."""
    lessons = own_lessons()
    assert len(lessons) == len(QUESTIONS) + 1 == 9
    assert {path.name for path in resource("lessons").glob("*.json")} == {*QUESTIONS, TOUR}
    assert len({each.id for each in lessons}) == 9
    for each in lessons:
        assert 5 <= len(each.steps) <= 9, each.id
        assert 2 <= each.minutes <= 4
    assert all(each.title.endswith("?") for each in lessons[:6])


def test_the_documentation_names_all_there_is() -> None:
    """Every expectation and every value is documented for teachers, and the example there is a sound lesson."""
    page = resource("docs", "lessons.md").read_text(encoding="utf-8")
    for name in (*EXPECTATIONS, *VALUES):
        assert f"`{name}`" in page, name
    example = page.split("```json\n", 1)[1].split("```", 1)[0]
    assert parse_lesson(json.loads(example), "example.json").steps


def test_lessons_speak_of_the_lines_as_the_picture_does() -> None:
    """Both know the same modes."""
    assert LINES == LINE_MODES
