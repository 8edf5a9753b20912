"""Reading a large CSV: time and memory from the file to arrays ready to learn from, beside pandas in the same run.

Run by hand: ``python tests/bench/reading.py [--rows 7000000] [--pandas-python PATH]``. Makes a file like that of a
bank, 14 columns and about 500 MB, the same with some rows that don't fit, the same with some odd cells, and one of 784
columns, in a temporary folder, and runs every measurement in a process of its own; prints a Markdown table. On a busy
machine the seconds of the processor say more than those of the clock. pandas comes with the bench extra, or from
another Python. Peak memory is known on Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SMALL_ROWS = 10_000
CANCEL_AT = {"scan": 0.15, "load": 0.45, "profile": 0.7}
CANCEL_AFTER_SECONDS = 0.4
COLUMNS = """
    i + 1 AS RowNumber, 15565701 + hash(i) % 9999991 AS CustomerId,
    'Sur' || (hash(i * 7 + 1) % 2932)::VARCHAR || ['son', 'man', 'ov', 'ski'][1 + (hash(i * 3) % 4)::INT] AS Surname,
    350 + hash(i * 11 + 2) % 501 AS CreditScore,
    ['France', 'Germany', 'Spain', 'France'][1 + (hash(i * 13 + 3) % 4)::INT] AS Geography,
    ['Male', 'Female'][1 + (hash(i * 17 + 4) % 2)::INT] AS Gender,
    CASE WHEN hash(i * 51) % 200 > 0 THEN 18 + hash(i * 19 + 5) % 75 END AS Age, hash(i * 23 + 6) % 11 AS Tenure,
    CASE WHEN hash(i * 29) % 3 = 0 THEN '0' ELSE printf('%.2f', (hash(i * 29 + 7) % 25089809) / 100.0) END AS Balance,
    1 + hash(i * 31 + 8) % 4 AS NumOfProducts, hash(i * 37 + 9) % 2 AS HasCrCard,
    hash(i * 41 + 10) % 2 AS IsActiveMember,
    printf('%.2f', (hash(i * 43 + 11) % 19999248) / 100.0) AS EstimatedSalary,
    (hash(i * 47 + 12) % 5 = 0)::INT AS Exited
"""


def make_file(path: Path, rows: int) -> None:
    """Write the file; the same rows every time."""
    import duckdb

    with duckdb.connect(config={"memory_limit": "400MB", "threads": 2}) as database:
        database.execute(f"COPY (SELECT {COLUMNS} FROM range({rows}) AS r(i)) TO '{path}' (HEADER)")


def make_odd_rows(source: Path, path: Path) -> None:
    """Write the file with ten short rows among the others."""
    _with_lines_changed(source, path, lambda line: b"1,2,3\n" + line)


def make_odd_cells(source: Path, path: Path) -> None:
    """Write the file with ten cells in a column of numbers that are none."""
    _with_lines_changed(source, path, lambda line: b",".join([*line.split(b",")[:3], b"n.k.", *line.split(b",")[4:]]))


def _with_lines_changed(source: Path, path: Path, change: Callable[[bytes], bytes]) -> None:
    every = source.stat().st_size // 11
    with source.open("rb") as whole, path.open("wb") as file:
        for _ in range(10):
            file.write(whole.read(every) + whole.readline())
            file.write(change(whole.readline()))
        file.write(whole.read())


def make_wide(path: Path) -> None:
    """Write 2,000 pictures of 28 × 28 grey values, four fifths of them black."""
    pixels = ", ".join(f"CASE WHEN hash(i * 784 + {k}) % 5 > 0 THEN 0 ELSE hash(i + {k}) % 256 END" for k in range(784))
    import duckdb

    with duckdb.connect() as database:
        database.execute(f"COPY (SELECT {pixels} FROM range(2000) AS r(i)) TO '{path}' (HEADER)")


def peak_mb() -> float:
    """Most memory this process has held, NaN where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def ours(path: Path) -> dict[str, float]:
    """Open, suggest, encode."""
    from ann_viz.data import build_dataset, open_table, suggest_recipe

    start, began = time.perf_counter(), time.process_time()
    with open_table(path) as table:
        opened = time.perf_counter()
        recipe = suggest_recipe(table)
        suggested = time.perf_counter()
        opened_mb = peak_mb()
        build_dataset(table, recipe)
        end = time.perf_counter()
    return {
        "open s": opened - start,
        "suggest s": suggested - opened,
        "build s": end - suggested,
        "total s": end - start,
        "processor s": time.process_time() - began,
        "peak MB when open": opened_mb,
        "peak MB": peak_mb(),
    }


def with_pandas(path: Path) -> dict[str, float]:
    """Read, drop what can't be learned, one-hot."""
    import pandas as pd

    start, began = time.perf_counter(), time.process_time()
    frame = pd.read_csv(path)
    opened = time.perf_counter()
    frame = frame.drop(columns=["RowNumber", "CustomerId", "Surname", "Exited"])
    pd.get_dummies(frame, dtype="float32").fillna(0.0).to_numpy(dtype="float32")
    end = time.perf_counter()
    return {
        "open s": opened - start,
        "build s": end - opened,
        "total s": end - start,
        "processor s": time.process_time() - began,
        "peak MB": peak_mb(),
    }


def small(path: Path) -> dict[str, float]:
    """Look at a file of 10,000 rows, and import it; the second time, when all modules are loaded."""
    from ann_viz.data import build_dataset, open_table, suggest_recipe
    from ann_viz.data.files.look import look

    times = []
    for _ in range(3):
        start = time.perf_counter()
        look(path)
        seen = time.perf_counter()
        with open_table(path) as table:
            build_dataset(table, suggest_recipe(table))
        times.append((seen - start, time.perf_counter() - seen))
    return {"look s": min(a for a, _ in times), "import s": min(b for _, b in times), "import s, first": times[0][1]}


def cancel(path: Path) -> dict[str, float]:
    """Seconds from wanting to stop to having stopped, in each stage of opening."""
    return {f"{stage}: stopped after s": cancelled_after(path, share) for stage, share in CANCEL_AT.items()}


def cancelled_after(path: Path, share: float) -> float:
    """Stop a while after some share of the work is done, so that it's not stopped where it looks up anyway."""
    from ann_viz.data import open_table
    from ann_viz.errors import Cancelled

    wanted = float("inf")

    def progress(done: float) -> None:
        nonlocal wanted
        if done >= share:
            wanted = min(wanted, time.perf_counter() + CANCEL_AFTER_SECONDS)

    try:
        open_table(path, progress=progress, cancelled=lambda: time.perf_counter() >= wanted).close()
    except Cancelled:
        return time.perf_counter() - wanted
    return float("nan")


MEASUREMENTS: dict[str, Callable[[Path], dict[str, float]]] = {
    "ours": ours,
    "pandas": with_pandas,
    "small": small,
    "cancel": cancel,
}


def measured(name: str, path: Path, python: str = sys.executable) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    command = [python, os.path.abspath(__file__), "--measure", name, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {f"failed: {done.stderr.strip().splitlines()[-1]}": float("nan")}
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=7_000_000)
    parser.add_argument("--pandas-python", default=sys.executable)
    parser.add_argument("--measure", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        name, file = arguments.measure
        print(json.dumps(MEASUREMENTS[name](Path(file))))
        return
    with tempfile.TemporaryDirectory() as folder:
        large, few, rows, cells, wide = (
            Path(folder) / f"{name}.csv" for name in ("large", "few", "rows", "cells", "wide")
        )
        make_file(large, arguments.rows)
        make_file(few, SMALL_ROWS)
        make_odd_rows(large, rows)
        make_odd_cells(large, cells)
        make_wide(wide)
        print(f"{arguments.rows:,} rows × 14 columns, {large.stat().st_size / 1e6:,.0f} MB; {os.cpu_count()} cores\n")
        print("| what | measured | |\n|---|---|---:|")
        runs = [("ours", large), ("pandas", large), ("ours", rows), ("ours", cells), ("ours", wide), ("small", few)]
        for name, path in [*runs, ("cancel", large)]:
            python = arguments.pandas_python if name == "pandas" else sys.executable
            for what, figure in measured(name, path, python).items():
                print(f"| {name}, {path.stem} | {what} | {figure:,.2f} |", flush=True)


if __name__ == "__main__":
    main()
