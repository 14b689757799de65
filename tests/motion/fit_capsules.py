"""Fits the capsules of dance_core/motion/capsules.py to the skin of the shipped body and prints them.

    PYTHONPATH=. .venv/bin/python tests/motion/fit_capsules.py

Not a test; takes seconds. Trunk: four lines from right to left, symmetric; height, depth, half length and
radius of each are free, and each vertex of the trunk counts by its distance to the nearest capsule's surface.
The others: one line each, near the bone. Least squares with soft_l1 at 1 cm, so that ears and noses don't
pull. What is printed is in the body at rest.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import least_squares

from dance_core.body.model import Body, load_body
from dance_core.motion import skeleton as sk

_NECKLINE = 0.56  # m: above this the trunk is neck
_SKULL = np.array([0.0, 0.76, 0.045])  # m, the middle of the head


def skin(body: Body, part: str) -> np.ndarray:
    """(N, 3) m: the vertices at rest that a capsule stands for; left side where there are two."""
    v, carrier = body.template, body.weights.argmax(1)
    if part == "trunk":
        bones = (sk.PELVIS, sk.SPINE1, sk.SPINE2, sk.SPINE3, sk.LEFT_COLLAR, sk.RIGHT_COLLAR)
        return v[np.isin(carrier, bones) & (v[:, 1] < _NECKLINE)]
    if part == "thigh":
        return v[(carrier == sk.LEFT_HIP) & (v[:, 1] < 0.0)]
    if part == "shin":
        return v[(carrier == sk.LEFT_KNEE) & (v[:, 1] < sk.REST_JOINTS[sk.LEFT_KNEE, 1])]
    if part == "foot":
        below = v[:, 1] < sk.REST_JOINTS[sk.LEFT_ANKLE, 1]
        return v[np.isin(carrier, (sk.LEFT_ANKLE, sk.LEFT_FOOT)) & below]
    if part == "neck":
        return v[(carrier == sk.NECK) & (v[:, 1] > 0.6)]
    if part == "forearm":
        half = (sk.REST_JOINTS[sk.LEFT_ELBOW, 0] + sk.REST_JOINTS[sk.LEFT_WRIST, 0]) / 2
        return v[(carrier == sk.LEFT_ELBOW) & (v[:, 0] > half)]
    # the head: what faces outwards, and is no eye, tooth or tongue
    normals, out = body.normals(v.astype(np.float32)), v - _SKULL
    far = np.linalg.norm(out, axis=-1)
    return v[(carrier == sk.HEAD) & ((normals * out).sum(-1) > 0.3 * far) & (far > 0.075)]


def surface(points: np.ndarray, start: np.ndarray, stop: np.ndarray, first: float, last: float) -> np.ndarray:
    """(N,) m from a capsule's surface, below 0 inside."""
    axis = stop - start
    t = np.clip((points - start) @ axis / max(float(axis @ axis), 1e-12), 0.0, 1.0)
    return np.linalg.norm(points - start - t[:, None] * axis, axis=-1) - (first + (last - first) * t)


def fit(residual, begin: list[float]) -> np.ndarray:
    return least_squares(residual, begin, loss="soft_l1", f_scale=0.01).x


def main() -> None:
    body = load_body()
    trunk, thigh, neck, head, forearm = (skin(body, p) for p in ("trunk", "thigh", "neck", "head", "forearm"))

    def of_trunk(x: np.ndarray) -> np.ndarray:
        every = [surface(trunk, np.array([-h, y, z]), np.array([h, y, z]), r, r)
                 for y, z, h, r in x.reshape(4, 4)]
        return np.min(every, 0)

    found = fit(of_trunk, [0.03, 0.02, 0.06, 0.10, 0.18, 0.04, 0.04, 0.10,
                           0.37, 0.045, 0.06, 0.11, 0.49, 0.03, 0.06, 0.10])
    print("hips, belly, chest, shoulders: height, front, half length, radius\n", found.reshape(4, 4).round(3))
    hip, knee = sk.REST_JOINTS[sk.LEFT_HIP], sk.REST_JOINTS[sk.LEFT_KNEE]
    print("thigh: radii, start x and z from the hip, stop x and z from the knee", fit(
        lambda x: surface(thigh, hip + [x[2], 0, x[3]], knee + [x[4], 0, x[5]], x[0], x[1]),
        [0.08, 0.06, 0, 0, 0, 0]).round(3))
    print("neck: z below, z above, radius", fit(
        lambda x: surface(neck, np.array([0, 0.58, x[0]]), np.array([0, 0.70, x[1]]), x[2], x[2]),
        [0.02, 0.04, 0.05]).round(3))
    print("head: y and z below, above, radius", fit(
        lambda x: surface(head, np.array([0, x[0], x[1]]), np.array([0, x[2], x[3]]), x[4], x[4]),
        [0.72, 0.04, 0.79, 0.04, 0.085]).round(3))
    elbow, wrist = sk.REST_JOINTS[sk.LEFT_ELBOW], sk.REST_JOINTS[sk.LEFT_WRIST]
    ankle = sk.REST_JOINTS[sk.LEFT_ANKLE]
    shin, foot = skin(body, "shin"), skin(body, "foot")
    print("shin: radii, start z from the knee, stop z from the ankle", fit(
        lambda x: surface(shin, knee + [0, 0, x[2]], ankle + [0, 0, x[3]], x[0], x[1]),
        [0.05, 0.035, 0, 0]).round(3))
    print("foot: heel x y z and toes x y z from the ankle, radii", fit(
        lambda x: surface(foot, ankle + x[:3], ankle + x[3:6], x[6], x[7]),
        [0, -0.03, -0.03, 0.02, -0.05, 0.15, 0.035, 0.03]).round(3))
    print("forearm: radii", fit(
        lambda x: surface(forearm, (elbow + wrist) / 2, wrist, x[0], x[1]), [0.04, 0.03]).round(3))


if __name__ == "__main__":
    main()
