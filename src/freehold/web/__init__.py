"""The page: writes or serves recorded runs; computes nothing."""

from freehold.web.page import Panel, write_page

__all__ = ["Panel", "write_page"]
