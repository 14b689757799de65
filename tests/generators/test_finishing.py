"""What finishes the dances of all networks: joins leave no mark, feet lead, snaps are spread."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from practice import features_for, stance, steady_beats

from dance_core.evaluation.alignment import motion_speed
from dance_core.generators.base import Request
from dance_core.generators.nets import fk
from dance_core.generators.nets import pose_code as pc
from dance_core.generators.nets.answering import answer
from dance_core.generators.nets.calming import Calm
from dance_core.generators.nets.finishing import SNAP, finish, unsnapped
from dance_core.generators.nets.footing import ABRUPT, FLEES, gone_on, led_by_feet
from dance_core.generators.nets.one_thread import one_thread
from dance_core.generators.nets.staging import (
    CENTRE_FREE,
    CENTRE_PULL,
    EDGE,
    EDGE_PULL,
    FRONT_FREE,
    FRONT_MOST,
    HOME_MOST,
    MEAN_FREE,
    SPIN,
    _mean_heading,
    kept_near,
    turned_to_front,
)
from dance_core.motion import hinges
from dance_core.motion import kinematics as kin
from dance_core.motion import rotations as rot
from dance_core.motion import skeleton as sk
from dance_core.motion.capsules import SUNK, depths
from dance_core.motion.filters import joint_acceleration
from dance_core.motion.motion import Motion


def test_new_frames_go_on_from_the_old_ones(motion: Motion, code: pc.PoseCode) -> None:
    """Rows of another moment are joined: the past stays bit for bit, and nothing jumps."""
    rows = code.encode(motion)
    before = motion.slice(0, 60)
    whole = finish(rows[140:260], before, code)
    assert len(whole) == 180
    assert np.array_equal(whole.rotations[:60], before.rotations)
    assert np.array_equal(whole.translation[:60], before.translation)
    rough = joint_acceleration(whole).max(axis=1)
    assert rough[58:64].max() <= np.percentile(rough[70:], 95), "place and speed go on"


def test_fingers_arms_and_trunk_are_calmed_by_themselves(motion: Motion, code: pc.PoseCode) -> None:
    """A shiver of 4 Hz in all numbers leaves only what nothing above 2 Hz is wanted of."""
    rows = np.repeat(code.encode(motion)[:1].astype(np.float64), 150, axis=0)
    rows[:, pc.RATES] = 0.0
    before = code.decode(rows[:1])
    shiver = 0.1 * np.sin(2 * np.pi * 4.0 * np.arange(150) / 30)[:, None]
    rows[:, pc.HANDS] += shiver
    rows[:, 9 * 6:10 * 6] += shiver  # of the chest
    rows[:, 19 * 6:20 * 6] += shiver  # of the right elbow

    def stirs(calm: Calm) -> np.ndarray:
        """Of the chest, the elbow and the fingers."""
        q = rot.quaternion_from_axis_angle(finish(rows, before, code, calm=calm).rotations[30:120])
        turned = rot.geodesic(q[1:], q[:-1])
        return np.array([turned[:, 9].mean(), turned[:, 19].mean(), turned[:, 25:].mean()])

    as_it_is = stirs(Calm())
    assert as_it_is.min() > 0.0
    for calm, calmed in ((Calm(fingers=2.0), [2]), (Calm(arms=2.0), [1]),
                         (Calm(trunk=2.0), [0]), (Calm(every=2.0), [0, 1, 2])):
        left = stirs(calm) / as_it_is
        assert left[calmed].max() < 0.1
        assert np.array_equal(np.delete(left, calmed), np.ones(3 - len(calmed)))


@pytest.mark.parametrize("speed", [0.3, 0.8])
def test_nobody_leaves_the_stage(speed: float) -> None:
    """Who walks on and on comes to a stop where the pull back is as strong."""
    rows = np.zeros((900, pc.ROW))
    rows[:, pc.VELOCITY] = [speed, 0.0]
    kept = kept_near(rows, 0.0, (0.0, 0.0))
    way = np.cumsum(kept[:, pc.VELOCITY][:, 0]) / 30
    far = way.max()
    pull = CENTRE_PULL * (far - CENTRE_FREE) + EDGE_PULL * max(0.0, far - EDGE)
    assert pull == pytest.approx(speed, abs=0.01)
    assert far <= 1.6


def test_hands_stay_out_of_the_body(motion: Motion, code: pc.PoseCode) -> None:
    """What a network draws with a hand in the chest is danced with the hand before it."""
    rotations = motion.rotations[:150].copy()
    rotations[60:120, 16] = [0.0, -np.radians(100), 0.0]  # the arm goes across the chest …
    rotations[60:120, 18] = [0.0, -np.radians(120), 0.0]  # … and the forearm back into it
    sunk = Motion(30, rotations, motion.translation[:150], motion.face[:150])
    before = motion.slice(0, 20)
    whole = finish(code.encode(sunk)[20:], before, code)
    assert (depths(sunk).max((1, 2)) > SUNK).sum() >= 50
    assert (depths(whole).max((1, 2)) > SUNK).sum() <= 5
    assert np.array_equal(whole.rotations[:20], before.rotations)


def test_a_dance_can_begin_in_a_held_pose(motion: Motion, code: pc.PoseCode) -> None:
    pose = motion.slice(100, 101)
    whole = finish(code.encode(motion)[:90], pose, code)
    assert np.array_equal(whole.rotations[0], pose.rotations[0])
    assert np.abs(np.diff(kin.joints(whole, 22)[:3], axis=0)).max() * 30 < 2.5, "it does not leap out of it"


@pytest.mark.parametrize("heading", [-3.0, 2.4, 3.1])
def test_a_dance_comes_round_to_who_watches(motion: Motion, code: pc.PoseCode, heading: float) -> None:
    """With its back to the public it turns round; in front nothing turns it."""
    rows = code.encode(motion)[:300]
    rows[:, pc.TURN] = 0.0
    rows[::2, pc.CONTACTS], rows[1::2, pc.CONTACTS] = (1, 1, 0, 0), (0, 0, 1, 1)
    turned = turned_to_front(rows, heading)
    came = heading + float(turned[:-1, pc.TURN].sum()) / 30
    assert abs(came) < FRONT_FREE + 0.1 and came * heading > 0, "round, not beyond"
    assert np.abs(turned[:, pc.TURN]).max() <= FRONT_MOST + 1e-6
    assert np.array_equal(turned_to_front(rows, 0.9 * MEAN_FREE), rows)


def test_who_stays_turned_comes_round_and_a_look_to_the_side_stays_one() -> None:
    """Over some bars the dance faces who watches; what lasts a second is the dance's own."""
    rows = np.zeros((300, pc.ROW))
    rows[:, pc.CONTACTS] = 1.0

    def headings(turned: np.ndarray, first: float) -> np.ndarray:
        return first + np.concatenate([[0.0], np.cumsum(turned[:-1, pc.TURN])]) / 30

    stays = headings(turned_to_front(rows, 0.6), 0.6)
    assert stays[30] > 0.3 and 0.5 * MEAN_FREE < stays[-1] < MEAN_FREE + 0.05, "slowly, and not beyond"
    rows[140:150, pc.TURN], rows[165:175, pc.TURN] = 1.5, -1.5
    own, looks = headings(rows, 0.0), headings(turned_to_front(rows, 0.0), 0.0)
    assert own.max() == pytest.approx(0.5) and looks.max() > 0.35 and abs(looks[-1]) < 0.1
    new = rows[:30] * 0.0 + rows[:1]
    turns = [float(turned_to_front(new, 0.6, np.full(90, past))[:, pc.TURN].sum()) for past in (-0.3, 0.6)]
    assert turns[1] < turns[0] < 0.0, "what was danced before counts"


def test_who_turns_on_and_on_has_no_mean_heading() -> None:
    mean, steady = _mean_heading(0.6 + 0.3 * np.sin(np.arange(600) / 5))
    assert mean[200:400] == pytest.approx(0.6, abs=0.02) and steady[200:400].min() == 1.0
    assert not _mean_heading(np.arange(600) * 0.9 / 30)[1][200:400].any(), "a waltz is not pulled back"


def test_who_stands_turns_more_slowly_and_who_spins_is_left_alone(motion: Motion, code: pc.PoseCode) -> None:
    rows = code.encode(motion)[:300]
    rows[:, pc.TURN], rows[:, pc.CONTACTS] = 0.0, (1, 1, 0, 0)
    stepping = turned_to_front(rows, 2.5)[0, pc.TURN]
    rows[:, pc.CONTACTS] = 1.0
    standing = turned_to_front(rows, 2.5)
    assert 0.0 > standing[0, pc.TURN] > stepping, "on the balls of the feet"
    assert abs(2.5 + float(standing[:-1, pc.TURN].sum()) / 30) < FRONT_FREE + 0.1, "but all the way"
    rows[:, pc.TURN] = 2.0 * SPIN
    assert np.array_equal(turned_to_front(rows, 2.5), rows)


def test_a_way_back_ends_in_the_very_centre() -> None:
    """Where ways add up; otherwise nobody minds half a metre."""
    rows = np.zeros((240, pc.ROW))
    rows[:, pc.VELOCITY] = 0.1, -0.05
    for heading in (0.0, 2.0):
        near, home = (kept_near(rows, heading, (0.5, -0.4), home)[:, pc.VELOCITY] for home in (False, True))
        c, s = np.cos(heading), np.sin(heading)
        ends = [np.array([0.5, -0.4]) + np.stack([c * v[:, 0] + s * v[:, 1], -s * v[:, 0] + c * v[:, 1]], -1
                                                 ).sum(0) / 30 for v in (near, home)]
        assert np.linalg.norm(ends[1]) < 0.13 < 0.4 < np.linalg.norm(ends[0])
        assert np.linalg.norm(home - rows[:, pc.VELOCITY], axis=1).max() <= HOME_MOST + 1e-9


def test_the_root_goes_on_as_fast_as_it_was() -> None:
    velocity = np.tile([-0.6, 0.7], (30, 1))
    gap = np.linalg.norm(velocity[0] - [0.9, 0.6])
    joined = velocity + gone_on(np.array([[0.9, 0.6]]), velocity)
    jumps = np.linalg.norm(np.diff(np.concatenate([[[0.9, 0.6]], joined]), axis=0), axis=1)
    assert gap > 1.5 and jumps.max() < 0.3 * gap and np.array_equal(joined[10:], velocity[10:])
    near = velocity[:1] + 0.9 * ABRUPT / np.sqrt(2)
    assert not gone_on(near, velocity).any(), "small steps are the dance's own"
    assert not gone_on(velocity[:0], velocity).any()


def test_a_snap_is_spread_and_nothing_else_changes(motion: Motion) -> None:
    """A shoulder that turns by 100 degrees from one frame to the next turns over several, to the same end."""
    rotations = motion.rotations[:90].copy()
    rotations[:, 16], rotations[:, 17] = 0.0, 0.0
    rotations[40:, 16, 2] = np.radians(100)
    whole = unsnapped(Motion(30, rotations, motion.translation[:90], motion.face[:90]), 20)
    q = rot.quaternion_from_axis_angle(whole.rotations[:, 16])
    assert rot.geodesic(q[:-1], q[1:]).max() * 30 < SNAP
    assert np.allclose(whole.rotations[44:, 16, 2], np.radians(100)) and not whole.rotations[:36, 16].any()
    others = [j for j in range(55) if j not in (16, 18, 20)]  # elbow and wrist may help
    assert np.array_equal(whole.rotations[:, others], rotations[:, others])
    kept = unsnapped(Motion(30, rotations, motion.translation[:90], motion.face[:90]), 60)
    assert np.array_equal(kept.rotations, rotations), "frames that were given out stay"


def test_an_elbow_that_snaps_does_not_pass_the_wrong_way() -> None:
    """Two elbows that bend well, half a turn of the forearm apart: half-way it points 24 degrees wrong."""
    standing = Motion.join([stance()] * 90)
    rotations = standing.rotations.copy()
    rotations[:, sk.LEFT_SHOULDER] = 0.0
    rotations[:60, sk.LEFT_ELBOW] = 1.139, 0.194, 0.313
    rotations[60:, sk.LEFT_ELBOW] = -0.678, 0.329, -1.709
    dance = replace(standing, rotations=rotations)
    code = pc.PoseCode.fit([dance])
    rows = code.encode(dance)[20:].astype(np.float64)
    whole = finish(rows, dance.slice(0, 20), code, calm=Calm(14.0, 14.0, 14.0, 14.0))
    elbows = rot.quaternion_from_axis_angle(whole.rotations[:, sk.LEFT_ELBOW])
    assert hinges.bent_backwards(hinges.HINGES[sk.LEFT_ELBOW], elbows).max() < 5.0
    assert whole.slice(0, 20).same_as(dance.slice(0, 20))


# --- what is drawn to learn from -----------------------------------------------------------------

def still_rows(motion: Motion, code: pc.PoseCode, frames: int = 40) -> np.ndarray:
    """A pose that is held, with both feet down."""
    rows = np.repeat(code.encode(motion)[:1].astype(np.float64), frames, axis=0)
    rows[:, pc.VELOCITY], rows[:, pc.TURN] = 0.0, 0.0
    return rows


@pytest.mark.parametrize("contact", [0.0, 1.0])
@pytest.mark.parametrize("speed", [0.3, 1.0, 3.0])
def test_nobody_glides_with_the_feet_on_the_floor(code: pc.PoseCode, motion: Motion, contact: float,
                                                  speed: float) -> None:
    """Whatever its contacts say: a body that is moved about on standing feet stays; in a leap it flies on."""
    rows = still_rows(motion, code)
    rows[:, pc.VELOCITY], rows[:, pc.CONTACTS] = [speed, 0.0], contact
    assert np.allclose(led_by_feet(rows)[:, pc.VELOCITY], 0.0, atol=0.02)
    rows[:, pc.CONTACTS], rows[10:25, pc.HEIGHT] = 0.0, rows[0, pc.HEIGHT] + 0.3
    assert np.allclose(led_by_feet(rows)[14:20, pc.VELOCITY], [speed, 0.0], atol=0.02)


@pytest.mark.parametrize("contacts", [(1, 1, 0, 0), (0, 0, 0, 0)])
def test_a_foot_that_flies_does_not_lead_the_body_whatever_its_contact_says(
        code: pc.PoseCode, motion: Motion, contacts: tuple[int, ...]) -> None:
    rows = still_rows(motion, code)
    swing = rot.quaternion_about("x", -np.radians(70) * np.clip((np.arange(40) - 15) / 6, 0.0, 1.0))
    hip = rot.quaternion_from_matrix(rot.matrix_from_six(rows[:, 6:12]))
    rows[:, 6:12] = rot.six_from_matrix(rot.matrix_from_quaternion(rot.multiply(hip, swing)))
    rows[:, pc.CONTACTS] = contacts
    at = fk.places(torch.from_numpy(rows).float()[None])
    kicks = fk.velocities(torch.from_numpy(rows).float()[None], at)[0, :, 10].norm(dim=-1)
    way = led_by_feet(rows)[:, pc.VELOCITY].cumsum(0) / 30
    assert kicks[16:20].min() > FLEES and np.abs(way).max() < 0.05 < 0.1 * float(kicks.sum()) / 30


def test_a_beginning_within_a_song_is_already_moving(motion: Motion, code: pc.PoseCode) -> None:
    """Every other segment of two waves begins so: from a standstill it would hurry after its own dance."""
    rows = code.encode(motion)[60:180]
    beats = steady_beats(120.0, 12.0)
    request = Request(features_for(beats, 12.0), beats, 60, 180, "gHO", motion.slice(0, 1))
    made = answer(request, rows, None, code)
    own = motion_speed(code.decode(rows), 0.0)
    speed = motion_speed(made, 0.0)
    assert len(made) == 120
    ratio = speed[:10] / own[:10]
    assert ratio.min() > 0.6 and ratio.max() < 1.6


def test_the_last_one_out_puts_the_number_of_threads_back() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        first, second = one_thread(), one_thread()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert torch.get_num_threads() == 1, "somebody still dances"
        second.__exit__(None, None, None)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
