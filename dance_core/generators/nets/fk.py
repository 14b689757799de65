"""Forward kinematics of the 22 body joints in torch: rows of a pose code to places in metres."""

from __future__ import annotations

import torch
from torch import Tensor

from dance_core.generators.nets import pose_code as pc
from dance_core.motion.skeleton import BODY, BONES, LEVELS, PARENTS

_LEVELS = [body for level in LEVELS if (body := [j for j in level if j < BODY])]


def matrices(six: Tensor) -> Tensor:
    """(…, 6) -> (…, 3, 3) by Gram-Schmidt; columns as in motion.rotations."""
    x = torch.nn.functional.normalize(six[..., :3], dim=-1, eps=1e-6)
    y = six[..., 3:] - (x * six[..., 3:]).sum(-1, keepdim=True) * x
    y = torch.nn.functional.normalize(y, dim=-1, eps=1e-6)
    return torch.stack([x, y, torch.linalg.cross(x, y)], -1)


def places(rows: Tensor) -> Tensor:
    """(B, T, ROW) -> (B, T, 22, 3) m in the heading frame of each frame, pelvis at x = z = 0.

    Together with `way` that is all that a loss in metres needs.
    """
    local = matrices(rows[..., pc.SIX].reshape(*rows.shape[:-1], BODY, 6))
    bones = torch.as_tensor(BONES[:BODY].copy(), dtype=rows.dtype, device=rows.device)
    zero = torch.zeros_like(rows[..., pc.HEIGHT])
    place: list[Tensor] = [torch.stack([zero, rows[..., pc.HEIGHT], zero], -1)] + [zero] * (BODY - 1)
    world: list[Tensor] = [local[..., 0, :, :]] + [zero] * (BODY - 1)
    for level in _LEVELS:
        up = [PARENTS[j] for j in level]
        above = torch.stack([world[p] for p in up], -3)
        at = torch.stack([place[p] for p in up], -2) + (above @ bones[level].unsqueeze(-1)).squeeze(-1)
        turned = above @ local[..., level, :, :]
        for i, j in enumerate(level):
            place[j], world[j] = at[..., i, :], turned[..., i, :, :]
    return torch.stack(place, -2)


def velocities(rows: Tensor, at: Tensor, fps: float = 30.0) -> Tensor:
    """(B, T-1, 22, 3) m/s over the floor, in the heading frame of the earlier frame.

    rows (B, T, ROW), at (B, T, 22, 3) = places(rows). The next frame's places are turned and moved by
    what the rows say of heading and root.
    """
    turn = rows[:, :-1, pc.TURN] / fps
    c, s = torch.cos(turn)[..., None], torch.sin(turn)[..., None]
    x, y, z = at[:, 1:].unbind(-1)
    v = rows[:, :-1, pc.VELOCITY]
    nxt = torch.stack([c * x + s * z + v[..., :1] / fps, y, -s * x + c * z + v[..., 1:] / fps], -1)
    return (nxt - at[:, :-1]) * fps


def on_stage(rows: Tensor, at: Tensor, fps: float = 30.0) -> Tensor:
    """(B, T, 22, 3) m in the heading frame of the first frame, where the pelvis begins at x = z = 0.

    rows (B, T, ROW), at (B, T, 22, 3) = places(rows). Heading and way are what the rows add up to.
    """
    yaw = torch.cumsum(rows[..., pc.TURN], 1) - rows[..., pc.TURN]
    c, s = torch.cos(yaw / fps)[..., None], torch.sin(yaw / fps)[..., None]
    x, y, z = at.unbind(-1)
    side, ahead = rows[..., pc.VELOCITY].split(1, -1)
    step = torch.cat([c * side + s * ahead, c * ahead - s * side], -1) / fps
    way = (torch.cumsum(step, 1) - step)[..., None, :]
    return torch.stack([c * x + s * z + way[..., 0], y, c * z - s * x + way[..., 1]], -1)
