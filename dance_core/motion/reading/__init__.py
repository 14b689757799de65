"""Any motion in: one reader, which judges a file by what it is.

    read        a file → what it holds → one of the readers below
    npz         arrays of npz and npy files
    pickles     pickles of arrays, read without running anything
    arrays      named arrays, checked, and what they are called
    smpl        rotations of SMPL's joints: AMASS, smplx, EDGE, AIST++, and whoever writes such arrays
    rows        one array, told by its width: FineDance, Motion-X, EDGE's rows
    positions   places of joints: Bailando, HumanML3D
    glb         glTF with a skinned humanoid; tracks: its keys
    poses       one frame of a file, as a first pose
    found       what comes out: a motion, and what had to be guessed

Skeletons that are not SMPL's (BVH, glTF) go through `naming` and `retargeting`.
"""

from dance_core.motion.reading.found import Found
from dance_core.motion.reading.poses import ENDINGS, TOLD, read_frame
from dance_core.motion.reading.read import AISTPP, load_bvh, read_motion

__all__ = ["AISTPP", "ENDINGS", "TOLD", "Found", "load_bvh", "read_frame", "read_motion"]
