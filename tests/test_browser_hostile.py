"""Text is text: whatever an entry says, nothing of it runs in a visitor's browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from browsing import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from browsing import Visit

pytestmark = pytest.mark.browser

ATTACK = """</script><svg onload="hacked()"></svg><script>hacked()</script>"""
CONFIGURATION = f"""\
site_name: 'Help {ATTACK}'
site_url: https://help.example.com/
docs_dir: faq
theme: {{name: oftasked, language: en}}
plugins: [oftasked]
"""
TOPIC = f"""\
topic:
  title: 'Topic {ATTACK}'
  description: 'About {ATTACK}'
  contact: team
entries:
  - id: attack
    question: 'Why does {ATTACK} appear?'
    summary: 'Because {ATTACK} is text.'
    also_asked: ['why {ATTACK}']
    tags: ['tag {ATTACK}']
    related: [harmless]
    answer: |
      Before {ATTACK} after.

      <a href="#above" onclick="hacked()">link</a>
      <video><source onerror="hacked()"></video>
      <iframe srcdoc="<script>parent.hacked()</script>"></iframe>
      <p style="color: red" onmouseover="hacked()" name="getElementById">styled</p>

      <form id="head" action="https://elsewhere.example.com/"><input name="body"></form>
  - id: harmless
    question: What is harmless?
    answer: '[A word](faq:attack) with [attributes](faq:attack){{ onclick="hacked()" }}.'
    related: [attack]
"""
CONTACTS = f"""\
default: team
contacts:
  team:
    title: 'Team {ATTACK}'
    email: help@example.com
    hours: 'Always {ATTACK}'
"""
AUDIENCES = f"""\
audiences:
  - id: prospects
    title: 'Asking {ATTACK}'
    description: 'Those who {ATTACK}'
"""
PATHS = [
    "/",
    "/prospects/",
    "/prospects/topic/",
    "/q/attack/",
    "/q/harmless/",
    "/contact/",
    "/search/",
    "/search/?q=%3Csvg%20onload%3Dhacked()%3E%20appear",
]


@pytest.fixture(scope="module")
def hostile_site(
    build_site: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    topics = folder / "faq" / "prospects"
    topics.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    (topics / "topic.yml").write_text(TOPIC, "utf-8")
    (folder / "faq" / "contacts.yml").write_text(CONTACTS, "utf-8")
    (folder / "faq" / "audiences.yml").write_text(AUDIENCES, "utf-8")
    with serving(build_site(folder)) as address:
        yield address


def watch_for_the_attack(window: Visit) -> None:
    window.page.add_init_script("window.hacked = () => { window.wasHacked = true; };")


def was_hacked(window: Visit) -> bool:
    return bool(window.page.evaluate("window.wasHacked === true"))


@pytest.mark.parametrize("path", PATHS)
def test_no_text_of_an_entry_runs(
    hostile_site: str, visit: Callable[..., Visit], path: str
) -> None:
    window = visit(hostile_site)
    watch_for_the_attack(window)
    page = window.go(path)
    assert page.locator("main").inner_text().strip()
    page.evaluate("document.querySelectorAll('main a[onclick], main p').forEach(e => e.click?.())")
    assert not was_hacked(window)
    assert (
        page.locator(
            "main :is(script, iframe, [onload], [onerror], [onclick], [onmouseover])"
        ).count()
        == 0
    )


def test_an_attack_is_shown_as_the_text_it_is(
    hostile_site: str, visit: Callable[..., Visit]
) -> None:
    page = visit(hostile_site).go("/q/attack/")
    assert page.locator("h1").inner_text() == f"Why does {ATTACK} appear?"
    assert page.title().startswith(f"Why does {ATTACK} appear?")
    data = json.loads(page.locator("script[type='application/ld+json']").inner_text())
    assert ATTACK in json.dumps(data, ensure_ascii=False).replace('\\"', '"')


def test_no_result_of_the_search_runs(hostile_site: str, visit: Callable[..., Visit]) -> None:
    window = visit(hostile_site)
    watch_for_the_attack(window)
    page = window.go("/")
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.type('why <svg onload="hacked()"> appear', delay=5)
    dialog.get_by_role("option").first.wait_for()
    assert ATTACK in dialog.inner_text()
    assert not was_hacked(window)
    assert dialog.locator(":is(script, [onload], [onerror])").count() == 0
