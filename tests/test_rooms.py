"""The arrows of the house: a room imports only from rooms before it, and nothing in circles."""

import ast
from collections.abc import Collection, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    "errors",
    "logs",
    "arrays",
    "measures",
    "inputs",
    "settings",
    "scenario",
    "model",
    "outcome",
    "text",
    "figures",
    "export",
    "briefing",
    "solvers",
    "preview",
    "online",
    "robustness",
    "store",
    "answers",
    "verification",
    "sweeps",
    "cli",
)
MOST_FILES, MOST_LINES = 15, 350
BESIDE = {"__init__", "__main__", "version"}  # the front door, its bell, its number
PAGE_LIBRARIES = {"streamlit", "plotly", "pydeck"}
PAGE_ROOMS = (
    "streamlit_internals",
    "theme",
    "settings",
    "tallies",
    "assets",
    "messages",
    "charts",
    "maps",
    "jobs",
    "session",
    "served",
    "sidebar",
    "panels",
)
PURE = [*(ROOT / "ui/charts").glob("*.py"), *(ROOT / "ui/maps").glob("*.py")] + [
    ROOT / "ui/jobs" / f"{name}.py"
    for name in (
        "requests",
        "render_queue",
        "tasks",
        "workers/pool",
        "workers/lanes",
        "workers/spread",
    )
]
CORE = sorted((ROOT / "equity_core").rglob("*.py"))
PAGE = sorted(
    [
        *(ROOT / "ui").rglob("*.py"),
        *(ROOT / "pages").rglob("*.py"),
        *ROOT.glob("app.py"),
        *ROOT.glob("serve.py"),
    ]
)


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
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            yield named_late(node), node.lineno


def named_late(call: ast.Call) -> str:
    """What `import_module(...)` imports; of a name made up on the way the part that is fixed."""
    name = call.args[0]
    if isinstance(name, ast.JoinedStr):
        name = name.values[0]
    return str(name.value) if isinstance(name, ast.Constant) else ""


def room_of(dotted: str, house: str, rooms: tuple[str, ...]) -> int | None:
    """Position of the room in `<house>.<room>...`; None for what belongs to no room."""
    parts = dotted.split(".")
    if parts[0] != house:
        return None
    if len(parts) > 1 and parts[1] in rooms:
        return rooms.index(parts[1])
    front_door = house == "equity_core" and len(parts) < 3  # ties a room to all rooms
    return rooms.index("answers") if front_door else None


def broken_arrows(path: Path) -> list[str]:
    inside = path.relative_to(ROOT).with_suffix("").parts
    house, rooms = inside[0], ROOMS if inside[0] == "equity_core" else PAGE_ROOMS
    if inside[1] in BESIDE:
        return []
    assert inside[1] in rooms, f"{name_of(path)} belongs to no room: give it a place here"
    own = rooms.index(inside[1])
    return [
        f"{name_of(path)}:{line} imports {dotted}"
        for dotted, line in imports(path)
        if (room_of(dotted, house, rooms) or 0) > own
    ]


def circles(paths: Iterable[Path]) -> list[str]:
    """Files that import each other in a loop, whether at the top or late."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {name: set(imported(path, names)) - {name} for name, path in names.items()}
    )
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def imported(path: Path, names: Collection[str]) -> Iterator[str]:
    """The files behind what a file imports: `from a.b import c` is a.b.c, or a.b."""
    for dotted, _ in imports(path):
        if dotted in names:
            yield dotted
        elif dotted.rpartition(".")[0] in names and not is_front_door(dotted):
            yield dotted.rpartition(".")[0]


def is_front_door(dotted: str) -> bool:
    return dotted.count(".") == 1  # the names that a whole house hands out


@pytest.mark.parametrize("path", [*CORE, *(p for p in PAGE if "ui" in p.parts)], ids=name_of)
def test_rooms_import_only_rooms_before_them(path: Path) -> None:
    assert broken_arrows(path) == []


def test_nothing_goes_in_circles() -> None:
    assert circles([*CORE, *PAGE]) == []


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


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_figures_and_work_need_no_streamlit(path: Path) -> None:
    assert "streamlit" not in {dotted.split(".")[0] for dotted, _ in imports(path)}


@pytest.mark.parametrize("path", PAGE, ids=name_of)
def test_only_one_place_caches_and_one_reads_the_address(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            caches = node.attr in {"cache_data", "cache_resource"} and path.parent.name != "jobs"
            reads = node.attr == "query_params" and path.stem != "state"
            assert not (caches or reads), f"{name_of(path)}:{node.lineno} uses {node.attr}"


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("equity_core/arrays.py", "from equity_core.inputs.dataset import Dataset"),
        ("equity_core/inputs/x.py", "from equity_core.scenario.link import to_query"),
        ("equity_core/outcome/x.py", "import equity_core.solvers.offline"),
        ("equity_core/model/x.py", "from equity_core import solve"),
        ("equity_core/outcome/x.py", "from equity_core import Scenario"),
        ("equity_core/outcome/x.py", "import_module('equity_core.solvers.offline')"),
        ("ui/charts/x.py", "from ui.jobs import cache"),
        ("ui/session/x.py", "import_module(f'ui.panels.{name}')"),
    ],
)
def test_a_broken_arrow_is_seen(
    place: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(line, encoding="utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert broken_arrows(path)


def test_a_circle_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "ui" / name for name in ("one.py", "two.py")]
    (tmp_path / "ui").mkdir()
    for path, line in zip(
        paths, ("from ui import two", "def f(): from ui.one import x"), strict=True
    ):
        path.write_text(line, encoding="utf-8")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert circles(paths)


def test_no_folder_or_file_is_too_large() -> None:
    product = [*CORE, *PAGE]
    for folder in {path.parent for path in product} - {ROOT}:
        held = [path for path in product if path.parent == folder and path.stem != "__init__"]
        assert len(held) <= MOST_FILES, f"{name_of(folder)} holds {len(held)} files"
    for path in product:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= MOST_LINES, f"{name_of(path)} has {lines} lines"
