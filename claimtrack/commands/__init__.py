"""The commands beyond extracting, listing and contrasting, one module a field; `claimtrack.cli` gathers them."""
