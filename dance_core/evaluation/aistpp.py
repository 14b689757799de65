"""BAS, PFC and FSR of real AIST++ sequences, beside what others measured on the ground truth.

Numbers differ between papers by how they score, so BAS is shown as each released scorer has it and in this
project's own form, with the control that tells how much of it is chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.corpus.aist_names import read_name
from dance_core.corpus.aistpp import FPS, load_sequence
from dance_core.errors import UserError
from dance_core.evaluation import anchors
from dance_core.evaluation.alignment import beat_alignment, motion_beats
from dance_core.evaluation.beatscores import AISTPP, BAILANDO, BAILANDO_30, LODGE, published_bas
from dance_core.evaluation.feet import foot_skating_compat, physical_foot_contact
from dance_core.evaluation.movement import mean_joint_speed
from dance_core.evaluation.places import at_rate
from dance_core.motion.files import load_npz
from dance_core.motion.motion import FACE, Motion
from dance_core.motion.skeleton import BODY
from dance_core.music.beats import Beats


@dataclass(frozen=True)
class Scored:
    """One sequence.

    Attributes:
        bailando, bailando_30, lodge, aistpp: BAS as those scorers have it (see beatscores).
        own, gain: BAS of this project (alignment), and that minus its mean over other phases.
        pfc: × 10 000. fsr: as Lodge's code has it. speed: m/s.
    """

    name: str
    seconds: float
    tempo: float
    bailando: float
    bailando_30: float
    lodge: float
    aistpp: float
    own: float
    gain: float
    pfc: float
    fsr: float
    speed: float


def score_sequence(name: str, motion: Motion, beats: Beats) -> Scored:
    """Score one dance (at any frame rate) on its beats (times from its first frame). Without rests: 0."""
    fast = at_rate(motion, 60.0)
    found = beat_alignment(motion_beats(fast), beats)
    scores = [published_bas(fast, beats, scorer) for scorer in (BAILANDO, BAILANDO_30, LODGE, AISTPP)]
    own = (float(np.nan_to_num(s)) for s in (found.music_to_motion, found.gain))
    return Scored(name, motion.duration, beats.tempo, *scores, *own, physical_foot_contact(fast),
                  float(np.nan_to_num(foot_skating_compat(fast))), mean_joint_speed(fast))


def score_folder(folder: Path) -> list[Scored]:
    """Every npz of a folder that says its beats (`beat_times`, `tempo_bpm`), at 60 Hz where 60fps/ has it.

    Raises UserError where there is none.
    """
    found = []
    for path in sorted(Path(folder).glob("*.npz")):
        beats = _beats(path)
        if beats is None:
            continue
        fast = path.parent / "60fps" / path.name
        found.append(score_sequence(path.stem, load_npz(fast if fast.is_file() else path), beats))
    if not found:
        raise UserError(f"There is no npz with beat_times in {Path(folder).name!r}; the real AIST++ "
                        "sequences lie in ../shared/data/motion/aistpp.")
    return found


def score_official(folder: Path) -> list[Scored]:
    """Every official pickle (`smpl_poses` …) of a folder: the fits as they are, neither filtered nor planted.

    Joints are those of this project's skeleton in the fits' rotations; beats are the grid of the tempo that
    the name tells. Sequences of unknown tempo are left out. Raises UserError where none is left, or one is
    damaged.
    """
    found = []
    for path in sorted(Path(folder).glob("*.pkl")):
        told = read_name(path.stem)
        if told is None or not told.tempo:
            continue
        tempo = told.tempo
        poses, root = load_sequence(path)
        rotations = np.zeros((len(poses), 55, 3))
        rotations[:, :BODY] = poses[:, :BODY]
        motion = Motion(FPS, rotations, root, np.zeros((len(poses), FACE)), parts=frozenset({"body"}))
        times = np.arange(0.0, motion.duration, 60.0 / tempo)
        beats = Beats(times, np.arange(len(times)) % 4 + 1, tempo, 1.0)
        found.append(score_sequence(path.stem, motion, beats))
    if not found:
        raise UserError(f"There is no AIST++ pickle with a known tempo in {Path(folder).name!r}.")
    return found


def _beats(path: Path) -> Beats | None:
    try:
        with np.load(path, allow_pickle=False) as a:
            if "beat_times" not in a or len(a["beat_times"]) < 2:
                return None
            times = a["beat_times"].astype(np.float64)
            return Beats(times, np.arange(len(times)) % 4 + 1, float(a["tempo_bpm"]), 1.0)
    except (OSError, ValueError, KeyError, EOFError):
        raise UserError(f"{path.name!r} is no readable npz.") from None


_COLUMNS = (("bailando", "BAS Bailando"), ("bailando_30", "at 30 Hz"), ("lodge", "Lodge"),
            ("aistpp", "AIST++"), ("own", "own"), ("gain", "gain"), ("pfc", "PFC"), ("fsr", "FSR"),
            ("speed", "speed m/s"))


def shown(found: list[Scored], official: list[Scored] | None = None) -> str:
    """A table, the anchors, and why they differ; with the `official` fits if those are given."""
    lines = [f"| sequence | s | BPM | {' | '.join(heading for _, heading in _COLUMNS)} |",
             "|---" + "|---:" * (2 + len(_COLUMNS)) + "|"]
    for kind, group in (("converted", found), ("official fits", official or [])):
        for s in group:
            numbers = " | ".join(f"{getattr(s, k):.3f}" for k, _ in _COLUMNS)
            lines.append(f"| {kind}: {s.name} | {s.seconds:.1f} | {s.tempo:.0f} | {numbers} |")
        if group:
            numbers = " | ".join(f"{np.mean([getattr(s, k) for s in group]):.3f}" for k, _ in _COLUMNS)
            lines.append(f"| **{kind}, mean** | {sum(s.seconds for s in group):.1f} | | {numbers} |")
    told = {"bailando": f"{anchors.BAS_60:.4f}", "bailando_30": f"{anchors.BAS_30:.4f}",
            "pfc": f"{anchors.PFC[0]}–{anchors.PFC[1]}"}
    lines.append(f"| ground truth, by others | | | {' | '.join(told.get(k, '') for k, _ in _COLUMNS)} |")
    return "\n".join([*lines, "", *anchors.LINES, "", *_why(found, official or [])])


def _why(found: list[Scored], official: list[Scored]) -> list[str]:
    fits = ""
    if official:
        pfc = [s.pfc for s in official]
        kept = [s.pfc for s in official if any(o.name.startswith(s.name) for o in found)]
        fits = f" The official fits have PFC {np.mean(pfc):.2f}"
        if kept and len(kept) < len(official):
            fits += (f" (up to {max(pfc):.1f} where a fit jumps); {np.mean(kept):.2f} without the "
                     f"{len(official) - len(kept)} that the conversion left out")
        fits += "."
    n = len(found)
    bas, pfc = ([getattr(s, key) for s in found] for key in ("bailando", "pfc"))
    return [
        f"BAS {_spread(bas)} (Bailando) of {n} sequences here, PFC {_spread(pfc)} (mean ± standard error). "
        "What differs from the numbers above:",
        f"- {n} sequences, not 40 or more, and single sequences lie far apart: BAS {min(bas):.2f} to "
        f"{max(bas):.2f}, PFC {min(pfc):.2f} to {max(pfc):.2f}.",
        "- Beats: the grid of the tempo in the sequence's name (beat 0 = frame 0 where nothing better is "
        "known). The scorers take beats that a tracker found in the music.",
        "- Motion: these files were low-passed, and their standing feet locked, when they were converted to "
        "this project's skeleton. That lowers PFC, which lives on sliding feet." + fits,
        "- The form matters as much as the dance: Bailando's (σ 0.05 s, over music beats), Lodge's (σ 0.1 s) "
        "and AIST++'s (over motion beats, unfiltered) may not be compared with one another.",
        "- Chance is not 0: what is above chance is the column gain, and it is below 0 for some real dances, "
        "whose rests fall between the beats.",
    ]


def _spread(values: list[float]) -> str:
    error = np.std(values, ddof=1) / np.sqrt(len(values)) if len(values) > 1 else float("nan")
    return f"{np.mean(values):.3f} ± {error:.3f}"
