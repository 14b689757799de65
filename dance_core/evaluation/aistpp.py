"""BAS and PFC of real AIST++ sequences, beside what papers print for the ground truth.

Numbers differ between papers by how they score, so each score is shown in the field's form and in this
project's own, with the control that tells how much of a BAS is chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dance_core.corpus.aistpp import FPS, load_sequence, tempo_of
from dance_core.errors import UserError
from dance_core.evaluation.alignment import beat_alignment, motion_beats, score
from dance_core.evaluation.feet import physical_foot_contact
from dance_core.evaluation.movement import mean_joint_speed
from dance_core.evaluation.places import at_rate
from dance_core.motion.files import load_npz
from dance_core.motion.motion import FACE, Motion
from dance_core.motion.skeleton import BODY
from dance_core.music.beats import Beats

PUBLISHED_BAS = (0.229, 0.240)  # ground truth: Skeleton2Stage .2292, Lodge's table .2374, EDGE .24
PUBLISHED_PFC = (1.33, 1.47)  # ground truth: EDGE 1.332, Skeleton2Stage 1.4699


@dataclass(frozen=True)
class Scored:
    """One sequence. field: as Bailando scores (60 Hz, σ 3 frames, not centred); lodge: σ 3 frames at 30 Hz.

    reverse: mean over motion beats. gain: BAS minus its mean over other phases (centred). PFC × 10 000.
    """

    name: str
    seconds: float
    tempo: float
    field: float
    lodge: float
    reverse: float
    centred: float
    gain: float
    pfc: float
    speed: float


def score_sequence(name: str, motion: Motion, beats: Beats) -> Scored:
    """Score one dance (at any frame rate) on its beats (times from its first frame). Without rests: 0."""
    fast = at_rate(motion, 60.0)
    rests = motion_beats(fast, centred=False)
    found = beat_alignment(motion_beats(fast), beats)
    scores = (score(beats.times, rests), score(beats.times, rests, sigma_s=0.1), score(rests, beats.times),
              found.music_to_motion, found.gain)
    return Scored(name, motion.duration, beats.tempo, *(float(np.nan_to_num(s)) for s in scores),
                  physical_foot_contact(fast), mean_joint_speed(fast))


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
        tempo = tempo_of(path.stem)
        if not tempo:
            continue
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


def shown(found: list[Scored], official: list[Scored] | None = None) -> str:
    """A table, the published numbers, and why they differ; with the `official` fits if those are given."""
    keys = ("field", "lodge", "reverse", "centred", "gain", "pfc", "speed")
    lines = ["| sequence | s | BPM | BAS field | σ 0.1 s | reverse | centred | gain | PFC | speed m/s |",
             "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for kind, group in (("converted", found), ("official fits", official or [])):
        for s in group:
            numbers = " | ".join(f"{getattr(s, k):.3f}" for k in keys)
            lines.append(f"| {kind}: {s.name} | {s.seconds:.1f} | {s.tempo:.0f} | {numbers} |")
        if group:
            numbers = " | ".join(f"{np.mean([getattr(s, k) for s in group]):.3f}" for k in keys)
            lines.append(f"| **{kind}, mean** | {sum(s.seconds for s in group):.1f} | | {numbers} |")
    lines += [
        f"| published ground truth | | | {PUBLISHED_BAS[0]}–{PUBLISHED_BAS[1]} | | | | | "
        f"{PUBLISHED_PFC[0]}–{PUBLISHED_PFC[1]} | |",
        "", *_why(found, official or [])]
    return "\n".join(lines)


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
    bas, pfc = ([getattr(s, key) for s in found] for key in ("field", "pfc"))
    return [
        f"BAS {_spread(bas)} of {n} sequences, PFC {_spread(pfc)} (mean ± standard error). What differs from "
        "the published numbers:",
        f"- {n} sequences here, 40 and more there, and single sequences lie far apart: BAS {min(bas):.2f} to "
        f"{max(bas):.2f}, PFC {min(pfc):.2f} to {max(pfc):.2f}.",
        "- Beats: the grid of the tempo in the sequence's name (beat 0 = frame 0 where nothing better is "
        "known). The published scorers take beats that a tracker found in the music.",
        "- Motion: these files were low-passed, and their standing feet locked, when they were converted to "
        "this project's skeleton. That lowers PFC, which lives on sliding feet." + fits,
        "- The form matters as much as the dance: a σ of 0.1 s (Lodge) and the mean over motion beats "
        "(AIST++ paper) stand beside Bailando's form in the table. None may be compared with another.",
        "- Chance is not 0: what is above chance is the column gain, and it is below 0 for some real dances, "
        "whose rests fall between the beats.",
    ]


def _spread(values: list[float]) -> str:
    error = np.std(values, ddof=1) / np.sqrt(len(values)) if len(values) > 1 else float("nan")
    return f"{np.mean(values):.3f} ± {error:.3f}"
