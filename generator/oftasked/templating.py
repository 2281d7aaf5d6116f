"""An entry's values -> its part of the page, by the theme's template; and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from jinja2 import Environment
from jinja2.meta import find_referenced_templates

from oftasked import stamping
from oftasked.frame import Page

ENTRY_PART = "partials/oftasked/entry.html"
"""The template part that holds all that differs in the body of one entry's page."""


class EntryPart:
    """The template part of an entry, in the context of the page that was rendered as a shell."""

    def __init__(self, env: Environment, context: Mapping[str, Any], site_url: str) -> None:
        self._env = env
        self._context = dict(context)
        self._site_url = site_url

    @cached_property
    def _template(self) -> Any:
        return self._env.get_template(ENTRY_PART)

    def render(self, page: Page) -> str:
        """Return what the template makes of an entry."""
        shown = stamping.shown(page, self._site_url)
        rendered: str = self._template.render(self._context | {"page": shown, "of": page.values})
        return rendered

    def sources(self) -> str | None:
        """Return the template with all that it includes; None where only a run could tell."""
        found: dict[str, str] = {}
        left = [ENTRY_PART]
        while left:
            name = left.pop()
            if name in found or self._env.loader is None:
                continue
            found[name] = self._env.loader.get_source(self._env, name)[0]
            for other in find_referenced_templates(self._env.parse(found[name])):
                if other is None:
                    return None
                left.append(other)
        return repr(sorted(found.items()))


def told(config: Mapping[str, Any]) -> str:
    """Return what a configuration says that a template might show; not where the site goes."""
    return repr([(key, list(_told(config[key]))) for key in sorted(config) if key != "site_dir"])


def _told(value: Any) -> Iterator[Any]:
    """Yield the plain values in a value, the same in every process."""
    if value is None or isinstance(value, str | int | float):
        yield value
    elif isinstance(value, Mapping):
        yield [(str(key), list(_told(value[key]))) for key in sorted(value, key=str)]
    elif isinstance(value, set | frozenset):
        yield sorted(map(str, value))
    elif isinstance(value, list | tuple):
        yield [list(_told(each)) for each in value]
    else:
        yield type(value).__name__
