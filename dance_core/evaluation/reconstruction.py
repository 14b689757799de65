"""What is left of held-out dances after SoulNet's codec: errors in millimetres, sliding feet, codes in use.

Whole dances are coded and made again; errors are taken over clips of 5 s, each begun at the true place and
heading of its first frame, because what a clip makes of its way over the floor adds up.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.evaluation.feet import low_foot_slides
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.pose_code import PoseCode
from dance_core.generators.soulnet.closely import code_closely
from dance_core.generators.soulnet.codec import PART_NAMES, PARTS, Codec, load_codec
from dance_core.generators.soulnet.learning import perplexity
from dance_core.motion import kinematics as kin
from dance_core.motion.centre import heading_of
from dance_core.motion.motion import Motion
from dance_core.motion.skeleton import BODY, LEFT_HAND, RIGHT_HAND

CLIP = 150  # frames
CLOSELY = "closely"
_FINGERS = range(LEFT_HAND.start, RIGHT_HAND.stop)
_JOINTS = {"all": [*range(BODY), *_FINGERS], "body": list(range(BODY)), "hands": list(_FINGERS)}
_WRISTS = np.repeat([20, 21], 15)  # of the 30 finger joints


@dataclass(frozen=True)
class Reconstruction:
    """Means over the clips of a split, every clip counting alike.

    Attributes:
        aligned, own: mm, mean distance of the joints of "all", "body" and "hands" with the pelvis put on the
            true one, as the field does, and where the codes' own root has gone.
        fingers: mm, of the finger joints with the wrist put on the true one.
        face: mean absolute error of the 52 coefficients.
        slides, real_slides: low-foot skating (0 to 1) of the dances made again, nothing finished, and of the
            dances themselves.
        bits: a second.
        used: perplexity of each codebook, (S, LEVELS).
        book: size of a codebook.
        clips, dances: how many.
    """

    aligned: dict[str, float]
    own: dict[str, float]
    fingers: float
    face: float
    slides: float
    real_slides: float
    bits: float
    used: np.ndarray
    book: int
    clips: int
    dances: int


def reconstruct(codec: Codec, corpus: Corpus, split: str, closely: bool = False) -> Reconstruction:
    """Code every dance of a split and make it again. UserError if none has 5 s.

    closely: by `code_closely` rather than by `Codec.encode`.
    """
    code, frames = codec.code(), codec.config.frames
    errors: list[list[float]] = []
    slides, codes = [], []
    ids = [row.id for row in corpus.rows if row.split == split]
    for name in ids:
        motion = corpus.pair(name).motion
        motion = motion.slice(0, len(motion) // frames * frames)
        if len(motion) < CLIP:
            continue
        with one_thread(), torch.no_grad():
            true = torch.from_numpy(code.encode(motion))[None]
            found = code_closely(codec, true) if closely else codec.encode(true)
            rows = codec.decode(found)[0].numpy()
        codes.append(found)
        slides.append((low_foot_slides(code.decode(rows)), low_foot_slides(motion)))
        for a in range(0, len(motion) - CLIP + 1, CLIP):
            errors.append(_errors(motion.slice(a, a + CLIP), rows[a:a + CLIP], code))
    if not errors:
        raise UserError(f"No {split} dance of the corpus has {CLIP} frames.")
    mean = np.mean(errors, axis=0)
    said = torch.cat(codes, 2)
    used = np.array([[perplexity(said[:, s, :, v], codec.config.book) for v in range(said.shape[3])]
                     for s in range(said.shape[1])])
    made, real = np.nanmean(slides, axis=0)
    aligned, own = (dict(zip(_JOINTS, map(float, mean[a:a + 3]), strict=True)) for a in (0, 3))
    return Reconstruction(aligned, own, float(mean[6]), float(mean[7]), float(made), float(real),
                          codec.config.bits, used, codec.config.book, len(errors), len(slides))


def _errors(true: Motion, rows: np.ndarray, code: PoseCode) -> list[float]:
    """Of one clip: aligned and own errors of all, body and hands, fingers (mm), face."""
    heading = heading_of(true)
    x, _, z = true.translation[0].astype(float)
    made = code.decode(rows, true.fps, heading, (x, z))
    a, b = kin.joints(true), kin.joints(made)

    def far(p: np.ndarray, q: np.ndarray) -> float:
        return 1000.0 * float(np.linalg.norm(p - q, axis=-1).mean())

    at, bt = a - a[:, :1], b - b[:, :1]
    fingers = list(_FINGERS)
    return [*(far(at[:, j], bt[:, j]) for j in _JOINTS.values()),
            *(far(a[:, j], b[:, j]) for j in _JOINTS.values()),
            far(a[:, fingers] - a[:, _WRISTS], b[:, fingers] - b[:, _WRISTS]),
            float(np.abs(true.face - made.face).mean())]


def reconstructed(folders: dict[str, Path], corpus: Corpus) -> str:
    """Markdown: what codecs, by name, each in its folder, keep of the dances of val and test."""
    codecs = {name: load_codec(folder) for name, folder in folders.items()}
    return "\n".join(["# What the codec keeps of held-out dances", "",
                      f"“{CLOSELY}”: the body's codes searched with what is made of them in "
                      "sight (`soulnet/closely.py`), in a hundred times the time, where the body has codes "
                      "of its own, of the test dances alone; the others level by level, the nearest code "
                      "each time, as the past of a dance is coded while it is made.", "", *(
        told({name + (f", {CLOSELY}" if closely else ""): reconstruct(codec, corpus, split, closely)
              for name, codec in codecs.items() for closely in (False, True)
              if not closely or split == "test" and codec.config.streams == PARTS}, split)
        for split in ("val", "test") if any(row.split == split for row in corpus.rows))])


def told(found: dict[str, Reconstruction], split: str) -> str:
    """Markdown of one split, a row for each codec by its name."""
    first = next(iter(found.values()))
    lines = [
        f"## {split}: {first.dances} dances, {first.clips} clips of {CLIP / 30:g} s", "",
        "Mean distances in mm with the pelvis on the true one: all 52 joints, body, fingers; in brackets "
        "where the codes' own root has gone. Fingers beside: with the wrist on the true one. Face: mean "
        "absolute error of the 52 coefficients (0 to 1). Skating: share of low-foot frames that slide, of "
        "what was made and of the dances themselves; nothing is finished, no foot planted.", "",
        "| codec | bits/s | all | body | hands | fingers | face | skating | real | least perplexity |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for name, r in found.items():
        a, o = r.aligned, r.own
        lines.append(
            f"| {name} | {r.bits:.0f} | " + " | ".join(f"{a[k]:.1f} ({o[k]:.1f})" for k in _JOINTS)
            + f" | {r.fingers:.1f} | {r.face:.4f} | {r.slides:.1%} | {r.real_slides:.1%} | "
              f"{r.used.min():.0f} of {r.book} ({r.used.min() / r.book:.0%}) |")
    lines += ["", "Perplexity of each codebook (codes as if used alike), level by level:", ""]
    for name, r in found.items():
        for part, used in zip(PART_NAMES if len(r.used) > 1 else ("everything",), r.used, strict=True):
            lines.append(f"- {name}, {part}: {', '.join(f'{u:.0f}' for u in used)}")
    return "\n".join([*lines, ""])
