"""Twist of arms from other skeletons: none of it moves a joint, all of it shows on a skin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dance_core.motion import hinges
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion

_BENT = 0.2  # mean sine of the flexion from which on a take tells where its elbow bends to
SHARE = 0.65  # of a wrist's twist that the forearm takes; a real wrist has next to none of its own


def twist_shared(motion: Motion, share: float = SHARE) -> Motion:
    """The same places and the same hands, but the forearm twists with them.

    For sources whose wrist twists alone (robots, many retargeted skeletons): a skin would wring there. Twist
    is the turn about the forearm's own line, the short way round, of the wrist relative to the forearm.
    """
    rotations = motion.rotations.copy()
    for i, side in enumerate(hinges.SIDES):
        axis = hinges.ARMS[side].lower / np.linalg.norm(hinges.ARMS[side].lower)
        elbow, wrist = sk.LEFT_ELBOW + i, sk.LEFT_WRIST + i
        hand = rot.quaternion_from_axis_angle(motion.rotations[:, wrist])
        angle = rot.wrapped(2 * np.arctan2((hand[:, 1:] * axis).sum(-1), hand[:, 0]))
        own = rot.quaternion_from_axis_angle(axis * (share * angle)[:, None])
        arm = rot.multiply(rot.quaternion_from_axis_angle(motion.rotations[:, elbow]), own)
        rotations[:, elbow] = rot.axis_angle_from_quaternion(arm)
        rotations[:, wrist] = rot.axis_angle_from_quaternion(rot.multiply(rot.inverse(own), hand))
    return replace(motion, rotations=rotations)


def elbows_calibrated(motion: Motion) -> Motion:
    """The same places, but upper arms are twisted, each by one angle, so that elbows bend as elbows do.

    For captures that say nothing of that twist: where the forearm goes to when it is bent, on average over
    the motion, is the front of the hinge. An arm that is straight all along stays as it is.
    """
    rotations = motion.rotations.copy()
    for i, side in enumerate(hinges.SIDES):
        limb = hinges.ARMS[side]
        along = limb.upper / np.linalg.norm(limb.upper)
        front = np.cross(limb.axis, along)
        shoulder, elbow = sk.LEFT_SHOULDER + i, sk.LEFT_ELBOW + i
        arm = rot.quaternion_from_axis_angle(motion.rotations[:, elbow])
        bone = rot.rotate(arm, limb.lower / np.linalg.norm(limb.lower))
        ahead, aside = bone @ front, bone @ np.cross(along, front)
        size = np.hypot(ahead, aside)  # sine of the flexion: what is bent most tells most
        if size.mean() < _BENT:
            continue
        angle = np.arctan2((size * aside).sum(), (size * ahead).sum())
        turn = rot.quaternion_from_axis_angle(along * angle)
        upper = rot.multiply(rot.quaternion_from_axis_angle(motion.rotations[:, shoulder]), turn)
        rotations[:, shoulder] = rot.axis_angle_from_quaternion(upper)
        rotations[:, elbow] = rot.axis_angle_from_quaternion(rot.multiply(rot.inverse(turn), arm))
    return replace(motion, rotations=rotations)
