"""Gradio's Blocks, but a step of an event costs what it changes."""

from __future__ import annotations

import copy
from typing import Any

import gradio as gr
from gradio.blocks import convert_component_dict_to_list
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
