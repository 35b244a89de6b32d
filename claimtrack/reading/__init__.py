"""Bytes to `Document`: formats, sections and their voices, imprint, reprints."""
