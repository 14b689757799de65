"""Performs a routine: keys to a Motion with planted feet, weight over the standing leg, hands and face.

Everything is a function of the frame's time, with local filters only, so that any stretch of frames
comes out the same whether it is made alone or with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dance_core.corpus.studio.dancer.keys import Keys, bump, ease, smooth, smooth_turns
from dance_core.corpus.studio.dancer.pose import face_values, hand_rotations
from dance_core.corpus.studio.dancer.routine import BALL_AHEAD, PLACE, Compiler, FootState, FootTrack, Slot
from dance_core.corpus.studio.dancer.style import Style
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.ik import solve_leg
from dance_core.motion.kinematics import global_rotations, joints
from dance_core.motion.motion import Motion

FPS = 30
PAD = 24  # frames made on both sides for the filters
_OPENING_S = 0.9  # seconds in which the reference pose gives way to the dance
_LEAD = 0.6  # frames: smoothing rounds an arrival off to both sides, so it is made to end on the beat
_LEG_OPENING_S = 0.25
_IDENTITY = np.array([1.0, 0.0, 0.0, 0.0])
_REACH = 0.984 * (sk.THIGH + sk.SHIN)  # legs are never quite straight: a knee bends 20° at least
_SOFT = 0.008  # of a leg's length: where inverse kinematics begins to give way
_SIDES = (("L", "left", 1.0), ("R", "right", -1.0))
_TOE_TO_ANKLE = -sk.BONES[sk.LEFT_FOOT] * np.array(
    [0.0, 1.0, 1.0]
)  # m, in the foot's frame; sideways part below
_HEEL_FROM_TOE = np.array([0.0, -sk.TOE_HEIGHT, -0.18])  # m, the heel's underside


class Performer:
    """One dancer with one routine.

    Args:
        style: the style's defaults.
        slots: moves in order of their start.
        counts: (T,) running count at each frame of the whole dance, rising.
        reference: one frame; frame 0 of the dance is this pose.
        seed: for blinks and the small unrest of a living body.
        loudness: (T,) 0 to 1, or None: how loud the music is; faces and bounce follow it.
    """

    def __init__(
        self,
        style: Style,
        slots: Sequence[Slot],
        counts: np.ndarray,
        reference: Motion,
        seed: int = 0,
        loudness: np.ndarray | None = None,
    ) -> None:
        self.style, self.counts, self.reference = style, np.asarray(counts, np.float64), reference
        self.loudness = np.full(len(counts), 0.5) if loudness is None else np.asarray(loudness, np.float64)
        pace = 1.0 / (FPS * max(float(np.median(np.diff(self.counts))), 1e-3)) if len(counts) > 1 else 0.5
        rng = np.random.default_rng([seed, 77])
        self.unrest = rng.uniform(0, 2 * np.pi, (6, 3))
        self.blinks = np.cumsum(rng.gamma(4.0, 0.9, int(len(counts) / FPS / 1.5) + 8))  # s, about every 3.6 s
        heading = float(rot.yaw_of(rot.quaternion_from_axis_angle(reference.rotations[0, 0])))
        x, z = float(reference.translation[0, 0]), float(reference.translation[0, 2])
        self.keys = Compiler(
            style, tuple(slots), pace, (x, z, heading), float(self.counts[0]), standing_feet(reference)
        ).compile()
        # the legs' IK at frame 0 comes near the reference, not onto it: what is missing fades out
        self._leg_rest: np.ndarray | None = None
        self._opening_signs: np.ndarray | None = None
        opening = self.frames(0, int(_OPENING_S * FPS) + 2)
        first = rot.quaternion_from_axis_angle(opening.rotations[0, list(_LEG_JOINTS)])
        there = rot.quaternion_from_axis_angle(reference.rotations[0, list(_LEG_JOINTS)])
        self._leg_rest = rot.multiply(rot.inverse(first), there)

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

    def frames(self, start: int, stop: int) -> Motion:
        """Frames start to stop of the dance."""
        frame = np.arange(start - PAD, stop + PAD, dtype=np.float64)
        count = self._count(frame + _LEAD)
        keep = slice(PAD, PAD + stop - start)
        value = {n: self._scalar(n, count) for n in self.keys.scalars}
        wave = self._wave(count)
        feet = {s: self._foot(self.keys.feet[s], count) for s, _, _ in _SIDES}
        pelvis, turn = self._pelvis(value, wave, count, feet, frame)
        opening = ease(frame / FPS / _OPENING_S)
        ref_q = rot.quaternion_from_axis_angle(self.reference.rotations[0])
        pelvis = self.reference.translation[0] + (pelvis - self.reference.translation[0]) * opening[:, None]
        turn = self._turned(turn, ref_q[0], np.radians(value["heading"]), frame, opening)
        local = np.zeros((len(frame), 55, 4))
        local[..., 0] = 1.0
        local[:, 0] = turn
        self._trunk(local, value, wave, frame)
        self._arms(local, value, frame)
        local[:, _UPPER] = self._opened(local[:, _UPPER], ref_q[_UPPER], frame, opening)
        self._legs(local, pelvis, feet, value, frame)
        legs = list(_LEG_JOINTS)
        if self._leg_rest is not None:
            left = np.broadcast_to(1 - ease(frame / FPS / _LEG_OPENING_S)[:, None], (len(frame), len(legs)))
            still = np.broadcast_to(_IDENTITY, (len(frame), len(legs), 4))
            rest = np.broadcast_to(self._leg_rest, still.shape)
            blended = rot.multiply(local[:, legs], rot.slerp(still, rest, left))
            knees = [legs.index(sk.LEFT_KNEE), legs.index(sk.RIGHT_KNEE)]
            bend = rot.axis_angle_from_quaternion(
                blended[:, knees]
            )  # hinges never open further than they were
            least = np.minimum(self.reference.rotations[0, [sk.LEFT_KNEE, sk.RIGHT_KNEE], 0], 0.0)
            bend[..., 0] = np.maximum(bend[..., 0], least)
            blended[:, knees] = rot.quaternion_from_axis_angle(bend)
            local[:, legs] = blended
        face = self._face(frame, count)
        face = self.reference.face[0] + (face - self.reference.face[0]) * opening[:, None]
        axis_angle = rot.axis_angle_from_quaternion(local[keep])
        return Motion(FPS, axis_angle, pelvis[keep], np.clip(face[keep], 0, 1))

    def _turned(
        self, turn: np.ndarray, pose: np.ndarray, heading: np.ndarray, frame: np.ndarray, opening: np.ndarray
    ) -> np.ndarray:
        """The pelvis (T, 4) out of the reference's (4,): blended as seen from the heading."""
        first = float(rot.yaw_of(pose))
        at_first = np.radians(self._scalar("heading", self._count(np.arange(-PAD, PAD + 1.0)))[PAD])
        missing = (at_first - first + np.pi) % (2 * np.pi) - np.pi
        facing = rot.quaternion_about("y", heading)
        own = rot.multiply(rot.inverse(facing), turn)
        theirs = rot.multiply(rot.quaternion_about("y", -first), pose)
        blended = rot.slerp(np.broadcast_to(theirs, own.shape), own, opening)
        return rot.multiply(rot.quaternion_about("y", heading - missing * (1 - opening)), blended)

    def _opened(
        self, upper: np.ndarray, pose: np.ndarray, frame: np.ndarray, opening: np.ndarray
    ) -> np.ndarray:
        """Trunk, head, arms and hands (T, J, 4) on their way out of the reference pose (J, 4).

        Each joint goes one way round all the time: the way that is short in the middle of the opening.
        """
        if self._opening_signs is None:  # the very first call makes the opening's frames, signs unrolled
            q = rot.unroll(upper[PAD:])
            middle = q[min(int(_OPENING_S * FPS / 2), len(q) - 1)]
            q *= np.where((middle * pose).sum(-1, keepdims=True) < 0, -1.0, 1.0)
            self._opening_signs = q
        known = self._opening_signs
        at = np.clip(frame.astype(int), 0, len(known) - 1)
        same = (upper * known[at]).sum(-1, keepdims=True) >= 0
        signed = np.where(same, upper, -upper)
        weight = np.broadcast_to(opening[:, None], upper.shape[:2])
        return rot.slerp(np.broadcast_to(pose, upper.shape), signed, weight, short=False)

    # -- channels ----------------------------------------------------------------------------------
    def _scalar(self, name: str, count: np.ndarray) -> np.ndarray:
        v = self.keys.scalars[name].at(count, self.style.flow, 1.0 if name in PLACE else self.style.snap)
        return smooth(v, 0.8 + 1.4 * self.style.flow)

    def _wave(self, count: np.ndarray) -> np.ndarray:
        """The bounce, 0 (up) to 1 (down), once a count; it dwells on the beat, down or up by style."""
        there = 1 - (0.5 - 0.5 * np.cos(2 * np.pi * count)) ** (1 + 0.8 * self.style.sharp)
        return 1 - there if self.style.up_beat else there

    def _foot(self, track: FootTrack, count: np.ndarray) -> dict[str, np.ndarray]:
        """A foot's ball (T, 3; y is the sole's height), yaw and pitch (rad), how much it is in the air."""
        frm, to, u = track.keys.place(count)
        v = track.keys.values
        # a foot leaves the floor before it travels and has arrived before it is down
        along, rest = ease((u - 0.13) / 0.76), ease(u)
        w = np.stack([along, rest, along, rest, rest], -1)
        row = v[frm] * (1 - w) + v[to] * w
        moving = (u > 0) & (u < 1) & (frm != to)
        lift = np.where(moving, track.lift[to], 0.0)
        height = row[:, 1] + lift * bump(u) ** 0.75
        far = np.linalg.norm((v[to] - v[frm])[:, [0, 2]], axis=-1)
        push = np.radians(32) * np.clip(far / 0.3, 0.25, 1.0) * bump(np.clip(u * 1.6, 0, 1)) * (lift > 0.01)
        ball = np.stack([row[:, 0], height, row[:, 2]], -1)
        air = np.where(moving & (lift > 0.005), bump(np.clip(u, 0.03, 0.97)) ** 0.5, 0.0)
        air = np.maximum(air, np.clip(row[:, 1] / 0.03, 0, 1))
        return {"ball": ball, "yaw": row[:, 3], "pitch": row[:, 4] + push, "air": air}

    # -- pelvis --------------------------------------------------------------------------------------
    def _pelvis(
        self,
        value: dict[str, np.ndarray],
        wave: np.ndarray,
        count: np.ndarray,
        feet: dict[str, dict[str, np.ndarray]],
        frame: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Place (T, 3) m and world rotation (T, 4) of the pelvis: over the feet, as high as legs allow."""
        psi = np.radians(value["heading"])
        yaw = psi + np.radians(value["yaw"])
        share = smooth(self.keys.weight.at(count, 0.5), 1.6)
        middle = {}
        for s, _, _ in _SIDES:
            back = np.stack([np.sin(feet[s]["yaw"]), np.zeros_like(yaw), np.cos(feet[s]["yaw"])], -1)
            middle[s] = feet[s]["ball"] - 0.06 * back
        centre = 0.5 * (middle["L"] + middle["R"])
        over = share[:, None] * middle["L"] + (1 - share)[:, None] * middle["R"]
        ground = centre + 0.72 * (over - centre)
        ahead = np.stack([np.sin(psi), np.zeros_like(psi), np.cos(psi)], -1)
        left = np.stack([np.cos(psi), np.zeros_like(psi), -np.sin(psi)], -1)
        ground = smooth(ground, 2.0) + left * value["sway"][:, None]
        ground += ahead * (value["lead"] - (BALL_AHEAD - 0.06))[:, None]
        drift = 0.006 * np.stack(
            [np.sin(frame / FPS * w + self.unrest[i, 0]) for i, w in enumerate((1.1, 0.0, 0.7))], -1
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
        ground[:, 1] = self._height(height, ground, turn, feet, share)
        return ground, turn

    def _height(
        self,
        wanted: np.ndarray,
        ground: np.ndarray,
        turn: np.ndarray,
        feet: dict[str, dict[str, np.ndarray]],
        share: np.ndarray,
    ) -> np.ndarray:
        """The wanted height, or what the standing legs can reach (one without weight may raise its heel)."""
        highest = np.full(len(wanted), np.inf)
        for s, side, sign in _SIDES:
            hip = rot.rotate(turn, sk.BONES[sk.joint(f"{side}_hip")])
            ankle = self._ankle(feet[s], sign, feet[s]["pitch"])
            flat = np.hypot(*(ankle - ground - hip)[:, [0, 2]].T)
            up = np.sqrt(np.maximum(_REACH**2 - flat**2, 0.25))
            weight = share if s == "L" else 1 - share
            slack = 0.09 * np.clip(1 - 2 * weight, 0, 1) + 0.10 * feet[s]["air"]
            highest = np.minimum(highest, ankle[:, 1] + up - hip[:, 1] + slack)
        over = wanted - highest  # soft minimum: 1 cm wide
        room = np.where(over > 0.05, over, 0.01 * np.log1p(np.exp(np.minimum(over, 0.05) / 0.01)))
        return smooth(wanted - room, 1.2)

    def _ankle(self, foot: dict[str, np.ndarray], sign: float, pitch: np.ndarray) -> np.ndarray:
        """Ankle (T, 3) of a foot with its heel raised about the ball (+) or its toes about the heel (-)."""
        q = self._foot_turn(foot["yaw"], pitch)
        offset = _TOE_TO_ANKLE.copy()
        offset[0] = -sk.BONES[sk.LEFT_FOOT][0] * sign
        toe = foot["ball"] + np.array([0.0, sk.TOE_HEIGHT, 0.0])
        flat = rot.quaternion_about("y", foot["yaw"])
        down = (pitch < 0)[:, None]
        heel = foot["ball"] + np.array([0.0, sk.TOE_HEIGHT, 0.0]) + rot.rotate(flat, _HEEL_FROM_TOE)
        # a raised heel rolls over the ball: half of the roll moves the joint on, half the sole under it back
        toe = toe + rot.rotate(flat, _roll(pitch))
        toe = np.where(down, heel - rot.rotate(q, _HEEL_FROM_TOE), toe)
        return toe + rot.rotate(q, offset)

    @staticmethod
    def _foot_turn(yaw: np.ndarray, pitch: np.ndarray) -> np.ndarray:
        return rot.multiply(rot.quaternion_about("y", yaw), rot.quaternion_about("x", pitch))

    # -- legs ----------------------------------------------------------------------------------------
    def _legs(
        self,
        local: np.ndarray,
        pelvis: np.ndarray,
        feet: dict[str, dict[str, np.ndarray]],
        value: dict[str, np.ndarray],
        frame: np.ndarray,
    ) -> None:
        body_yaw = np.unwrap(rot.yaw_of(local[:, 0]))
        for s, side, sign in _SIDES:
            foot = feet[s]
            swung = (foot["yaw"] - body_yaw + np.pi) % (2 * np.pi) - np.pi
            yaw = body_yaw + np.clip(
                swung, -0.95, 0.95
            )  # a planted foot pivots on its ball when the body turns
            foot = {**foot, "yaw": smooth(yaw, 0.8)}
            pitch = self._heel_rise(foot, sign, local[:, 0], pelvis, side)
            knee = 0.35 * body_yaw + 0.65 * foot["yaw"] + sign * np.radians(value[f"knee_{s}"])
            hint = np.stack([np.sin(knee), np.zeros_like(knee), np.cos(knee)], -1)
            leg = solve_leg(
                local[:, 0],
                pelvis,
                side,
                self._ankle(foot, sign, pitch),
                hint,
                self._foot_turn(foot["yaw"], pitch),
                heel_rises=True,
                soft=_SOFT,
            )
            local[:, sk.joint(f"{side}_hip")] = leg.hip
            local[:, sk.joint(f"{side}_knee")] = leg.knee
            local[:, sk.joint(f"{side}_ankle")] = leg.ankle
            near = 1 - np.clip(foot["ball"][:, 1] / 0.05, 0, 1)  # toes lie flat as long as the floor is near
            flat = np.where(pitch > 0, -np.clip(pitch, 0, 0.95), 0.0) * near
            local[:, sk.joint(f"{side}_foot")] = rot.multiply(leg.toe, rot.quaternion_about("x", flat))

    def _heel_rise(
        self, foot: dict[str, np.ndarray], sign: float, turn: np.ndarray, pelvis: np.ndarray, side: str
    ) -> np.ndarray:
        """The foot's pitch, more of it where the leg would be too short for a flat foot."""
        hip = pelvis + rot.rotate(turn, sk.BONES[sk.joint(f"{side}_hip")])
        best = foot["pitch"].copy()
        need = np.linalg.norm(self._ankle(foot, sign, best) - hip, axis=-1)
        for extra in np.radians(np.arange(4, 57, 4)):
            pitch = np.maximum(foot["pitch"], 0) + extra
            far = np.linalg.norm(self._ankle(foot, sign, pitch) - hip, axis=-1)
            better = (need > 0.988 * (sk.THIGH + sk.SHIN)) & (far < need) & (foot["pitch"] > -0.02)
            best, need = np.where(better, pitch, best), np.where(better, far, need)
        extra = best - foot["pitch"]
        wide = np.max(np.lib.stride_tricks.sliding_window_view(np.pad(extra, 1, mode="edge"), 3), -1)
        return foot["pitch"] + np.maximum(smooth(wide, 1.0), 0.0)

    # -- trunk and head ---------------------------------------------------------------------------
    def _trunk(
        self, local: np.ndarray, value: dict[str, np.ndarray], wave: np.ndarray, frame: np.ndarray
    ) -> None:
        s, t = self.style, frame / FPS
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
        lag, flow, snap = self.style.lag * FPS, self.style.flow, self.style.snap
        sigma = 0.7 + 1.6 * flow
        for s, side, sign in _SIDES:
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
        accent = np.clip(np.cos(np.pi * (count - 0.05) / 2) ** 9, 0, 1) * loud  # every fourth count
        for name, amount in (
            ("jawOpen", 0.10),
            ("browInnerUp", 0.18),
            ("browOuterUpLeft", 0.14),
            ("browOuterUpRight", 0.14),
        ):
            face[:, sk.FACE_NAMES.index(name)] += amount * accent
        t = frame / FPS
        shut = np.max(np.exp(-0.5 * ((t[:, None] - self.blinks[None]) / 0.045) ** 2), -1)
        for name in ("eyeBlinkLeft", "eyeBlinkRight"):
            k = sk.FACE_NAMES.index(name)
            face[:, k] = np.maximum(face[:, k], shut)
        return face


_LEG_JOINTS = (
    sk.LEFT_HIP,
    sk.RIGHT_HIP,
    sk.LEFT_KNEE,
    sk.RIGHT_KNEE,
    sk.LEFT_ANKLE,
    sk.RIGHT_ANKLE,
    sk.LEFT_FOOT,
    sk.RIGHT_FOOT,
)


def _roll(pitch: np.ndarray | float) -> np.ndarray:
    """How far (…, 3) m the toe joint is ahead of the ball, seen from the foot, at a heel raised by pitch."""
    ahead = 0.5 * sk.TOE_HEIGHT * np.sin(np.maximum(pitch, 0.0))
    return np.stack([np.zeros_like(ahead), np.zeros_like(ahead), ahead], -1)


_UPPER = [j for j in range(1, 55) if j not in _LEG_JOINTS]


def standing_feet(pose: Motion) -> dict[str, FootState]:
    """Where the feet of a one-frame pose are: balls, yaw and pitch, as a routine's starting point."""
    place = joints(pose, 12)[0]
    world = global_rotations(rot.quaternion_from_axis_angle(pose.rotations[0, :12]))
    feet = {}
    for s, side, _ in _SIDES:
        ankle, toe = sk.joint(f"{side}_ankle"), sk.joint(f"{side}_foot")
        ahead = rot.rotate(world[ankle], np.array([0.0, 0.0, 1.0]))
        yaw = float(np.arctan2(ahead[0], ahead[2]))
        pitch = float(-np.arcsin(np.clip(ahead[1], -1, 1)))
        ball = place[toe] - np.array([0.0, sk.TOE_HEIGHT, 0.0])
        ball = ball - rot.rotate(rot.quaternion_about("y", yaw), _roll(pitch))
        if pitch < 0:
            flat = rot.quaternion_about("y", yaw)
            turned = rot.multiply(flat, rot.quaternion_about("x", pitch))
            heel = place[toe] + rot.rotate(turned, _HEEL_FROM_TOE)
            ball = heel - rot.rotate(flat, _HEEL_FROM_TOE) - np.array([0.0, sk.TOE_HEIGHT, 0.0])
        height = max(float(ball[1]), 0.0)
        feet[s] = FootState((float(ball[0]), 0.0 if height < 0.015 else height, float(ball[2])), yaw, pitch)
    return feet
