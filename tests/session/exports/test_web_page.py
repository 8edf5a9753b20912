"""The web page: that it answers as the engine does, asks nobody for anything, and takes no text for markup."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.data import Dataset, build_dataset, open_table, suggest_recipe
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.resources import resource
from ann_viz.scene.detail import likeliest_classes
from ann_viz.session import Session
from ann_viz.session.exports import Subject, format_for, subject_of, wish_for
from ann_viz.session.exports.page_data import row_values
from ann_viz.session.exports.web_page import SCRIPTS

NODE = shutil.which("node")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PAGE = format_for("page")


def trained(path: Path, target: str, *activations: str, epochs: int = 3) -> tuple[Session, Subject]:
    """A network that learned a little, and what is taken along of it."""
    table = open_table(path)
    session = Session(TrainConfig(epochs=epochs, patience=None, batch_size=64))
    session.open(build_dataset(table, suggest_recipe(table, target)))
    session.set_hidden(tuple(LayerConfig(neurons=5, activation=name) for name in activations))
    session.train()
    session.wait()
    work = session.take_work()
    assert work is not None
    return session, subject_of(work)


def page_of(subject: Subject, **chosen: str) -> str:
    rows = chosen.pop("rows", "no") == "yes"
    return PAGE.write(subject, wish_for(PAGE, rows=rows, chosen=chosen)).decode("utf-8")


def data_in(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    known: dict[str, Any] = json.loads(found[1])
    return known


def asking(page: str, rows: list[list[Any]]) -> str:
    """The page's own scripts, and what has them answer rows: the array `answers`."""
    scripts = [resource("exports", "page", name).read_text(encoding="utf-8") for name in SCRIPTS[:2]]
    ask = (
        f"const given = {json.dumps({'data': data_in(page), 'rows': rows})};"
        "const {sizes, activations, weights} = given.data.network;"
        "const layers = layersOf(floatsOf(weights), sizes, activations);"
        "const answers = given.rows.map(row => forward(layers, encode(given.data.columns, row)).at(-1));"
    )
    return "\n".join([*scripts, ask]).replace("</", "<\\/")


def answers_in_node(page: str, rows: list[list[Any]], tmp_path: Path) -> np.ndarray:
    (tmp_path / "ask.js").write_text(f"{asking(page, rows)}\nconsole.log(JSON.stringify(answers));", encoding="utf-8")
    told = subprocess.run([str(NODE), str(tmp_path / "ask.js")], capture_output=True, text=True, timeout=60, check=True)
    return np.array(json.loads(told.stdout))


def answers_in_chromium(page: str, rows: list[list[Any]], tmp_path: Path) -> np.ndarray:
    script = f"{asking(page, rows)}\ndocument.body.textContent = JSON.stringify(answers);"
    told = dom_in_chromium(f"<!DOCTYPE html><meta charset=utf-8><body><script>{script}</script>", tmp_path)
    return np.array(json.loads(re.search(r"<body>(.*?)</body>", told, re.DOTALL)[1]))


def dom_in_chromium(page: str, tmp_path: Path) -> str:
    """What becomes of a page in a browser that reaches no network."""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    flags += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", "--dump-dom"]
    flags += ["--host-resolver-rules=MAP * ~NOTFOUND"]
    command = [str(CHROMIUM), *flags, (tmp_path / "page.html").as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout


def difference(
    dataset: Dataset, subject: Subject, tmp_path: Path, answers_in: Callable[..., np.ndarray] = answers_in_node
) -> float:
    """The largest difference between page and engine over 100 rows as they stand in the file."""
    places = np.linspace(0, len(dataset.X) - 1, 100).astype(int).tolist()
    here = answers_in(page_of(subject), [row_values(dataset, place) for place in places], tmp_path)
    there = subject.model.network.predict(np.asarray(dataset.X)[places])
    return float(np.abs(here - there).max())


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.parametrize(
    ("sample", "target", "activations"),
    [
        ("bank_customers", "Exited", ("relu", "tanh")),
        ("penguins", "species", ("gelu", "silu")),
        ("house_prices", "price", ("elu", "softplus")),
        pytest.param("digits", "digit", ("leaky_relu", "sigmoid"), marks=pytest.mark.slow),
    ],
)
def test_the_page_answers_as_the_engine(sample: str, target: str, activations: tuple[str, ...], tmp_path: Path) -> None:
    # Intention: from the cells of 100 rows on, within 1e-5, for every activation and task.
    session, subject = trained(resource("samples", f"{sample}.csv"), target, *activations, epochs=1)
    assert subject.dataset is not None
    assert difference(subject.dataset, subject, tmp_path) < 1e-5
    session.close()


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_dates_texts_and_missing_cells_become_the_same_inputs(tmp_path: Path) -> None:
    # Intention: what no sample has: parts of dates, other categories, a fill, a flag, logarithms, far values.
    lines = ["when,amount,far,old,kind,member,y"]
    kinds = ("a", "b", "", "c")
    for n in range(120):
        amount = "" if n % 7 == 0 else str(1.5 ** (n % 20))
        when = f"2024-{n % 12 + 1:02}-{n % 28 + 1:02} {n % 24:02}:30"
        far = -1000 if n == 7 else n % 20
        lines.append(f"{when},{amount},{far},{far},{kinds[n % 4]},{('no', 'yes')[n % 2]},{n % 3 == 0:d}")
    path = tmp_path / "odd.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    table = open_table(path)
    recipe = suggest_recipe(table, "y")
    recipe = recipe.with_plan("amount", replace(recipe.plan("amount"), scaling="log", flag_missing=True))
    recipe = recipe.with_plan("old", replace(recipe.plan("old"), scaling="soft"))
    session = Session(TrainConfig(epochs=1, patience=None))
    session.open(build_dataset(table, recipe))
    session.train()
    session.wait()
    work = session.take_work()
    assert work is not None and session.dataset is not None
    assert difference(session.dataset, subject_of(work), tmp_path) < 1e-5
    session.close()


class Tags(HTMLParser):
    """Notes every tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def small(make_csv: Callable[[str], Path]) -> Subject:
    """A network trained on a few rows of hostile names."""
    bad = "</script><img src=x onerror=alert(1)>&\"'"
    kinds = (bad, "<b>b</b>", "${c}")
    rows = [
        f"{n * n % 17},{json.dumps(kinds[n % 3]).replace(chr(92) + chr(34), chr(34) * 2)},{'ab'[n % 2]}"
        for n in range(60)
    ]
    path = make_csv("\n".join(["$x<script>x</script>,kind,target", *rows]))
    return trained(path, "target", "relu")[1]


@pytest.fixture
def make_csv(tmp_path: Path) -> Callable[[str], Path]:
    def make(text: str) -> Path:
        path = tmp_path / "rows.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_text_from_data_is_no_markup(small: Subject) -> None:
    # Intention: names and categories that would end a script, or be a tag, are there as text alone.
    page = page_of(small, title="<i>title</i> $style", rows="yes")
    tags = Tags(page).found
    assert [tag for tag, _ in tags].count("script") == 2 and not {"i", "b"} & {tag for tag, _ in tags[:12]}
    assert all("onerror" not in attributes for _, attributes in tags)
    data = data_in(page)
    assert data["columns"][0]["name"] == "$x<script>x</script>" and "</script>" in data["columns"][1]["categories"][1]
    assert data["title"] == "<i>title</i> $style"
    assert "</script><img" not in page


def test_the_page_asks_nobody_for_anything(small: Subject) -> None:
    # Intention: no address in it, and a policy that names what may run and forbids the rest.
    page = page_of(small)
    policy = next(a["content"] for _, a in Tags(page).found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'") and "unsafe" not in policy
    for _, attributes in Tags(page).found:
        assert all(not (attributes.get(name) or "data:").partition("data:")[0] for name in ("src", "href"))
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|import|eval|innerHTML|sendBeacon)\b", page)


def test_rows_are_inside_only_if_they_are_wanted(small: Subject) -> None:
    assert data_in(page_of(small))["rows"] == []
    rows = data_in(page_of(small, rows="yes"))["rows"]
    assert 0 < len(rows) <= 50 and set(rows[0]) == {"name", "values", "truth"}


def test_a_replay_that_no_file_keeps_is_done_again(small: Subject) -> None:
    # Intention: a project file has no moments; the same run gives the same ones.
    assert small.run is not None
    checkpoint = replace(small.run.checkpoint, timeline=(), timeline_stride=1)
    forgotten = replace(small, run=replace(small.run, checkpoint=checkpoint))
    assert data_in(page_of(forgotten))["replay"] == data_in(page_of(small))["replay"]
    assert data_in(page_of(replace(forgotten, dataset=None)))["replay"] is None
    long = replace(forgotten.run.record, seconds=4000.0)
    assert data_in(page_of(replace(forgotten, run=replace(forgotten.run, record=long))))["replay"] is None


def test_the_replay_is_of_the_weights_whose_losses_are_drawn() -> None:
    # Intention: where a run is judged by the average of its weights, the page shows that all along.
    table = open_table(resource("samples", "iris.csv"))
    session = Session(TrainConfig(epochs=12, patience=None, average_epochs=2.0, learning_rate=0.1))
    session.open(build_dataset(table, suggest_recipe(table, "species")))
    session.train()
    session.wait()
    work = session.take_work()
    assert work is not None
    subject = subject_of(work)
    replay, timeline = data_in(page_of(subject))["replay"], subject.run.checkpoint.timeline  # type: ignore[union-attr]
    moments = [moment for moment in timeline if moment.epoch == replay["epochs"][-1] and not moment.batch_index]
    shown = np.frombuffer(b64decode(replay["weights"]), "<f2").reshape(len(replay["epochs"]), -1)[-1]
    np.testing.assert_allclose(shown, moments[0].model_params, atol=1e-2)
    assert np.abs(shown - moments[0].params).max() > 0.02  # which went ahead
    session.close()


@pytest.fixture
def colonies(tmp_path: Path) -> Iterator[Subject]:
    """A hundred classes with long names, told by one column."""
    rows = [f"{n % 100 + 0.2 * (n // 100):.1f},chinstrap_colony_{n % 100:03}_n" for n in range(400)]
    (tmp_path / "colonies.csv").write_text("\n".join(["size,colony", *rows]) + "\n", encoding="utf-8")
    session, subject = trained(tmp_path / "colonies.csv", "colony", "relu", epochs=1)
    yield subject
    session.close()


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_of_a_hundred_classes_a_row_has_its_most_likely_ones(colonies: Subject, tmp_path: Path) -> None:
    """As in the window: 20 of them, in their order, whatever row is asked about; the others are counted."""
    data = data_in(page_of(colonies))
    rules, last = data["drawing"], len(data["network"]["sizes"]) - 1
    assert (rules["likeliest"], rules["leftOut"][last]) == (20, 80)
    assert len(rules["layouts"]["wide"]["y"][last]) == 20
    assert data["output"]["short"][0][17] == "…017_n"
    outputs = np.random.default_rng(3).dirichlet(np.ones(100), 4)
    script = resource("exports", "page", "drawing.js").read_text(encoding="utf-8")
    given = json.dumps({"rules": {"likeliest": 20, "shown": [[0], [0]]}, "outputs": outputs.tolist()})
    ask = (
        f"const {{ rules, outputs }} = {given};"
        "const chosen = output => Drawing.prototype.chosenNeurons.call({ rules, values: [[0], output] }).at(-1);"
        "console.log(JSON.stringify(outputs.map(chosen)));"
    )
    (tmp_path / "ask.js").write_text(f"{script}\n{ask}", encoding="utf-8")
    told = subprocess.run([str(NODE), str(tmp_path / "ask.js")], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(told.stdout) == [likeliest_classes(output).tolist() for output in outputs]


def test_few_classes_are_all_drawn(small: Subject) -> None:
    assert data_in(page_of(small))["drawing"]["likeliest"] == 0


def test_a_model_alone_is_a_page_too(small: Subject) -> None:
    data = data_in(page_of(Subject(model=small.model, name="m.annviz"), glossary="no", form="no"))
    assert data["replay"] is None and data["curve"] is None and data["show"]["form"] is False


@pytest.mark.slow
def test_large_networks_and_long_runs_stay_small(tmp_path: Path) -> None:
    # Intention: 300 kB for 6-6, 2 MB for 64-32 over 300 epochs.
    sample = resource("samples", "circles.csv")
    for hidden, epochs, most in (((6, 6), 400, 300_000), ((64, 32), 300, 2_000_000)):
        table = open_table(sample)
        session = Session(TrainConfig(epochs=epochs, patience=None), "auto")
        session.open(build_dataset(table, suggest_recipe(table, None)))
        session.set_hidden(tuple(LayerConfig(neurons=n) for n in hidden))
        session.train()
        session.wait()
        work = session.take_work()
        assert work is not None
        page = page_of(subject_of(work))
        assert data_in(page)["replay"]["epochs"][-1] == epochs
        assert len(page.encode()) <= most
        session.close()


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize(("sample", "target"), [("bank_customers", "Exited"), ("house_prices", "price")])
def test_a_browser_answers_as_the_engine(sample: str, target: str, tmp_path: Path) -> None:
    # Intention: the same 100 rows within 1e-5 in Chromium itself.
    session, subject = trained(resource("samples", f"{sample}.csv"), target, "relu", "tanh", epochs=1)
    assert subject.dataset is not None
    assert difference(subject.dataset, subject, tmp_path, answers_in_chromium) < 1e-5
    session.close()


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_browser_without_without_a_network_shows_it(small: Subject, tmp_path: Path) -> None:
    # Intention: the scripts run under the policy, hostile names are text, and the answer stands there.
    shown = dom_in_chromium(page_of(small), tmp_path)
    assert re.search(r'id="answer-number">\d+', shown)
    assert "$x&lt;script&gt;x&lt;/script&gt;" in shown and '<img src="x"' not in shown
