"""A dance as one zip for other people's programs: body, motion, music, beats, and how to read them."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from dance_core.body.avatar import export_glb
from dance_core.body.model import Body
from dance_core.longform.take import Take
from dance_core.motion.bvh import UNITS, save_bvh
from dance_core.motion.files import save_npz
from dance_core.motion.skeleton import FACE_NAMES, JOINT_NAMES

BVH_UNITS = {"cm": "centimetres", "m": "metres"}
_WHOSE = {"smplx": "SMPL-X", "mixamo": "Mixamo"}
_FIXED = (1980, 1, 1, 0, 0, 0)  # zip's first day: the same dance is the same file


def write_bundle(take: Take, path: Path, body: Body, song: Path | None = None, names: str = "smplx",
                 units: str = "cm") -> None:
    """Write a zip where `path` says: dance.glb, dance.bvh, dance.npz, music.flac, dance.json, README.txt.

    song: the music from the dance's first frame on; without it there is none in the zip, which README.txt
    says. names, units: of the BVH, as `save_bvh` has them.
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as kept, zipfile.ZipFile(path, "x") as archive:
        folder = Path(kept)
        export_glb(take.motion, folder / "dance.glb", body, take.title)
        save_bvh(folder / "dance.bvh", take.motion, names, units)
        save_npz(folder / "dance.npz", take.motion)
        told = json.dumps(facts(take, names, units, song is not None), ensure_ascii=False, indent=1) + "\n"
        (folder / "dance.json").write_text(told, encoding="utf-8")
        (folder / "README.txt").write_text(readme(take, names, units, song is not None), encoding="utf-8")
        for file in sorted(folder.iterdir()):
            _put(archive, file, file.name)
        if song is not None:
            _put(archive, song, f"music{song.suffix}")


def _put(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    packed = file.suffix not in (".npz", ".flac")
    info = zipfile.ZipInfo(name, _FIXED)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    archive.writestr(info, file.read_bytes())


def facts(take: Take, names: str, units: str, music: bool) -> dict[str, Any]:
    """What dance.json holds: rate, units and axes of the files, the beats in seconds from the first frame."""
    beats = take.beats
    return {
        "title": take.title, "style": take.style, "system": take.generator_title, "seed": take.seed,
        "fps": take.motion.fps, "frames": len(take.motion), "seconds": take.motion.duration,
        "axes": {"up": "+Y", "front": "+Z", "left": "+X", "handed": "right", "floor": 0.0},
        "units": {"glb": "metres", "npz": "metres", "bvh": BVH_UNITS[units]},
        "skeleton": {"joints": list(JOINT_NAMES), "rest": "T-pose, palms down", "bvh_names": _WHOSE[names],
                     "root": "pelvis", "betas": [round(float(b), 4) for b in take.motion.betas]},
        "face": {"coefficients": list(FACE_NAMES), "from": 0.0, "to": 1.0},
        "music": "music.flac" if music else None,
        "tempo_bpm": beats.tempo, "beats_per_bar": beats.beats_per_bar,
        "beats": [round(float(t), 4) for t in beats.times],
        "downbeats": [round(float(t), 4) for t in beats.downbeats],
    }


def readme(take: Take, names: str, units: str, music: bool) -> str:
    """How other programs read the files: rate, scale, bones."""
    fps, scale = f"{take.motion.fps:g}", 1 / UNITS[units]
    sound = ("music.flac starts with the dance's first frame, at 0 s." if music
             else "The music is not in here: the dance was kept without it.")
    return f"""A dance of {take.motion.duration:.2f} s: {len(take.motion)} frames at {fps} a second.

dance.glb   the body with its animation and its face (52 morph targets under ARKit's names). Metres.
dance.bvh   skeleton and animation, {_WHOSE[names]}'s names. {BVH_UNITS[units].capitalize()}. It has no face.
dance.npz   SMPL-X: poses (T, 165) axis-angle, trans (T, 3), face (T, 52), betas, mocap_frame_rate.
dance.json  rate, units, axes, joints, and the beats in seconds from the first frame.
{sound}

Everywhere: Y is up, the dancer faces +Z at rest (a T-pose, palms down), left is +X, the floor is at 0. The
first joint is the pelvis. It carries the dancer through the room; there is no root bone below it.

Blender
- Set the scene to {fps} frames a second before you import (Output > Frame Rate): glTF counts seconds, and at
  another rate its keys fall between frames.
- GLB: File > Import > glTF 2.0. glTF knows joints and no ends of bones: "Bone Dir: Temperance" lays bones
  along the limbs, which is good to look at; "Blender" gives bones that are exported again as they came.
- BVH: File > Import > Motion Capture, Scale {scale:g}, Forward -Z, Up Y, and "Update Scene FPS".
- Music: Video Sequencer > Add > Sound, at the first frame.

Godot 4
- Put dance.glb into the project; in the Import dock let "FPS" under Animation be {fps}. One unit is a metre.
  Godot's front is -Z: turn the dancer by 180 degrees about Y.
- For another figure: Skeleton3D > Retarget > Bone Map with SkeletonProfileHumanoid; Hips is the pelvis.

Unreal Engine 5
- Drag dance.glb into the Content Browser (Interchange): metres become centimetres, and Z is up. The animation
  has {fps} frames a second. Unreal reads no BVH.
- For another figure: an IK Rig whose retarget root is the pelvis, since there is no root bone.
"""
