"""One dance measured: every number of a table that belongs to a single dance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dance_core.evaluation import feet, movement
from dance_core.evaluation.alignment import (
    beat_alignment,
    motion_beats,
    offset_curve,
    precision_recall,
)
from dance_core.evaluation.beatscores import AISTPP, BAILANDO, LODGE, published_bas
from dance_core.evaluation.copying import Learned
from dance_core.evaluation.geometric import geometric_from
from dance_core.evaluation.kinetic import FPS as SCORERS_RATE
from dance_core.evaluation.kinetic import kinetic_from, lodge_kinetic_features
from dance_core.evaluation.limits import Limits, check
from dance_core.evaluation.parts import hands_and_face
from dance_core.evaluation.places import at_rate, smpl_joints, zero_started
from dance_core.longform.dance import reference_error
from dance_core.motion.motion import Motion
from dance_core.music.beats import Beats
from dance_core.settings import MOTION_FPS

FEATURES = ("kinetic", "geometric", "kinetic_fixed", "geometric_fixed", "kinetic_lodge")


def rhythm(motion: Motion, beats: Beats) -> dict[str, float]:
    """How a dance lies on beats (times from its first frame). A dance that never comes to rest has 0.

    bas, bas_reverse: mean over music beats, over motion beats. bas_control: `bas` against the beats moved by
    1/8 … 7/8 of a beat, averaged: chance. bas_gain: bas - bas_control. bas_half: against the beats moved by a
    half. bas_bailando, bas_lodge, bas_aistpp: as those scorers have it. precision, recall: motion beats that
    hit a music beat within 70 ms, music beats that are hit. rests: motion beats per second.
    """
    fast = at_rate(motion, SCORERS_RATE)  # a rest is found to half a frame: 8 ms of a σ of 50, not 17
    times = motion_beats(fast)
    return on_beats(times, beats, fast.duration) | {
        "bas_bailando": published_bas(fast, beats, BAILANDO),
        "bas_lodge": published_bas(motion, beats, LODGE),
        "bas_aistpp": published_bas(fast, beats, AISTPP)}


def on_beats(times: np.ndarray, beats: Beats, seconds: float) -> dict[str, float]:
    """How rests at some times in s, in a dance of so many seconds, lie on beats: as `rhythm`, without the
    scores that others published."""
    found = beat_alignment(times, beats)
    told = {"bas": found.music_to_motion, "bas_reverse": found.motion_to_music, "bas_control": found.control,
            "bas_gain": found.gain, "bas_half": float(offset_curve(times, beats)[4])}
    told = {name: value if np.isfinite(value) else 0.0 for name, value in told.items()}
    told["precision"], told["recall"] = precision_recall(times, beats)
    return told | {"rests": len(times) / seconds}


def body(motion: Motion, seams: Sequence[tuple[int, int]] = (), reference: Motion | None = None,
         learned: Learned | None = None) -> dict[str, float]:
    """What a dance does, whatever the music. Names and units: see columns.COLUMNS; and `faults`, how many
    stretches break a physical limit (limits.check), of `seconds`.

    seams: frames (start, stop) that were blended. reference: the pose (one frame) that frame 0 should be in.
    learned: the windows that may have been copied.
    """
    depth, below = movement.penetration(motion)
    far, _ = movement.roaming(motion)
    found = {
        "pfc": feet.physical_foot_contact(motion), "fsr": feet.foot_skating_compat(motion),
        "skating": feet.foot_skating(motion), "low_foot": feet.low_foot_slides(motion),
        "speed": movement.mean_joint_speed(motion), "magnitude": movement.motion_magnitude(motion),
        "jerk": movement.jerk(motion), "jerk_raw": movement.jerk(motion, None),
        "still": movement.still_frames(motion), "depth": depth, "below": below,
        "floor_gap": movement.floor_gap(motion), "roams": far, "away": movement.turned_away(motion),
        "hands_through": movement.hands_through(motion),
    } | hands_and_face(motion)
    rough = movement.seam_roughness(motion, seams)
    slow = at_rate(motion, MOTION_FPS)  # what is a stretch, and a stance, depends on the rate
    broken = len(check(slow, reference=reference).faults) + int((rough > Limits().seam).sum())
    found |= {"faults": float(broken), "seconds": motion.duration}
    if len(rough):
        found |= {"seam": float(rough.mean()), "seam_held": float((rough <= Limits().seam).mean())}
    if reference is not None:
        angles, cm = reference_error(motion, reference)
        found |= {"reference_deg": float(angles.max()), "reference_cm": cm}
    if learned is not None:
        found["nearest"] = learned.nearest(motion)
    return found


@dataclass(frozen=True, eq=False)
class Shape:
    """A dance's features, for FID and Div: those of measures.FEATURES by name."""

    features: dict[str, np.ndarray]

    @classmethod
    def of(cls, motion: Motion) -> "Shape":
        """Both kinds in both flavours from the joints at 60 frames a second, and Lodge's kinetic ones."""
        places = zero_started(smpl_joints(motion, SCORERS_RATE))
        return cls({"kinetic": kinetic_from(places), "geometric": geometric_from(places),
                    "kinetic_fixed": kinetic_from(places, True),
                    "geometric_fixed": geometric_from(places, True),
                    "kinetic_lodge": lodge_kinetic_features(motion)})
