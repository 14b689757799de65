"""Rotations as axis-angle, unit quaternions, 3x3 matrices and 6D, and changes between them.

All functions take any number of leading dimensions `(…)`, compute in float64 and return float64.
Quaternions are (w, x, y, z). Matrices act on column vectors. 6D is the first two *columns* of the
matrix, one after the other (Zhou et al., "On the Continuity of Rotation Representations", 2019).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from dance_core.motion.vectors import cross, length

_TINY = 1e-12
IDENTITY = np.array([1.0, 0.0, 0.0, 0.0])
IDENTITY.setflags(write=False)


def _unit(v: np.ndarray) -> np.ndarray:
    return v / np.maximum(length(v), _TINY)[..., None]


def quaternion_from_axis_angle(axis_angle: ArrayLike) -> np.ndarray:
    """(…, 3) radians -> (…, 4) unit quaternions."""
    v = np.asarray(axis_angle, np.float64)
    angle = length(v)
    out = np.empty((*angle.shape, 4))
    out[..., 0] = np.cos(angle / 2)
    # sin(a/2)/a, by np.sinc so that zero needs no special case
    out[..., 1:] = v * (0.5 * np.sinc(angle / (2 * np.pi)))[..., None]
    return out


def axis_angle_from_quaternion(quaternion: ArrayLike) -> np.ndarray:
    """(…, 4) -> (…, 3) radians, the short way round (angle <= pi)."""
    q = _unit(np.asarray(quaternion, np.float64))
    q = np.where(q[..., :1] < 0, -q, q)
    sine = length(q[..., 1:])
    angle = 2 * np.arctan2(sine, q[..., 0])
    scale = np.where(sine > 1e-9, angle / np.maximum(sine, _TINY), 2.0)
    return q[..., 1:] * scale[..., None]


def matrix_from_quaternion(quaternion: ArrayLike) -> np.ndarray:
    """(…, 4) -> (…, 3, 3)."""
    q = _unit(np.asarray(quaternion, np.float64))
    w, x, y, z = np.moveaxis(q, -1, 0)
    rows = [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
            2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
            2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]
    return np.stack(rows, -1).reshape(*q.shape[:-1], 3, 3)


def quaternion_from_matrix(matrix: ArrayLike) -> np.ndarray:
    """(…, 3, 3) -> (…, 4) with w >= 0, by the largest of the four candidates (Shepperd)."""
    m = np.asarray(matrix, np.float64)
    xx, yy, zz = m[..., 0, 0], m[..., 1, 1], m[..., 2, 2]
    four = np.stack([xx + yy + zz, xx - yy - zz, yy - xx - zz, zz - xx - yy], -1)  # 4c²-1 each
    a, b, c = m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]
    d, e, f = m[..., 1, 0] + m[..., 0, 1], m[..., 0, 2] + m[..., 2, 0], m[..., 2, 1] + m[..., 1, 2]
    s = 1 + four
    table = np.stack([np.stack([s[..., 0], a, b, c], -1), np.stack([a, s[..., 1], d, e], -1),
                      np.stack([b, d, s[..., 2], f], -1), np.stack([c, e, f, s[..., 3]], -1)], -2)
    best = np.argmax(four, -1)[..., None, None]
    q = _unit(np.take_along_axis(table, np.broadcast_to(best, (*best.shape[:-1], 4)), -2)[..., 0, :])
    return np.where(q[..., :1] < 0, -q, q)


def matrix_from_axis_angle(axis_angle: ArrayLike) -> np.ndarray:
    """(…, 3) radians -> (…, 3, 3)."""
    return matrix_from_quaternion(quaternion_from_axis_angle(axis_angle))


def axis_angle_from_matrix(matrix: ArrayLike) -> np.ndarray:
    """(…, 3, 3) -> (…, 3) radians, angle <= pi."""
    return axis_angle_from_quaternion(quaternion_from_matrix(matrix))


def six_from_matrix(matrix: ArrayLike) -> np.ndarray:
    """(…, 3, 3) -> (…, 6): first column, then second column."""
    m = np.asarray(matrix, np.float64)
    return np.concatenate([m[..., :, 0], m[..., :, 1]], -1)


def matrix_from_six(six: ArrayLike) -> np.ndarray:
    """(…, 6) -> (…, 3, 3) by Gram-Schmidt; any six numbers with two independent halves will do."""
    s = np.asarray(six, np.float64)
    x = _unit(s[..., :3])
    y = _unit(s[..., 3:] - (x * s[..., 3:]).sum(-1, keepdims=True) * x)
    return np.stack([x, y, cross(x, y)], -1)


def six_from_axis_angle(axis_angle: ArrayLike) -> np.ndarray:
    """(…, 3) radians -> (…, 6)."""
    return six_from_matrix(matrix_from_axis_angle(axis_angle))


def axis_angle_from_six(six: ArrayLike) -> np.ndarray:
    """(…, 6) -> (…, 3) radians."""
    return axis_angle_from_matrix(matrix_from_six(six))


def multiply(first: ArrayLike, second: ArrayLike) -> np.ndarray:
    """Quaternion product (…, 4): turns by `second`, then by `first`, as matrices do."""
    a, b = np.asarray(first, np.float64), np.asarray(second, np.float64)
    # number by number: sums along an axis as short as this take longer than all of the arithmetic
    aw, ax, ay, az = (a[..., i] for i in range(4))
    bw, bx, by, bz = (b[..., i] for i in range(4))
    out = np.empty(np.broadcast_shapes(a.shape, b.shape))
    out[..., 0] = aw * bw - (ax * bx + ay * by + az * bz)
    out[..., 1] = (aw * bx + bw * ax) + (ay * bz - az * by)
    out[..., 2] = (aw * by + bw * ay) + (az * bx - ax * bz)
    out[..., 3] = (aw * bz + bw * az) + (ax * by - ay * bx)
    return out


def inverse(quaternion: ArrayLike) -> np.ndarray:
    """(…, 4) unit quaternions -> their inverses."""
    return np.asarray(quaternion, np.float64) * np.array([1.0, -1.0, -1.0, -1.0])


def rotate(quaternion: ArrayLike, vector: ArrayLike) -> np.ndarray:
    """Turn (…, 3) vectors by (…, 4) unit quaternions."""
    q, v = np.asarray(quaternion, np.float64), np.asarray(vector, np.float64)
    w, x, y, z = (q[..., i] for i in range(4))
    a, b, c = (v[..., i] for i in range(3))
    d, e, f = 2 * (y * c - z * b), 2 * (z * a - x * c), 2 * (x * b - y * a)  # twice the axis × v
    out = np.empty((*d.shape, 3))
    out[..., 0] = (a + w * d) + (y * f - z * e)
    out[..., 1] = (b + w * e) + (z * d - x * f)
    out[..., 2] = (c + w * f) + (x * e - y * d)
    return out


def slerp(start: ArrayLike, stop: ArrayLike, weight: ArrayLike, short: bool = True) -> np.ndarray:
    """Spherical blend (…, 4) of unit quaternions; weight (…) 0 = start, 1 = stop.

    The short way round; with short=False the way that the given signs say, for a caller who keeps them
    continuous in time.
    """
    a, b = np.asarray(start, np.float64), np.asarray(stop, np.float64)
    w = np.asarray(weight, np.float64)[..., None]
    dot = (a * b).sum(-1, keepdims=True)
    b = np.where((dot < 0) & short, -b, b)
    angle = 2 * np.arctan2(length(a - b), length(a + b))[..., None]
    # sin(k·angle)/sin(angle) by sinc: right at angle 0 too
    scale = np.sinc(angle / np.pi)
    left = (1 - w) * np.sinc((1 - w) * angle / np.pi) / scale
    right = w * np.sinc(w * angle / np.pi) / scale
    return _unit(left * a + right * b)


def unroll(quaternion: ArrayLike) -> np.ndarray:
    """(T, …, 4) with signs flipped so that neighbours in time are near; needed before filtering."""
    q = np.asarray(quaternion, np.float64)
    dots = (q[1:] * q[:-1]).sum(-1)
    sign = np.cumprod(np.where(dots < 0, -1.0, 1.0), axis=0)
    return np.concatenate([q[:1], q[1:] * sign[..., None]], 0)


def yaw_of(quaternion: ArrayLike) -> np.ndarray:
    """(…, 4) -> (…) radians: turn about +Y of the swing-twist split. 0 = facing +Z, left positive."""
    q = np.asarray(quaternion, np.float64)
    return 2 * np.arctan2(q[..., 2], q[..., 0])


def wrapped(angle: ArrayLike) -> np.ndarray:
    """The same angles (…) in radians, whole turns taken off: from -pi to below pi."""
    return (np.asarray(angle, np.float64) + np.pi) % (2 * np.pi) - np.pi


def quaternion_about(axis: str, angle: ArrayLike) -> np.ndarray:
    """Quaternions (…, 4) that turn by angle (…) radians about "x", "y" or "z"."""
    half = np.asarray(angle, np.float64) / 2
    q = np.zeros((*half.shape, 4))
    q[..., 0] = np.cos(half)
    q[..., 1 + "xyz".index(axis)] = np.sin(half)
    return q


def shortest_arc(start: ArrayLike, stop: ArrayLike) -> np.ndarray:
    """Quaternions (…, 4) of the shortest turn of unit vectors (…, 3) onto others.

    Between opposite vectors no turn is the shortest: there the answer is the identity.
    """
    a, b = np.broadcast_arrays(np.asarray(start, np.float64), np.asarray(stop, np.float64))
    half = a + b  # the quaternion of a to b turns a half-way to b twice
    q = np.concatenate([(a * half).sum(-1, keepdims=True), cross(a, half)], -1)
    size = length(q)[..., None]
    return np.where(size > 1e-9, q / np.maximum(size, 1e-9), IDENTITY)


def geodesic(first: ArrayLike, second: ArrayLike) -> np.ndarray:
    """Angle (…) in radians between rotations given as unit quaternions."""
    return length(axis_angle_from_quaternion(multiply(inverse(first), second)))
