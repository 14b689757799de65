"""The Inspect page: any dance of any system, what is wrong in it, where and by how much."""

from dance_core.pages.inspect.page import inspect_page

__all__ = ["inspect_page"]
