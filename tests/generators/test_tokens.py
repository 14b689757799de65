"""A corpus as codes: windows whose codes, music and retrieval vectors belong to the same moments."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from dance_core.generators.nets import manner as mn
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.dances import Dances
from dance_core.generators.soulnet.masked_config import MASKED_CONFIGS
from dance_core.generators.soulnet.masked_loss import CodesLoss
from dance_core.generators.soulnet.tokens import Tokens, Windows

C = dataclasses.replace(MASKED_CONFIGS["tiny"], codes=500, levels=2, vector=1,
                        features=("beat", "frame", "dance"), styles=("gHO", "gLO"))
LENGTHS = (400, 330, 401)
NEW = C.window - C.context


class Counting:
    """A codec whose codes say when: the height of a moment's first row. The deeper level: how long all is."""

    def encode(self, rows: torch.Tensor) -> torch.Tensor:
        moment = rows[:, ::C.patch, pc.HEIGHT].round().long()
        long = torch.full_like(moment, moment.shape[1])
        return torch.stack([moment, long], -1)[:, None].expand(-1, 3, -1, -1)


def dances() -> Dances:
    """In every row its dance's frame by the patch, in the height; in the music the frame itself."""
    rows = np.zeros((sum(LENGTHS), pc.ROW), np.float32)
    frame = np.concatenate([np.arange(n) for n in LENGTHS])
    of = np.repeat(np.arange(3), LENGTHS)
    rows[:, pc.HEIGHT] = frame / C.patch + 100 * of
    music = np.stack([frame % 15 == 0, frame, of], -1).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(LENGTHS)[:-1]])
    return Dances(rows, music, starts, np.array(LENGTHS), np.array([0, 1, 0]), C.styles, ("a", "~a", "b"))


class FirstAndLast:
    """Instead of what is heard: the first frame of a clip, and the last."""

    clip, sharpness = 24, torch.zeros(2)

    def music(self, features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return features[:, 0, 1:2], features[:, -1, 1:2]


def tokens(passes: int = 1, **rest: float) -> Tokens:
    c = dataclasses.replace(C, **rest)
    return Tokens.read(dances(), ("song", "song", "other"), Counting(), c, passes, ear=FirstAndLast())


def drawn(count: int = 200, **rest: float) -> Windows:
    plain = {"held": 0.0, "no_past": 0.0, "ends": 0.0, "by_part": 0.0, "shorter": 0.0,
             "broken_off": 0.0}
    return tokens(**{**plain, **rest}).draw(np.random.default_rng(0), count)


def test_codes_music_and_vectors_are_of_the_same_moments() -> None:
    w = drawn()
    for i in range(len(w.codes)):
        dance = int(w.music[i, -1, 2])
        inside = w.codes[i, 0, :, 0] != C.nothing
        moments = w.codes[i, 0, inside, 0] - 100 * dance
        assert torch.equal(moments, torch.arange(len(moments)) + moments[0]), "one after another"
        frames = w.music[i, :C.window * C.patch:C.patch, 1][inside]
        assert torch.equal(frames.long() // C.patch, moments)
        first, end = float(w.music[i, C.context * C.patch, 1]), LENGTHS[dance] // C.patch * C.patch - 1
        assert w.vectors[i, :, 0].tolist() == [first, min(first + FirstAndLast.clip - 1, end)]
        assert int(w.style[i]) == (0, 1, 0)[dance] and int(w.song[i]) == (1, 1, 0)[dance]


def looking(varied: int = 1, **rest: float) -> tuple[Windows, np.ndarray]:
    """200 windows of dances that begin .3, 1 and 2 rad to the left and turn by .1 rad/s; frames asked for."""
    turning = dances()
    turning.rows[:, pc.SIX] = np.tile([1, 0, 0, 0, 1, 0], 22)
    turning.rows[:, pc.TURN] = 0.1
    turning = dataclasses.replace(turning, headings=np.array([0.3, 1.0, 2.0]))
    c = dataclasses.replace(C, held=0.0, no_past=0.0, broken_off=0.0, **rest)
    coded = Tokens.read(turning, "aab", Counting(), c, varied, ear=FirstAndLast())
    w = coded.draw(np.random.default_rng(0), 200)
    return w, w.music[:, c.context * c.patch, 1].numpy()


def test_the_heading_is_that_of_the_first_moment_that_is_asked_for() -> None:
    for varied in (1, 3):
        w, first = looking(varied)
        dance = w.music[:, -1, 2].long().numpy()
        yaw = np.array([0.3, 1.0, 2.0])[dance] + 0.1 * first / 30.0
        assert np.allclose(w.bearing[:, -2:], np.stack([np.cos(yaw), np.sin(yaw)], -1), atol=0.01)
        middle = yaw + 0.1 * 0.5 * (w.codes.shape[2] - C.context) * C.patch / 30.0
        assert np.allclose(w.bearing[:, -3], np.cos(middle), atol=0.05), "how much of it is to the front"


def test_the_manner_is_that_of_the_pace_at_which_it_is_danced() -> None:
    w, _ = looking(4)
    turn = np.exp(w.bearing[:, 4].numpy()) - mn.LEAST[4]
    assert abs(np.median(turn) - 0.1) < 0.01 and turn.min() < 0.096 and turn.max() > 0.105
    assert np.allclose(turn, 0.1, rtol=0.21), "between the slowest pace and the fastest"


def test_what_lies_outside_of_a_dance_is_nothing_and_not_asked_for() -> None:
    w = drawn()
    nothing = w.codes[..., 0] == C.nothing
    assert nothing[:, :, :C.context].any() and not nothing[:, :, C.context:].any()
    assert w.known[nothing].all()
    assert torch.equal(~w.known[:, 0].all(0), torch.arange(C.window) >= C.context)


def test_held_poses_stand_before_the_dance_that_begins_with_them() -> None:
    w = drawn(held=1.0)
    lead, first = w.codes[:, 0, :C.context, 0], w.codes[:, 0, C.context, 0]
    assert (lead == lead[:, :1]).all() and torch.equal(lead[:, 0], first)


def test_a_past_that_is_broken_off_is_coded_by_itself() -> None:
    w, true = drawn(broken_off=1.0), drawn()
    lead, first = w.codes[:, 0, :C.context, 0], w.codes[:, 0, C.context, 0]
    assert torch.equal(first[:, None] - lead, torch.arange(C.context, 0, -1).expand(len(lead), -1))
    # this codec says in its deeper level how many moments it was given
    assert (w.codes[:, 0, :C.context, 1] == 2 * C.context).all()
    assert not (true.codes[:, 0, :C.context, 1] == 2 * C.context).any()
    assert (w.codes[:, 0, C.context:, 1] > 2 * C.context).all()


def test_shares_of_windows_know_their_ends_or_parts_or_have_no_past() -> None:
    new = slice(C.context, None)
    ends = drawn(ends=1.0).known
    assert ends[:, :, -1].all() and not ends[:, :, C.context].any()
    parts = drawn(by_part=1.0).known[:, :, new].all(-1).sum(1)
    assert set(parts.tolist()) == {1, 2}
    alone = drawn(no_past=1.0).codes[:, :, :C.context, 0]
    assert (alone == C.nothing).all()
    for w in (drawn(ends=1.0, by_part=1.0, shorter=1.0), drawn(held=0.4, no_past=0.5)):
        assert (~w.known).any(2).any(1).all(), "something is asked for in each"


def test_some_batches_are_shorter() -> None:
    whole, rng = tokens(shorter=0.5), np.random.default_rng(1)
    drawn = [whole.draw(rng, 4) for _ in range(40)]
    lengths = {w.codes.shape[2] for w in drawn}
    assert max(lengths) == C.window and min(lengths) < 0.6 * C.window
    assert all(w.music.shape[1] == w.codes.shape[2] * C.patch + C.music_ahead for w in drawn)


def test_other_tempi_are_other_codes_of_the_same_dances() -> None:
    once, thrice = tokens(1), tokens(3)
    assert len(thrice.lengths) == 3 * len(once.lengths)
    assert np.array_equal(thrice.codes[:len(once.codes)], once.codes)
    steps = {round(float(np.diff(thrice.codes[a:a + n, 0, 0].astype(float)).mean()), 2)
             for a, n in zip(thrice.starts[3:], thrice.lengths[3:], strict=True)}
    assert len(steps) > 3 and min(steps) < 0.97 and max(steps) > 1.03


@pytest.mark.parametrize(("hide", "told"), [(0.0, 400), (1.0, 0), (0.3, 280)])
def test_of_a_share_of_the_windows_the_retrieval_vectors_are_not_told(hide: float, told: int) -> None:
    torch.manual_seed(0)
    loss = SimpleNamespace(c=dataclasses.replace(MASKED_CONFIGS["tiny"], hide=hide))
    vectors = CodesLoss.vaguely(loss, torch.ones(400, 2, 5))
    assert set(vectors.flatten(1).sum(1).tolist()) <= {0.0, 10.0}, "both or neither"
    assert int(vectors.any(-1).any(-1).sum()) == pytest.approx(told, abs=40)
    assert CodesLoss.vaguely(loss, None) is None
