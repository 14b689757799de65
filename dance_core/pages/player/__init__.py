"""The player: sources of what runs in the browser (src/, bundled by build.sh) and the Gradio component."""

from dance_core.pages.player.component import (
    STYLE,
    Options,
    Pane,
    Player,
    Watched,
    player_patch,
    player_value,
)

__all__ = ["STYLE", "Options", "Pane", "Player", "Watched", "player_patch", "player_value"]
