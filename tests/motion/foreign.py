"""Our dance as other programs write it: skeletons, rest poses, axes, units and formats that are not ours.

What is written here was made without the reader: rotations by scipy, places by kinematics. So what comes back
can be held against the dance that went out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.motion import Motion

Z_UP = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])  # ours (x, y, z) → theirs
Y_DOWN = np.diag([1.0, -1.0, -1.0])
X_UP = np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]])


def both(names: Mapping[str, str]) -> dict[str, str]:
    """Names with {S} (Left, Right), {s} (left, right), {L} (L, R) or {l} (l, r) in them, for both sides."""
    out = {}
    for ours, theirs in names.items():
        if "{" not in theirs:
            out[ours] = theirs
            continue
        for side in ("left", "right"):
            out[f"{side}_{ours}"] = theirs.format(S=side.capitalize(), s=side, L=side[0].upper(), l=side[0])
    return out


def fingers(pattern: Callable[[str, int], str]) -> dict[str, str]:
    """All finger joints by a pattern of (finger, 1 to 3)."""
    return {f"{f}{n}": pattern(f, n) for f in ("index", "middle", "pinky", "ring", "thumb") for n in (1, 2,
                                                                                                      3)}


_NUMBER = {"thumb": 1, "index": 2, "middle": 3, "ring": 4, "pinky": 5}
_LINK = {1: "Proximal", 2: "Intermediate", 3: "Distal"}
_XSENS = {"thumb": "First", "index": "Second", "middle": "Third", "ring": "Fourth", "pinky": "Fifth"}
_MIXAMO = {"pelvis": "Hips", "spine1": "Spine", "spine2": "Spine1", "spine3": "Spine2", "neck": "Neck",
           "head": "Head", "hip": "{S}UpLeg", "knee": "{S}Leg", "ankle": "{S}Foot", "foot": "{S}ToeBase",
           "collar": "{S}Shoulder", "shoulder": "{S}Arm", "elbow": "{S}ForeArm", "wrist": "{S}Hand"}


def _xsens(f: str, n: int) -> str:
    link = {1: "MC", 2: "PP", 3: "DP"}[n] if f == "thumb" else {1: "PP", 2: "MP", 3: "DP"}[n]
    return f"{{S}}{_XSENS[f]}{link}"


SKELETONS: dict[str, dict[str, str]] = {
    "Mixamo": both({k: f"mixamorig:{v}" for k, v in (
        _MIXAMO | fingers(lambda f, n: f"{{S}}Hand{f.capitalize()}{n}")).items()}),
    "Mixamo, another prefix": both({k: f"mixamorig9_{v}" for k, v in _MIXAMO.items()}),
    "HumanIK": both({k: f"Character1_{v}" for k, v in (
        _MIXAMO | fingers(lambda f, n: f"{{S}}Hand{f.capitalize()}{n}")).items()}),
    "Biped": both({
        "pelvis": "Bip01_Pelvis", "spine1": "Bip01_Spine", "spine2": "Bip01_Spine1", "spine3": "Bip01_Spine2",
        "neck": "Bip01_Neck", "head": "Bip01_Head", "hip": "Bip01_{L}_Thigh", "knee": "Bip01_{L}_Calf",
        "ankle": "Bip01_{L}_Foot", "foot": "Bip01_{L}_Toe0", "collar": "Bip01_{L}_Clavicle",
        "shoulder": "Bip01_{L}_UpperArm", "elbow": "Bip01_{L}_Forearm", "wrist": "Bip01_{L}_Hand",
        **fingers(lambda f, n: f"Bip01_{{L}}_Finger{_NUMBER[f] - 1}" + (str(n - 1) if n > 1 else ""))}),
    "VRoid": both({
        "pelvis": "J_Bip_C_Hips", "spine1": "J_Bip_C_Spine", "spine2": "J_Bip_C_Chest",
        "spine3": "J_Bip_C_UpperChest", "neck": "J_Bip_C_Neck", "head": "J_Bip_C_Head",
        "hip": "J_Bip_{L}_UpperLeg", "knee": "J_Bip_{L}_LowerLeg", "ankle": "J_Bip_{L}_Foot",
        "foot": "J_Bip_{L}_ToeBase", "collar": "J_Bip_{L}_Shoulder", "shoulder": "J_Bip_{L}_UpperArm",
        "elbow": "J_Bip_{L}_LowerArm", "wrist": "J_Bip_{L}_Hand",
        **fingers(lambda f, n: f"J_Bip_{{L}}_{'Little' if f == 'pinky' else f.capitalize()}{n}")}),
    "VRM": both({
        "pelvis": "hips", "spine1": "spine", "spine2": "chest", "spine3": "upperChest", "neck": "neck",
        "head": "head", "hip": "{s}UpperLeg", "knee": "{s}LowerLeg", "ankle": "{s}Foot", "foot": "{s}Toes",
        "collar": "{s}Shoulder", "shoulder": "{s}UpperArm", "elbow": "{s}LowerArm", "wrist": "{s}Hand",
        **fingers(lambda f, n: f"{{s}}{'Little' if f == 'pinky' else f.capitalize()}"
                  + (("Metacarpal", "Proximal", "Distal")[n - 1] if f == "thumb" else _LINK[n]))}),
    "Rigify": both({
        "pelvis": "DEF-spine", "spine1": "DEF-spine.001", "spine2": "DEF-spine.002",
        "spine3": "DEF-spine.003",
        "neck": "DEF-spine.004", "head": "DEF-spine.006", "hip": "DEF-thigh.{L}", "knee": "DEF-shin.{L}",
        "ankle": "DEF-foot.{L}", "foot": "DEF-toe.{L}", "collar": "DEF-shoulder.{L}",
        "shoulder": "DEF-upper_arm.{L}", "elbow": "DEF-forearm.{L}", "wrist": "DEF-hand.{L}",
        **fingers(lambda f, n: f"DEF-{'' if f == 'thumb' else 'f_'}{f}.0{n}.{{L}}")}),
    "Daz": both({
        "pelvis": "pelvis", "spine1": "abdomenLower", "spine2": "abdomenUpper", "spine3": "chestUpper",
        "neck": "neckLower", "head": "head", "hip": "{l}ThighBend", "knee": "{l}Shin", "ankle": "{l}Foot",
        "foot": "{l}Toe", "collar": "{l}Collar", "shoulder": "{l}ShldrBend", "elbow": "{l}ForearmBend",
        "wrist": "{l}Hand",
        **fingers(lambda f, n: f"{{l}}{'Mid' if f == 'middle' else f.capitalize()}{n}")}),
    "Rokoko": both({
        **_MIXAMO, "hip": "{S}Thigh", "knee": "{S}Shin", "foot": "{S}Toe",
        **fingers(lambda f, n: f"{{S}}Finger{_NUMBER[f]}" + ("Proximal", "Medial", "Distal")[n - 1])}),
    "Unreal": both({
        "pelvis": "pelvis", "spine1": "spine_01", "spine2": "spine_02", "spine3": "spine_03",
        "neck": "neck_01",
        "head": "head", "hip": "thigh_{l}", "knee": "calf_{l}", "ankle": "foot_{l}", "foot": "ball_{l}",
        "collar": "clavicle_{l}", "shoulder": "upperarm_{l}", "elbow": "lowerarm_{l}", "wrist": "hand_{l}",
        **fingers(lambda f, n: f"{f}_0{n}_{{l}}")}),
    "Xsens": both({
        "pelvis": "Hips", "spine1": "Chest", "spine2": "Chest2", "spine3": "Chest4", "neck": "Neck",
        "head": "Head", "hip": "{S}Hip", "knee": "{S}Knee", "ankle": "{S}Ankle", "foot": "{S}Toe",
        "collar": "{S}Collar", "shoulder": "{S}Shoulder", "elbow": "{S}Elbow", "wrist": "{S}Wrist",
        **fingers(_xsens)}),
    "LAFAN1": both({**_MIXAMO, "foot": "{S}Toe"}),
    "CMU": both({
        **_MIXAMO, "spine1": "LowerBack", "spine2": "Spine", "spine3": "Spine1"}),
    "CMU's ASF": both({
        "pelvis": "root", "spine1": "lowerback", "spine2": "upperback", "spine3": "thorax",
        "neck": "lowerneck",
        "head": "head", "hip": "{l}femur", "knee": "{l}tibia", "ankle": "{l}foot", "foot": "{l}toes",
        "collar": "{l}clavicle", "shoulder": "{l}humerus", "elbow": "{l}radius", "wrist": "{l}wrist"}),
    "Biovision": both({
        "pelvis": "Hips", "spine1": "Chest", "spine2": "Chest2", "spine3": "Chest3", "neck": "Neck",
        "head": "Head", "hip": "{S}Hip", "knee": "{S}Knee", "ankle": "{S}Ankle", "foot": "{S}Toe",
        "collar": "{S}Collar", "shoulder": "{S}Shoulder", "elbow": "{S}Elbow", "wrist": "{S}Wrist"}),
    "Motive": both({
        "pelvis": "Skeleton_Hip", "spine1": "Skeleton_Ab", "spine3": "Skeleton_Chest",
        "neck": "Skeleton_Neck",
        "head": "Skeleton_Head", "hip": "Skeleton_{L}Thigh", "knee": "Skeleton_{L}Shin",
        "ankle": "Skeleton_{L}Foot", "foot": "Skeleton_{L}Toe", "collar": "Skeleton_{L}Shoulder",
        "shoulder": "Skeleton_{L}UArm", "elbow": "Skeleton_{L}FArm", "wrist": "Skeleton_{L}Hand"}),
    "DeepMotion": both({
        "pelvis": "hips_JNT", "spine1": "spine_JNT", "spine2": "spine1_JNT", "spine3": "spine2_JNT",
        "neck": "neck_JNT", "head": "head_JNT", "hip": "{l}_upleg_JNT", "knee": "{l}_leg_JNT",
        "ankle": "{l}_foot_JNT", "foot": "{l}_toebase_JNT", "collar": "{l}_shoulder_JNT",
        "shoulder": "{l}_arm_JNT", "elbow": "{l}_forearm_JNT", "wrist": "{l}_hand_JNT"}),
    "SMPL": both({
        "pelvis": "m_avg_Pelvis", "spine1": "m_avg_Spine1", "spine2": "m_avg_Spine2",
        "spine3": "m_avg_Spine3",
        "neck": "m_avg_Neck", "head": "m_avg_Head", "hip": "m_avg_{L}_Hip", "knee": "m_avg_{L}_Knee",
        "ankle": "m_avg_{L}_Ankle", "foot": "m_avg_{L}_Foot", "collar": "m_avg_{L}_Collar",
        "shoulder": "m_avg_{L}_Shoulder", "elbow": "m_avg_{L}_Elbow", "wrist": "m_avg_{L}_Wrist"}),
}


# turns of our rest pose (about our axes, world) that make somebody else's: joint → quaternion
def rest_pose(arms_down: float = 0.0, palms: float = 0.0, feet_down: float = 0.0, turned: float = 0.0
              ) -> np.ndarray:
    """World turns (55, 4) of our joints in another rest pose, in degrees.

    arms_down: from a T-pose (45: an A-pose). palms: the whole arm about its own line, so that palms face
    ahead (90). feet_down: toes point down. turned: the whole figure about Y.
    """
    out = np.tile(rot.IDENTITY, (55, 1))
    for i, sign in ((0, 1.0), (1, -1.0)):
        arm = rot.multiply(rot.quaternion_about("z", np.radians(-arms_down) * sign),
                           rot.quaternion_about("x", np.radians(-palms)))
        hand = range(25 + 15 * i, 40 + 15 * i)
        for j in (sk.LEFT_SHOULDER + i, sk.LEFT_ELBOW + i, sk.LEFT_WRIST + i, *hand):
            out[j] = arm
        for j in (sk.LEFT_ANKLE + i, sk.LEFT_FOOT + i):
            out[j] = rot.quaternion_about("x", np.radians(feet_down))
    return rot.multiply(rot.quaternion_about("y", np.radians(turned)), out)


def along_x(world_rest: np.ndarray | None = None) -> np.ndarray:
    """World turns (55, 4) that lay each bone of ours along +x, as LAFAN1 has it at rest."""
    from dance_core.motion.retargeting.theirs import NEXT

    out = np.tile(rot.IDENTITY, (55, 1))
    target = dict(NEXT) | {sk.PELVIS: sk.SPINE1, sk.SPINE1: sk.SPINE2, sk.SPINE2: sk.SPINE3,
                           sk.SPINE3: sk.NECK}
    for j in range(55):
        bone = sk.BONES[target[j]] if j in target else None
        out[j] = out[sk.PARENTS[j]] if bone is None else rot.shortest_arc(
            bone / np.linalg.norm(bone), np.array([1.0, 0.0, 0.0]))
    return out


@dataclass(frozen=True)
class How:
    """How a BVH is written: rest pose, axes of rest and motion, metres in a unit, order of angles."""

    rest: np.ndarray = field(default_factory=lambda: np.tile(rot.IDENTITY, (55, 1)))
    axes: np.ndarray = field(default_factory=lambda: np.eye(3))
    motion_axes: np.ndarray | None = None
    unit: float = 0.01
    order: str = "ZXY"
    step: str = ""
    positions: bool = False
    zero_offsets: bool = False
    size: float = 1.0


def write_bvh(path: Path, motion: Motion, names: Mapping[str, str], how: How | None = None) -> Path:
    """The dance as a BVH of a skeleton of these names, however its rest pose and axes are.

    The pose itself is the same in all of them: a joint that has turned by nothing since `how.rest` stands
    there.
    """
    how = how or How()
    kept = [j for j in range(55) if sk.JOINT_NAMES[j] in names]
    world = kin.global_rotations(rot.quaternion_from_axis_angle(motion.rotations))
    places = kin.joints(motion) * how.size
    a = how.axes
    b = a if how.motion_axes is None else how.motion_axes
    # theirs = B · ours · rest⁻¹ · A⁻¹, so that at rest (identity) it stands as A · rest
    turns = rot.multiply(rot.quaternion_from_matrix(b), rot.multiply(
        rot.multiply(world, rot.inverse(how.rest)), rot.inverse(rot.quaternion_from_matrix(a))))
    at = places @ b.T / how.unit

    def parent(j: int) -> int:
        p = sk.PARENTS[j]
        while p >= 0 and p not in kept:
            p = sk.PARENTS[p]
        return p

    lines, columns = ["HIERARCHY"], []

    def put(j: int, depth: int) -> None:
        pad, p = "\t" * depth, parent(j)
        local = turns[:, j] if p < 0 else rot.multiply(rot.inverse(turns[:, p]), turns[:, j])
        here = at[:, j] if p < 0 else rot.rotate(rot.inverse(turns[:, p]), at[:, j] - at[:, p])
        offset = np.zeros(3) if p < 0 or how.zero_offsets else np.median(here, 0)
        if depth == 0 or how.positions:
            columns.append(here)
        columns.append(Rotation.from_quat(local[:, [1, 2, 3, 0]]).as_euler(how.order, degrees=True))
        spin = " ".join(f"{c}rotation" for c in how.order)
        lines.append(f"{pad}{'JOINT' if depth else 'ROOT'} {names[sk.JOINT_NAMES[j]]}\n{pad}{{")
        lines.append(f"{pad}\tOFFSET " + " ".join(f"{v:.6f}" for v in offset))
        whole = depth == 0 or how.positions
        lines.append(f"{pad}\tCHANNELS {6 if whole else 3} "
                     f"{'Xposition Yposition Zposition ' if whole else ''}{spin}")
        children = [c for c in kept if parent(c) == j]
        for c in children:
            put(c, depth + 1)
        if not children:
            lines.append(f"{pad}\tEnd Site\n{pad}\t{{\n{pad}\t\tOFFSET 0 1 0\n{pad}\t}}")
        lines.append(pad + "}")

    put(0, 0)
    table = np.concatenate(columns, -1)
    lines += ["MOTION", f"Frames: {len(motion)}", f"Frame Time: {how.step or f'{1 / motion.fps:.7f}'}"]
    lines += [" ".join(f"{v:.6f}" for v in row) for row in table]
    path.write_text("\n".join(lines) + "\n")
    return path


def turned_world(motion: Motion, axes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Poses (T, 55, 3) and places of the pelvis (T, 3) of the same dance in a world of other axes."""
    q = rot.quaternion_from_matrix(axes)
    rotations = motion.rotations.astype(np.float64)
    rotations[:, 0] = rot.axis_angle_from_quaternion(
        rot.multiply(q, rot.quaternion_from_axis_angle(motion.rotations[:, 0])))
    return rotations, rot.rotate(q, motion.translation)


def off(a: Motion, b: Motion, joints: int = 22) -> tuple[float, np.ndarray]:
    """How far two motions are apart after one turn about Y and one shift: the farthest joint in any frame
    (m), and by how much each joint's turn in the world differs (55,), degrees."""
    p, q = (kin.joints(m, joints) for m in (a, b))
    p0, q0 = p - p.mean((0, 1)), q - q.mean((0, 1))
    sine = (p0[..., 2] * q0[..., 0] - p0[..., 0] * q0[..., 2]).sum()
    yaw = rot.quaternion_about("y", np.arctan2(sine, (p0[..., 0] * q0[..., 0] + p0[..., 2] * q0[...,
                                                                                                2]).sum()))
    far = float(np.linalg.norm(rot.rotate(yaw, p0) - q0, axis=-1).max())
    g, h = (kin.global_rotations(rot.quaternion_from_axis_angle(m.rotations)) for m in (a, b))
    return far, np.degrees(rot.geodesic(rot.multiply(yaw, g), h)).max(0)


def a_dance(frames: int = 150, fps: float = 30.0, seed: int = 0) -> Motion:
    """Steps from foot to foot, knees and elbows that bend their way, a trunk that turns, hands that open and
    close."""
    from dance_core.motion import hinges, ik

    rng = np.random.default_rng(seed)
    t = np.arange(frames) / fps

    def wave(size: float, shape: tuple[int, ...] = (), rate: float = 0.7) -> np.ndarray:
        at = t.reshape(-1, *[1] * len(shape))
        return size * sum(np.sin(2 * np.pi * (f * at + rng.uniform(size=shape))) / n
                          for n, f in enumerate((rate, 1.7 * rate, 2.3 * rate), 1)) / 1.8

    pelvis = np.stack([wave(0.12), 0.80 + wave(0.04), wave(0.10)], -1)
    body = rot.quaternion_from_axis_angle(wave(0.25, (3,)) * [0.4, 1.4, 0.4])
    local = np.tile(rot.IDENTITY, (frames, 55, 1))
    local[:, 0] = body
    for j in (sk.SPINE1, sk.SPINE2, sk.SPINE3, sk.NECK, sk.HEAD, sk.LEFT_COLLAR, sk.RIGHT_COLLAR):
        local[:, j] = rot.quaternion_from_axis_angle(wave(0.12, (3,)))
    for i, side in enumerate(hinges.SIDES):
        sign = 1 - 2 * i
        lift = np.maximum(0.0, np.sin(2 * np.pi * (0.75 * t + 0.5 * i)))
        ankle = np.stack([np.full(frames, 0.13 * sign), sk.ANKLE_HEIGHT + 0.10 * lift, 0.10 * lift], -1)
        foot = np.tile(rot.quaternion_about("y", 0.15 * sign), (frames, 1))
        leg = ik.solve_leg(body, pelvis, side, ankle, foot=foot)
        for j, q in ((sk.LEFT_HIP, leg.hip), (sk.LEFT_KNEE, leg.knee), (sk.LEFT_ANKLE, leg.ankle)):
            local[:, j + i] = q
        world = kin.global_rotations(local)
        places = kin.positions(world, pelvis)
        reach = np.stack([0.30 * sign + wave(0.12), -0.10 + wave(0.28), 0.26 + wave(0.10)], -1)
        wrist = places[:, sk.LEFT_SHOULDER + i] + rot.rotate(body, reach)
        hand = rot.multiply(body, rot.quaternion_from_axis_angle(wave(0.5, (3,))))
        arm = ik.solve_arm(world[:, sk.LEFT_COLLAR + i], places[:, sk.LEFT_SHOULDER + i], side, wrist,
                           hand=hand)
        for j, q in ((sk.LEFT_SHOULDER, arm.shoulder), (sk.LEFT_ELBOW, arm.elbow), (sk.LEFT_WRIST,
                                                                                    arm.wrist)):
            local[:, j + i] = q
        curl = 0.4 + wave(0.3)
        for j in range(25 + 15 * i, 40 + 15 * i):
            local[:, j] = rot.quaternion_about("z", -sign * curl)
    return Motion(fps, rot.axis_angle_from_quaternion(local), pelvis, np.zeros((frames, 52)),
                  parts=frozenset({"body", "hands"}))
