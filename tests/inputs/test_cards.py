"""How sources are cited, below pictures and in files."""

from dataclasses import replace

from equity_core import load_dataset
from equity_core.inputs.dataset import SourceCard, citations

CARD = SourceCard("price_usd_per_mwh", "USD/MWh", "EIA", "2023", "CC0", "measured", "None.")


def test_a_citation_says_source_date_quality_and_licence():
    assert CARD.dated == "EIA, 2023"
    assert CARD.citation == "EIA, 2023 (measured; CC0)"


def test_what_two_columns_share_is_cited_once():
    others = replace(CARD, column="demand_mw"), replace(CARD, licence="MIT")
    assert citations([CARD, *others]) == ["EIA, 2023 (measured; CC0)", "EIA, 2023 (measured; MIT)"]


def test_cards_are_found_by_the_start_of_their_column():
    states = load_dataset("us-2023")
    found = [card.column for card in states.cards_of("water_m3", "price")]
    assert found == [
        card.column for card in states.cards if card.column[:5] in ("price", "water")
        and not card.column.startswith("water_stress")
    ]  # fmt: skip
    assert len(found) >= 3
    assert states.cards_of("nothing") == []
