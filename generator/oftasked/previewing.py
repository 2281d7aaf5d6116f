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

from oftasked import publishing
from oftasked.problems import BuildError, ContentError
from oftasked.site import load, mkdocs_errors, render

log = logging.getLogger("oftasked")


def preview(
    config_file: Path,
    *,
    address: str = "127.0.0.1:8000",
    as_of: dt.date | None = None,
    on_error: Callable[[Exception], None],
    on_ready: Callable[[str], None],
) -> None:
    """Serve the site with every language, rebuilt and reloaded on every change, until interrupted.

    A build that fails is reported to ``on_error``; the last good site stays.
    """
    with mkdocs_errors():
        config = load(config_file)
    host, port = _host_and_port(address)
    mount = urlsplit(config.site_url or "/").path
    url = f"http://{host}:{port}{mount}"
    with tempfile.TemporaryDirectory(prefix="oftasked-") as folder:
        root = Path(folder, "site")

        def rebuild() -> None:
            try:
                with publishing.staging_folder(root) as fresh:
                    render(config_file, fresh, as_of=as_of, site_url=url)
                    publishing.write_manifest(fresh)
                    publishing.publish(fresh, root)
            except (ContentError, BuildError) as error:
                on_error(error)

        rebuild()
        root.mkdir(exist_ok=True)
        server = LiveReloadServer(rebuild, host, port, str(root), mount_path=mount)
        server.error_handler = lambda code: _error_page(root, code)
        for path in (config.docs_dir, config.config_file_path, *_own_templates(config)):
            server.watch(path)
        on_ready(url)
        try:
            server.serve()
        except KeyboardInterrupt:
            log.info("Stopped.")
        except OSError as error:
            raise BuildError(f"cannot serve on {address}: {error.strerror}") from error
        finally:
            server.shutdown()


def _host_and_port(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not re.fullmatch("[0-9]{1,5}", port) or int(port) > 65535:
        raise BuildError(f"cannot serve on {address}: write it like 127.0.0.1:8000")
    return host, int(port)


def _own_templates(config: MkDocsConfig) -> Iterator[str]:
    if config.theme.custom_dir:
        yield config.theme.custom_dir


def _error_page(root: Path, code: int) -> bytes | None:
    page = root / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
