"""Feeds damaged files to look and scan for as long as wanted: any bytes must end in a table or a DataError.

Guided by coverage where atheris is installed, at random over the corpus of hostile files otherwise:
``python tests/bench/fuzz_reading.py SECONDS [FOLDER FOR FINDINGS]``.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import tempfile
import time
from pathlib import Path

# Instead of this folder, whose csv.py would hide the module of that name.
sys.path[0] = str(Path(__file__).resolve().parents[1] / "data" / "files")

SLOW_SECONDS = 5.0
PIECES = (
    *(b",", b";", b"\t", b"|", b" ", b":", b"^", b"\n", b"\r", b"\r\n", b'"', b"'", b'""', b'\\"', b"\\", b"\0"),
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1a", b"sep=;\n", b"#", b"=1+1", b"\xe9", b"\x81", b"1,5", b"NA"),
    *(b"a,b\n", b"1,2\n", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"<html>", b'{"a":1}', b"2020-01-02", b"1.234,5"),
)


def read(data: bytes, path: Path) -> None:
    """Look at and scan one file."""
    from ann_viz.data.files.look import look
    from ann_viz.data.files.scan import scan
    from ann_viz.errors import DataError

    path.write_bytes(data)
    start = time.monotonic()
    try:
        found = look(path)
        if found.packed is None:
            counted = scan(path, found.dialect, found.names)
            assert counted.n_bad >= len(counted.bad_lines)
            assert len(set(found.names)) == len(found.names) > 0
            again = scan(path, found.dialect, found.names, edits={bad.line: "" for bad in counted.bad_lines})
            assert again.n_rows == counted.n_rows
    except DataError as error:
        assert str(error)
    assert time.monotonic() - start < SLOW_SECONDS, "slow"


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return a file with a few pieces put in, cut out, doubled or changed."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        place = rng.randint(0, len(out))
        kind = rng.randint(0, 4)
        stop = min(len(out), place + rng.randint(1, 40))
        if kind == 0:
            out[place:place] = rng.choice(PIECES)
        elif kind == 1:
            del out[place:stop]
        elif kind == 2:
            out[place:place] = out[place:stop] * rng.randint(1, 5)
        elif kind == 3 and place < len(out):
            out[place] = rng.randrange(256)
        else:
            other = rng.randint(0, len(out))
            out[place:place] = out[other : other + rng.randint(1, 200)]
    return bytes(out[:20_000])


def at_random(seconds: float, seeds: list[bytes], findings: Path) -> None:
    """Mutate seeds until the time is over; keep what fails."""
    rng = random.Random(1)
    path = Path(tempfile.mkdtemp()) / "file.csv"
    end = time.monotonic() + seconds
    n = failed = 0
    while time.monotonic() < end:
        data = mutated(rng.choice(seeds), rng)
        n += 1
        try:
            read(data, path)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            failed += 1
            (findings / f"finding-{failed}.bin").write_bytes(data)
            print(f"finding {failed}: {error!r}", flush=True)
            if len(seeds) < 5000:
                continue
        if n % 2000 == 0:
            print(f"{n:,} files, {failed} findings", flush=True)
    print(f"{n:,} files, {failed} findings")


def guided(seconds: float, seeds: list[bytes], findings: Path) -> None:
    """Let atheris look for new paths through the reading."""
    import atheris

    with atheris.instrument_imports(include=["ann_viz.data"]):
        import ann_viz.data.files.look
        import ann_viz.data.files.scan  # noqa: F401
    folder = Path(tempfile.mkdtemp())
    (folder / "corpus").mkdir()
    for i, seed in enumerate(seeds):
        (folder / "corpus" / str(i)).write_bytes(seed)
    options = [f"-max_total_time={seconds:.0f}", "-max_len=4096", "-timeout=20", f"-artifact_prefix={findings}/"]
    atheris.Setup([sys.argv[0], str(folder / "corpus"), *options], lambda data: read(data, folder / "file.csv"))
    atheris.Fuzz()


def main() -> None:
    """Run for the seconds given."""
    from make_hostile_files import CASES

    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    findings = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp())
    findings.mkdir(parents=True, exist_ok=True)
    seeds = [case.content for case in CASES if len(case.content) < 20_000]
    print(f"{len(seeds)} seeds, findings in {findings}", flush=True)
    run = guided if importlib.util.find_spec("atheris") else at_random
    run(seconds, seeds, findings)


if __name__ == "__main__":
    main()
