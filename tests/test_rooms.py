"""The arrows of the house: a room imports only from rooms before it, and never the page."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    "errors",
    "arrays",
    "inputs",
    "scenario",
    "model",
    "outcome",
    "text",
    "figures",
    "export",
    "briefing",
    "solvers",
    "online",
    "store",
    "answers",
    "verification",
    "cli",
)
BESIDE = {"__init__", "__main__", "version"}  # the front door, its bell, its number
PAGE_LIBRARIES = {"streamlit", "plotly", "pydeck"}
PURE = ("charts", "maps", "desk", "turns", "work", "workers")
CORE = sorted((ROOT / "equity_core").rglob("*.py"))
PAGE = sorted([*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), *ROOT.glob("app.py")])


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Dotted names that a file imports, `from a import b` as a.b, with their lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports relatively"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def room_of(dotted: str) -> int | None:
    """Position of the room in `equity_core.<room>...`; None for what belongs to no room."""
    parts = dotted.split(".")
    if parts[0] != "equity_core":
        return None
    if len(parts) > 1 and parts[1] in ROOMS:
        return ROOMS.index(parts[1])
    front_door = len(parts) < 3  # `from equity_core import Scenario` ties a room to all rooms
    return ROOMS.index("answers") if front_door else None


def broken_arrows(path: Path) -> list[str]:
    inside = path.relative_to(ROOT).with_suffix("").parts
    if inside[1] in BESIDE:
        return []
    assert inside[1] in ROOMS, f"{name_of(path)} belongs to no room: give it a place in ROOMS"
    own = ROOMS.index(inside[1])
    return [
        f"{name_of(path)}:{line} imports {dotted}"
        for dotted, line in imports(path)
        if (room_of(dotted) or 0) > own
    ]


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_rooms_import_only_rooms_before_them(path: Path) -> None:
    assert broken_arrows(path) == []


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_core_knows_no_page(path: Path) -> None:
    roots = {dotted.split(".")[0] for dotted, _ in imports(path)}
    assert not roots & (PAGE_LIBRARIES | {"ui", "pages", "app", "tests", "bench"})


@pytest.mark.parametrize("path", PAGE, ids=name_of)
def test_page_uses_public_names(path: Path) -> None:
    for dotted, line in imports(path):
        if dotted.startswith("equity_core"):
            private = [part for part in dotted.split(".") if part.startswith("_")]
            assert private in ([], ["__version__"]), f"{name_of(path)}:{line} imports {dotted}"


@pytest.mark.parametrize("path", [p for p in PAGE if p.stem in PURE], ids=name_of)
def test_figures_and_work_need_no_streamlit(path: Path) -> None:
    assert "streamlit" not in {dotted.split(".")[0] for dotted, _ in imports(path)}


@pytest.mark.parametrize("path", PAGE, ids=name_of)
def test_only_one_place_caches_and_one_reads_the_address(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            caches = node.attr in {"cache_data", "cache_resource"} and path.stem != "cached"
            reads = node.attr == "query_params" and path.stem != "state"
            assert not (caches or reads), f"{name_of(path)}:{node.lineno} uses {node.attr}"


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("arrays.py", "from equity_core.inputs.dataset import Dataset"),
        ("inputs/x.py", "from equity_core.scenario.link import to_query"),
        ("outcome/x.py", "import equity_core.solvers.offline"),
        ("model/x.py", "from equity_core import solve"),
        ("outcome/x.py", "from equity_core import Scenario"),
    ],
)
def test_a_broken_arrow_is_seen(
    place: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "equity_core" / place
    path.parent.mkdir(parents=True)
    path.write_text(line, encoding="utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert broken_arrows(path)
