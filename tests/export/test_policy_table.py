"""Many plans in one table: every figure is the plan's own, in the table and in the file."""

import io

import pandas as pd
import pytest

from equity_core.export.policy_table import Row, policy_csv, policy_table


@pytest.fixture
def rows(outcomes):
    base = outcomes["cost"]
    return [Row(name, "full", plan.compare(base)) for name, plan in outcomes.items()]


def test_every_figure_is_the_plans(rows, outcomes):
    table = policy_table(rows).set_index("Policy")
    for name, plan in outcomes.items():
        told = table.loc[name]
        assert told["Electricity cost (USD)"] == plan.cost_usd
        for label, unit, column in (("Water", "m³", "water_m3"), ("Carbon", "t", "carbon_t")):
            burdens = plan.burdens[column]
            assert told[f"{label}, all regions ({unit})"] == pytest.approx(burdens.sum())
            assert told[f"{label}, worst region ({unit})"] == burdens.max()
            ratio = burdens.max() / burdens.mean()
            assert told[f"{label}, peak to average"] == pytest.approx(ratio)
            assert told[f"{label}, Gini"] == plan.gini(column)
            assert told[f"{label}, Jain"] == plan.jain(column)
    assert table.loc["cost", "Regions worse off"] == 0
    assert table.loc["equity", "Regions worse off"] == 5


def test_the_file_has_the_table_and_its_fingerprints(rows, outcomes):
    read = pd.read_csv(io.BytesIO(policy_csv(rows)))
    table = policy_table(rows)
    pd.testing.assert_frame_equal(read[list(table)], table, check_dtype=False)
    new = [f"{label}, {measure}" for label in ("Water", "Carbon") for measure in ("Gini", "Jain")]
    assert list(read.columns[-4:]) == new
    assert read["fingerprint"].tolist() == [plan.fingerprint for plan in outcomes.values()]
    assert set(read["baseline_fingerprint"]) == {outcomes["cost"].fingerprint}
