"""What ``mkdocs.yml`` says to the plugin. Its options and what it needs of MkDocs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

import oftasked_theme
from oftasked import ranking
from oftasked.frame import About


class Named(Config):
    """Options of ours. One that is not is an error; MkDocs would only warn of it."""

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the options and their names."""
        failed, _ = super().validate()
        known = sorted(name for name, _ in self._schema)
        unknown = sorted(set(self) - set(known))
        what = f"there is no such option (there are {', '.join(known)})"
        return [*failed, *((name, ValidationError(what)) for name in unknown)], []


class Address(config_options.Type[str]):
    """An address on the web or, from a slash on, on the site's own host."""

    def __init__(self) -> None:
        super().__init__(str, default="")

    def run_validation(self, value: object) -> str:
        """Refuse what a browser could not ask for, or what would break the line it stands in."""
        address = super().run_validation(value)
        if address and not _ADDRESS.fullmatch(address):
            raise ValidationError("write an address that begins with https:// or with a slash")
        return address


class Sources(config_options.Type[dict[str, Any]]):
    """Sources by directive of a Content-Security-Policy: a text, or a list of texts."""

    def __init__(self) -> None:
        super().__init__(dict, default={})

    def run_validation(self, value: object) -> dict[str, Any]:
        """Return a tuple of sources by directive."""
        given = super().run_validation(value)
        read = {str(name): _texts(sources) for name, sources in given.items()}
        for text in (*read, *(source for sources in read.values() for source in sources)):
            if not _WORD.fullmatch(text):
                raise ValidationError(f"{text!r} is neither a directive nor a source of a policy")
        return read


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else tuple(str(value).split())


_CSS_FILE = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')?#\s:]+)["')?#]""")
"""A file that a style sheet names; an address with a scheme is none of ours."""
_ADDRESS = re.compile(r"(https?://[^\s/\"';,?#]+)?(/(?!/)[^\s\"';,#]*)?")
_WORD = re.compile(r"[\w:/.*+=-]+|'[\w+/=-]+'")


class Feedback(Named):
    """Where what visitors say goes to. Without an address it stays in their browsers."""

    url = Address()
    searches = config_options.Type(bool, default=False)


class Members(Named):
    """Where the members' edition goes, and the absolute address that it will have."""

    dir = config_options.Type(str, default="")
    url = Address()

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the options: an address has a host and ends with a slash, as MkDocs' own."""
        failed, warned = super().validate()
        if not failed and self.url:
            if self.url.startswith("/"):
                failed.append(("url", ValidationError("write an address with https://")))
            self.url = self.url.rstrip("/") + "/"
        return failed, warned


class Options(Named):
    """The plugin's options in ``mkdocs.yml``."""

    languages = config_options.ListOfItems(config_options.Type(str), default=[])
    """Languages beside ``theme.language``, each in a folder of its own."""
    half_life = config_options.Type((int, float), default=ranking.HALF_LIFE)
    """Days after which an ask counts half."""
    stamp = config_options.Type(bool, default=True)
    """Stamp entry pages from one rendered shell; false lets MkDocs render every one."""
    meaning = config_options.Type(bool, default=True)
    """Let search know what words mean; false searches by words alone, which takes less room."""
    feedback = config_options.SubConfig(Feedback)
    """Its ``url`` is told if an answer helped; with ``searches: true`` also failed searches."""
    members = config_options.SubConfig(Members)
    """``dir`` is where a build puts the site for registered customers, ``url`` its address."""
    sign_in = Address()
    """Where registered customers sign in; shown beside topics that are only announced."""
    policy = Sources()
    """What browsers may load from elsewhere, by directive of the Content-Security-Policy."""


def default_language(config: MkDocsConfig) -> str:
    """Return ``theme.language``, the language of the texts in the topic files."""
    return str(config.theme.get("language") or "en")


def about(config: MkDocsConfig, options: Options) -> About:
    """Return what the configuration says about the site as a whole."""
    feedback = options.feedback.url
    host = "{0.scheme}://{0.netloc}".format(urlsplit(feedback)) if "//" in feedback else ""
    allowed = dict(options.policy)
    if host:
        allowed["connect-src"] = (*allowed.get("connect-src", ()), host)
    return About(
        name=config.site_name,
        description=config.site_description or "",
        url=config.site_url or "",
        feedback_url=feedback,
        feedback_searches=options.feedback.searches,
        sign_in=options.sign_in,
        allowed=allowed,
        meaning=options.meaning,
    )


def texts(config: MkDocsConfig, lang: str) -> dict[str, str]:
    """Return the interface texts: the theme's, and before them those in ``custom_dir``."""
    own = config.theme.custom_dir
    try:
        return oftasked_theme.messages(lang, Path(own, "messages") if own else None)
    except ValueError as error:
        raise PluginError(f"oftasked: {error}") from error


def look(config: MkDocsConfig) -> Iterator[str]:
    """Yield the files of ``docs_dir`` that the look consists of: what is named, and named there."""
    scripts = (getattr(each, "path", each) for each in config.extra_javascript)
    yield from filter(None, (config.theme.get("logo"), config.theme.get("favicon"), *scripts))
    for path in config.extra_css:
        yield path
        sheet = Path(config.docs_dir, path)
        text = sheet.read_text("utf-8-sig") if sheet.is_file() else ""
        for address in _CSS_FILE.findall(text):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def check_config(config: MkDocsConfig) -> None:
    """Raise PluginError where a setting of MkDocs' own would break the site."""
    if not config.use_directory_urls:
        raise PluginError("oftasked: addresses are folders; remove `use_directory_urls: false`")
    if config.theme.name != "oftasked" and not config.theme.custom_dir:
        raise PluginError("oftasked: the pages need its theme; set `theme: {name: oftasked}`")
