"""The way over from one segment to the next: short if it can be, smooth before all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dance_core.longform import blend
from dance_core.longform.blend import Track
from dance_core.longform.steps import Feet, plan_steps, put_feet, stepped
from dance_core.motion import hinges
from dance_core.motion.motion import Motion

SHARES = (0.5, 0.75, 1.0)  # of the longest blend: tried in this order
GOOD = 1.0  # times what is calm in this dance: a way this smooth is taken without trying others
TOLERATED = 3.0  # degrees that a blend may bend a hinge backwards where neither side does; beyond, it loses
_PLANS = 3  # for the feet, tried out whole
_WAYS = {"cosine": blend.cosine, "inertial": blend.inertial}


@dataclass(frozen=True, eq=False)
class Transition:
    """The last len(track.pelvis) frames before the cut, how they were made, and how rough they are.

    `roughness` is the peak acceleration of a body joint in m/s², one frame beside included; more where a
    knee or elbow is bent backwards.
    """

    method: str
    track: Track
    steps: int
    roughness: float


def calm_of(*motions: Motion) -> float:
    """95th percentile over the frames of the fastest body joint's acceleration, m/s²; at least 1."""
    found = [blend.jumps(Track.of(m).joints(), m.fps)[1][1:-1] * m.fps for m in motions if len(m) > 4]
    return max(1.0, float(np.percentile(np.concatenate(found), 95))) if found else 1.0


def _backwards(track: Track) -> float:
    """Degrees, the furthest that a knee or elbow is bent backwards."""
    return max(float(hinges.bent_backwards(limb, track.rotations[:, j]).max())
               for j, limb in hinges.HINGES.items())


def find_transition(old: Motion, new: Motion, longest: int, old_stands: np.ndarray,
                    new_stands: np.ndarray) -> Transition:
    """Try blends of several lengths, both kinds and several ways for the feet, and take a good one.

    Args:
        old: the dance up to the cut; its last `longest` frames may be blended.
        new: the new segment, heading and place carried on; its first `longest` frames are the same as those.
        longest: frames, at least 2.
        old_stands, new_stands: (longest, 2) bool, feet that stand in those frames.
    """
    calm = calm_of(old.slice(0, len(old) - longest), new.slice(longest, len(new)))
    a, b = Track.of(old.slice(len(old) - longest, len(old))), Track.of(new.slice(0, longest))
    lead = Track.of(old.slice(max(0, len(old) - longest - 2), len(old))).joints()
    tail = Track.of(new.slice(longest, longest + 2)).joints()
    feet_a, feet_b = Feet.of(a), Feet.of(b)
    allowed = max(_backwards(a), _backwards(b), TOLERATED)
    best: Transition | None = None
    for share in SHARES:
        n = max(2, round(share * longest))
        cut = slice(longest - n, longest)
        own_a, own_b = a.slice(longest - n, longest), b.slice(longest - n, longest)
        old_feet, new_feet = feet_a.slice(longest - n, longest), feet_b.slice(longest - n, longest)
        bodies = {name: way(own_a, own_b) for name, way in _WAYS.items()}
        for plan in plan_steps(old_feet, new_feet, old_stands[cut], new_stands[cut], old.fps, calm, _PLANS):
            feet = stepped(old_feet, new_feet, plan)
            for name, body in bodies.items():
                track = put_feet(body, feet, old.fps)
                joints = np.concatenate([lead[:len(lead) - n][-2:], track.joints(), tail])
                rough = float(blend.jumps(joints, old.fps)[1].max()) * old.fps
                rough *= 1.0 + max(0.0, _backwards(track) - allowed) / TOLERATED
                if best is None or rough < best.roughness:
                    best = Transition(name, track, sum(not step.flat for step in plan), rough)
        if best is not None and best.roughness <= GOOD * calm:
            break
    assert best is not None  # plan_steps always has a plan
    return best
