"""What a web server should say with every page: a policy that lets a browser run nothing foreign.

The same headers are written three times, because each kind of host reads them its own way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from oftasked.model import Access

POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "img-src": "'self' data: https:",  # answers may show an image from elsewhere
    "manifest-src": "'self'",
    "media-src": "'self' https:",
    "script-src": "'self'",
    "style-src": "'self'",
}
"""Nothing inline, nothing evaluated, nothing from elsewhere that runs or is told anything."""


def policy(allowed: Mapping[str, Sequence[str]]) -> str:
    """Return the Content-Security-Policy; ``allowed`` adds sources to directives."""
    sources = {name: [*POLICY.get(name, "").split(), *allowed.get(name, ())] for name in POLICY}
    sources |= {name: list(more) for name, more in allowed.items() if name not in POLICY}
    stated = {name: [each for each in found if len(found) == 1 or each != "'none'"]
              for name, found in sources.items()}  # fmt: skip
    return "; ".join(" ".join([name, *dict.fromkeys(stated[name])]) for name in sorted(stated))


PRIVATE: Mapping[str, str] = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
"""What is not for everybody: no cache on the way keeps it, no search engine lists it."""


def files(
    allowed: Mapping[str, Sequence[str]], *, tier: Access = Access.PUBLIC
) -> dict[str, bytes]:
    """Return the headers as Netlify and Cloudflare Pages read them, and for nginx and Caddy."""
    headers = {
        "Content-Security-Policy": policy(allowed),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    headers |= {} if tier is Access.PUBLIC else PRIVATE
    written = {
        "_headers": ["/*", *(f"  {name}: {value}" for name, value in headers.items())],
        "_headers.nginx.conf": [
            f'add_header {name} "{value}" always;' for name, value in headers.items()
        ],
        "_headers.caddy": [
            "header {", *(f'\t{name} "{value}"' for name, value in headers.items()), "}"
        ],
    }  # fmt: skip
    return {path: "\n".join([*lines, ""]).encode() for path, lines in written.items()}
