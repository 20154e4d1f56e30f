"""A timeline -> a first layout of the shop that it is of, each number with where it comes from."""

from twin.inference.draft import Draft, draft_layout

__all__ = ["Draft", "draft_layout"]
