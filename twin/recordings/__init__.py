"""Recorded data -> Timeline and back: one format a module or package, one plant a mapping."""

from twin.recordings.read import look_into, read, summary

__all__ = ["look_into", "read", "summary"]
