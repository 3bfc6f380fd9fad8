"""A scenario as text: the link, scenario.json, `field=value` settings, and the fingerprint.

A link carries the version and the fields that differ from their default, under their names in the
parameter table; what is set for a region is `site.name`, for a further footprint
`further.footprint.name`:

    v=2&policy=cost&reach=partial&texas.water=1.5&further.health.weight=3

These names hold no dot, so the last dot parts site from name whatever the site is called; and no
site may be called `further.` something. Keys of the page and of trackers are passed over
(`address`).

Version 1 had no `baseline_world`: what it was compared with lived in the world with the same
changes. It is read as `as_set`, and as `as_is` where nothing of the world is changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from equity_core.errors import LinkError, ScenarioError, UnknownFieldError, shown
from equity_core.scenario.address import items_of
from equity_core.scenario.checks import (
    FURTHER,
    check,
    check_footprint_name,
    check_site_id,
    near_miss,
    no_such_field,
    plain,
)
from equity_core.scenario.file_text import read_object
from equity_core.scenario.parameters import BY_NAME, Parameter
from equity_core.scenario.records import KINDS, check_part
from equity_core.scenario.scenario import Scenario
from equity_core.version import __version__

LINK_VERSION, FIRST_VERSION = "2", "1"

MOST_SENTENCES = 10
"""About one broken link; the rest are counted."""

MOST_NAMED = 3
"""Unknown keys that a sentence names."""

LOCAL_ADDRESS = "http://127.0.0.1:8501/"
"""Where `make app` serves the page: what a link starts with when nobody says otherwise."""

PROVENANCE = "provenance"
"""What a link or file says of its making; it asks nothing."""

# Narrower than float(), which also takes "1_000", " 1" and digits of other scripts.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?(nan|inf)", re.ASCII)


def to_query(scenario: Scenario) -> str:
    """The link's query, "v=2" for the default scenario; `from_query` reads back an equal one."""
    fields = scenario.non_defaults()
    records = fields.pop("factors", {})
    records |= {FURTHER + name: terms for name, terms in fields.pop("further", {}).items()}
    pairs = list(fields.items()) + [
        (f"{place}.{name}", value)
        for place, chosen in records.items()
        for name, value in chosen.items()
    ]
    return "&".join([f"v={LINK_VERSION}", *(f"{_quoted(k)}={_quoted(_text(v))}" for k, v in pairs)])


def version_of(query: str | Mapping[str, str]) -> str:
    """The version that a link states; the present one where it states none."""
    return dict(items_of(query)).get("v", LINK_VERSION)


def from_query(query: str | Mapping[str, str]) -> Scenario:
    """Read a link, its query, or its decoded keys and values.

    Raises `LinkError` naming the first field that cannot be used.
    """
    scenario, problems = _read(items_of(query), Scenario())
    for problem in problems:
        if isinstance(problem, LinkError):
            raise problem
        raise LinkError(problem.field, str(problem)) from problem
    return scenario


def read_leniently(query: str | Mapping[str, str]) -> tuple[Scenario, tuple[str, ...]]:
    """Read what can be read; each problem is a sentence that says what is used instead."""
    try:
        items = items_of(query)
    except LinkError as problem:
        return Scenario(), (f"{problem} The default scenario is shown instead.",)
    scenario, problems = _read(items, Scenario())
    unknown = [problem.field for problem in problems if isinstance(problem, UnknownFieldError)]
    wrong = [problem for problem in problems if not isinstance(problem, UnknownFieldError)]
    sentences = [f"{problem} {_used_instead(problem.field)}" for problem in wrong[:MOST_SENTENCES]]
    if more := len(wrong) - len(sentences):
        sentences.append(f"{more} further parts of the link could not be used either.")
    return scenario, (*sentences, *([_unknown_sentence(unknown)] if unknown else []))


def with_settings(scenario: Scenario, settings: Iterable[str]) -> Scenario:
    """`scenario` with `field=value` settings, written as in a link (`factors.texas.water=1.5`).

    Raises `ScenarioError` naming the first one that cannot be used.
    """
    changed, problems = _read([_setting(text) for text in settings], scenario)
    for problem in problems:
        raise problem
    return changed


def read_field(key: str, text: str) -> Any:
    """The value that `text` gives the field `key`, both written as in a link.

    Raises `ScenarioError` for what is wrong by itself; whether it goes together with other fields
    shows when a scenario is made.
    """
    reading = _Reading(Scenario())
    reading.take(key, text)
    read = [parts for records in reading.parts.values() for parts in records.values()]
    return next(iter(value for fields in (reading.changes, *read) for value in fields.values()), "")


def to_json(scenario: Scenario) -> str:
    """scenario.json: every field in table order, so that the file is complete by itself."""
    fields = {name: getattr(scenario, name) for name in BY_NAME}
    fields |= {name: scenario.non_defaults().get(name, {}) for name in KINDS}
    return json.dumps({"v": int(LINK_VERSION)} | fields, indent=2, ensure_ascii=False) + "\n"


def from_json(text: str) -> Scenario:
    """Read a scenario.json; fields left out have their default.

    Raises `LinkError` when the text is not a JSON object, else `ScenarioError` naming the field.
    """
    try:
        fields = read_object(text)
    except ValueError as error:
        raise LinkError(
            "scenario.json",
            f"scenario.json is not readable as JSON ({error}); correct that place or save it anew.",
        ) from error
    if isinstance(fields, dict):
        version = _check_version(str(fields.pop("v", LINK_VERSION)))
        fields.pop(PROVENANCE, None)
        return _as_of(version, fields, Scenario.model_validate(fields))
    return Scenario.model_validate(fields)


def _as_of(version: str, given: Container[str], scenario: Scenario) -> Scenario:
    """What the fields `given` mean in a link or file of `version`."""
    untold = version == FIRST_VERSION and "baseline_world" not in given
    if untold and scenario.changes_world:
        return scenario.replace(baseline_world="as_set")
    return scenario


def fingerprint(
    scenario: Scenario,
    data_version: str,
    product_version: str = "",
    link_version: str = LINK_VERSION,
) -> str:
    """12 hex digits that stand for the scenario, the data and the product that answered.

    The product is this one unless another version is named. Made from the fields that differ from
    their default, so that a field added later leaves the fingerprints of scenarios without it
    alone. `link_version` is that of the link or file which states it: one of version 1 was made
    without `baseline_world`.
    """
    fields = scenario.non_defaults()
    if link_version == FIRST_VERSION:
        fields.pop("baseline_world", None)
    parts = {"scenario": fields, "data": data_version, "product": product_version or __version__}
    canonical = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


@dataclass
class _Reading:
    """What was read so far, as changes to a scenario; those of records by place and name."""

    base: Scenario
    changes: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {name: {} for name in KINDS}
    )
    seen: set[str] = field(default_factory=set)
    version: str = LINK_VERSION

    def build(self) -> Scenario:
        """The changed scenario; raises `ScenarioError` where two fields do not go together."""
        factors, further = dict(self.base.factors), dict(self.base.further)
        for site, chosen in self.parts["factors"].items():
            factors[site] = self.base.factors_of(site).replace(**chosen)
        for name, chosen in self.parts["further"].items():
            further[name] = self.base.further_of(name).replace(**chosen)
        changed = self.base.replace(**self.changes, factors=factors, further=further)
        return _as_of(self.version, self.changes, changed)

    def drop(self, named: str) -> bool:
        """Forget what was read for the field `named`; False when that was not read here."""
        record, _, rest = named.partition(".")
        place, _, name = rest.rpartition(".")
        read = self.parts[record].get(place, {}) if record in self.parts else self.changes
        key = name if record in self.parts else named
        if key not in read:
            return False
        del read[key]
        return True

    def take(self, key: str, text: str) -> None:
        """Read one key and its text; raises `ScenarioError` and takes nothing when it is wrong."""
        if key in self.seen:
            raise LinkError(key, f"{key} is given more than once; keep one of them.")
        self.seen.add(key)
        place, dot, name = key.rpartition(".")
        if key == "v":
            self.version = _check_version(text)
        elif place.startswith(FURTHER):
            self._take_part(
                "further", check_footprint_name(place.removeprefix(FURTHER)), name, text
            )
        elif dot:
            self._take_part("factors", check_site_id(place), name, text)
        elif key in BY_NAME:
            self.changes[key] = check(BY_NAME[key], _value(BY_NAME[key], text))
        else:
            raise no_such_field(key, BY_NAME)

    def _take_part(self, record: str, place: str, name: str, text: str) -> None:
        kind = KINDS[record]
        value = _value(kind.rows[name], text) if name in kind.rows else text
        checked = check_part(kind, f"{record}.{place}", name, value)
        self.parts[record].setdefault(place, {})[name] = checked


def _read(items: Iterable[tuple[str, str]], base: Scenario) -> tuple[Scenario, list[ScenarioError]]:
    """Read each item by itself, then drop what does not fit together with the rest."""
    reading, problems = _Reading(base), []
    for key, text in items:
        try:
            reading.take(key, text)
        except ScenarioError as problem:
            problems.append(problem)
    while True:
        try:
            return reading.build(), problems
        except ScenarioError as problem:
            if not reading.drop(problem.field):
                raise
            problems.append(problem)


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.rpartition("=")  # no value holds "=", a site id may
    if not equals:
        raise ScenarioError(
            text, f"The setting {shown(text)} has no value; write it as field=value."
        )
    return key.strip().removeprefix("factors."), value.strip()


def _check_version(text: str) -> str:
    """The version stated, where it is one that is read here."""
    if text in (FIRST_VERSION, LINK_VERSION):
        return text
    raise LinkError(
        "v",
        f"v is {shown(text)}, but this program reads versions {FIRST_VERSION} and {LINK_VERSION} "
        "of links and scenario files; open it with the program that wrote it, or check each field "
        "here.",
    )


def _value(row: Parameter, text: str) -> Any:
    """The text as the row's kind of value; what cannot be one stays text, for `check` to refuse."""
    if row.kind.startswith("optional") and text == "":
        return None
    if row.kind in ("number", "optional_number") and _NUMBER.fullmatch(text):
        return float(text)
    if row.kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    return text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return plain(value) if isinstance(value, float) else str(value or "")


def _quoted(text: str) -> str:
    return quote(text, safe=":,")


def _used_instead(name: str) -> str:
    if name in BY_NAME:
        return f"The default ({_text(BY_NAME[name].default) or 'empty'}) is used instead."
    if name.startswith("factors."):
        return "The region's figure is used unchanged."
    if name.startswith(FURTHER):
        return "It is left out."
    return "It is ignored." if name != "v" else "The fields that exist here are used."


def _unknown_sentence(keys: Sequence[str]) -> str:
    """One sentence about all keys that nobody knows."""
    told = []
    for key in keys[:MOST_NAMED]:
        meant = near_miss(key, BY_NAME)
        told.append(shown(key) + (f" (did you mean {meant!r}?)" if meant else ""))
    if more := len(keys) - len(told):
        told.append(f"{more} more")
    if len(keys) == 1:
        return f"There is no field {told[0]}; it is ignored."
    return f"There are no fields {', '.join(told[:-1])} and {told[-1]}; they are ignored."
