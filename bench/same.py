"""Do two checkouts answer alike, byte for byte? `python -m bench.same --before FOLDER`

For changes of structure: forty questions of all kinds on both command lines, with their exit codes,
output and files; what is in a zip is compared member by member. Only seconds may differ.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[1]
SECONDS = re.compile(rb'("seconds": )[0-9.e-]+|in [0-9.,]+ m?s\b')
PAPER_LINK = "http://127.0.0.1:8501/?v=2&water_weight=80&reach=partial&baseline=nearest"

PRESETS = (
    "from equity_core.scenario.link import fingerprint, to_query; "
    "from equity_core.scenario.presets import PRESETS; "
    "[print(x.name, to_query(x.scenario), fingerprint(x.scenario, '')) for x in PRESETS]"
)
"""Name, link and fingerprint of every preset."""

SOLVED = (
    # the paper's case: policies, measures, lenses, reaches
    "solve --out out",
    "solve --zip all.zip",
    f"solve --json --link {PAPER_LINK}",
    "solve --json --set policy=carbon",
    "solve --json --set policy=all_averages --set carbon_price=20",
    "solve --json --set policy=fairest --set cost_increase_limit=0.05",
    "solve --json --set policy=nearest --set reach=nearest",
    "solve --set reach=latency --set max_latency_ms=90 --out out",
    "solve --json --set measure=worst_share --set measure_parameter=0.4",
    "solve --json --set measure=lq",
    "solve --json --set measure=lq --set measure_parameter=1",
    "solve --json --set lens=income",
    "solve --set lens=own --set factors.texas.lens=3 --out out",
    # limits that can be kept
    "solve --set policy=cost --set water_limit_m3=1900 --out out",
    "solve --json --set no_region_worse=true --set baseline=nearest",
    # the world changed
    "solve --set factors.texas.water=1.5 --set factors.texas.price=0.8 --zip all.zip",
    "solve --json --set demand_growth=0.3 --set capacity_growth=0.4",
    "solve --set new_site_like=nevada --set new_site_mw=120 --out out",
    "solve --json --set movable_share=0.4",
    "solve --json --set start=2022-09-24T00:00Z --set end=2022-10-01T00:00Z",
    # other data sets, further footprints
    "solve --set dataset=world-2023 --zip all.zip",
    "solve --json --set dataset=world-2023 --set reach=partial --set baseline=nearest",
    "solve --json --set dataset=world-2023 --set start=2023-07-01T00:00Z",
    "solve --set dataset=us-2023 --set movable_share=0.2 --set baseline=nearest --out out",
    "solve --json --set dataset=us-2023 --set further.health.weight=5 --set movable_share=0.2",
    "solve --json --set dataset=us-2023 --set carbon_accounting=marginal --set movable_share=0.2",
    # frontiers, and hour by hour
    "frontier --points 12 --out out",
    "frontier --points 7 --set dataset=world-2023 --set lens=population --out out",
    "foresight --json",
    "foresight --method mirror_descent --json",
    "foresight --method forecast --forecast noisy --error 0.2 --json",
    "foresight --method blend --trust 0.05 --set dataset=world-2023 --json",
    "datasets",
)
REFUSED = (
    "solve --set water_weight=-1",
    "solve --set polisy=cost",
    "solve --link http://127.0.0.1:8501/?v=2&reach=everywhere",
    "foresight --set water_limit_m3=1900",
    "solve --json --set start=2023-01-01T00:00Z",
    "verify nothing.zip",
    "check nothing.csv",
)
IMPOSSIBLE = (
    "solve --json --set policy=cost --set water_limit_m3=1000",
    "solve --json --set policy=cost --set factors.japan.carbon_limit_t=1",
    "solve --json --set cost_increase_limit=0.01 --set carbon_total_limit_t=1",
    "solve --json --set demand_growth=9",
)
QUESTIONS = (
    dict.fromkeys(SOLVED, "0") | dict.fromkeys(REFUSED, "2") | dict.fromkeys(IMPOSSIBLE, "3")
)
"""Each with the exit code that shows that it was the question it seems to be."""


def run(checkout: Path, command: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """What Python says with a checkout, in a folder of its own, and the files it leaves there."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(checkout)},
            capture_output=True,
            check=False,
        )
        yield "exit code", str(done.returncode).encode()
        yield "output", done.stdout
        yield "errors", done.stderr
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                yield from _file(path.relative_to(folder).as_posix(), path.read_bytes())


def _file(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if name.endswith((".zip", ".xlsx")):
        with ZipFile(BytesIO(content)) as archive:
            yield from ((f"{name}:{member}", archive.read(member)) for member in archive.namelist())


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """Which parts of two answers differ, and from which byte on."""
    found = [f"{name} is new" for name in after.keys() - before.keys()]
    found += [f"{name} is missing" for name in before.keys() - after.keys()]
    for name in before.keys() & after.keys():
        one, other = (SECONDS.sub(rb"\1", answer[name]) for answer in (before, after))
        if one != other:
            pairs = zip_longest(one, other)
            at = next(place for place, (x, y) in enumerate(pairs) if x != y)
            found.append(f"{name} from byte {at}: {one[at : at + 40]!r} / {other[at : at + 40]!r}")
    return sorted(found)


def main() -> int:
    """Exit code 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, required=True, help="the other checkout")
    before, failed = parser.parse_args().before.resolve(), 0
    for name, command, code in commands():
        one, other = (dict(run(checkout, command)) for checkout in (before, ROOT))
        found = differences(one, other)
        if other["exit code"].decode() != code:
            found.append(f"exit code {code} was expected: {other['errors'].decode()}")
        failed += bool(found)
        lines = "".join(f"\n    {difference}" for difference in found)
        print(f"{'differs' if found else 'same   '} {name}{lines}", flush=True)
    print(f"{failed} of {len(QUESTIONS) + 1} answers differ")
    return int(failed > 0)


def commands() -> Iterator[tuple[str, list[str], str]]:
    """Name, arguments of Python, and exit code of everything that is asked."""
    yield "the links of all presets", ["-c", PRESETS], "0"
    for question, code in QUESTIONS.items():
        yield question, ["-m", "equity_core", *question.split()], code


if __name__ == "__main__":
    sys.exit(main())
