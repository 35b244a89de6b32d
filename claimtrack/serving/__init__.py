"""The store served to others on this machine: to assistants over standard input and output, to a browser on a loopback.

- `desk`: what may be asked of a store, in plain rows
- `assistant`: the same as tools of the Model Context Protocol
- `guard`, `pages`, `web`: who may ask the local site, what its pages show, and the site
"""

from claimtrack.serving.desk import Desk

__all__ = ["Desk"]
