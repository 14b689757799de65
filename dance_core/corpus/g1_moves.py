"""G1 Moves: its 28 dances, as the human's BVH or the robot's joints.

The folder is that of its repository, dance/<clip>/capture/<clip>.bvh and dance/<clip>/retarget/<clip>.csv;
any folder that holds files of these names will do. The BVH is the dancer, with head, spine and hands; the CSV
is what was left of it on the robot.
"""

from __future__ import annotations

from pathlib import Path

from dance_core.errors import UserError
from dance_core.motion.bvh import read_bvh
from dance_core.motion.figure import Figure
from dance_core.motion.g1 import load_g1
from dance_core.motion.motion import Motion
from dance_core.motion.retargeting import metres_per_unit, motion_from_figure

CLIPS = (
    "B_DadDance", "B_LongDance", "B_SpiralDance", "B_StretchDance", "B_WiggleDance", "J_Dance0_StepTouch",
    "J_Dance1_Modern", "J_Dance2_Salsa", "J_Dance3_Woah", "J_Dance4_Broadway", "J_Dance5_Hype",
    "J_Dance6_Sassy", "J_Dance7_Party", "J_Dance8_WestCoast", "J_Dance9_PeaceMaker", "J_Dance11_Gnarly",
    "J_Dance12_LushLife", "J_Dance17_Shuffle", "J_Dance18_TikTok", "J_Dance19_LetsGO", "J_Dance20_DWG",
    "J_Dance21_Blunt", "J_Dance22_Thrilling", "J_Dance23_MidnightSun", "J_ShortDance13_SingleLadies",
    "J_ShortDance14_Disco", "J_ShortDance15_Nineties", "J_ShortDance16_JazzWalk")
_POINTER = b"version https://git-lfs"  # what lies in a checkout where the large files were not fetched


def find_clips(folder: str | Path) -> dict[str, Path]:
    """The file of each dance that is there: BVH rather than CSV, real files rather than pointers."""
    found: dict[str, list[Path]] = {}
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix.lower() in (".bvh", ".csv") and path.stem in CLIPS and path.is_file():
            found.setdefault(path.stem, []).append(path)
    return {clip: min(found[clip], key=lambda p: (is_pointer(p), p.suffix.lower() != ".bvh", str(p)))
            for clip in CLIPS if clip in found}


def is_pointer(path: str | Path) -> bool:
    """Whether the file is but a pointer of Git LFS."""
    try:
        with open(path, "rb") as file:
            return file.read(len(_POINTER)) == _POINTER
    except OSError:
        return False


def load_clip(path: str | Path) -> tuple[Motion, float]:
    """A dance at its own rate on our skeleton, and metres in one unit of the file (1 for the robot's CSV).

    Raises UserError for a damaged file, or a pointer of Git LFS.
    """
    if is_pointer(path):
        raise UserError(f"It is a pointer of {Path(path).stat().st_size} bytes and not the file: run "
                        "`git lfs pull` in the checkout.")
    if Path(path).suffix.lower() == ".csv":
        return load_g1(path), 1.0
    figure = Figure.of_bvh(read_bvh(path))
    return motion_from_figure(figure), metres_per_unit(figure)
