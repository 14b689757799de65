"""The one direction of the project: a room imports only from rooms before it.

Read from the source of every module, imports inside functions and under TYPE_CHECKING included.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import dance_core

ROOT = Path(dance_core.__file__).resolve().parent.parent
FLOOR = ("errors", "address", "settings", "atomic", "threads")  # single files, before all rooms
ROOMS = (*FLOOR, "music", "motion", "sight", "corpus", "beatnet", "generators", "longform", "evaluation",
         "body", "serving", "study", "pages", "cli")
DOORS = {"__init__": -1, "__main__": len(ROOMS)}  # everybody may have the version, nobody the start

# Heavy or delicate libraries, and the only rooms that may touch them (app.py counts as pages).
ONLY_IN = {
    "gradio": {"pages"},
    "plotly": {"study", "pages"},  # charts of a study's results go into a file too
    "librosa": {"corpus", "evaluation"},
    "soundfile": {"music", "body"},  # body: the sound of a video
    "av": {"music", "body", "sight"},
    "pyrender": {"body"},
    "torch": {"beatnet", "generators", "serving", "evaluation"},  # music runs its network in numpy
    "safetensors": {"music", "beatnet", "generators", "evaluation", "serving"},  # the first and last in numpy
    "httpx": {"serving"},
    "prometheus_client": {"serving"},
    "ray": {"serving"},
    "spaces": {"serving"},
    "vector_quantize_pytorch": {"generators"},  # in training only: a codec that dances has its own books
    "ai_edge_litert": {"sight"},
    "tqdm": {"cli"},
    "smplx": set(),
}
# Imported where they are needed, not where a module begins: their first import or call takes seconds.
LATE = {"librosa", "ai_edge_litert"}
# Imported by these files alone, which do without or say what to install where it is not there.
OPTIONAL = {"ray": {"cluster.py", "cluster_batch.py", "cluster_start.py"},  # requirements-cluster.txt
            "spaces": {"lent.py"}}  # Hugging Face's ZeroGPU brings it along
# Where a package is imported under another name.
IMPORT_NAMES = {"pillow": "PIL", "ai-edge-litert": "ai_edge_litert",
                "scikit-robot-pyrender": "pyrender", "pyyaml": "yaml", "pyopengl": "OpenGL",
                "lightning-fabric": "lightning_fabric", "prometheus-client": "prometheus_client",
                "vector-quantize-pytorch": "vector_quantize_pytorch"}


def modules() -> list[Path]:
    found = [p for p in sorted((ROOT / "dance_core").rglob("*.py")) if "node_modules" not in p.parts]
    return found + [p for p in [ROOT / "app.py"] if p.exists()]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def imports(path: Path) -> list[tuple[int, str]]:
    """(line, module) of everything a file imports, relative imports and import_module("…") resolved."""
    return list(_imports(ast.parse(path.read_text(encoding="utf-8")), dotted(path).split(".")))


def _imports(tree: ast.AST, here: list[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:  # `from dance_core import music` imports a room
                yield node.lineno, f"{name}.{alias.name}" if name == "dance_core" else name
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__", "find_spec", "run_module"} and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield node.lineno, str(first.value)


def place(module: str) -> int:
    """Where a dotted module of ours stands in the flow."""
    room = (module.split(".") + ["__init__"])[1]
    if room in DOORS:
        return DOORS[room]
    return ROOMS.index(room) if room in ROOMS else -1  # a name such as __version__


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    mine = place(dotted(path)) if path.name != "app.py" else ROOMS.index("pages")
    for line, name in imports(path):
        top = name.split(".")[0]
        if top == "dance_core":
            theirs = place(name)
            assert theirs <= mine, f"{path.relative_to(ROOT)}:{line} imports {name}, a room behind it"
            assert "*" not in name
        assert top != "app", f"{path.relative_to(ROOT)}:{line} imports the start of the app"


# Rooms within a room, in the direction of the flow; what is not in one of them comes before all.
INNER = {"motion": ("naming", "retargeting", "reading")}


def used(path: Path) -> set[str]:
    """The modules of ours that a module imports, submodules of packages by their own names."""
    known = {dotted(p).removesuffix(".__init__") for p in modules()}
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in known else node.module
                      for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
    return (found & known) - {dotted(path).removesuffix(".__init__")}


def test_no_modules_import_each_other() -> None:
    """Nor in a circle over others: taken away one by one, those that nothing left needs, none remains."""
    left = {dotted(p).removesuffix(".__init__"): used(p) for p in modules()}
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"a circle goes through {sorted(left)}"


@pytest.mark.parametrize("room", INNER)
def test_rooms_within_a_room_go_one_way(room: str) -> None:
    order = INNER[room]
    there = {p.parent.name for p in (ROOT / "dance_core" / room).glob("*/__init__.py")}
    assert there == set(order)
    for path in (ROOT / "dance_core" / room).rglob("*.py"):
        mine = path.relative_to(ROOT / "dance_core" / room).parts[0]
        for name in used(path):
            parts = name.split(".")
            if parts[:2] == ["dance_core", room] and len(parts) > 2 and parts[2] in order and mine in order:
                assert order.index(parts[2]) <= order.index(mine), f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_libraries_stay_in_their_rooms(library: str) -> None:
    for path in modules():
        room = path.relative_to(ROOT / "dance_core").parts[0] if path.name != "app.py" else "pages"
        if any(name.split(".")[0] == library for _, name in imports(path)):
            assert room in ONLY_IN[library], f"{path.relative_to(ROOT)} imports {library}"
            assert "choreographer" not in path.parts, "the rule-based baseline needs no network"


@pytest.mark.parametrize("library", sorted(LATE))
def test_slow_libraries_wait_until_they_are_needed(library: str) -> None:
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        early = [name for _, name in _imports(ast.Module(top, []), dotted(path).split("."))]
        assert library not in {name.split(".")[0] for name in early}, f"{path.relative_to(ROOT)}: {library}"


def test_every_folder_is_a_room_and_on_the_map() -> None:
    folders = {p.name for p in (ROOT / "dance_core").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == set(ROOMS[len(FLOOR):])
    on_the_map = re.findall(r"^    ([a-z]+)/  ", dance_core.__doc__ or "", re.MULTILINE)
    assert tuple(on_the_map) == ROOMS[len(FLOOR):]


def required(file: str) -> set[str]:
    """What a file of requirements lets us import."""
    lines = [line for line in (ROOT / file).read_text().splitlines() if line[:1].isalpha()]
    names = [re.match(r"[\w.\-]+", line)[0].lower() for line in lines]
    return {IMPORT_NAMES.get(n, n) for n in names}


def test_everything_imported_is_in_the_requirements() -> None:
    always = required("requirements.txt") | set(sys.stdlib_module_names) | {"dance_core"}
    for path in modules():
        known = always | {package for package, files in OPTIONAL.items() if path.name in files}
        for line, name in imports(path):
            where = f"{path.relative_to(ROOT)}:{line}"
            assert name.split(".")[0] in known, f"{where}: {name} is not in requirements.txt"


def test_what_is_optional_has_requirements_of_its_own() -> None:
    assert required("requirements-cluster.txt") == {"ray"}
    assert not OPTIONAL.keys() & required("requirements.txt")


def test_requirements_are_bounded() -> None:
    for file in ("requirements.txt", "requirements-cluster.txt", "tests/requirements.txt"):
        for line in (ROOT / file).read_text().splitlines():
            requirement = line.split("#")[0].strip()
            if requirement and not requirement.startswith("-r"):
                bounded = r"[\w\-]+(\[[\w,]+\])?(==[\d.]+|>=[\d.]+,<[\d.]+)"
                assert re.fullmatch(bounded, requirement), requirement


@pytest.mark.parametrize("module", ["dance_core", "dance_core.threads", "dance_core.study.book",
                                    "dance_core.cli"])
def test_light_rooms_load_no_heavy_library(module: str) -> None:
    # The vote book must work in any process, and `--help` must answer at once.
    heavy = sorted({*ONLY_IN, "numpy", "scipy"})
    code = f"import {module}, sys; print(*sorted(set(sys.modules) & set({heavy})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


def test_every_file_of_tests_has_a_name_of_its_own() -> None:
    """Pytest imports them by their bare names: of two alike, it refuses the second."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
