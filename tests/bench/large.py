"""A file larger than memory: time and memory of importing it and of training one epoch, in a process of their own.

Run by hand: ``python tests/bench/large.py [--gigabytes 2] [--keep FILE]``. Writes a CSV like the bank sample into the
folder for temporary files and removes it afterwards. Prints a Markdown table; Linux only.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

ROW_BYTES = 72
# Like a draw per row and column, but the same whenever and in whatever order it is made.
UNIFORM = "(hash(i * 64 + {k}) % 1000003) / 1000003.0"


def write_customers(path: Path, n_rows: int) -> None:
    """Write invented customers of a bank; who leaves depends on age, products and country."""
    import duckdb

    u = [UNIFORM.format(k=k) for k in range(12)]
    names = "['Albeck', 'Bardini', 'Corfeld', 'Delmont', 'Errez', 'Falton']"
    logit = "-4 + 0.06 * (age - 18) + CASE land WHEN 'Germany' THEN 0.9 ELSE 0 END + 1.1 * (abs(products - 2)) - active"
    inner = f"""
        SELECT i + 1 AS "RowNumber", 15500000 + (i * 7919) % 90000000 AS "CustomerId",
            {names}[1 + (6 * {u[0]})::INT % 6] || (500 * {u[1]})::INT AS "Surname",
            (350 + 500 * {u[2]})::INT AS "CreditScore",
            ['France', 'France', 'Germany', 'Spain'][1 + (4 * {u[3]})::INT % 4] AS land,
            CASE WHEN {u[4]} < 0.45 THEN 'Female' ELSE 'Male' END AS "Gender",
            (18 + 40 * {u[5]} + 30 * {u[6]} * {u[5]})::INT AS age, (10 * {u[7]})::INT AS "Tenure",
            CASE WHEN {u[8]} < 0.36 THEN 0 ELSE round(40000 + 160000 * {u[8]}, 2) END AS "Balance",
            1 + (3 * {u[9]} * {u[9]})::INT AS products, ({u[10]} < 0.7)::INT AS "HasCrCard",
            (hash(i * 64 + 20) % 2)::INT AS active, round(500 + 199500 * {u[11]}, 2) AS "EstimatedSalary",
            {UNIFORM.format(k=21)} AS chance
        FROM range({n_rows}) AS rows(i)"""
    columns = (
        'RowNumber, CustomerId, Surname, CreditScore, land AS "Geography", Gender, age AS "Age", Tenure, Balance, '
        'products AS "NumOfProducts", HasCrCard, active AS "IsActiveMember", EstimatedSalary, '
        f'(chance < 1 / (1 + exp(-({logit}))))::INT AS "Exited"'
    )
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"COPY (SELECT {columns} FROM ({inner})) TO '{path}' (FORMAT csv, HEADER)")


def status(field: str) -> float:
    """Return a figure of /proc/self/status in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


class Stages:
    """Runs the stages one after the other and notes time, peaks of memory and size of temporary files of each."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, float, float]] = []
        self._anonymous = 0.0
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._ended.wait(0.02):
            self._anonymous = max(self._anonymous, status("RssAnon"))

    def run(self, name: str, work: Callable[[], Any]) -> Any:
        """Do one stage."""
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # starts VmHWM anew
        self._anonymous = 0.0
        begin = perf_counter()
        result = work()
        self.rows.append((name, perf_counter() - begin, status("VmHWM"), self._anonymous))
        return result


def learn(path: str, sample_rows: int | None, pipe: Any) -> None:
    """Import and train one epoch, and send what it took."""
    from ann_viz.data import build_dataset, open_table, suggest_recipe
    from ann_viz.engine import TrainConfig
    from ann_viz.session import Session

    stages = Stages()
    table = stages.run("open the file", lambda: open_table(path))
    recipe = replace(suggest_recipe(table, "Exited"), sample_rows=sample_rows)
    dataset = stages.run("prepare the rows", lambda: build_dataset(table, recipe))
    session = Session(TrainConfig(batch_size=32, epochs=1))

    def train() -> None:
        session.train()
        session.wait()

    stages.run("first look", lambda: session.open(dataset))
    stages.run("one epoch", train)
    scores = stages.run("scores of the test rows", lambda: dict(session.metrics("test")))
    facts = {"rows": table.n_rows, "training": len(dataset.train), "held as": type(dataset.X).__name__}
    session.close()
    pipe.send(json.dumps({"stages": stages.rows, "facts": facts, "scores": scores}))


def report(path: Path, sample_rows: int | None) -> None:
    """Run `learn` in a child process and print what came of it."""
    here, there = multiprocessing.get_context("spawn").Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=learn, args=(str(path), sample_rows, there))
    child.start()
    there.close()
    found = json.loads(here.recv())
    child.join()
    print(f"\n{found['facts']}; accuracy {found['scores']['accuracy']:.4f}, AUC {found['scores']['auc']:.4f}\n")
    print("| stage | seconds | peak of the process, MB | of it not from files, MB |\n|---|---|---|---|")
    for name, seconds, peak, anonymous in found["stages"]:
        print(f"| {name} | {seconds:.1f} | {peak:,.0f} | {anonymous:,.0f} |", flush=True)


def main() -> None:
    """Write the file, measure with all rows and with a sample, and remove the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gigabytes", type=float, default=2.0)
    parser.add_argument("--keep", type=Path, help="where to write the file, which then stays; used again if it exists")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "customers.csv"
        if not path.exists():
            write_customers(path, int(options.gigabytes * 1e9) // ROW_BYTES)
        print(f"{path.stat().st_size / 1e9:.2f} GB, {os.cpu_count()} processors")
        for sample_rows in (None, 1_000_000):
            report(path, sample_rows)


if __name__ == "__main__":
    main()
