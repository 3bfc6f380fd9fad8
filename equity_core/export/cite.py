"""How to cite a result in plain text, BibTeX and RIS: what is simulated, and its fingerprint.

No date of access: the same result gives the same citation; a reader adds the day.
"""

from __future__ import annotations

from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.provenance import origin_words
from equity_core.text.plan_names import baseline_name, plan_name
from equity_core.text.scenario import period
from equity_core.version import __version__

PUBLISHER = "Equity Explorer"


def title(comparison: Comparison, dataset: Dataset) -> str:
    """What was simulated, where, when and against what."""
    after = comparison.after
    return (
        f"Simulation of AI data centres: {plan_name(after)} against {baseline_name(comparison)}. "
        f"{dataset.title}, {period(after)}"
    )


def plain(comparison: Comparison, dataset: Dataset, link: str) -> str:
    """One line for a footnote."""
    return (
        f"{PUBLISHER} {__version__}. {title(comparison, dataset)}. "
        f"{origin_words(comparison.after)}. Data: {dataset.attribution.rstrip('.')}. {link}"
    )


def bibtex(comparison: Comparison, dataset: Dataset, link: str) -> str:
    """An entry for a bibliography in BibTeX."""
    fields = {
        "title": f"{{{_escaped(title(comparison, dataset))}}}",
        "author": f"{{{PUBLISHER}}}",
        "version": __version__,
        "note": _escaped(origin_words(comparison.after)),
        "url": link,
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items()]
    return "\n".join([f"@misc{{equity-{comparison.after.fingerprint},", *lines, "}"]) + "\n"


def ris(comparison: Comparison, dataset: Dataset, link: str) -> str:
    """An entry in RIS, which reference managers read."""
    lines = [
        ("TY", "DATA"),
        ("TI", title(comparison, dataset)),
        ("AU", PUBLISHER),
        ("ET", __version__),
        ("N1", origin_words(comparison.after)),
        ("UR", link),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {text}" for tag, text in lines) + "\n"


def _escaped(text: str) -> str:
    """Without what LaTeX would read as a command."""
    kept = text.replace("\\", "").replace("{", "").replace("}", "")
    return "".join(f"\\{letter}" if letter in "&%$#_" else letter for letter in kept)
