"""What ``mkdocs.yml`` says to the plugin. Its options and what it needs of MkDocs."""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from oftasked import ranking


class Options(Config):
    """The plugin's options in ``mkdocs.yml``."""

    languages = config_options.ListOfItems(config_options.Type(str), default=[])
    """Languages beside ``theme.language``, each in a folder of its own."""
    half_life = config_options.Type((int, float), default=ranking.HALF_LIFE)
    """Days after which an ask counts half."""
    stamp = config_options.Type(bool, default=True)
    """Stamp entry pages from one rendered shell; false lets MkDocs render every one."""

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the options. One that is not ours is an error; MkDocs would only warn of it."""
        failed, _ = super().validate()
        known = sorted(name for name, _ in self._schema)
        unknown = sorted(set(self) - set(known))
        what = f"there is no such option (there are {', '.join(known)})"
        return [*failed, *((name, ValidationError(what)) for name in unknown)], []


def default_language(config: MkDocsConfig) -> str:
    """Return ``theme.language``, the language of the texts in the topic files."""
    return str(config.theme.get("language") or "en")


def check_config(config: MkDocsConfig) -> None:
    """Raise PluginError where a setting of MkDocs' own would break the site."""
    if not config.use_directory_urls:
        raise PluginError("oftasked: addresses are folders; remove `use_directory_urls: false`")
    if config.theme.name != "oftasked" and not config.theme.custom_dir:
        raise PluginError("oftasked: the pages need its theme; set `theme: {name: oftasked}`")
