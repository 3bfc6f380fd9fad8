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
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[1]
SECONDS = re.compile(rb'("seconds": )[0-9.e-]+|in [0-9.,]+ m?s\b')
PAPER_LINK = "http://127.0.0.1:8501/?v=2&water_weight=80&reach=partial&baseline=nearest"

QUESTIONS = (
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
    "solve --json --set lens=income --set lens=water_stress",
    "solve --set lens=own --set factors.texas.lens=3 --out out",
    # limits, kept and not
    "solve --set policy=cost --set water_limit_m3=1900 --out out",
    "solve --json --set no_region_worse=true --set baseline=nearest",
    "solve --json --set policy=cost --set water_limit_m3=1000",
    "solve --json --set policy=cost --set factors.japan.carbon_limit_t=150",
    "solve --json --set cost_increase_limit=0.01 --set carbon_total_limit_t=1",
    # the world changed
    "solve --set factors.texas.water=1.5 --set factors.texas.price=0.8 --zip all.zip",
    "solve --json --set demand_growth=0.3 --set capacity_growth=0.4",
    "solve --json --set demand_growth=3",
    "solve --set new_site_like=nevada --set new_site_mw=120 --out out",
    "solve --json --set movable_share=0.4",
    "solve --json --set start=2022-09-20T00 --set end=2022-09-27T00",
    # other data sets, further footprints
    "solve --set dataset=world-2023 --zip all.zip",
    "solve --json --set dataset=world-2023 --set reach=partial --set baseline=nearest",
    "solve --json --set dataset=world-2023 --set start=2023-07-01T00 --set end=2023-08-01T00",
    "solve --set dataset=us-2023 --set movable_share=0.2 --set baseline=nearest --out out",
    "solve --json --set dataset=us-2023 --set further.health.weight=5 --set movable_share=0.2",
    "solve --json --set dataset=us-2023 --set carbon_accounting=marginal --set movable_share=0.2",
    # frontiers, and hour by hour
    "frontier --points 12 --out out",
    "frontier --points 7 --set dataset=world-2023 --set lens=population --json",
    "foresight --json",
    "foresight --method mirror_descent --json",
    "foresight --method forecast --forecast noisy --error 0.2 --out out",
    "foresight --method blend --trust 0.05 --set dataset=world-2023 --json",
    # what cannot be answered
    "solve --set water_weight=-1",
    "solve --set polisy=cost",
    "solve --link http://127.0.0.1:8501/?v=2&reach=everywhere",
    "foresight --set water_limit_m3=1900",
    "datasets",
)


def answered(checkout: Path, question: str) -> Iterator[tuple[str, bytes]]:
    """What a checkout answers to a command line: exit code, output, and files by name."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "equity_core", *question.split()],
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
    for question in QUESTIONS:
        found = differences(dict(answered(before, question)), dict(answered(ROOT, question)))
        failed += bool(found)
        lines = "".join(f"\n    {difference}" for difference in found)
        print(f"{'differs' if found else 'same   '} {question}{lines}", flush=True)
    print(f"{len(QUESTIONS) - failed} of {len(QUESTIONS)} answers are the same")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
