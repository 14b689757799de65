"""How far made rows are from true ones on the stage: in metres, in m/s, and where feet stand."""

from __future__ import annotations

import torch
from torch import Tensor

from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.footing import FEET

METRES, SPEED, STANCE = 4.0, 0.25, 0.5  # weights of errors in m², (m/s)², and of standing feet's (m/s)²
SCALE = {"metres": METRES, "speed": SPEED, "stance": STANCE}


def body_errors(made: Tensor, true: Tensor) -> dict[str, Tensor]:
    """Errors of each stretch, by the names of `SCALE`; each (B,), float32 whatever the autocast.

    made, true: (B, T, ROW) rows. "metres" mean square distance of the 22 joints, m², in the heading frame;
    "speed" of their velocities, (m/s)²; "stance" mean square speed along the floor of feet that truly stand.
    """
    with torch.autocast(made.device.type, enabled=False):
        made, true = made.float(), true.float()
        at, true_at = fk.places(made), fk.places(true)
        speed, true_speed = fk.velocities(made, at), fk.velocities(true, true_at)
        stands = true[:, :-1, pc.CONTACTS, None]
        feet = speed[:, :, FEET, ::2]
        return {"metres": (at - true_at).square().sum(-1).mean((1, 2)),
                "speed": (speed - true_speed).square().sum(-1).mean((1, 2)),
                "stance": (stands * feet.square()).sum((1, 2, 3)) / stands.sum((1, 2, 3)).clamp_min(1.0)}


def stage_errors(made: Tensor, true: Tensor) -> dict[str, Tensor]:
    """What errors of heading and way add up to over each stretch; each (B,), m², float32.

    "turned": mean square distance of the joints with the pelvis at the same place, each in its own heading
    since the first frame; "way": of the pelvis along the floor.
    """
    with torch.autocast(made.device.type, enabled=False):
        made, true = made.float(), true.float()
        off = fk.on_stage(made, fk.places(made)) - fk.on_stage(true, fk.places(true))
        pelvis = off[:, :, :1] * off.new_tensor([1.0, 0.0, 1.0])
        return {"turned": (off - pelvis).square().sum(-1).mean((1, 2)),
                "way": pelvis.square().sum(-1).mean((1, 2))}
