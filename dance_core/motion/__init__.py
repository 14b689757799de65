"""Motion: the noun, rotations, the skeleton and its kinematics both ways, feet on the floor, files.

Read in this order: motion, skeleton, shape, rotations, kinematics; easing, hinges, ik; soles, planting,
contacts; capsules, clearing; resample, mirror, filters; bvh, gltf, figure, files; camera, openpose; centre.
Motion of others comes in through three rooms in a row: naming (whose joints), retargeting (their rest poses),
reading (their files). This room imports nothing of the others but errors and atomic.
"""
