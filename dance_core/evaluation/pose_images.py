"""What is left of held-out dances after HOT-dance's pose images and their codec: cm, jitter, degrees, feet.

Whole dances are cut into segments, each drawn as an image, coded, decoded, read, and put back where it was;
of the joined points a motion is made, nothing finished, no foot planted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from dance_core.corpus.pairs import Corpus
from dance_core.errors import UserError
from dance_core.evaluation.feet import low_foot_slides
from dance_core.generators.hotdance import markers as mk
from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.hotdance.image_codec import ImageCodec, load_image_codec
from dance_core.generators.hotdance.image_config import PATCH
from dance_core.generators.hotdance.readback import motion_of
from dance_core.generators.nets.one_thread import one_thread
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion

PLACES: dict[str, tuple[int, ...]] = {"all points": tuple(range(mk.POINTS)), **mk.PARTS}
TURNS = {"head": (sk.HEAD,), "wrists": (sk.LEFT_WRIST, sk.RIGHT_WRIST),
         "feet": (sk.LEFT_ANKLE, sk.RIGHT_ANKLE), "forearms": (sk.LEFT_ELBOW, sk.RIGHT_ELBOW),
         "all joints": tuple(range(sk.BODY))}


@dataclass(frozen=True)
class KeptByImages:
    """Means over the frames of a split, every dance counting alike; but for `bins` of motions read back.

    Attributes:
        bins: mean distance of a row's place from the true one; of the rows of links alone.
        raw: cm, mean distance of the points as images say them, by the names of PLACES.
        cm, by_pelvis: the same of the motion read back: on the stage, and with the pelvis on the true one.
        jitter: cm, mean length of the change of that distance from frame to frame.
        shake, real_shake: m/s², mean size of the joints' acceleration, made and real.
        degrees: in the world, twist included, by the names of TURNS; mean, and the 95th percentile.
        slides, real_slides: low-foot skating (0 to 1), made and real.
        clipped: share of frames in which a link leaves its rows.
        segments, dances: how many.
    """

    bins: float
    raw: dict[str, float]
    cm: dict[str, float]
    by_pelvis: dict[str, float]
    jitter: float
    shake: float
    real_shake: float
    degrees: dict[str, tuple[float, float]]
    slides: float
    real_slides: float
    clipped: float
    segments: int
    dances: int


def through_images(codec: ImageCodec, motion: Motion) -> tuple[np.ndarray, float, float]:
    """A motion's links (T, K, 3) m in the world after image, latents and image, its last T mod 8 frames cut.

    Also the mean bins that its rows are off, and the share of frames that are clipped.
    """
    made, off, clipped = [], [], []
    frames = len(motion) // PATCH * PATCH
    rows, own = codec.rows, 3 * mk.POINTS
    for a in range(0, frames, SEGMENT):
        piece = motion.slice(a, min(a + SEGMENT, frames))
        anchor = mk.Anchor.of(piece)
        links = torch.from_numpy(anchor.enter(mk.links_of(piece))).float()[None]
        with one_thread(), torch.inference_mode():
            found, _ = codec.decode_points(codec.encode(rows.draw(links)))
            gone = (rows.places(found) - rows.places(links))[:, :own].abs()
        off.append(np.full(len(piece), float(gone.mean())))
        clipped.append(rows.clipped(links)[0].any(-1).numpy())
        made.append(anchor.leave(found[0].double().numpy()))
    return np.concatenate(made), float(np.concatenate(off).mean()), float(np.concatenate(clipped).mean())


def kept_by_images(codec: ImageCodec, corpus: Corpus, split: str) -> KeptByImages:
    """Take every dance of a split through images. UserError if none has 64 frames."""
    found, segments = [], 0
    for row in corpus.rows:
        if row.split == split:
            motion = corpus.pair(row.id).motion
            if len(motion) >= 64:
                found.append(_of_one(codec, motion))
                segments += -(-(len(motion) // PATCH * PATCH) // SEGMENT)
    if not found:
        raise UserError(f"No {split} dance of the corpus has 64 frames.")
    mean = {name: _mean([f[name] for f in found]) for name in found[0]}

    def parts(name: str) -> dict[str, float]:
        return {part: float(v) for part, v in zip(PLACES, mean[name], strict=True)}

    one = {name: float(v) for name, v in mean.items() if np.ndim(v) == 0}
    degrees = {part: (float(a), float(b)) for part, (a, b) in zip(TURNS, mean["degrees"], strict=True)}
    return KeptByImages(raw=parts("raw"), cm=parts("cm"), by_pelvis=parts("by_pelvis"), degrees=degrees,
                        segments=segments, dances=len(found), **one)


def _mean(values: list[float | list[float] | list[list[float]]]) -> np.ndarray:
    """Over the dances that have the number (feet that are never low have none); nan if none has."""
    there = ~np.isnan(values)
    return np.where(there, values, 0.0).sum(0) / np.where(there.any(0), there.sum(0), np.nan)


def _of_one(codec: ImageCodec, motion: Motion) -> dict[str, float | list[float] | list[list[float]]]:
    """The numbers of one dance, by the names of `KeptByImages`."""
    links, bins, clipped = through_images(codec, motion)
    motion = motion.slice(0, len(links))
    said, true = mk.summed(links), mk.points_of(motion)
    made = motion_of(said, motion.fps)
    places = mk.points_of(made)
    off = places - true
    about = off - off[:, :1]

    def by_part(far: np.ndarray) -> list[float]:
        size = 100 * np.linalg.norm(far, axis=-1)
        return [float(size[:, list(points)].mean()) for points in PLACES.values()]

    def shake(at: np.ndarray) -> float:
        joints = np.diff(at[:, :sk.BODY], n=2, axis=0) * motion.fps**2
        return float(np.linalg.norm(joints, axis=-1).mean())

    turns = [kin.global_rotations(rot.quaternion_from_axis_angle(m.rotations[:, :sk.BODY]))
             for m in (motion, made)]
    angle = np.degrees(rot.geodesic(*turns))
    return {"bins": bins, "raw": by_part(said - true), "cm": by_part(off), "by_pelvis": by_part(about),
            "jitter": 100 * float(np.linalg.norm(np.diff(off[:, :sk.BODY], axis=0), axis=-1).mean()),
            "shake": shake(places), "real_shake": shake(true),
            "degrees": [[float(angle[:, list(j)].mean()), float(np.percentile(angle[:, list(j)], 95))]
                        for j in TURNS.values()],
            "slides": low_foot_slides(made), "real_slides": low_foot_slides(motion), "clipped": clipped}


def told(found: dict[str, KeptByImages], split: str) -> str:
    """Markdown of one split, a row for each codec by its name."""
    first = next(iter(found.values()))
    rows = {name: [f"{k.bins:.2f}", f"{k.raw['all points']:.2f}",
                   *(f"{k.cm[p]:.2f} ({k.by_pelvis[p]:.2f})" for p in PLACES),
                   f"{k.jitter:.2f}", f"{k.shake:.1f} ({k.real_shake:.1f})",
                   *("{:.1f} ({:.1f})".format(*k.degrees[t]) for t in TURNS),
                   f"{k.slides:.1%} ({k.real_slides:.1%})", f"{k.clipped:.2%}"]
            for name, k in found.items()}
    head = ["codec", "bins", "raw", *PLACES, "jitter", "shake", *(f"{t}°" for t in TURNS), "skating",
            "clipped"]
    return "\n".join([
        f"## {split}: {first.dances} dances, {first.segments} segments of up to {SEGMENT} frames", "",
        "Mean distance of a row from its true place in bins; of the points in cm: raw, as the images say "
        "them, and of the motion read back, on the stage and (in brackets) with the pelvis on the true one. "
        "Jitter: cm by which that changes from frame to frame. Shake: m/s², mean acceleration of the joints, "
        "in brackets the dances' own. Degrees between turns in the world, mean (95th percentile). Skating: "
        "share of low-foot frames that slide, in brackets the dances' own. Clipped: frames in which a link "
        "leaves its rows. Nothing is finished, no foot planted.", "",
        "| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1),
        *("| " + " | ".join([name, *cells]) + " |" for name, cells in rows.items()), ""])


def images_told(folders: dict[str, Path], corpus: Corpus) -> str:
    """Markdown: what codecs, by name, each in its folder, keep of the dances of val and test.

    Beside each the linear code that it began as, which says what learning has added.
    """
    codecs: dict[str, ImageCodec] = {}
    for name, folder in folders.items():
        codec = load_image_codec(folder)
        codecs |= {name: codec, f"{name}, its linear start": codec.linear()}
    return "\n".join(["# What the pose-image codec keeps of held-out dances", "", *(
        told({name: kept_by_images(codec, corpus, split) for name, codec in codecs.items()}, split)
        for split in ("val", "test") if any(row.split == split for row in corpus.rows))])
