"""The player: sources of what runs in the browser (src/, bundled by build.sh) and the Gradio component."""

from dance_core.pages.player.component import STYLE, Player, player_patch, player_value

__all__ = ["STYLE", "Player", "player_patch", "player_value"]
