"""The page: writes or serves recorded runs; computes nothing. `web.serve` is the server."""

from freehold.web.page import Panel, write_page

__all__ = ["Panel", "write_page"]
