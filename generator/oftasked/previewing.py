"""A project's ``mkdocs.yml`` -> the site served on this machine, rebuilt on every change."""

from __future__ import annotations

import datetime as dt
import logging
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from oftasked.embedding import mkdocs_errors
from oftasked.making import making
from oftasked.model import Access
from oftasked.problems import BuildError, ContentError
from oftasked.site import load, read, render

log = logging.getLogger("oftasked")


def preview(
    config_file: Path,
    *,
    address: str = "127.0.0.1:8000",
    as_of: dt.date | None = None,
    on_error: Callable[[Exception], None],
    on_ready: Callable[[str], None],
    on_mended: Callable[[], None],
) -> None:
    """Serve the site with every language, rebuilt and reloaded on every change, until interrupted.

    A build that fails is reported to ``on_error``; the last good site stays. The first build
    that succeeds again is reported to ``on_mended``.
    """
    with mkdocs_errors():
        config = load(config_file)
    host, port = _host_and_port(address)
    mount = urlsplit(config.site_url or "/").path
    url = f"http://{host}:{port}{mount}"
    with tempfile.TemporaryDirectory(prefix="oftasked-") as folder:
        root = Path(folder, "site")
        is_broken = False

        def rebuild() -> None:
            nonlocal is_broken
            try:
                with making(root, cache=Path(folder, "cache")) as fresh:
                    render(config_file, fresh, read(config_file, as_of=as_of), site_url=url)
                    fresh.finish(Access.PUBLIC)
                    fresh.publish(Access.PUBLIC)
            except (ContentError, BuildError) as error:
                is_broken = True
                on_error(error)
                return
            if is_broken:
                is_broken = False
                on_mended()

        server = _Server(rebuild, host.strip("[]"), port, str(root), mount_path=mount)
        server.url, server.on_ready = url, lambda: on_ready(url)
        server.error_handler = lambda code: _error_page(root, code)
        _claim(server, address)
        rebuild()
        root.mkdir(exist_ok=True)
        for path in (config.docs_dir, config.config_file_path, *_own_templates(config)):
            server.watch(path)
        try:
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
        except KeyboardInterrupt:
            log.info("Stopped.")
        finally:
            server.shutdown()


class _Server(LiveReloadServer):
    """Takes its port before the first build, and says so when it listens."""

    on_ready: Callable[[], None]
    _is_bound = False

    def server_bind(self) -> None:
        """Take the port, once."""
        if not self._is_bound:
            super().server_bind()
            self._is_bound = True

    def server_activate(self) -> None:
        """Listen, then tell."""
        super().server_activate()
        self.on_ready()


def _claim(server: _Server, address: str) -> None:
    try:
        server.server_bind()
    except OSError as error:
        server.server_close()
        remedy = "stop what uses it, or choose another --address"
        what = f"cannot serve on {address}: {error.strerror or error}"
        raise BuildError(f"{what}; {remedy}") from error


def _host_and_port(address: str) -> tuple[str, int]:
    """Return the host, an IPv6 address in brackets as in URLs, and the port."""
    host, _, port = address.rpartition(":")
    is_host = re.fullmatch(r"\[[0-9A-Fa-f:.]+(%\w+)?\]|[^\s:\[\]/]+", host) is not None
    if not is_host or not re.fullmatch("[0-9]{1,5}", port) or int(port) > 65535:
        remedy = "write it like 127.0.0.1:8000 or [::1]:8000"
        raise BuildError(f"cannot serve on {address}; {remedy}")
    return host, int(port)


def _own_templates(config: MkDocsConfig) -> Iterator[str]:
    if config.theme.custom_dir:
        yield config.theme.custom_dir


def _error_page(root: Path, code: int) -> bytes | None:
    page = root / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
