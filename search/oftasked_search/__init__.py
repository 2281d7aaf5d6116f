"""Full-text search from static files: documents in, an index for browsers and for editors out.

Knows no YAML, no FAQ, no MkDocs. ``FORMAT.md`` beside this file specifies the browser index.
"""

from oftasked_search.caching import Cache, FolderCache
from oftasked_search.compile import compile_index
from oftasked_search.documents import Document
from oftasked_search.errors import SearchError
from oftasked_search.reader import Index, open_index
from oftasked_search.results import Hit, Marks, Narrowing, Result
from oftasked_search.runtime import runtime_files
from oftasked_search.states import signature
from oftasked_search.texts import asked_terms

__all__ = [
    "Cache",
    "Document",
    "FolderCache",
    "Hit",
    "Index",
    "Marks",
    "Narrowing",
    "Result",
    "SearchError",
    "asked_terms",
    "compile_index",
    "open_index",
    "runtime_files",
    "signature",
]
