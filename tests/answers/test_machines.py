"""The same files, byte for byte, whatever way a machine adds up."""

import os
import subprocess
import sys

import pytest

KERNELS = ("Prescott", "Nehalem")
PACK = """
import hashlib, sys
from equity_core import Scenario, load_dataset
from equity_core.answers import Answer, Making
for scenario in (Scenario(), Scenario(no_region_worse=True, reach="partial")):
    making = Making(Answer.to(scenario, load_dataset("paper-2022")))
    for name in {names}:
        print(name, hashlib.sha256(making.file(name)).hexdigest())
print(hashlib.sha256(Making(Answer.to(Scenario(), load_dataset("paper-2022"))).zip()).hexdigest())
"""
NAMES = ("regions.csv", "comparison.csv", "hours.csv", "frontier.csv", "result.json")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="kernels are chosen by OpenBLAS on x86")
def test_another_kernel_makes_the_same_bytes():
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PACK.replace("{names}", repr(NAMES))],
            env=os.environ | {"OPENBLAS_CORETYPE": kernel, "OPENBLAS_VERBOSE": "2"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for kernel in KERNELS
    ]
    told = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    assert told[0][1] != told[1][1]  # OpenBLAS names the kernel there: indeed another one
    first, second = (out for out, _ in told)
    assert first == second
    assert len(first.splitlines()) == 2 * len(NAMES) + 1
