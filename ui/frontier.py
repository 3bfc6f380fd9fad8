"""The cost/equity frontier: computed beside the page, never in its way, stale parts marked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from equity_core import Scenario
from equity_core.errors import EquityError
from equity_core.outcome.formats import number, percent_change
from equity_core.outcome.narrative import frontier_summary
from equity_core.outcome.outcome import Comparison
from ui import cached, charts, messages, state
from ui.look import Look

POLL_SECONDS = 0.3


def current_frontier(scenario: Scenario) -> tuple[pd.DataFrame | None, bool]:
    """The frontier of `scenario` and whether it is up to date; the last one while it is not."""
    curve = cached.curve_scenario(scenario)
    order = cached.frontier_desk().finished(curve)
    if order is None:
        _await(curve)
        return st.session_state.get("last_frontier"), False
    try:
        st.session_state["last_frontier"] = order.result()
    except EquityError as error:
        st.error(messages.literal(str(error)), icon=":material/error:")
        return None, True
    return st.session_state["last_frontier"], True


@st.fragment(run_every=POLL_SECONDS)
def _await(curve: Scenario) -> None:
    """Order `curve` once it has stood still for one tick; redraw the page when it is there.

    Ordering at once would compute a frontier for every step of a moving slider.
    """
    desk = cached.frontier_desk()
    if desk.finished(curve) is not None:
        st.rerun()
    if st.session_state.get("awaited_curve") == curve:
        desk.order(curve)
    st.session_state["awaited_curve"] = curve


def frontier_panel(comparison: Comparison, look: Look) -> pd.DataFrame | None:
    """Draw the frontier of the comparison's scenario; returns it when it is up to date."""
    frame, fresh = current_frontier(state.scenario())
    with st.container(key="frontier", gap="small"):
        st.subheader("What fairness costs", anchor=False)
        if frame is None:
            st.caption("The frontier is being computed.")
            return None
        st.caption(
            "Each point is the plan with both fairness weights multiplied by one figure. "
            "Click a point to adopt it."
            if fresh
            else ":material/hourglass_top: Stale: this is the frontier before your last change; "
            "the new one is being computed."
        )
        _chart(frame, comparison, look, stale=not fresh)
        if fresh:
            _adopt_by_keyboard(frame, comparison)
    return frame if fresh else None


def _chart(frame: pd.DataFrame, comparison: Comparison, look: Look, stale: bool) -> None:
    summary = frontier_summary(frame, comparison.after)
    st.plotly_chart(
        charts.frontier_figure(frame, comparison, look, stale),
        theme=None,
        key="frontier_chart",
        on_select="ignore" if stale else _point_clicked,
        selection_mode="points",
        config={"displayModeBar": False, "scrollZoom": False},
        alt=summary,
    )
    st.session_state["frontier_rows"] = frame
    st.html(f'<p class="ee-hidden">{summary}</p>')


def _point_clicked() -> None:
    """Adopt the clicked plan; a click beside the curve, or on your own scenario, does nothing."""
    points = st.session_state["frontier_chart"]["selection"]["points"]
    if points and points[0].get("customdata") is not None:
        _adopt(int(_first(points[0]["customdata"])))


def _first(customdata: object) -> object:
    return customdata[0] if isinstance(customdata, list) else customdata


def _adopt(row: int) -> None:
    """Both weights of a row of the frontier, with the equity policy."""
    point = st.session_state["frontier_rows"].iloc[row]
    state.change(
        policy="equity",
        water_weight=float(point["water_weight"]),
        carbon_weight=float(point["carbon_weight"]),
    )


def _adopt_by_keyboard(frame: pd.DataFrame, comparison: Comparison) -> None:
    knee = int(frame["knee"].to_numpy(dtype=bool).argmax())
    with st.container(horizontal=True, vertical_alignment="bottom", key="frontier_adopt"):
        st.selectbox(
            "Adopt a plan of the frontier",
            range(len(frame)),
            index=None,
            placeholder="Choose by cost",
            format_func=lambda row: point_label(frame.iloc[row], comparison),
            key=(key := state.seed("frontier_point", None)),
            on_change=state.on_change(key, _adopt),
        )
        st.button("Adopt the knee", key="adopt_knee", on_click=_adopt, args=(knee,))


def point_label(point: pd.Series, comparison: Comparison) -> str:
    """A point of the frontier in words: "weights × 0.5: cost +7.6%, worst water −20.2%"."""
    before = comparison.before
    cost = percent_change(100 * (point["cost_usd"] / before.cost_usd - 1))
    worst = ", ".join(
        f"{footprint.label.lower()} {percent_change(change)}"
        for footprint in comparison.after.footprints
        if (change := _change(point[f"worst_{footprint.column}"], before.worst(footprint.column)))
        is not None
    )
    return f"weights × {number(float(point['scale']))}: cost {cost}, worst {worst}"


def _change(value: float, base: float) -> float | None:
    return 100 * (value / base - 1) if base > 0 else None
