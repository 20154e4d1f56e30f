"""Pixels, colours, labels, minutes; the only importer of Panel and Bokeh."""
