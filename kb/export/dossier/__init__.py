"""All that is known of one actor, pair, claim or case as one document.

`gather` reads it from the graph as plain facts; `markdown` writes the document; `html` and `docx` are made
from its Markdown; `figures` draws the network and the timeline.
"""
