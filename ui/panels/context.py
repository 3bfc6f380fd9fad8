"""Above the figures of every page: which period, which data, and how far each can be trusted."""

from __future__ import annotations

from html import escape

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.periods import period_text
from equity_core.outcome.outcome import Outcome
from equity_core.text.caveats import fleet_caveat
from ui.charts import heatmap


def context_html(dataset: Dataset, plan: Outcome) -> str:
    """One quiet line; each tag gives its reason at the pointer and to the keyboard."""
    tags = ", ".join(
        f"{escape(figure.label.lower())} {_tag(figure)}"
        for figure in heatmap.figures_of(dataset)
        if figure.cards
    )
    fleet, period = escape(fleet_caveat(plan)), escape(period_text(plan.hours))
    basis = f" {escape(dataset.cost_basis)}" if dataset.cost_basis else ""
    return f'<p class="ee-context">{fleet}. {period}. Figures: {tags}.{basis}</p>'


def _tag(figure: heatmap.Figure) -> str:
    """One tag where all parts are of one quality, otherwise one for each part."""
    tags = {card.quality: heatmap.tag_html(card) for card in figure.cards}
    return " and ".join(tags.values())
