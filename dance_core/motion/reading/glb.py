"""glTF with a skinned humanoid and an animation: its figure, told from the pose that the skin was bound in.

A node's own rotation at rest means nothing in glTF: exporters lay bones along y and turn whole armatures. The
inverse bind matrices tell how each joint stood when the skin was put on, which is how the figure stands at
rest.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dance_core.errors import UserError
from dance_core.motion import rotations as rot
from dance_core.motion.figure import Figure, relative
from dance_core.motion.gltf import Glb, numbers, read_glb
from dance_core.motion.motion import FACE
from dance_core.motion.naming.match import match_names
from dance_core.motion.rates import checked_rate
from dance_core.motion.reading.found import MAX_FILE_MB
from dance_core.motion.reading.tracks import Track, Tracks
from dance_core.motion.skeleton import FACE_NAMES

_DAMAGED = "The file is not a readable glTF (damaged, compressed, or with its numbers in another file)."
_MOST_NODES = 5_000
_LONGEST_S = 660.0  # a little over ten minutes
_FEW_FACES = 8  # of ARKit's names, from which on morph targets are a face
_STRETCH = 1e-4  # of the skeleton's size that a joint moves in its parent, from which on it does


@dataclass(frozen=True, eq=False)
class Animated:
    """What an animation holds: a figure, the face's coefficients (T, 52) if it has them, and what to say."""

    figure: Figure
    face: np.ndarray | None
    said: tuple[str, ...]


def read_gltf(path: Path, fps: float | None = None) -> Animated:
    """Read a .glb, or a .gltf that holds its numbers itself. Raises UserError with what is missing in it."""
    size = path.stat().st_size
    if size > MAX_FILE_MB * 2**20:
        raise UserError(f"The glTF file is {size / 2**20:.0f} MB; at most {MAX_FILE_MB} MB are allowed.")
    try:
        return _Document(_taken_apart(path.read_bytes())).animated(fps)
    except UserError:
        raise
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, StopIteration, RecursionError,
            OverflowError, MemoryError):
        raise UserError(_DAMAGED) from None


def _taken_apart(data: bytes) -> Glb:
    if data.startswith(b"glTF"):
        return read_glb(data)
    document = json.loads(data)
    uri = document["buffers"][0]["uri"] if document.get("buffers") else ""
    if uri and not uri.startswith("data:"):
        raise UserError("The glTF has its numbers in another file; export it as one .glb.")
    return Glb(document, base64.b64decode(uri.partition(",")[2]))


class _Document:
    """A glTF's nodes, and how the joints of one skin move."""

    def __init__(self, glb: Glb) -> None:
        self.glb, self.json = glb, glb.json
        self.nodes: list[dict[str, Any]] = self.json.get("nodes", [])
        if len(self.nodes) > _MOST_NODES:
            raise UserError(f"The glTF has {len(self.nodes)} nodes; at most {_MOST_NODES} are read.")
        self.parents = [-1] * len(self.nodes)
        for i, node in enumerate(self.nodes):
            for child in node.get("children", []):
                self.parents[child] = i
        self.names = [str(node.get("name", f"node {i}")) for i, node in enumerate(self.nodes)]
        self._vrm()

    def _vrm(self) -> None:
        """In VRM the file says itself which node is which bone."""
        told = self.json.get("extensions", {})
        bones = told.get("VRM", {}).get("humanoid", {}).get("humanBones", [])
        pairs = [(b["bone"], b["node"]) for b in bones] if isinstance(bones, list) else []
        newer = told.get("VRMC_vrm", {}).get("humanoid", {}).get("humanBones", {})
        pairs += [(name, b["node"]) for name, b in newer.items()]
        for name, node in pairs:
            self.names[node] = name

    def animated(self, fps: float | None) -> Animated:
        animations = self.json.get("animations", [])
        if not animations:
            raise UserError("The glTF has no animation: nobody dances in it.")
        joints, bind = self._skin()
        needed = self._with_ancestors(joints)
        many = [self._tracks(a, set(needed)) for a in animations]
        best = max(range(len(many)), key=lambda k: (len(many[k]), many[k].seconds))
        tracks = many[best]
        if not len(tracks):
            raise UserError("None of the glTF's animations moves the joints of its skin.")
        said = []
        if len(animations) > 1:
            name = str(animations[best].get("name", best))[:60]
            said.append(f"Of its {len(animations)} animations {name!r} was taken.")
        rate = checked_rate(fps) if fps is not None else tracks.rate()
        if not tracks.seconds <= _LONGEST_S:
            raise UserError(f"The animation lasts {tracks.seconds:.0f} s; at most {_LONGEST_S:g} s are read.")
        count = int(round(tracks.seconds * rate)) + 1
        if tracks.start > 0.1:
            said.append(f"Its animation begins at {tracks.start:.2f} s; the dance begins there.")
        times = tracks.start + np.arange(count) / rate
        figure = self._figure(joints, bind, tracks, times, rate)
        return Animated(figure, self._face(animations[best], times), tuple(said))

    def _skin(self) -> tuple[list[int], np.ndarray | None]:
        """The joints of the skin that is most of a person, each behind its parent, and their bind matrices;
        without a skin all nodes, and None."""
        order = self._ordered()
        skins = self.json.get("skins", [])
        if not skins:
            return order, None

        def people(skin: dict[str, Any]) -> int:
            return len(match_names([self.names[j] for j in skin["joints"]]))

        skin = max(skins, key=people)
        joints = list(skin["joints"])
        bind = None
        if "inverseBindMatrices" in skin:
            inverse = numbers(self.glb, skin["inverseBindMatrices"]).reshape(-1, 4, 4).swapaxes(1, 2)
            bind = np.linalg.inv(inverse.astype(np.float64))
        rank = {j: k for k, j in enumerate(order)}
        sort = sorted(range(len(joints)), key=lambda k: rank[joints[k]])
        return [joints[k] for k in sort], None if bind is None else bind[sort]

    def _ordered(self) -> list[int]:
        """All nodes, each behind its parent."""
        depth = []
        for i in range(len(self.nodes)):
            d, j = 0, i
            while (j := self.parents[j]) >= 0:
                d += 1
                if d > _MOST_NODES:
                    raise ValueError("nodes in a circle")
            depth.append(d)
        return sorted(range(len(self.nodes)), key=depth.__getitem__)

    def _with_ancestors(self, joints: Sequence[int]) -> list[int]:
        wanted = set(joints)
        for j in joints:
            while (j := self.parents[j]) >= 0:
                wanted.add(j)
        return [j for j in self._ordered() if j in wanted]

    def _tracks(self, animation: dict[str, Any], nodes: set[int]) -> Tracks:
        found: dict[tuple[int, str], Track] = {}
        for channel in animation["channels"]:
            target = channel["target"]
            if target.get("node") in nodes and target["path"] in ("rotation", "translation", "scale"):
                found[target["node"], target["path"]] = self._track(animation, channel)
        return Tracks(found)

    def _track(self, animation: dict[str, Any], channel: dict[str, Any]) -> Track:
        sampler = animation["samplers"][channel["sampler"]]
        times = numbers(self.glb, sampler["input"]).astype(np.float64)
        values = numbers(self.glb, sampler["output"]).astype(np.float64)
        if not len(times) or not np.isfinite(times).all() or not np.isfinite(values).all() \
                or (np.diff(times) < 0).any():
            raise ValueError("an animation without times")
        return Track(times, values.reshape(len(times), -1), sampler.get("interpolation", "LINEAR"))

    def _rest(self, j: int) -> tuple[np.ndarray, np.ndarray, float]:
        """A node's own rotation (4,), place (3,) and scale without animation."""
        node = self.nodes[j]
        if "matrix" in node:
            return _taken(np.array(node["matrix"], np.float64).reshape(4, 4).T)
        x, y, z, w = node.get("rotation", (0, 0, 0, 1))
        scale = np.array(node.get("scale", (1, 1, 1)), np.float64)
        q = np.array([w, x, y, z], np.float64)
        return q / max(np.linalg.norm(q), 1e-9), np.array(node.get("translation", (0, 0, 0)), np.float64), \
            float(np.cbrt(abs(scale.prod())))

    def _figure(self, joints: list[int], bind: np.ndarray | None, tracks: Tracks, times: np.ndarray,
                rate: float) -> Figure:
        world: dict[int, tuple[np.ndarray, np.ndarray, Any]] = {}
        still: dict[int, tuple[np.ndarray, np.ndarray, float]] = {}
        for j in self._with_ancestors(joints):
            turn, place, scale = rest = self._rest(j)
            p = self.parents[j]
            still[j] = rest if p < 0 else _below(still[p], rest)
            own = (tracks.rotation(j, times, turn), tracks.values(j, "translation", times, place),
                   np.cbrt(np.abs(tracks.values(j, "scale", times, np.full(3, scale)).prod(-1))))
            world[j] = own if p < 0 else _below(world[p], own)
        rest = [_taken(m) for m in bind] if bind is not None else [still[j] for j in joints]
        rest = self._in_the_scene(rest, [still[j] for j in joints]) if bind is not None else rest
        turns = np.stack([rot.multiply(world[j][0], rot.inverse(rest[k][0])) for k, j in enumerate(joints)],
                         1)
        places = np.stack([world[j][1] for j in joints], 1)
        parents = self._parents_among(joints)
        local = relative(turns, parents)
        grown = self._growth(places, np.array([r[1] for r in rest]), parents)
        offsets = np.zeros((len(joints), 3))
        moved = {}
        for k, p in enumerate(parents):
            if p < 0:
                moved[k] = places[:, k]
                continue
            offsets[k] = (rest[k][1] - rest[p][1]) * grown
            here = rot.rotate(rot.inverse(turns[:, p]), places[:, k] - places[:, p])
            if np.abs(here - offsets[k]).max() > _STRETCH * max(float(np.ptp(places[0], axis=0).max()), 1e-9):
                moved[k] = here
        return Figure(rate, tuple(self.names[j] for j in joints), tuple(parents), offsets, local, moved)

    @staticmethod
    def _in_the_scene(bind: list, still: list) -> list:
        """Bind poses turned as the scene is, where one turn brings all of them onto the nodes at rest: an
        armature that lies on its back is no other figure."""
        turns = np.stack([rot.multiply(s[0], rot.inverse(b[0])) for s, b in zip(still, bind, strict=True)])
        if float(rot.geodesic(turns, turns[0]).max()) > 0.05:
            return bind
        return [(rot.multiply(turns[0], b[0]), rot.rotate(turns[0], b[1]), b[2]) for b in bind]

    def _parents_among(self, joints: list[int]) -> list[int]:
        index = {j: k for k, j in enumerate(joints)}
        out = []
        for j in joints:
            p = self.parents[j]
            while p >= 0 and p not in index:
                p = self.parents[p]
            out.append(index.get(p, -1))
        return out

    @staticmethod
    def _growth(places: np.ndarray, rest: np.ndarray, parents: Sequence[int]) -> float:
        """The scene's units in one of the bind pose's: bones' lengths against each other."""
        pairs = [(k, p) for k, p in enumerate(parents) if p >= 0]
        a = sum(float(np.linalg.norm(places[:, k] - places[:, p], axis=-1).mean()) for k, p in pairs)
        b = sum(float(np.linalg.norm(rest[k] - rest[p])) for k, p in pairs)
        return a / b if b > 0 else 1.0

    def _face(self, animation: dict[str, Any], times: np.ndarray) -> np.ndarray | None:
        known = {name.lower(): k for k, name in enumerate(FACE_NAMES)}
        out, seen = np.zeros((len(times), FACE)), False
        for channel in animation["channels"]:
            node = channel["target"].get("node")
            if channel["target"]["path"] != "weights" or node is None or "mesh" not in self.nodes[node]:
                continue
            mesh = self.json["meshes"][self.nodes[node]["mesh"]]
            names = [str(n).rsplit(".", 1)[-1].lower() for n in mesh.get("extras", {}).get("targetNames", [])]
            if sum(n in known for n in names) < _FEW_FACES:
                continue
            values = self._track(animation, channel).at(times)[:, :len(names)]
            for k, name in enumerate(names[:values.shape[1]]):
                if name in known:
                    out[:, known[name]], seen = values[:, k], True
        return np.clip(out, 0.0, 1.0) if seen else None


def _taken(m: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Rotation (4,), place (3,) and scale of a matrix (4, 4)."""
    scale = float(np.cbrt(abs(np.linalg.det(m[:3, :3]))))
    if not scale > 1e-12:
        raise ValueError("a matrix without size")
    u, _, vt = np.linalg.svd(m[:3, :3])
    turn = rot.quaternion_from_matrix(u @ np.diag([1, 1, np.sign(np.linalg.det(u @ vt))]) @ vt)
    return turn, m[:3, 3], scale


def _below(parent: tuple, own: tuple) -> tuple:
    """What hangs on a parent, in the world."""
    turn, place, scale = parent
    here = np.asarray(scale)[..., None] * own[1]
    return rot.multiply(turn, own[0]), place + rot.rotate(turn, here), scale * own[2]
