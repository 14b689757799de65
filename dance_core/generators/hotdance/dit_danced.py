"""What a transformer makes of held-out segments, from noise: does it tremble, go on, and keep its limbs?

Segments that go on from 16 true frames, with their own music. Nothing is finished and no bone put right:
points as the codec says them.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from dance_core.corpus.pairs import Corpus
from dance_core.generators.hotdance import reference as ref
from dance_core.generators.hotdance.coded import Coded
from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.hotdance.dit import Given
from dance_core.generators.hotdance.dit_config import PATCH, DitConfig
from dance_core.generators.hotdance.image_codec import load_image_codec
from dance_core.generators.hotdance.points import Points
from dance_core.generators.hotdance.whole import NAME, Whole
from dance_core.generators.nets import flow
from dance_core.generators.nets.weights import load_weights, read_config
from dance_core.motion import skeleton as sk
from dance_core.settings import MOTION_FPS

MOST = 48  # segments
HELD = 8  # a column where a reference clip holds its pose: known frames lie before and far behind


@torch.inference_mode()
def danced(corpus: Corpus, folder: Path, coded: Path, seed: int = 0) -> dict[str, float]:
    """Numbers of the weights in FOLDER; held-out segments are coded in the folder `coded`, or taken from it.

    shake, true shake: m/s², mean acceleration of the joints, made and true, both through the codec. seam: the
    same where what is made meets the true frames before. limbs: %, mean error of the links' lengths.
    """
    codec = load_image_codec(folder)
    whole = Whole(DitConfig.from_dict(read_config(folder, NAME)["config"]))  # type: ignore[arg-type]
    load_weights(folder, NAME, whole)
    whole.requires_grad_(False).eval()
    c = whole.config
    held_out = Coded.read(corpus, "val", codec, whole, 1, coded, varied=False, seed=seed)
    summing = Points(codec, whole).summing
    lead, found = c.context, []
    for some in torch.linspace(0, len(held_out) - 1, min(MOST, len(held_out))).long().split(8):
        true = held_out.numbers[some].float()
        given = _going_on(held_out, some, true, c)
        predict = whole.dit.guided(given, torch.full((len(some),), c.guidance))
        random = torch.Generator().manual_seed(int(some[0]))
        made = flow.sample(predict, torch.randn(true.shape, generator=random), c.steps)
        links, there = (codec.decode_points(whole.latents(x))[0] for x in (made, true))
        links[:, :lead] = there[:, :lead]
        mine, theirs = ((summing @ x)[:, :, :sk.BODY].diff(n=2, dim=1).norm(dim=-1) * MOTION_FPS**2
                        for x in (links, there))
        long = there[:, :, 1:sk.BODY].norm(dim=-1).median(1, keepdim=True).values
        limbs = (links[:, lead:, 1:sk.BODY].norm(dim=-1) / long - 1).abs()
        # of frames t, t + 1 and t + 2 the change is at t: these have frames on both sides
        seam = mine[:, lead - 2:lead]
        found.append((mine[:, lead:].mean(), theirs[:, lead:].mean(), seam.mean(), 100 * limbs.mean()))
    mean = torch.tensor(found).mean(0).tolist()
    return dict(zip(("shake", "true shake", "seam", "limbs"), mean, strict=True))


def _going_on(held_out: Coded, some: Tensor, true: Tensor, c: DitConfig) -> Given:
    """Segments of whose body, hands and face the first frames are known, and a pose of the dance."""
    columns = SEGMENT // PATCH
    reference = held_out.reference[some, :, HELD:HELD + 1].float().expand(-1, -1, columns).clone()
    first = c.context // PATCH
    reference[..., :first] = true[..., :first]
    known = ref.first_known(first * PATCH, SEGMENT).expand(len(some), -1)
    return Given(reference, ref.mask_of(known, c.heights), ref.details_mask(known, known),
                 held_out.music[some].float(), held_out.style[some].long(), held_out.manner[some])
