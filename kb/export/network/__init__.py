"""The paths of an answer as a network: one picture in a page, or a file for programs that draw networks.

`of_paths` reads them, `page` draws them, `gexf` writes them.
"""

from kb.export.network.gexf import gexf
from kb.export.network.page import drawn
from kb.export.network.paths import Network, of_paths

__all__ = ["Network", "drawn", "gexf", "of_paths"]
