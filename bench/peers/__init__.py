"""Search engines of others, from their real packages, asked what ours is asked.

Entries become `pages`, these a site with the peer's search (`sites`), which Chromium visits
(`visiting`); `measuring` puts it together.
"""
