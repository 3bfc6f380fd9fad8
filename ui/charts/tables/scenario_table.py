"""The table of scenarios as HTML: a row a measure, a column a scenario. No streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from equity_core.text.beside.cells import Line, Told, note_of, table_of
from equity_core.text.beside.columns import Column, baseline_words
from equity_core.text.opening.setting import setting
from equity_core.text.scenario import period

COMPUTED = "Being computed ..."


def table_html(columns: Sequence[Column]) -> str:
    """The whole table; a column without a plan says why, and the others stay."""
    rows = "".join(map(_row, table_of(columns)))
    shared = _shared(columns)
    heads = "".join(_head(column, "" if shared else _rests(column)) for column in columns)
    common = f'<p class="ee-common">All: {escape(shared)}.</p>' if shared else ""
    return common + (
        '<div class="ee-scrolled" tabindex="0" role="region" aria-label="Scenarios side by side">'
        '<table class="ee-scenarios"><caption class="ee-hidden">A row a measure, a column a '
        f'scenario</caption><thead><tr><th scope="col">Measure</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f'<p class="ee-caveat">{escape(note_of(columns))}</p>'
    )


def name_html(column: Column) -> str:
    """Letter and name; the name is somebody's words, in whatever script."""
    return f"<b>{column.letter}</b> <bdi>{escape(column.name)}</bdi>"


def _shared(columns: Sequence[Column]) -> str:
    """What all plans rest on, where that is the same; "" otherwise."""
    told = {_rests(column) for column in columns if column.plan is not None}
    return told.pop() if len(told) == 1 else ""


def _rests(column: Column) -> str:
    """Data set, period and what changes are against."""
    plan = column.plan
    if plan is None:
        return ""
    baseline = baseline_words(plan.scenario)
    figures = f"{plan.dataset_id}, {period(plan)}"
    return f"simulated for {setting(plan)} ({figures}); changes against {baseline}"


def _head(column: Column, rests: str) -> str:
    if column.plan is not None:
        told = f"<small>{escape(rests)}</small>" if rests else ""
    elif column.problem:
        told = f'<small class="ee-refusal">No plan: {escape(column.problem)}</small>'
    else:
        told = f'<small role="status">{COMPUTED}</small>'
    return f'<th scope="col">{name_html(column)}{told}</th>'


def _row(line: Line) -> str:
    about = f"<b>{escape(line.about)}</b>" if line.about else ""
    unit = f"<small>{escape(line.unit)}</small>"
    group = ' class="ee-group"' if line.about else ""
    cells = "".join(map(_cell, line.cells))
    return f'<tr{group}><th scope="row">{about}{escape(line.measure)} {unit}</th>{cells}</tr>'


def _cell(told: Told) -> str:
    below = "".join(f"<small>{escape(words)}</small>" for words in (told.who, told.moved) if words)
    return f"<td><span>{escape(told.value)}</span>{below}</td>"
