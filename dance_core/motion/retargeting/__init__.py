"""Motion of another skeleton on ours, with its twist.

Whatever the rest pose of a file is, a joint's turn in the world tells how the limb has turned since; what is
missing is one constant turn a joint, from our frame to the file's. That is all that is looked for:

    theirs     the other skeleton, by our joints: places and turns of some frames, which way is up
    standing   constants where the rest pose is somebody who stands, however arms, feet and palms are
    local      constants where it is not (bones along x, say): from the bones' own directions and the motion
    limbs      which way knees and elbows bend, palms and fingers, flat feet: what both are held against
    carry      the constants applied: rotations, the place of the pelvis, the floor

A bone points where it points in the file. Trunk, neck and head keep the turns that they have against a
standing rest pose. Sizes are told by the leg: `Carried.scale` is metres in one unit of the file.
"""

from dance_core.motion.retargeting.carry import Carried, carry, metres_per_unit, motion_from_figure

__all__ = ["Carried", "carry", "metres_per_unit", "motion_from_figure"]
