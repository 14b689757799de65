"""Motion: the noun, rotations, the skeleton and its kinematics both ways, feet on the floor, files.

Read in this order: motion, skeleton, shape, rotations, kinematics; easing, ik; soles, planting, contacts;
capsules, clearing; resample, mirror, filters; files (npz), bvh, retarget; camera, openpose; centre.
This room imports nothing of the others but errors and atomic.
"""
