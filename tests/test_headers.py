"""The headers that a site asks its web server for: a policy that runs nothing foreign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oftasked import headers, site
from oftasked.problems import BuildError
from support import AS_OF, SHOP, write

if TYPE_CHECKING:
    from pathlib import Path


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


def test_nothing_inline_and_nothing_evaluated_runs() -> None:
    policy = directives(headers.policy({}))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert "unsafe" not in headers.policy({})


def test_an_owner_allows_more_and_none_gives_way() -> None:
    more = {"script-src": ("https://a.example", "'self'"), "default-src": ("data:",)}
    policy = directives(headers.policy(more | {"frame-src": ("https://b.example",)}))
    assert policy["script-src"] == ["'self'", "https://a.example"]
    assert policy["default-src"] == ["data:"]
    assert policy["frame-src"] == ["https://b.example"]


def built(folder: Path, options: str) -> str:
    config = SHOP["mkdocs.yml"].replace("languages: [zh]", f"languages: [zh], {options}")
    write(folder, SHOP | {"mkdocs.yml": config})
    site.build(folder / "mkdocs.yml", as_of=AS_OF)
    return (folder / "site" / "_headers").read_text("utf-8")


def test_the_policy_stands_at_the_root_for_every_kind_of_host(tmp_path: Path) -> None:
    written = built(
        tmp_path,
        "feedback: {url: https://count.example.com/seen}, "
        "policy: {script-src: https://a.example, img-src: [https://b.example]}",
    )
    policy = next(line for line in written.splitlines() if "Content-Security-Policy" in line)
    found = directives(policy.partition(": ")[2])
    assert found["connect-src"] == ["'self'", "https://count.example.com"]
    assert found["script-src"] == ["'self'", "https://a.example"]
    for name in ("_headers.nginx.conf", "_headers.caddy"):
        assert policy.partition(": ")[2] in (tmp_path / "site" / name).read_text("utf-8")
    assert not (tmp_path / "site" / "zh" / "_headers").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("feedback: {adress: https://a.example}", "there is no such option"),
        ('feedback: {url: "count.example.com?x"}', "begins with https:// or with a slash"),
        ("feedback: {url: 'javascript:alert(1)'}", "begins with https:// or with a slash"),
        ("sign_in: 'https://a.example/\";'", "begins with https:// or with a slash"),
        ("policy: {script-src: \"'self'; default-src *\"}", "neither a directive nor a source"),
    ],
)
def test_what_would_break_a_page_or_a_header_is_refused(
    tmp_path: Path, options: str, said: str
) -> None:
    with pytest.raises(BuildError, match=said):
        built(tmp_path, options)
