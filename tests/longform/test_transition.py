"""The way over that is taken: smooth, short where it can be, and with no joint bent the wrong way."""

from __future__ import annotations

import numpy as np
import pytest
from practice import stance

from dance_core.longform import transition
from dance_core.longform.blend import Track
from dance_core.longform.transition import calm_of, find_transition
from dance_core.motion import hinges
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import FACE, Motion

STANDS = np.ones((30, 2), bool)


def elbows(angles: np.ndarray) -> Motion:
    """Standing, both elbows bent by the angles (T,) radians."""
    one, n = stance(), len(angles)
    rotations = np.repeat(one.rotations, n, 0)
    rotations[:, sk.LEFT_ELBOW], rotations[:, sk.RIGHT_ELBOW] = 0.0, 0.0
    rotations[:, sk.LEFT_ELBOW, 1], rotations[:, sk.RIGHT_ELBOW, 1] = -angles, angles
    return Motion(30.0, rotations, np.repeat(one.translation, n, 0), np.zeros((n, FACE)))


def backwards(track: Track) -> float:
    return max(float(hinges.bent_backwards(hinges.ARMS[s], track.rotations[:, sk.joint(f"{s}_elbow")]).max())
               for s in hinges.SIDES)


@pytest.mark.parametrize("old_wave, new_wave", [  # rad/s and phase: those that bend the plain way 20 to 40°
    ((8.32, 0.10), (8.31, 3.22)), ((6.28, 2.70), (6.42, 6.13)), ((6.17, 2.62), (6.79, 0.71))])
def test_elbows_are_never_bent_backwards_by_a_blend(old_wave, new_wave, monkeypatch):
    t = np.arange(150) / 30
    old, new = (elbows(0.05 + 0.8 * (1 + np.sin(w * time + phase)))
                for (w, phase), time in ((old_wave, t), (new_wave, t - 3)))
    old = old.slice(0, 120)
    assert max(backwards(Track.of(m)) for m in (old, new)) < 1
    assert backwards(find_transition(old, new, 30, STANDS, STANDS).track) < 5
    # without that rule the smoothest way would be one that no elbow goes
    monkeypatch.setattr(transition, "TOLERATED", 1e9)
    assert backwards(find_transition(old, new, 30, STANDS, STANDS).track) > 15


def test_a_short_blend_is_taken_where_it_is_smooth_enough():
    lively = elbows(0.8 + 0.5 * np.sin(np.arange(270) / 30 * 15))
    alike = elbows(0.8 + 0.5 * np.sin(np.arange(270) / 30 * 15 + 0.3))
    found = find_transition(lively.slice(0, 150), alike.slice(120, 270), 30, STANDS, STANDS)
    assert len(found.track.pelvis) == 15 and found.roughness <= 1.1 * calm_of(lively)
    far = elbows(np.full(150, 2.2))
    calm = elbows(0.8 + 0.02 * np.sin(np.arange(150) / 30 * 4))
    assert len(find_transition(calm, far, 30, STANDS, STANDS).track.pelvis) == 30


def test_calm_is_the_95th_percentile_of_the_acceleration():
    t = np.arange(300) / 30
    one = stance()
    place = np.repeat(one.translation, 300, 0)
    place[:, 1] = 3.0 - 0.5 * 9.81 * t**2  # falls
    falling = Motion(30.0, np.repeat(one.rotations, 300, 0), place, np.zeros((300, FACE)))
    assert calm_of(falling) == pytest.approx(9.81, rel=0.05)
    assert calm_of(elbows(np.zeros(60))) == 1.0 == calm_of(falling.slice(0, 2))


def test_feet_that_stand_elsewhere_step_and_feet_that_stand_alike_do_not():
    here = elbows(np.full(150, 0.3))
    away = rot.quaternion_about("z", 0.12)
    rotations = here.rotations.copy()
    rotations[:, sk.LEFT_HIP] = rot.axis_angle_from_quaternion(
        rot.multiply(away, rot.quaternion_from_axis_angle(here.rotations[:, sk.LEFT_HIP])))
    wider = Motion(30.0, rotations, here.translation, here.face)  # the left foot is 10 cm further out
    found = find_transition(here, wider, 30, STANDS, STANDS)
    assert found.steps == 1
    ankles = found.track.joints()[:, [sk.LEFT_ANKLE, sk.RIGHT_ANKLE]]
    assert np.ptp(ankles[:, 0, 1]) > 0.04  # the left one is lifted
    assert np.ptp(ankles[:, 1], axis=0).max() < 0.01  # the right one stands
    assert find_transition(here, elbows(np.full(150, 0.6)), 30, STANDS, STANDS).steps == 0


def test_the_plans_for_the_feet_are_tried_with_both_blends(monkeypatch):
    tried: list[str] = []
    ways = {name: (lambda a, b, n=name, w=way: tried.append(n) or w(a, b))
            for name, way in transition._WAYS.items()}
    monkeypatch.setattr(transition, "_WAYS", ways)
    find_transition(elbows(np.full(120, 0.3)), elbows(np.full(120, 2.0)), 30, STANDS, STANDS)
    assert set(tried) == {"cosine", "inertial"}
