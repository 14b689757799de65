"""Performs a routine: keys to a Motion with planted feet, weight over the standing leg, hands and face.

Everything is a function of the frame's time, with local filters only, so that any stretch of frames
comes out the same whether it is made alone or with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dance_core.corpus.studio.dancer.feet import SIDES, Foot, ahead, foot_at, standing_feet
from dance_core.corpus.studio.dancer.keys import Keys, ease, smooth, smooth_turns
from dance_core.corpus.studio.dancer.legs import bend_legs, pelvis_height
from dance_core.corpus.studio.dancer.opening import OPENING_S, Opening
from dance_core.corpus.studio.dancer.pose import face_values, hand_rotations
from dance_core.corpus.studio.dancer.routine import BALL_AHEAD, PLACE, Compiler, Slot
from dance_core.corpus.studio.dancer.style import Style
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.centre import heading_of
from dance_core.motion.kinematics import global_rotations
from dance_core.motion.motion import JOINTS, Motion
from dance_core.settings import MOTION_FPS

PAD = 24  # frames made on both sides for the filters
_LEAD = 0.6  # frames: smoothing rounds an arrival off to both sides, so it is made to end on the beat
_MIDFOOT = 0.06  # m behind the ball: where the weight on a foot rests


class Performer:
    """One dancer with one routine.

    Args:
        style: the style's defaults.
        slots: moves in order of their start.
        counts: (T,) running count at each frame of the whole dance, rising.
        reference: one frame; frame 0 of the dance is this pose.
        seed: for blinks and the small unrest of a living body.
        loudness: (T,) 0 to 1, or None: how loud the music is; faces and bounce follow it.
        bar: counts of a bar; the face has an accent on each bar's one.
    """

    def __init__(
        self,
        style: Style,
        slots: Sequence[Slot],
        counts: np.ndarray,
        reference: Motion,
        seed: int = 0,
        loudness: np.ndarray | None = None,
        bar: int = 4,
    ) -> None:
        self.style, self.counts, self.reference = style, np.asarray(counts, np.float64), reference
        self.bar = bar
        self.loudness = np.full(len(counts), 0.5) if loudness is None else np.asarray(loudness, np.float64)
        step = float(np.median(np.diff(self.counts))) if len(counts) > 1 else 2.0 / MOTION_FPS
        seconds_per_count = 1.0 / (MOTION_FPS * max(step, 1e-3))
        rng = np.random.default_rng([seed, 77])
        self.unrest = rng.uniform(0, 2 * np.pi, (6, 3))
        blinks = int(len(counts) / MOTION_FPS / 1.5) + 8
        self.blinks = np.cumsum(rng.gamma(4.0, 0.9, blinks))  # s, one about every 3.6 s
        x, z = float(reference.translation[0, 0]), float(reference.translation[0, 2])
        yaw = heading_of(reference)
        feet = standing_feet(reference)
        self.keys = Compiler(
            style, tuple(slots), seconds_per_count, (x, z, yaw), float(self.counts[0]), feet
        ).compile()
        heading = self._scalar("heading", self._count(np.arange(-PAD, PAD + 1.0)))[PAD]
        self._opening = Opening(reference, np.radians(heading))
        self._opening.learn(self._moved(*self._times(0, int(OPENING_S * MOTION_FPS) + 2))[1][PAD:])

    # -- time --------------------------------------------------------------------------------------
    def _count(self, frames: np.ndarray) -> np.ndarray:
        """Counts at (fractional) frames, going on at the pace of the ends."""
        n = len(self.counts)
        if n < 2:
            return self.counts[0] + frames * 0.0
        c = np.interp(frames, np.arange(n), self.counts)
        c = np.where(frames < 0, self.counts[0] + frames * (self.counts[1] - self.counts[0]), c)
        return np.where(
            frames > n - 1, self.counts[-1] + (frames - n + 1) * (self.counts[-1] - self.counts[-2]), c
        )

    def _times(self, start: int, stop: int) -> tuple[np.ndarray, np.ndarray]:
        """Frames start to stop and PAD more on both sides, and the count that each is danced on."""
        frame = np.arange(start - PAD, stop + PAD, dtype=np.float64)
        return frame, self._count(frame + _LEAD)

    def frames(self, start: int, stop: int) -> Motion:
        """Frames start to stop of the dance."""
        frame, count = self._times(start, stop)
        share = self._opening.share(frame)
        pelvis, local = self._moved(frame, count)
        self._opening.joints(local, frame, share)
        face = np.clip(self._opening.face(self._face(frame, count), share), 0, 1)
        keep = slice(PAD, PAD + stop - start)
        return Motion(MOTION_FPS, rot.axis_angle_from_quaternion(local[keep]), pelvis[keep], face[keep])

    def _moved(self, frame: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Pelvis (T, 3) m, and local rotations (T, 55, 4) that only at the pelvis know of the opening."""
        value = {n: self._scalar(n, count) for n in self.keys.scalars}
        wave = self._wave(count)
        feet = {s: foot_at(self.keys.feet[s], count) for s, _, _ in SIDES}
        pelvis, turn = self._pelvis(value, wave, count, feet, frame)
        share = self._opening.share(frame)
        pelvis = self._opening.place(pelvis, share)
        local = np.zeros((len(frame), JOINTS, 4))
        local[..., 0] = 1.0
        local[:, 0] = self._opening.turn(turn, np.radians(value["heading"]), share)
        self._trunk(local, value, wave, frame)
        self._arms(local, value, frame)
        bend_legs(local, pelvis, feet, {s: value[f"knee_{s}"] for s, _, _ in SIDES})
        return pelvis, local

    # -- channels ----------------------------------------------------------------------------------
    def _scalar(self, name: str, count: np.ndarray) -> np.ndarray:
        v = self.keys.scalars[name].at(count, self.style.flow, 1.0 if name in PLACE else self.style.snap)
        return smooth(v, 0.8 + 1.4 * self.style.flow)

    def _wave(self, count: np.ndarray) -> np.ndarray:
        """The bounce, 0 (up) to 1 (down), once a count; it dwells on the beat, down or up by style."""
        there = 1 - (0.5 - 0.5 * np.cos(2 * np.pi * count)) ** (1 + 0.8 * self.style.sharp)
        return 1 - there if self.style.up_beat else there

    # -- pelvis --------------------------------------------------------------------------------------
    def _pelvis(
        self,
        value: dict[str, np.ndarray],
        wave: np.ndarray,
        count: np.ndarray,
        feet: dict[str, Foot],
        frame: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Place (T, 3) m and world rotation (T, 4) of the pelvis: over the feet, as high as legs allow."""
        psi = np.radians(value["heading"])
        yaw = psi + np.radians(value["yaw"])
        share = smooth(self.keys.weight.at(count, 0.5), 1.6)
        middle = {s: foot.ball - _MIDFOOT * ahead(foot.yaw) for s, foot in feet.items()}
        centre = 0.5 * (middle["L"] + middle["R"])
        over = share[:, None] * middle["L"] + (1 - share)[:, None] * middle["R"]
        ground = centre + 0.72 * (over - centre)
        left = np.stack([np.cos(psi), np.zeros_like(psi), -np.sin(psi)], -1)
        ground = smooth(ground, 2.0) + left * value["sway"][:, None]
        ground += ahead(psi) * (value["lead"] - (BALL_AHEAD - _MIDFOOT))[:, None]
        drift = 0.006 * np.stack(
            [np.sin(frame / MOTION_FPS * w + self.unrest[i, 0]) for i, w in enumerate((1.1, 0.0, 0.7))], -1
        )
        ground += drift * np.array([1.0, 0.0, 1.0])
        tilt = 4.0 * (share - 0.5) * 2  # contrapposto: the hip over the standing leg is the higher one
        turn = rot.multiply(
            rot.quaternion_about("y", yaw),
            rot.multiply(
                rot.quaternion_about("x", np.radians(value["pitch"])),
                rot.quaternion_about("z", -np.radians(value["roll"] - tilt)),
            ),
        )
        height = sk.PELVIS_HEIGHT - 0.005 - value["low"] - value["bounce"] * wave
        ground[:, 1] = pelvis_height(height, ground, turn, feet, share)
        return ground, turn

    # -- trunk and head ---------------------------------------------------------------------------
    def _trunk(
        self, local: np.ndarray, value: dict[str, np.ndarray], wave: np.ndarray, frame: np.ndarray
    ) -> None:
        s, t = self.style, frame / MOTION_FPS
        breath = 0.7 * np.sin(2 * np.pi * 0.27 * t + self.unrest[3, 0])
        sway = 0.8 * np.sin(0.9 * t + self.unrest[4, 0])
        share_tilt = value["roll"] * -0.35  # the chest stays nearer upright than the hips
        yaw = np.radians(value["c_yaw"] + sway * 0.6)
        pitch = np.radians(value["c_pitch"] + s.lean + breath + 60.0 * value["bounce"] * wave)
        roll = np.radians(value["c_roll"] + share_tilt + sway * 0.5)
        pop, slide = np.radians(value["c_pop"]), np.radians(value["c_slide"])
        for j, third, p, sl in (
            (sk.SPINE1, 0.3, 0.75, 1.0),
            (sk.SPINE2, 0.35, -0.25, 0.0),
            (sk.SPINE3, 0.35, -1.0, -1.0),
        ):
            local[:, j] = rot.multiply(
                rot.quaternion_about("y", yaw * third),
                rot.multiply(
                    rot.quaternion_about("x", pitch * third + p * pop),
                    rot.quaternion_about("z", -(roll * third + sl * slide)),
                ),
            )
        late = smooth(wave, 1.5)
        level = np.radians(value["pitch"] + value["c_pitch"] + s.lean) * 0.3
        face = rot.multiply(
            rot.quaternion_about(
                "y",
                np.radians(
                    value["heading"]
                    + 0.55 * value["yaw"]
                    + 0.45 * value["c_yaw"]
                    + value["h_yaw"]
                    + 1.2 * sway
                ),
            ),
            rot.multiply(
                rot.quaternion_about("x", level + np.radians(value["h_pitch"] + value["nod"] * late)),
                rot.quaternion_about("z", -np.radians(value["h_roll"] + 0.3 * value["c_roll"])),
            ),
        )
        chest = global_rotations(local[:, :10])[:, sk.SPINE3]
        neck = rot.axis_angle_from_quaternion(rot.multiply(rot.inverse(chest), face))
        angle = np.linalg.norm(neck, axis=-1, keepdims=True)
        neck *= np.minimum(1.0, np.radians(68) / np.maximum(angle, 1e-6))
        local[:, sk.NECK] = rot.quaternion_from_axis_angle(neck * 0.42)
        local[:, sk.HEAD] = rot.quaternion_from_axis_angle(neck * 0.58)

    # -- arms and hands -----------------------------------------------------------------------------
    def _arms(self, local: np.ndarray, value: dict[str, np.ndarray], frame: np.ndarray) -> None:
        lag, flow, snap = self.style.lag * MOTION_FPS, self.style.flow, self.style.snap
        sigma = 0.7 + 1.6 * flow
        for s, side, sign in SIDES:
            q = smooth_turns(
                self.keys.shoulders[s].turned_at(self._count(frame - 0.3 * lag), flow, snap), sigma
            )
            fore = smooth(self.keys.arms[s].at(self._count(frame - 0.8 * lag), flow, snap), sigma)
            wrist = smooth(self.keys.arms[s].at(self._count(frame - 1.5 * lag), flow, snap), sigma)
            bone = rot.rotate(q, np.array([sign, 0.0, 0.0]))
            up = ease((np.degrees(np.arcsin(np.clip(bone[:, 1], -1, 1))) + 25) / 115)
            lift = np.radians(24 * up + value[f"shrug_{s}"])
            forward = np.radians(9) * np.clip(bone[:, 2], -0.7, 1)
            collar = rot.multiply(
                rot.quaternion_about("y", -sign * forward), rot.quaternion_about("z", sign * lift)
            )
            local[:, sk.joint(f"{side}_collar")] = collar
            local[:, sk.joint(f"{side}_shoulder")] = rot.multiply(rot.inverse(collar), q)
            bend, twist, flex = (
                np.radians(np.clip(fore[:, 0], 2, 148)),
                np.radians(fore[:, 1]),
                np.radians(wrist[:, 2]),
            )
            half = rot.quaternion_about("x", twist * 0.5)
            local[:, sk.joint(f"{side}_elbow")] = rot.multiply(rot.quaternion_about("y", -sign * bend), half)
            local[:, sk.joint(f"{side}_wrist")] = rot.multiply(half, rot.quaternion_about("z", -sign * flex))
            hand = self._hand(self.keys.hands[s], s, frame - 1.5 * lag)
            first = sk.LEFT_HAND if s == "L" else sk.RIGHT_HAND
            local[:, first] = rot.quaternion_from_axis_angle(hand)

    def _hand(self, keys: list[tuple[float, str, float]], side: str, frame: np.ndarray) -> np.ndarray:
        track = Keys.of([(c, hand_rotations(name, side), a) for c, name, a in keys])
        return smooth(track.at(self._count(frame), 0.5), 1.2)

    # -- face -----------------------------------------------------------------------------------------
    def _face(self, frame: np.ndarray, count: np.ndarray) -> np.ndarray:
        track = Keys.of([(c, face_values(name), a) for c, name, a in self.keys.faces])
        face = smooth(track.at(count, 1.0), 2.0)
        loud = np.interp(frame, np.arange(len(self.loudness)), self.loudness)
        accent = np.clip(np.cos(2 * np.pi * (count - 0.05) / self.bar) ** 9, 0, 1) * loud
        for name, amount in (
            ("jawOpen", 0.10),
            ("browInnerUp", 0.18),
            ("browOuterUpLeft", 0.14),
            ("browOuterUpRight", 0.14),
        ):
            face[:, sk.FACE_NAMES.index(name)] += amount * accent
        t = frame / MOTION_FPS
        shut = np.max(np.exp(-0.5 * ((t[:, None] - self.blinks[None]) / 0.045) ** 2), -1)
        for name in ("eyeBlinkLeft", "eyeBlinkRight"):
            k = sk.FACE_NAMES.index(name)
            face[:, k] = np.maximum(face[:, k], shut)
        return face
