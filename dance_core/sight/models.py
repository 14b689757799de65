"""The two networks that see people, from assets/weights/pose, run by LiteRT on one thread."""

from __future__ import annotations

import functools
import threading
from pathlib import Path

import numpy as np

from dance_core.errors import UserError
from dance_core.settings import ASSETS

FOLDER = ASSETS / "weights" / "pose"
DETECTOR, LANDMARKER = FOLDER / "detector.tflite", FOLDER / "landmark_full.tflite"


class Model:
    """A network, ready to run; by one caller at a time, the others wait."""

    def __init__(self, path: Path) -> None:
        """Load it. Raises UserError where the file or LiteRT is missing."""
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError:
            raise UserError("Reading people in pictures needs the package ai-edge-litert, which is not "
                            "installed.") from None
        if not path.is_file():
            raise UserError(f"The weights {path.name!r} for reading people in pictures are not there.")
        self._net = Interpreter(model_path=str(path), num_threads=1)
        self._net.allocate_tensors()
        self._input = self._net.get_input_details()[0]["index"]
        self._outputs = {tuple(o["shape"]): o["index"] for o in self._net.get_output_details()}
        self._turn = threading.Lock()

    def __call__(self, pixels: np.ndarray, *shapes: tuple[int, ...]) -> tuple[np.ndarray, ...]:
        """The outputs of the named shapes, of which the network has one each, for an input (1, h, w, 3)."""
        with self._turn:
            self._net.set_tensor(self._input, np.ascontiguousarray(pixels, np.float32))
            self._net.invoke()
            return tuple(self._net.get_tensor(self._outputs[s]) for s in shapes)


@functools.cache
def load(path: Path) -> Model:
    """The network of a file, loaded once."""
    return Model(path)
