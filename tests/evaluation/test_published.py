"""The published forms against the published code: what it says of one dance, to 1e-6 (fixtures/README.md)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dance_core.evaluation.beatscores import AISTPP, BAILANDO, LODGE, beat_score, rests
from dance_core.evaluation.distances import diversity, fid
from dance_core.evaluation.feet import pfc_from, skating_from
from dance_core.evaluation.geometric import geometric_from
from dance_core.evaluation.kinetic import kinetic_from
from dance_core.evaluation.places import zero_started

HERE = Path(__file__).resolve().parent / "fixtures"
TOLD = json.loads((HERE / "published_scores.json").read_text(encoding="utf-8"))
SMPL = [*range(22), 24, 25]  # of the places that are kept: SMPL's 24 joints, hands last


@pytest.fixture(scope="module")
def given() -> dict[str, np.ndarray]:
    with np.load(HERE / "published_scores.npz", allow_pickle=False) as a:
        kept = {k: a[k].astype(np.float64) for k in a}
    kept["slow"] = kept["places"][::2]
    kept["skating"] = kept["slow"] + kept["drift"][:, None]
    return kept


def test_kinetic_features_are_bailandos(given):
    found = kinetic_from(zero_started(given["places"][:, SMPL]))
    assert found == pytest.approx(np.array(TOLD["kinetic"]), rel=1e-6, abs=1e-6)


def test_kinetic_features_at_30_from_the_root_are_lodges(given):
    places = zero_started(given["slow"][:, :22])
    places[:, 1:] -= places[:, :1]
    assert kinetic_from(places) == pytest.approx(np.array(TOLD["lodge_kinetic"]), rel=1e-6, abs=1e-6)


def test_geometric_features_are_those_of_aistpp_and_bailando(given):
    found = geometric_from(zero_started(given["places"][:, SMPL]))
    assert found == pytest.approx(np.array(TOLD["geometric"]), abs=1e-6)
    assert len({round(v, 3) for v in TOLD["geometric"]}) > 15  # the dance shows most of them


@pytest.mark.parametrize("name,scorer,places,joints,beats", [
    ("bailando", BAILANDO, "places", SMPL, "frames60"), ("lodge", LODGE, "slow", range(24), "frames30"),
    ("aistpp", AISTPP, "places", SMPL, "frames60")])
def test_beat_scores(given, name, scorer, places, joints, beats):
    found = rests(given[places][:, list(joints)], scorer)
    assert found.tolist() == TOLD[f"{name}_rests"]
    assert beat_score(given[beats], found, scorer) == pytest.approx(TOLD[f"{name}_bas"], abs=1e-6)


@pytest.mark.parametrize("dance,told", [("slow", "fsr"), ("skating", "fsr_skating")])
def test_foot_skating_compat_is_lodges(given, dance, told):
    assert skating_from(given[dance], compat=True) == pytest.approx(np.mean(TOLD[told]), abs=1e-6)


@pytest.mark.parametrize("dance,told", [("slow", "pfc"), ("skating", "pfc_skating")])
def test_physical_foot_contact_is_edges(given, dance, told):
    assert pfc_from(given[dance]) == pytest.approx(TOLD[told], abs=1e-6)


def test_distances_are_bailandos(given):
    assert fid(given["gen"], given["ref"]) == pytest.approx(TOLD["fid"], abs=1e-6)
    assert diversity(given["gen"], given["ref"]) == pytest.approx(TOLD["div"], abs=1e-6)


def test_so_they_are_where_there_are_fewer_dances_than_dimensions(given):
    assert fid(given["few"], given["many"]) == pytest.approx(TOLD["fid_few"], abs=1e-6)
    assert diversity(given["few"], given["many"]) == pytest.approx(TOLD["div_few"], abs=1e-6)
