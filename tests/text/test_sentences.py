"""sentences.txt is what the product says, and every branch of its words stands in it."""

import dis
import sys
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from equity_core.text import accounting, case, caveats, fairness, limits, narrative, nouns, slack
from equity_core.text.beside import apart
from equity_core.text.load import waiting
from equity_core.text.opening import ceiling, headline, moves, purpose, subject, who
from tests.text import sentences

MODULES = (
    accounting,
    apart,
    case,
    ceiling,
    caveats,
    fairness,
    headline,
    moves,
    narrative,
    nouns,
    purpose,
    slack,
    subject,
    waiting,
    who,
)
"""Where every line makes words."""

NOT_SAID = {"Move", "Rise", "by_the_measure", "always_worse", "objective_unit"}


@pytest.fixture(scope="module")
def made():
    """The listing, and the lines of the words modules that ran while it was made."""
    ran: set[tuple[str, int]] = set()
    files = {module.__file__ for module in (*MODULES, limits)}

    def line(frame, event, _):
        if frame.f_code.co_filename not in files:
            return None
        ran.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    earlier = sys.gettrace()
    sys.settrace(line)
    try:
        return sentences.listing(), ran
    finally:
        sys.settrace(earlier)


def test_the_listing_is_what_is_said(made):
    """Where this fails on purpose: python -m tests.text.sentences, then read the difference."""
    text, _ = made
    assert sentences.PLACE.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_every_branch_of_the_words_is_listed(made, module):
    _, ran = made
    missing = {
        f"{module.__file__}:{number}"
        for number in lines_of(module)
        if (module.__file__, number) not in ran
    }
    assert not missing


def lines_of(module: ModuleType) -> set[int]:
    """The first lines of all statements in the module's functions."""
    text = Path(module.__file__).read_text(encoding="utf-8")
    return set(_lines(compile(text, module.__file__, "exec"), inside=False))


def _lines(code: CodeType, inside: bool):
    if inside:
        yield from (
            number for _, number in dis.findlinestarts(code) if number != code.co_firstlineno
        )
    for part in code.co_consts:
        if isinstance(part, CodeType) and part.co_name not in NOT_SAID:
            yield from _lines(part, inside=True)


def test_no_sentence_has_what_a_reader_stumbles_over(made):
    text, _ = made
    ids = [site for site in sentences.NAMES if site not in {"japan", "texas"}]
    told = "\n".join(line for line in text.splitlines() if line.startswith("  "))
    for word in ("uses carbon", "no more;", " free,", "None", "nan", *ids):
        assert word not in told.replace("[", "\n[").split("] ", 1)[-1], word
