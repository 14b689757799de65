"""How the pages look: Gradio's theme and the style sheets."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from gradio.themes.utils import colors, sizes

from dance_core.pages.player import STYLE

SHEETS = [Path(__file__).parent / "style.css", STYLE]

_CLAY = colors.Color("#fdf4f1", "#fae5de", "#f4c8bb", "#eda691", "#e58468", "#de6a4b", "#d2553a", "#ae422b",
                     "#8a3423", "#6e2b1e", "#3f170f", name="clay")
_STONE = colors.Color("#faf9f7", "#f4f2ee", "#e6e2db", "#d2cdc4", "#a6a29b", "#7b7a78", "#5b5d63", "#3f434c",
                      "#2a2e37", "#1b1e25", "#101216", name="stone")


def theme() -> gr.themes.Base:
    """Warm greys and clay; the visitor's own system fonts, so nothing is fetched from elsewhere."""
    fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif"]
    base = gr.themes.Base(primary_hue=_CLAY, neutral_hue=_STONE, radius_size=sizes.radius_md, font=fonts,
                          font_mono=["ui-monospace", "DejaVu Sans Mono", "monospace"])
    return base.set(
        body_background_fill="*neutral_100", body_background_fill_dark="*neutral_950",
        body_text_color="#23262d", body_text_color_dark="#e9e6df",
        body_text_color_subdued="#666c78", body_text_color_subdued_dark="#9aa1af",
        block_background_fill="white", block_background_fill_dark="#171a20",
        block_border_color="#e3dfd7", block_border_color_dark="#2b303a",
        border_color_primary="#e3dfd7", border_color_primary_dark="#2b303a",
        block_label_background_fill="transparent", block_label_background_fill_dark="transparent",
        block_label_border_width="0px", block_title_text_weight="600", block_label_text_weight="600",
        block_title_text_size="14px", block_title_text_color="#23262d", block_title_text_color_dark="#e9e6df",
        block_label_text_color="#23262d", block_label_text_color_dark="#e9e6df",
        block_shadow="none", block_shadow_dark="none",
        input_background_fill="#faf9f7", input_background_fill_dark="#1f232b",
        input_border_color="#e3dfd7", input_border_color_dark="#343a46",
        button_primary_background_fill="*primary_600", button_primary_background_fill_hover="*primary_500",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_500",
        button_primary_text_color="white", button_large_radius="10px",
        button_secondary_background_fill="#ebe7e0", button_secondary_background_fill_dark="#262b34",
        checkbox_label_background_fill="transparent", checkbox_label_background_fill_dark="transparent",
        checkbox_label_border_width="0px", checkbox_label_padding="6px 4px",
    )
