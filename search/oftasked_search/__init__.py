"""Full-text search from static files: documents in, an index for browsers and for editors out.

Knows no YAML, no FAQ, no MkDocs. ``FORMAT.md`` beside this file specifies the browser index.
"""
