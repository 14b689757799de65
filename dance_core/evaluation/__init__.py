"""Measures of a dance: alignment (do its beats fall on the music's?), limits (what no body does)."""
