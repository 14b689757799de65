#!/usr/bin/env bash
# pose-format 0.15.0 reads a valid OpenPose JSON file of the COCO model (18 body keypoints, 54 numbers, as
# OpenPose writes with --model_pose COCO) under the names of BODY_25, and says nothing.
#
# The two orders agree up to number 7 (the left wrist) and part there: COCO goes on with right hip, knee, ankle,
# BODY_25 with MidHip, right hip, knee. So the right knee arrives as "RHip", the left hip as "RAnkle" and the
# right eye as "LAnkle"; the missing seven points are there with confidence 0. Whoever measures legs, or draws
# limbs by name, has a wrong figure without a warning. The file's own number of values (54, not 75) would tell.
#
# Seen with pose-format 0.15.0, numpy 2.2.6, scipy 1.15.3 on Python 3.11.
# Needs: python3 (3.11 to 3.13) with venv, and a package index. Exits 0 while it is so, 1 when it has changed.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps \
    pose-format==0.15.0 numpy==2.2.6 scipy==1.15.3 tqdm==4.67.1
mkdir "$work/dance"

"$work/venv/bin/python" - "$work/dance" <<'PY'
import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

from pose_format.utils.openpose import load_openpose_directory

COCO = ["Nose", "Neck", "RShoulder", "RElbow", "RWrist", "LShoulder", "LElbow", "LWrist", "RHip", "RKnee",
        "RAnkle", "LHip", "LKnee", "LAnkle", "REye", "LEye", "REar", "LEar"]
folder = Path(sys.argv[1])
# Keypoint n stands at (10 n, 5 n), so that a place tells which one it was.
flat = [v for n in range(len(COCO)) for v in (10.0 * n, 5.0 * n, 1.0)]
person = {"pose_keypoints_2d": flat, "face_keypoints_2d": [], "hand_left_keypoints_2d": [],
          "hand_right_keypoints_2d": []}
for frame in range(2):
    name = f"dance_{frame:012d}_keypoints.json"
    (folder / name).write_text(json.dumps({"version": 1.3, "people": [person]}))

with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    pose = load_openpose_directory(str(folder), fps=30, width=512, height=512)

body = pose.header.components[0]
names = list(body.points)
x, sure = pose.body.data[0, 0, :, 0], pose.body.confidence[0, 0]
print(f"pose-format {version('pose-format')}: component {body.name!r} with {len(names)} points; warnings: {len(told)}")
wrong = {}
for n, name in enumerate(names[:len(COCO)]):
    was = COCO[round(float(x[n]) / 10)]
    if was != name:
        wrong[name] = was
        print(f"  what it calls {name:9s} was written as {was}")
rest = [float(c) for c in sure[len(COCO):len(names)]]
print(f"  confidence of {', '.join(names[len(COCO):])}: {set(rest)}")
same = (names[:8] == COCO[:8] and wrong.get("RHip") == "RKnee" and wrong.get("RAnkle") == "LHip"
        and wrong.get("LAnkle") == "REye" and len(wrong) == 10 and set(rest) == {0.0} and not told)
print("as stated above" if same else "CHANGED")
sys.exit(0 if same else 1)
PY
