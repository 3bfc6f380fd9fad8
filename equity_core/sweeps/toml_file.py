"""A sweep as TOML: [set], [[list]], [grid], [random] and [draws], every combination of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from equity_core.errors import SweepError, clipped, shown
from equity_core.robustness.ranges import LARGEST_SEED, LARGEST_SPREAD, MOST_DRAWS
from equity_core.scenario.checks import did_you_mean
from equity_core.sweeps.csv_file import HERE
from equity_core.sweeps.design import MOST_QUESTIONS, Step, Sweep
from equity_core.sweeps.draws import DRAWN, Draws
from equity_core.sweeps.values import RANGE, known_key, read_cell, spread_out, uniform

DEEPEST = 4
"""Names within names: factors, site, field."""

LONGEST_TEXT = 2000
SAYS = {
    "set": "what all questions share, such as reach = 'partial'",
    "grid": "what is varied, such as water_weight = [30, 60]",
    "random": "how many and between which numbers, such as count = 10, seed = 1, "
    "water_weight = [0, 100]",
    "draws": "how many and how uncertain each figure is, such as count = 10, seed = 1, price = 0.2",
}
"""What stands in each table."""

TABLES = ("title", "question", "set", "list", "grid", "random", "draws")


class TomlFile:
    """Reads one TOML file, table by table."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        try:
            self.tables = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            raise SweepError(
                f"{name} is not readable as TOML ({clipped(str(error))}); correct that place."
            ) from error

    def sweep(self, content: bytes) -> Sweep:
        """What it asks."""
        for key in self.tables:
            if key not in TABLES:
                raise SweepError(
                    f"{self.name} has {shown(key)}, which a sweep does not know. "
                    f"{did_you_mean(key, TABLES)}"
                )
        draws = self._draws()
        axes = (self._list(), *self._grid(), *self._random())
        fixed = self._fixed(draws is not None and not _sets(axes, "baseline_world"))
        axes = (fixed, *axes)
        self._once(axes)
        title = self._words("title") or Path(self.name).stem
        return Sweep(self.name, content, title, self._words("question"), axes, draws)

    def _words(self, key: str) -> str:
        text = self.tables.get(key, "")
        if isinstance(text, str) and len(text) <= LONGEST_TEXT and text.isprintable():
            return text
        raise SweepError(
            f"{self.name}: {key} is {shown(text)}, but must be a text of at most "
            f"{LONGEST_TEXT:,} characters on one line."
        )

    def _table(self, key: str) -> dict[str, Any]:
        """A table by name, nested names joined by dots: {} where there is none."""
        flat = self._flat(f"[{key}]", self.tables.get(key, {}))
        if key in self.tables and not flat:
            raise SweepError(
                f"{self.name}, [{key}] is empty; say there {SAYS[key]}, or take [{key}] away."
            )
        return flat

    def _flat(self, place: str, table: Any, depth: int = 1) -> dict[str, Any]:
        if not isinstance(table, Mapping) or depth > DEEPEST:
            raise SweepError(
                f"{self.name}, {place} must be a table of fields, such as {place} and below it "
                "water_weight = 60."
            )
        flat: dict[str, Any] = {}
        for key, value in table.items():
            inner = {key: value}
            if isinstance(value, Mapping) and not value.keys() <= RANGE:
                below = self._flat(place, value, depth + 1)
                inner = {f"{key}.{rest}": given for rest, given in below.items()}
            for name, given in inner.items():
                self._take(place, flat, name.removeprefix(HERE), given)
        return flat

    def _take(self, place: str, flat: dict[str, Any], key: str, given: Any) -> None:
        """TOML takes texas.water and "texas.water" for two keys, a scenario for one."""
        if key in flat:
            raise SweepError(
                f"{self.name}, {place} sets {clipped(key)} twice, written in two ways; keep one."
            )
        flat[key] = given

    def _step(self, place: str, table: dict[str, Any]) -> Step:
        return {key: read_cell(f"{self.name}, {place}", key, table[key]) for key in table}

    def _fixed(self, drawn: bool) -> tuple[Step, ...]:
        """[set]; in draws the baseline lives in the drawn world, unless the file says otherwise."""
        world = {"baseline_world": "as_set"} if drawn else {}
        return (self._step("[set]", world | self._table("set")),)

    def _list(self) -> tuple[Step, ...]:
        """[[list]]: a step each."""
        given = self.tables.get("list", [{}])
        if not isinstance(given, list) or not given:
            raise SweepError(
                f"{self.name}: write each question of the list below its own [[list]]."
            )
        numbered = enumerate(given, start=1)
        places = ((f"[[list]] number {number}", table) for number, table in numbered)
        return tuple(self._step(place, self._flat(place, table)) for place, table in places)

    def _grid(self) -> Iterator[tuple[Step, ...]]:
        """[grid]: an axis for each key."""
        asked = 1
        for key, given in self._table("grid").items():
            place = f"{self.name}, [grid] {clipped(key)}"
            known_key(place, key)
            values = spread_out(place, given) if isinstance(given, Mapping) else given
            if not isinstance(values, list) or not values:
                raise SweepError(
                    f"{place} is {shown(given)}, but must be a list of values, such as [1, 2, 3], "
                    "or a range such as {from = 0, to = 1, steps = 11}."
                )
            asked *= len(values)
            if asked > MOST_QUESTIONS:  # told before a million values are read
                raise SweepError(
                    f"{self.name}, [grid] asks {asked:,} questions and more up to {clipped(key)}, "
                    f"but a sweep has at most {MOST_QUESTIONS:,}; cut it into several."
                )
            yield tuple(
                {key: read_cell(f"{place}, value {number}", key, value)}
                for number, value in enumerate(values, start=1)
            )

    def _random(self) -> Iterator[tuple[Step, ...]]:
        """[random]: `count` steps, each key uniform between two values."""
        table = self._table("random")
        if not table:
            return
        count, seed = (self._whole("random", table, key) for key in ("count", "seed"))
        place = f"{self.name}, [random]"
        keys = [key for key in table if key not in ("count", "seed")]
        ranges = {key: self._bounds(f"{place} {clipped(key)}", key, table[key]) for key in keys}
        yield tuple(
            {key: read_cell(place, key, value) for key, value in row.items()}
            for row in uniform(ranges, count, seed)
        )

    def _bounds(self, place: str, key: str, given: Any) -> tuple[float, float]:
        known_key(place, key)
        if isinstance(given, list) and len(given) == 2:
            low, high = (read_cell(place, key, bound).value for bound in given)
            if isinstance(low, float) and isinstance(high, float) and low <= high:
                return low, high
        raise SweepError(
            f"{place} is {shown(given)}, but must be the lowest and the highest number, such as "
            "[0, 100]."
        )

    def _draws(self) -> Draws | None:
        """[draws]: how many, and how uncertain each figure is."""
        table = self._table("draws")
        if not table:
            return None
        count, seed = (self._whole("draws", table, key) for key in ("count", "seed"))
        figures = [key for key in table if key not in ("count", "seed")]
        if not figures:
            raise SweepError(
                f"{self.name}, [draws] says of no figure how uncertain it is; add one of "
                f"{', '.join(DRAWN)}, such as price = 0.2."
            )
        return Draws(count, seed, tuple((key, self._spread(key, table[key])) for key in figures))

    def _spread(self, key: str, given: Any) -> float:
        if key not in DRAWN:
            hint = did_you_mean(key, (*DRAWN, "count", "seed"))
            raise SweepError(
                f"{self.name}, [draws] has {shown(key)}, which cannot be drawn. {hint}"
            )
        number = isinstance(given, int | float) and not isinstance(given, bool)
        if number and 0 < given <= LARGEST_SPREAD:
            return float(given)
        raise SweepError(
            f"{self.name}, [draws] {key} is {shown(given)}, but must be a number above 0 and up to "
            f"{LARGEST_SPREAD:g}: 0.2 is a standard deviation of 20%."
        )

    def _whole(self, table_name: str, table: dict[str, Any], key: str) -> int:
        given = table.get(key)
        many = MOST_DRAWS if table_name == "draws" else MOST_QUESTIONS
        most = many if key == "count" else LARGEST_SEED
        least = 1 if key == "count" else 0
        if isinstance(given, int) and not isinstance(given, bool) and least <= given <= most:
            return given
        told = "is missing" if given is None else f"is {shown(given)}"
        raise SweepError(
            f"{self.name}, [{table_name}] {key} {told}, but must be a whole number from {least} to "
            f"{most:,}; write {key} = {max(least, 1)}."
        )

    def _once(self, axes: Sequence[Sequence[Step]]) -> None:
        """Raises `SweepError` for a key that two places set, and counts before anything is made."""
        seen: set[str] = set()
        for axis in axes:
            keys = {key for step in axis for key in step}
            for key in sorted(keys & seen):
                raise SweepError(
                    f"{self.name} sets {clipped(key)} in two places; keep it in one of [set], "
                    "[[list]], [grid] and [random]."
                )
            seen |= keys


def _sets(axes: Sequence[Sequence[Step]], key: str) -> bool:
    return any(key in step for axis in axes for step in axis)
