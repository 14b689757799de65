"""Gradio's Blocks, but a step of an event costs what it changes; and its sessions, but small."""

from __future__ import annotations

import copy
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.blocks import convert_component_dict_to_list
from gradio.routes import App
from gradio.state_holder import SessionState, StateHolder
from gradio.utils import is_prop_update

from dance_core.pages.player.component import Scripted


class Blocks(gr.Blocks):
    """The app's pages.

    Gradio (6.31) takes an output that an event's step leaves as it is for one that is updated with nothing:
    it makes the component anew, and twice its configuration, on the event loop (50 ms a step). And it asks
    for every file of a value twice, of every static folder, where links lead. Nine tenths of what the loop
    did while fifty visitors danced was that, and every page waited for it. Here what stays is left alone,
    and values of our own components, whose files are this server's and have their addresses already, go on
    as they are.
    """

    async def postprocess_data(self, block_fn: Any, predictions: Any, state: Any) -> list[Any]:
        """As Gradio does it, where it has something to do."""
        outputs = list(block_fn.outputs)
        if isinstance(predictions, dict) and predictions:
            predictions = convert_component_dict_to_list(outputs, predictions)
        steps = [predictions] if len(outputs) == 1 else predictions
        if (block_fn.batch or block_fn.is_validator_function or not isinstance(steps, list | tuple)
                or len(steps) != len(outputs)):
            return await super().postprocess_data(block_fn, predictions, state)
        answers: list[Any] = [None] * len(outputs)
        others = []
        for i, (block, said) in enumerate(zip(outputs, steps, strict=True)):
            if isinstance(said, dict) and said == gr.skip():
                answers[i] = None if block.stateful else said
            elif isinstance(block, Scripted) and (said is None or isinstance(said, dict)
                                                  and not is_prop_update(said)):
                answers[i] = block.postprocess(said)
            else:
                others.append(i)
        if others:
            part = copy.copy(block_fn)
            part.outputs = [outputs[i] for i in others]
            said = [steps[i] for i in others]
            made = await super().postprocess_data(part, said if len(said) > 1 else said[0], state)
            for i, answer in zip(others, made, strict=True):
                answers[i] = answer
        return answers


class Sessions(StateHolder):
    """What the server remembers of each open page: its states.

    Gradio (6.31) keeps the configuration of every component beside them for links that lead back to a page as
    it is, 80 kB for each of the last 10,000 pages. There are no such links here.
    """

    @classmethod
    def serve(cls, app: FastAPI) -> None:
        """Take the place of Gradio's own in the app that is mounted in this one."""
        mounted, = (route.app for route in app.routes if isinstance(getattr(route, "app", None), App))
        mounted.state_holder = cls()
        mounted.state_holder.set_blocks(mounted.get_blocks())

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = _Session(self.blocks)
        return super().__getitem__(session_id)


class _Session(SessionState):
    def __init__(self, blocks: gr.Blocks) -> None:
        super().__init__(blocks)
        self.config_values = _Nothing()

    def _update_config(self, key: int) -> None:
        """Nothing is kept."""

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Nothing is kept."""


class _Nothing(dict[int, Any]):
    def __setitem__(self, key: int, value: Any) -> None:
        """Nothing is kept."""
