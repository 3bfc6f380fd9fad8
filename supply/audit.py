"""`make audit`: what is publicly known against the pinned packages, where an index is reachable."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from supply.licences import PINS

HELD, KNOWN, NOT_AUDITED = 0, 1, 3
ELSEWHERE = (
    "Run `make audit` on a machine that reaches an index of vulnerabilities (a proxy is taken from "
    "HTTPS_PROXY), or hand build/sbom.cdx.json (`make sbom`) to a scanner of your own."
)


def main() -> int:
    """Print what is known; 0 nothing, 1 something, 3 not all packages could be asked about."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINS), "--require-hashes"]
    done = subprocess.run(
        [*command, "--disable-pip", "--progress-spinner=off", "--timeout=10", "--format=json"],
        capture_output=True,
        text=True,
        check=False,
    )
    status, lines = told(done.stdout)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status


def told(report: str) -> tuple[int, list[str]]:
    """Status and lines of what pip-audit reports as JSON; it writes none where nobody answers."""
    try:
        packages = json.loads(report)["dependencies"]
    except ValueError:
        return NOT_AUDITED, [f"Nothing was audited: no index answers from here. {ELSEWHERE}"]
    known = list(_known(packages))
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped:
        known.append(
            f"{len(skipped)} of {len(packages)} packages were not audited, for the index does not "
            f"know them: {', '.join(skipped[:5])}{' ...' if len(skipped) > 5 else ''}. {ELSEWHERE}"
        )
        return NOT_AUDITED, known
    if known:
        return KNOWN, known
    return HELD, [f"{len(packages)} packages audited; nothing is known against them."]


def _known(packages: list[dict[str, Any]]) -> Iterator[str]:
    for package in packages:
        for flaw in package.get("vulns", ()):
            cure = ", ".join(flaw["fix_versions"]) or "none yet"
            yield f"{package['name']} {package['version']}: {flaw['id']}, mended in {cure}."


if __name__ == "__main__":
    sys.exit(main())
