"""Somebody's own files become a data set; docs/DATA.md says how to write them.

read_upload({"my.csv": content}, UploadAnswers(title="Mine"))
"""

from equity_core.inputs.problems import DatasetProblems, Problem
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.pipeline import Upload
from equity_core.inputs.upload.safely import read_noted, read_upload

__all__ = [
    "DatasetProblems",
    "Problem",
    "Upload",
    "UploadAnswers",
    "read_noted",
    "read_upload",
]
