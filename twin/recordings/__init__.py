"""Recorded data -> Timeline and back: one format a module or package, one plant a mapping."""

from twin.recordings.read import read, summary

__all__ = ["read", "summary"]
