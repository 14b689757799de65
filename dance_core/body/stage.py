"""Draws the body with OpenGL, without a window, in soft light, over a floor (see `floor`).

pyrender does the drawing. It needs a GL library on the machine (EGL or OSMesa), and a Stage belongs to the
thread that made it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from dance_core.body.floor import Floor
from dance_core.body.light import Light
from dance_core.body.model import Body
from dance_core.motion import kinematics, shape
from dance_core.motion import rotations as rot
from dance_core.motion.camera import Camera
from dance_core.motion.motion import Motion

_EDGE = 6  # pixels around the figure that are drawn with it


class NoGL(RuntimeError):
    """This machine can't draw with the GL library that was asked for."""


@dataclass(frozen=True, eq=False)
class Shot:
    """A drawn figure: columns (h, some, 4) of premultiplied RGBA, number of the first, joints (55, 3) m."""

    pixels: np.ndarray
    left: int
    places: np.ndarray


class Backdrop:
    """Lays figures over the floor and its shadow. Needs no GL, and may belong to another thread."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._floor = Floor(size)

    def compose(self, shot: Shot, camera: Camera) -> Image.Image:
        """RGB picture."""
        picture = self._floor.draw(camera, shot.places)
        figure, left = shot.pixels, shot.left
        under = np.asarray(picture.crop((left, 0, left + figure.shape[1], self.size[1])), np.uint16)
        through = 255 - figure[..., 3:].astype(np.uint16)
        blended = figure[..., :3] + (under * through + 127) // 255
        picture.paste(Image.fromarray(np.minimum(blended, 255).astype(np.uint8)), (left, 0))
        return picture


class Stage:
    """A body, ready to be drawn. Belongs to the thread that made it; `close` it."""

    def __init__(self, body: Body, size: tuple[int, int]) -> None:
        """A stage for pictures of `size` (w, h). Raises NoGL where pyrender or its GL library is missing."""
        self.body, self.size = body, size
        self._gl, self._py = _libraries()
        self._scene = self._py.Scene(bg_color=[0.0, 0.0, 0.0, 0.0])
        self._camera = self._scene.add(self._py.IntrinsicsCamera(1, 1, 0, 0, znear=0.1, zfar=50.0))
        material_of = np.zeros(len(body.template), np.int64)
        material_of[body.faces] = body.materials[:, None]
        self._light = Light(body.colours, material_of, body.material_names)
        self._figure = self._py.Primitive(
            positions=body.template.astype(np.float32), indices=body.faces.astype(np.uint32),
            color_0=np.ones((len(body.template), 4), np.float32),
            material=self._py.MetallicRoughnessMaterial(doubleSided=True))
        self._scene.add(self._py.Mesh([self._figure]))
        try:
            self._renderer = self._py.OffscreenRenderer(*size)
        except Exception as error:  # whatever the GL library raises: it has no class of its own
            raise NoGL(f"no GL context: {error}") from error

    def close(self) -> None:
        """Give the GL context back."""
        self._renderer.delete()

    def draw(self, motion: Motion, frame: int, camera: Camera) -> Image.Image:
        """RGB picture of one frame."""
        return Backdrop(self.size).compose(self.shoot(motion, frame, camera), camera)

    def shoot(self, motion: Motion, frame: int, camera: Camera) -> "Shot":
        """The figure of one frame, still to be laid over a floor; this is all that needs GL."""
        vertices = self.body.frame(motion, frame)
        self._dress(vertices, camera)
        pixels, left = self._take(camera, vertices)
        world = kinematics.global_rotations(rot.quaternion_from_axis_angle(motion.rotations[frame]))
        bones = shape.bones(motion.betas)
        return Shot(pixels, left, kinematics.positions(world, motion.translation[frame], bones))

    def _take(self, camera: Camera, vertices: np.ndarray) -> tuple[np.ndarray, int]:
        """The columns around the figure, (h, some, 4) premultiplied, and the first one's number.

        Software GL takes its time by the pixel, and a dancer fills a third of a wide picture.
        """
        w, h = self.size
        x = camera.project(vertices[::7].astype(np.float64), self.size)[:, 0]
        need = x.max() - x.min() + 2 * _EDGE
        wide = next((s for s in (h // 2, 3 * h // 4, h) if need <= s < w), w)
        wide -= wide % 4
        left = int(np.clip(round((x.max() + x.min() - wide) / 2), 0, w - wide))
        focal, pose = camera.focal(h), camera.pose
        lens = self._camera.camera
        lens.fx = lens.fy = focal
        lens.cx, lens.cy = w / 2 - left, h / 2
        self._scene.set_pose(self._camera, pose)
        self._renderer.viewport_width = wide
        picture, _ = self._renderer.render(self._scene, self._py.RenderFlags.RGBA | self._py.RenderFlags.FLAT)
        return picture, left

    def _dress(self, vertices: np.ndarray, camera: Camera) -> None:
        """Hand the posed and lit vertices to GL."""
        figure = self._figure
        figure.positions = vertices
        figure.color_0[:, :3] = self._light.shade(vertices, self.body.normals(vertices), camera.pose)
        if figure._buffers:  # in GL's memory already: only the numbers change
            data = np.ascontiguousarray(np.hstack([figure.positions, figure.color_0]), np.float32)
            self._gl.glBindBuffer(self._gl.GL_ARRAY_BUFFER, figure._buffers[0])
            self._gl.glBufferSubData(self._gl.GL_ARRAY_BUFFER, 0, data.nbytes, data)


def _libraries() -> tuple[Any, Any]:
    """OpenGL and pyrender. Imported this late because without a GL library the import itself dies."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl")
    try:
        import pyrender
        from OpenGL import GL
    except Exception as error:  # ImportError, OSError, AttributeError: each library dies its own way
        raise NoGL(f"pyrender can't be loaded: {error}") from error
    return GL, pyrender
