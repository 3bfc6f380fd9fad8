"""Somebody's own files become a data set; docs/DATA.md says how to write them.

read_upload({"my.csv": content}, UploadAnswers(title="Mine"))
"""

from equity_core.inputs.problems import DatasetProblems, Problem
from equity_core.inputs.upload.answers import UploadAnswers
from equity_core.inputs.upload.safely import read_upload

__all__ = ["DatasetProblems", "Problem", "UploadAnswers", "read_upload"]
