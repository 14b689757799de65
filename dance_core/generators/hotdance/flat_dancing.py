"""How the trained HOT-dance dances in two dimensions: segment after segment, as in its paper.

Each has 256 frames. The first knows one, the pose that it begins with; each later one the last 16 of the one
before, and that pose as what the dancer looks like.
"""

from __future__ import annotations

import dataclasses
import zlib
from pathlib import Path

import numpy as np
import torch

from dance_core.errors import UserError
from dance_core.generators.hotdance import reference as ref
from dance_core.generators.hotdance.dances import SEGMENT
from dance_core.generators.hotdance.dit import Given
from dance_core.generators.hotdance.dit_config import PATCH, SHORTEST, DitConfig
from dance_core.generators.hotdance.flat_dances import FAINT, columns_of, shares
from dance_core.generators.hotdance.image_codec import load_image_codec
from dance_core.generators.hotdance.whole import NAME, FlatWhole
from dance_core.generators.nets import flow
from dance_core.generators.nets.manner import unsaid
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.segments import bar_of, music_from, tempered
from dance_core.generators.nets.weights import load_weights, read_config
from dance_core.motion.openpose import Seen
from dance_core.motion.sights import filled
from dance_core.music.beats import Beats
from dance_core.music.features import Features
from dance_core.settings import MOTION_FPS

FARTHEST = 30.0  # spreads: no latent of any dance is farther from the middle


class FlatDancer:
    """The image codec and the transformer of two dimensions, with their weights from one folder.

    UserError where the folder has none, or those of three dimensions.
    """

    def __init__(self, folder: Path) -> None:
        self.config = DitConfig.from_dict(read_config(folder, NAME)["config"])  # type: ignore[arg-type]
        self.codec = load_image_codec(folder)
        if not self.codec.config.flat:
            raise UserError(f"The weights in {folder.name!r} dance in three dimensions, not in two.")
        self.whole = FlatWhole(self.config)
        load_weights(folder, NAME, self.whole)
        self.whole.requires_grad_(False).eval()

    @property
    def styles(self) -> tuple[str, ...]:
        """Style keys that it learned; it may know none."""
        return self.config.styles

    def dance(self, features: Features, beats: Beats, style: str, pose: Seen, seed: int) -> Seen:
        """Keypoints to all of a piece of music, in the picture of `pose`, whose first frame is the first.

        A style that it doesn't know is danced as none in particular. UserError for music without the columns
        that it learned from.
        """
        values = columns_of(features.values, features.names, self.config.features, "the song")
        song = zlib.crc32(np.rint(beats.times * MOTION_FPS).astype("<i4").tobytes())
        random = torch.Generator().manual_seed((seed * 1_000_003 + song) % 2**63)  # other noise for each song
        c = self.config
        mood = c.guidance * tempered(seed, beats, c.temper), tempered(seed, beats, c.verve, "verve")
        known = c.styles.index(style) if style in c.styles else len(c.styles)
        still = shares(pose)[0]
        out = still[None]
        with one_thread(), torch.inference_mode():
            while len(out) < len(features):
                lead = min(len(out), c.context)
                wanted = min(SEGMENT - lead, len(features) - len(out))
                frames = max(SHORTEST, -(-(lead + wanted) // PATCH)) * PATCH
                clip = np.repeat(still[None], frames, 0)
                clip[:lead] = out[-lead:]
                music = music_from(values, len(out) - lead + c.lead, frames + c.music_ahead,
                                   bar_of(beats))
                made = self._segment(clip, lead, music, known, random, mood)
                out = np.concatenate([out, made[lead:lead + wanted]])
        return dataclasses.replace(pose, fps=float(MOTION_FPS), xy=out[..., :2] * pose.size,
                                   confidence=out[..., 2])

    def _segment(self, clip: np.ndarray, lead: int, music: np.ndarray, style: int, random: torch.Generator,
                 mood: tuple[float, float] = (1.0, 1.0)) -> np.ndarray:
        """Keypoints (T, 18, 3) of a segment whose first `lead` frames are those of the clip (T, 18, 3).

        mood: how much it is led by the music, and the size of the noise that it begins as.
        """
        c, columns = self.config, len(clip) // PATCH
        known = ref.first_known(lead, len(clip))
        shown = ref.encoded(self.codec, torch.from_numpy(clip), known)[None].clamp(-FARTHEST, FARTHEST)
        reference = self.whole.body_numbers(shown)
        given = Given(reference, ref.mask_of(known, c.heights)[None], torch.zeros(1, 2 * PATCH, columns),
                      torch.from_numpy(music)[None], torch.tensor([style]), unsaid(1))
        predict = self.whole.dit.guided(given, torch.tensor([mood[0]]))
        noise = mood[1] * torch.randn(1, c.numbers, columns, generator=random)
        numbers = flow.sample(predict, noise, c.steps)
        places, sure = self.codec.decode_points(self.whole.latents(numbers))
        places, sure = places[0].numpy(), sure[0].numpy()
        # the place of a point in no column is nobody's. As in all that it learned from, it is where a
        # straight way leads, and faint: what the codec makes of points that leap there and back has no bounds
        places = filled(places, (sure >= FAINT / 2).astype(np.float32)).clip(0.0, 1.0)
        return np.concatenate([places, sure.clip(FAINT, 1.0)[..., None]], -1, dtype=np.float32)
