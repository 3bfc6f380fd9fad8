"""The sweeps of docs/sweeps, each with its picture and its answer: `python -m bench.gallery`.

Writes docs/sweeps/README.md and the pictures beside it; two minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from equity_core.figures.frontier import ACCENT
from equity_core.figures.projection import INK, MUTED, PAPER
from equity_core.scenario.parameters import BY_NAME
from equity_core.sweeps.cluster import answered
from equity_core.sweeps.reading import read_sweep
from equity_core.sweeps.run import Run
from equity_core.text.numbers import number, signed

GALLERY = Path(__file__).resolve().parents[1] / "docs" / "sweeps"
DOTS_PER_INCH = 100
NOTE = "Simulated. Each figure is a plan certified to one part in a billion."


@dataclass(frozen=True)
class Shown:
    """A sweep of the gallery: how it is drawn, and what its table answers in a sentence."""

    name: str
    inches: tuple[float, float]
    draw: Callable[[Figure, pd.DataFrame], None]
    say: Callable[[pd.DataFrame], str]

    @property
    def file(self) -> Path:
        """The sweep's file."""
        return GALLERY / f"{self.name}.toml"

    def table(self, folder: Path) -> pd.DataFrame:
        """Its table, answered anew in `folder`."""
        run = Run.of(read_sweep(self.file), folder)
        parts = map(run.parts.at, run.left())
        run.take(answered(parts, run.datasets, run.parts.digests), lambda count: None)
        run.write()
        return pd.read_parquet(folder / "sweep.parquet")

    def picture(self, table: pd.DataFrame) -> bytes:
        """A PNG that carries its answer as its description."""
        figure = Figure(
            figsize=self.inches, dpi=DOTS_PER_INCH, facecolor=PAPER, layout="constrained"
        )
        FigureCanvasAgg(figure)
        figure.suptitle(read_sweep(self.file).title, x=0.01, ha="left", color=INK, weight="bold")
        self.draw(figure, table)
        figure.supxlabel(NOTE, x=0.01, ha="left", fontsize=7, color=MUTED)
        buffer = BytesIO()
        figure.savefig(buffer, metadata={"Description": self.say(table), "Software": None})
        return buffer.getvalue()


def _plain(axes: Axes, title: str) -> None:
    axes.set_title(title, fontsize=9, loc="left", color=INK)
    axes.tick_params(length=0, labelsize=8, colors=INK)
    axes.set_facecolor(PAPER)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _span(cells: pd.Series) -> str:
    """ "−28.2% to −4.48%" """
    return f"{signed(float(cells.min()))}% to {signed(float(cells.max()))}%"


def _months(figure: Figure, table: pd.DataFrame) -> None:
    axes = figure.subplots()
    cost = table["cost_usd_change_pct"]
    axes.bar(table["label"].str[:3], cost, color=ACCENT, width=0.7)
    for place, value in enumerate(cost):
        axes.text(place, value + 0.4, signed(value, 2), ha="center", fontsize=8, color=INK)
    axes.set_yticks([])
    _plain(axes, "Electricity cost of the equity plan against the cheapest plan, %, world-2023")


def _months_say(table: pd.DataFrame) -> str:
    cost = table.set_index("label")["cost_usd_change_pct"]
    worse = table["regions_worse"]
    return (
        f"Equity costs most in {cost.idxmax()} ({signed(cost.max())}%) and least in "
        f"{cost.idxmin()} ({signed(cost.min())}%), {signed(cost.median())}% in the median month. "
        f"For that the carbon of the region that carries most changes by "
        f"{_span(table['worst_carbon_t_change_pct'])} and its water by "
        f"{_span(table['worst_water_m3_change_pct'])}, while {worse.min()} to {worse.max()} of 16 "
        "regions carry more of one of the two."
    )


def _lens_words(table: pd.DataFrame) -> list[str]:
    return [BY_NAME["lens"].choice_labels[lens] for lens in table["lens"]]


def _losers(table: pd.DataFrame) -> pd.DataFrame:
    """True where a state (row) carries more under a lens (column); those that ever do."""
    marks = {
        lens: set(sites) for lens, sites in zip(table["lens"], table["worse_sites"], strict=True)
    }
    states = sorted(set().union(*marks.values()))
    return pd.DataFrame({lens: [s in marks[lens] for s in states] for lens in marks}, index=states)


def _name(state: str) -> str:
    return state.replace("-", " ").title()


def _lenses(figure: Figure, table: pd.DataFrame) -> None:
    axes, losers = figure.subplots(), _losers(table)
    for row, state in enumerate(losers.index):
        for column, loses in enumerate(losers.loc[state]):
            fill_colour = ACCENT if loses else "none"
            edge = ACCENT if loses else MUTED
            axes.scatter(
                column, row, s=90, marker="s", linewidths=0.6, c=fill_colour, edgecolors=edge
            )
    axes.set_yticks(range(len(losers)), [_name(state) for state in losers.index])
    axes.set_xticks(range(len(table)), [fill(words, 10) for words in _lens_words(table)])
    axes.set_xlim(-0.6, len(table) - 0.4)
    axes.invert_yaxis()
    _plain(axes, "Filled: carries more of a footprint than at the siting of 2023, us-2023")


def _lenses_say(table: pd.DataFrame) -> str:
    losers = _losers(table)
    always = [_name(state) for state in losers.index if losers.loc[state].all()]
    by_lens = dict(zip(_lens_words(table), table["regions_worse"], strict=True))
    counts = ", ".join(f"{words} {count}" for words, count in by_lens.items())
    return (
        f"{len(losers)} of 23 states carry more than at the siting of 2023 under one lens or "
        f"another, {len(always)} under each of the five: {', '.join(always)}. By lens: {counts}. "
        f"Cost changes by {_span(table['cost_usd_change_pct'])}."
    )


def _flexibility(figure: Figure, table: pd.DataFrame) -> None:
    panels = {
        "cost_usd_change_pct": "us-2023: cost against the siting of 2023, %",
        "worst_carbon_t_change_pct": "Largest carbon of a state, likewise, %",
    }
    for axes, (column, title) in zip(figure.subplots(1, 2), panels.items(), strict=True):
        grid = table.pivot_table(column, "deferrable_share", "movable_share")
        axes.imshow(-grid, cmap="Greys", vmin=0, vmax=float(-2 * grid.min().min()), origin="lower")
        for row, cells in enumerate(grid.to_numpy()):
            for place, value in enumerate(cells):
                text = number(value, 3 if abs(value) >= 10 else 2)
                axes.text(place, row, text, ha="center", va="center", fontsize=7, color=INK)
        axes.set_xticks(range(len(grid.columns)), [f"{share:.0%}" for share in grid.columns])
        axes.set_yticks(range(len(grid.index)), [f"{share:.0%}" for share in grid.index])
        axes.set_xlabel("share of load that can move", fontsize=8, color=INK)
        axes.set_ylabel("share of that which can wait", fontsize=8, color=INK)
        _plain(axes, title)


def _flexibility_say(table: pd.DataFrame) -> str:
    carbon = table["worst_carbon_t_change_pct"]
    cost = table.set_index(["movable_share", "deferrable_share"])["cost_usd_change_pct"]
    still = cost.xs(0.0, level="deferrable_share")
    waiting = cost.xs(1.0, level="deferrable_share")
    gain = (still - waiting).max()
    best = float(table["movable_share"].to_numpy()[carbon.to_numpy().argmin()])
    return (
        f"Moving is worth much, waiting little: a fifth that moves changes cost by "
        f"{signed(still[0.2])}%, all of it by {signed(still[1.0])}%; waiting within the day takes "
        f"at most {number(gain, 2)} percentage points more off. The carbon of the state that "
        f"carries most is lightest at {best:.0%} movable ({signed(carbon.min())}%): beyond, the "
        "cheapest plan is cheaper still, and the limit of 2% above it binds sooner."
    )


SHOWN = (
    Shown("months", (7.2, 3.2), _months, _months_say),
    Shown("lenses", (5.6, 4.6), _lenses, _lenses_say),
    Shown("flexibility", (7.6, 2.8), _flexibility, _flexibility_say),
)


def entry(shown: Shown, table: pd.DataFrame) -> str:
    """What README.md says of one sweep."""
    sweep = read_sweep(shown.file)
    answer = shown.say(table)
    return (
        f"## {sweep.title}\n\n*{sweep.question}*\n\n{answer}\n\n"
        f"![{sweep.title}: {answer}]({shown.name}.png)\n\n"
        f"```\npython -m equity_core sweep docs/sweeps/{shown.name}.toml --out {shown.name}\n```\n"
    )


HEAD = """# Sweeps

Three questions that take many plans, each with the file that asks it, the command, and what came
out. `python -m bench.gallery` answers them anew and writes this page. All figures are simulated;
where they come from stands in the `dataset.json` of each data set.

"""


def main() -> None:
    """Answer all anew and write the page."""
    entries = []
    for shown in SHOWN:
        with TemporaryDirectory() as folder:
            table = shown.table(Path(folder))
        (GALLERY / f"{shown.name}.png").write_bytes(shown.picture(table))
        entries.append(entry(shown, table))
    (GALLERY / "README.md").write_text(HEAD + "\n".join(entries), encoding="utf-8")


if __name__ == "__main__":
    main()
