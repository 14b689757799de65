"""Small files in the layouts of public collections, made here: AIST++, G1 Moves, cgspeed's CMU, AMASS."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
from dances import pulsing
from scipy.spatial.transform import Rotation

from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.g1 import COLUMNS, JOINTS
from dance_core.motion.motion import Motion
from dance_core.motion.resample import resample

BREAK, POP, TEST_POP = (f"g{n}_ch01" for n in ("BR_sBM_cAll_d04_mBR1", "PO_sBM_cAll_d10_mPO0",
                                               "PO_sBM_cAll_d10_mPO1"))
UNIT = 0.0254 / 0.45  # m, CMU's
SPLAY = np.radians(20.0)  # how far the legs of CMU's figure stand apart at rest


def dancer(seconds: float = 8.0, fps: float = 60.0, seed: int = 0) -> Motion:
    """Stands flat on the floor facing +Z and moves arms and chest on every half second."""
    return resample(pulsing(np.arange(0.2, seconds, 0.5), seconds, seed), fps, smooth=True)


def tipped(motion: Motion, degrees: float) -> Motion:
    """The same dance turned about the world's x axis: its head down at 180°, lying at 90°."""
    turn = rot.quaternion_about("x", np.radians(degrees))
    rotations = motion.rotations.copy()
    pelvis = rot.multiply(turn, rot.quaternion_from_axis_angle(motion.rotations[:, 0]))
    rotations[:, 0] = rot.axis_angle_from_quaternion(pelvis)
    return Motion(motion.fps, rotations, rot.rotate(turn, motion.translation), motion.face, motion.betas,
                  motion.parts)


# -- AIST++ ------------------------------------------------------------------------------------------
def write_aistpp(folder: Path, name: str, motion: Motion, scaling: float = 90.0) -> Path:
    """motions/NAME.pkl at 60 Hz: poses as they are, places in the fit's own unit."""
    poses = np.zeros((len(motion), 24, 3), np.float32)
    poses[:, :sk.BODY] = motion.rotations[:, :sk.BODY]
    path = folder / "motions" / f"{name}.pkl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps({
        "smpl_loss": 1.0, "smpl_poses": poses.reshape(-1, 72), "smpl_scaling": np.array([scaling], "f4"),
        "smpl_trans": (motion.translation * scaling).astype(np.float32)}, 2))
    return path


# -- G1 Moves ----------------------------------------------------------------------------------------
def g1_rows(frames: int = 1, **angles: np.ndarray | float) -> np.ndarray:
    """Rows of the robot, upright at the origin facing its x; angles in rad by the joints' names."""
    rows = np.zeros((frames, COLUMNS))
    rows[:, 2], rows[:, 6] = 0.79, 1.0
    for name, angle in angles.items():
        rows[:, 7 + JOINTS.index(name)] = angle
    return rows


def write_g1(path: Path, rows: np.ndarray) -> Path:
    """No header, six decimals, as the collection has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savetxt(path, rows, fmt="%.6f", delimiter=",")
    return path


def _human() -> dict[str, str]:
    """Our joints -> names of a humanoid of 51 joints: one spine joint fewer, no jaw, no eyes."""
    names = {"pelvis": "Hips", "spine1": "Spine", "spine3": "Spine1", "neck": "Neck", "head": "Head"}
    for side in ("left", "right"):
        for ours, theirs in (("hip", "UpLeg"), ("knee", "Leg"), ("ankle", "Foot"), ("foot", "ToeBase"),
                             ("collar", "Shoulder"), ("shoulder", "Arm"), ("elbow", "ForeArm"),
                             ("wrist", "Hand")):
            names[f"{side}_{ours}"] = side.capitalize() + theirs
        for finger in ("thumb", "index", "middle", "ring", "pinky"):
            names |= {f"{side}_{finger}{n}": f"{side.capitalize()}Hand{finger.capitalize()}{n}"
                      for n in (1, 2, 3)}
    return names


HUMAN = _human()


def write_human(path: Path, motion: Motion) -> Path:
    """A dancer's BVH in the manner of G1 Moves: 51 joints, channels Y X Z, Y up, centimetres, 60 Hz."""
    kept = [sk.joint(n) for n in HUMAN]
    parent = {j: next((k for k in _ancestors(j) if k in kept), -1) for j in kept}
    world = kin.global_rotations(rot.quaternion_from_axis_angle(motion.rotations))
    order: list[int] = []

    def joint(j: int, depth: int) -> list[str]:
        order.append(j)
        pad, p = "\t" * depth, parent[j]
        offset = 100 * (sk.REST_JOINTS[j] - (sk.REST_JOINTS[p] if p >= 0 else sk.REST_JOINTS[j]))
        lines = [f"{pad}{'JOINT' if depth else 'ROOT'} {HUMAN[sk.JOINT_NAMES[j]]}", pad + "{",
                 f"{pad}\tOFFSET {offset[0]:.4f} {offset[1]:.4f} {offset[2]:.4f}", f"{pad}\tCHANNELS "
                 + ("3 " if depth else "6 Xposition Yposition Zposition ") + "Yrotation Xrotation Zrotation"]
        children = [k for k in kept if parent[k] == j]
        for child in children:
            lines += joint(child, depth + 1)
        if not children:
            lines += [f"{pad}\tEnd Site", f"{pad}\t{{", f"{pad}\t\tOFFSET 0.0 1.0 0.0", f"{pad}\t}}"]
        return [*lines, pad + "}"]

    head = joint(0, 0)
    columns = [100 * motion.translation]
    for j in order:
        local = world[:, j] if parent[j] < 0 else rot.multiply(rot.inverse(world[:, parent[j]]), world[:, j])
        turns = Rotation.from_quat(local[:, [1, 2, 3, 0]]).as_euler("YXZ", degrees=True)
        columns.append(turns)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [" ".join(f"{v:.6f}" for v in row) for row in np.concatenate(columns, 1)]
    path.write_text("\n".join(["HIERARCHY", *head, "MOTION", f"Frames: {len(rows)}",
                               f"Frame Time: {1 / motion.fps:.6f}", *rows]) + "\n", encoding="ascii")
    return path


def _ancestors(j: int) -> list[int]:
    found = []
    while sk.PARENTS[j] >= 0:
        j = sk.PARENTS[j]
        found.append(j)
    return found


def dancing_robot(seconds: float = 6.0) -> np.ndarray:
    """At 60 Hz: swings its arms and bends its elbows."""
    t = np.arange(round(60 * seconds)) / 60
    swing = 0.8 * np.sin(2 * np.pi * t)
    return g1_rows(len(t), left_shoulder_pitch=swing, right_shoulder_pitch=-swing,
                   left_elbow=1.2 + 0.3 * swing, right_elbow=1.2 - 0.3 * swing, waist_yaw=0.2 * swing)


# -- CMU in cgspeed's BVH ----------------------------------------------------------------------------
def _leg(length: float, side: int) -> tuple[float, float, float]:
    return (side * length * np.sin(SPLAY), -length * np.cos(SPLAY), 0.0)


def _cmu_joints() -> list[tuple[str, str, tuple[float, float, float]]]:
    """Name, parent, offset in CMU's unit: an average adult."""
    joints = [("Hips", "", (0.0, 0.0, 0.0))]
    for side, s in (("Left", 1), ("Right", -1)):
        joints += [(f"{side[0]}HipJoint", "Hips", (0.0, 0.0, 0.0)),
                   (f"{side}UpLeg", f"{side[0]}HipJoint", (1.5 * s, -1.7, 0.8)),
                   (f"{side}Leg", f"{side}UpLeg", _leg(7.2, s)), (f"{side}Foot", f"{side}Leg", _leg(7.3, s)),
                   (f"{side}ToeBase", f"{side}Foot", (0.2 * s, -0.5, 2.2))]
    joints += [("LowerBack", "Hips", (0.0, 0.0, 0.0)), ("Spine", "LowerBack", (0.0, 2.1, 0.0)),
               ("Spine1", "Spine", (0.0, 2.1, 0.0)), ("Neck", "Spine1", (0.0, 0.0, 0.0)),
               ("Neck1", "Neck", (0.0, 1.7, 0.0)), ("Head", "Neck1", (0.0, 1.6, 0.0))]
    for side, s in (("Left", 1), ("Right", -1)):
        joints += [(f"{side}Shoulder", "Spine1", (0.0, 0.0, 0.0)),
                   (f"{side}Arm", f"{side}Shoulder", (3.2 * s, 0.6, 0.2)),
                   (f"{side}ForeArm", f"{side}Arm", (5.0 * s, 0.0, 0.0)),
                   (f"{side}Hand", f"{side}ForeArm", (3.6 * s, 0.0, 0.0)),
                   (f"{side}FingerBase", f"{side}Hand", (0.0, 0.0, 0.0)),
                   (f"{side}HandIndex1", f"{side}FingerBase", (0.7 * s, 0.0, 0.0)),
                   (f"{side[0]}Thumb", f"{side}Hand", (0.0, 0.0, 0.0))]
    return joints


CMU_JOINTS = _cmu_joints()
# degrees about X, Y, Z in the frame that the conversion adds
T_POSE = {"LeftUpLeg": (0, 0, -21), "RightUpLeg": (0, 0, 21), "Neck": (-16, 0, 0), "Neck1": (21, 0, 0),
          "Head": (11, 0, 0), "LeftArm": (0, 0, -8), "RightArm": (0, 0, 8)}
STANDING = {"LeftUpLeg": (0, 0, -20), "RightUpLeg": (0, 0, 20)}  # legs straight down
HIPS = 16.9  # CMU's units above the floor where the feet of STANDING are flat on it


def write_cmu(path: Path, frames: list[dict[str, tuple[float, float, float]]], *, t_pose: bool = True,
              scale: float = 1.0, places: np.ndarray | None = None) -> Path:
    """A trial at 120 Hz. frames: degrees about X, Y, Z by joint; scale: another unit. places: (T, 3) hips."""
    names = [n for n, _, _ in CMU_JOINTS]

    def joint(name: str, depth: int) -> list[str]:
        offset = next(o for n, _, o in CMU_JOINTS if n == name)
        pad = "\t" * depth
        lines = [f"{pad}{'JOINT' if depth else 'ROOT'} {name}", pad + "{",
                 f"{pad}\tOFFSET {offset[0] * scale:.5f} {offset[1] * scale:.5f} {offset[2] * scale:.5f}",
                 f"{pad}\tCHANNELS " + ("3 " if depth else "6 Xposition Yposition Zposition ")
                 + "Zrotation Yrotation Xrotation"]
        children = [n for n, parent, _ in CMU_JOINTS if parent == name]
        for child in children:
            lines += joint(child, depth + 1)
        if not children:
            lines += [f"{pad}\tEnd Site", f"{pad}\t{{", f"{pad}\t\tOFFSET 0.0 0.0 1.0", f"{pad}\t}}"]
        return [*lines, pad + "}"]

    hips = np.tile([0.0, HIPS, 0.0], (len(frames), 1)) if places is None else places
    poses = [T_POSE, *frames] if t_pose else frames
    hips = np.concatenate([hips[:1], hips]) if t_pose else hips
    rows = []
    for pose, place in zip(poses, hips * scale, strict=True):
        turns = [pose.get(name, (0, 0, 0))[::-1] for name in names]  # Z, Y, X
        rows.append(" ".join(f"{v:.5f}" for v in (*place, *np.ravel(turns))))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["HIERARCHY", *joint("Hips", 0), "MOTION", f"Frames: {len(rows)}",
                               "Frame Time: .0083333", *rows]) + "\n", encoding="ascii")
    return path


def dancing_cmu(seconds: float = 6.0) -> list[dict[str, tuple[float, float, float]]]:
    """Poses at 120 Hz: stands, and swings its arms."""
    return [STANDING | {"LeftArm": (0, 0, -50 + 35 * np.sin(2 * np.pi * t)),
                        "RightArm": (0, 0, 50 + 35 * np.sin(2 * np.pi * t)),
                        "LeftForeArm": (0, -40 - 30 * np.sin(2 * np.pi * t), 0)}
            for t in np.arange(round(120 * seconds)) / 120]


# -- AMASS -------------------------------------------------------------------------------------------
def write_amass(path: Path, motion: Motion, **more: object) -> Path:
    """SMPL-H in the manner of AMASS: Z up, `trans` of the model's origin, at the motion's own rate."""
    turn = rot.quaternion_about("x", np.pi / 2)  # Y up -> Z up
    poses = np.zeros((len(motion), 52, 3))
    poses[:, :sk.BODY] = motion.rotations[:, :sk.BODY]
    pelvis = rot.multiply(turn, rot.quaternion_from_axis_angle(motion.rotations[:, 0]))
    poses[:, 0] = rot.axis_angle_from_quaternion(pelvis)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, poses=poses.reshape(len(motion), 156), trans=rot.rotate(turn, motion.translation),
             betas=np.zeros(16), dmpls=np.zeros((len(motion), 8)), gender="female",
             mocap_framerate=motion.fps, **more)
    return path


# -- all of them -------------------------------------------------------------------------------------
def order(downloads: Path, out: Path, *more: str) -> list[str]:
    """What is typed to convert the four folders."""
    return ["corpus", "recorded", "--out", str(out), "--aistpp", str(downloads / "aist"),
            "--g1", str(downloads / "g1"), "--cmu", str(downloads / "cmu"),
            "--mocap", str(downloads / "mocap"), "--mocap-licence", "CC BY-NC 4.0",
            "--mocap-line", "Somebody.", *more]


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by name."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
