"""The whole line: YAML in, a site out that browses, searches and holds nothing it must not."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import yaml

from oftasked import site
from oftasked.problems import BuildError, ContentError
from oftasked_search import open_index
from support import AS_OF, SHOP, write

CLI = [sys.executable, "-m", "oftasked"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("shop"), SHOP)
    site.build(folder / "mkdocs.yml", as_of=AS_OF, strict=True)
    return folder


def page(shop: Path, path: str) -> str:
    return (shop / "site" / path / "index.html").read_text(encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "Welcome to Linden."),
        ("", "Where is my parcel?"),
        ("new-customers", "Where is my parcel?"),
        ("new-customers/delivery", "Times and costs."),
        ("returning-customers/delivery", "Where is my parcel?"),
        ("q/delivery-time", "Two to four working days."),
        ("q/delivery-time", "mailto:delivery@example.com?subject=How%20long"),
        ("q/delivery-time", 'src="../../new-customers/parcel.svg"'),
        ("q/delivery-time", 'href="../../q/track-parcel/"'),
        ("q/fax-orders", "How long does delivery take?"),
        ("q/shipping-time", 'content="0; url=../../q/delivery-time/"'),
        ("contact", "+44 20 7946 0000"),
        ("search", "Which cards do you take?"),
        ("zh", "送货需要多长时间"),
        ("zh/new-customers", "配送"),
        ("zh/q/delivery-time", "两到四个工作日"),
        ("zh/q/track-parcel", "Open the link in your dispatch e-mail."),
        ("zh/contact", "客户服务"),
    ],
)
def test_a_page_shows_what_it_is_for(shop: Path, path: str, expected: str) -> None:
    assert expected in page(shop, path)


@pytest.mark.parametrize(
    "secret", ["Hypotenuse", "secret-carrier", "Zanzibar", "drone-delivery", "unused.svg"]
)
def test_what_is_internal_or_a_draft_is_in_no_file(shop: Path, secret: str) -> None:
    names = [path.relative_to(shop / "site").as_posix() for path in (shop / "site").rglob("*")]
    assert not any(secret in name for name in names)
    for path in (shop / "site").rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path


def test_neither_yaml_nor_the_ledger_is_published(shop: Path) -> None:
    published = {path.suffix for path in (shop / "site").rglob("*") if path.is_file()}
    assert not published & {".yml", ".yaml", ".csv", ".toml", ".py"}


def test_the_files_of_the_look_are_published_and_nothing_beside_them(tmp_path: Path) -> None:
    look = "theme: {name: oftasked, logo: logo.svg, custom_dir: look}\nextra_css: [css/extra.css]"
    config = SHOP["mkdocs.yml"].replace("theme: {name: oftasked, language: en}", look)
    sheet = "@import 'more.css'; @font-face { src: url(../linden.woff2) } a { color: url(#no) }"
    named = {"faq/logo.svg": "", "faq/css/extra.css": sheet, "faq/css/more.css": ""}
    named |= {"faq/linden.woff2": "", "look/seal.svg": ""}
    others = {"faq/draft.css": "", "look/messages/en.toml": 'help = "Support"\n'}
    write(tmp_path, SHOP | named | others | {"mkdocs.yml": config})
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    published = files(tmp_path / "site")
    assert {path.partition("/")[2] for path in named} <= set(published)
    assert not {"draft.css", "messages/en.toml"} & set(published)
    assert ">Support<" in page(tmp_path, "contact")


def test_an_entry_leads_to_itself_in_the_other_language(shop: Path) -> None:
    assert 'href="../../zh/q/delivery-time/"' in page(shop, "q/delivery-time")
    assert 'href="../../../q/delivery-time/"' in page(shop, "zh/q/delivery-time")


def test_the_search_knows_whose_questions_and_which_department(shop: Path) -> None:
    known = json.loads((shop / "site/assets/search/titles.json").read_text("utf-8"))
    assert [row["id"] for row in known["most_asked"]["prospects"]] == ["pay-cards"]
    assert known["most_asked"][""][0]["id"] == "track-parcel"
    assert known["contact_of"] == {
        f"{audience}/delivery": "logistics" for audience in ("new-customers", "returning-customers")
    }
    assert known["contacts"]["logistics"]["title"] == "Delivery team"
    assert known["contacts"][""]["title"] == "Customer service"
    hrefs = [channel["href"] for channel in known["contacts"]["logistics"]["channels"]]
    assert hrefs[-1] == "https://example.com/contact?q=%7Bquestion%7D&page=%7Burl%7D"


def stored(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes()


def test_every_language_has_an_index_that_finds_its_entries(shop: Path) -> None:
    for folder, query in (("site", "when does my parcel arrive"), ("site/zh", "什么时候送货")):
        index = open_index(partial(stored, shop / folder / "assets" / "search"))
        assert index.search(query).hits[0].id in {"delivery-time", "track-parcel"}


def test_pages_refer_to_nothing_elsewhere(shop: Path) -> None:
    for path in (shop / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for attribute in ('src="http', "url(http", 'rel="stylesheet" href="http', "@import"):
            assert attribute not in text, path


def test_machine_files_name_every_public_entry(shop: Path) -> None:
    sitemap = (shop / "site/sitemap.xml").read_text()
    assert "<loc>https://help.example.com/q/delivery-time/</loc><lastmod>2026-09-01" in sitemap
    assert "/search/" not in sitemap
    entries = json.loads((shop / "site/faq.json").read_text())["entries"]
    assert [entry["id"] for entry in entries] == ["delivery-time", "pay-cards", "track-parcel"]
    assert not {"asked", "notes", "owner"} & set(entries[0])
    robots = (shop / "site/robots.txt").read_text()
    assert "Sitemap: https://help.example.com/zh/sitemap.xml" in robots


def test_redirects_of_every_language_stand_where_hosts_read_them(shop: Path) -> None:
    assert (shop / "site/_redirects").read_text().splitlines() == [
        "/q/shipping-time/ /q/delivery-time/ 301",
        "/zh/q/shipping-time/ /zh/q/delivery-time/ 301",
    ]
    assert not (shop / "site/zh/_redirects").exists()


def test_an_ordinary_page_is_in_the_sitemap(tmp_path: Path) -> None:
    write(tmp_path, SHOP | {"faq/about us/we.md": "# We\n"})
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    sitemap = (tmp_path / "site/sitemap.xml").read_text()
    assert "<loc>https://help.example.com/about%20us/we/</loc>" in sitemap
    assert sitemap.count("<loc>https://help.example.com/</loc>") == 1


def test_a_stamped_page_is_byte_for_byte_what_mkdocs_renders(shop: Path, tmp_path: Path) -> None:
    config = yaml.safe_load(SHOP["mkdocs.yml"])
    config["plugins"][0]["oftasked"]["stamp"] = False
    write(tmp_path, SHOP | {"mkdocs.yml": yaml.safe_dump(config)})
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    assert files(tmp_path / "site") == files(shop / "site")


def test_two_builds_are_byte_identical_in_another_folder_and_time_zone(
    shop: Path, tmp_path: Path
) -> None:
    write(tmp_path / "elsewhere", SHOP)
    environment = os.environ | {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    command = [*CLI, "build", "--as-of", AS_OF.isoformat(), "-q"]
    subprocess.run(command, cwd=tmp_path / "elsewhere", env=environment, check=True)
    assert files(tmp_path / "elsewhere/site") == files(shop / "site")


def test_plain_mkdocs_builds_the_default_language(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert "Two to four working days." in page(tmp_path, "q/delivery-time")
    assert not (tmp_path / "site/zh").exists()


def test_a_mistake_leaves_the_published_site_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    before = files(tmp_path / "site")
    write(tmp_path, {"faq/prospects/payment.yml": "entries:\n  - id: pay cards\n"})
    with pytest.raises(ContentError) as caught:
        site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    assert {problem.line for problem in caught.value.problems} == {2}
    assert files(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".cache",
        "faq",
        "mkdocs.yml",
        "site",
    ]


def test_a_strict_build_fails_on_a_warning(tmp_path: Path) -> None:
    asks = "date,entry,audience,channel,count\n2026-11-01,no-such-entry,,email,5\n"
    write(tmp_path, SHOP | {"faq/asks.csv": asks})
    assert site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)[0].entries[0] == ("en", 3)
    with pytest.raises(ContentError, match="no-such-entry"):
        site.build(tmp_path / "mkdocs.yml", as_of=AS_OF, strict=True)


def test_a_folder_with_other_peoples_files_is_never_replaced(tmp_path: Path) -> None:
    write(tmp_path, SHOP | {"site/thesis.txt": "years of work"})
    with pytest.raises(BuildError, match="not made by this program"):
        site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    assert files(tmp_path / "site").keys() == {"thesis.txt"}


@pytest.mark.parametrize("lang", ["en", "zh", "de", "ar"])
def test_one_entry_in_one_language_is_a_site(tmp_path: Path, lang: str) -> None:
    config = f"site_name: One\ndocs_dir: faq\ntheme: {{name: oftasked, language: {lang}}}\n"
    entry = "entries:\n  - {id: only, question: 唯一 one?, answer: 是的 yes.}\n"
    write(tmp_path, {"mkdocs.yml": config + "plugins: [oftasked]\n", "faq/prospects/a.yml": entry})
    site.build(tmp_path / "mkdocs.yml", strict=True, as_of=AS_OF)
    assert "是的 yes." in page(tmp_path, "q/only")


def test_a_plugin_that_looks_at_every_page_gets_every_page_rendered(tmp_path: Path) -> None:
    hook = "def on_post_page(output, **_):\n    return output + '<!--seen-->'\n"
    write(tmp_path, SHOP | {"hook.py": hook})
    config = yaml.safe_load(SHOP["mkdocs.yml"]) | {"hooks": ["hook.py"]}
    write(tmp_path, {"mkdocs.yml": yaml.safe_dump(config)})
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    assert "<!--seen-->" in page(tmp_path, "q/delivery-time")


def test_ordinary_pages_and_the_introduction_lead_to_entries(tmp_path: Path) -> None:
    text = "# Hello\n\n[parcel](faq:track-parcel) ![p](<my pics/图.svg>)\n"
    picture = {"faq/my pics/图.svg": SHOP["faq/new-customers/parcel.svg"]}
    write(tmp_path, SHOP | picture | {"faq/index.md": text, "faq/about/us.md": text[:40]})
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    assert '<a href="q/track-parcel/">parcel</a>' in page(tmp_path, "")
    assert '<a href="q/track-parcel/">parcel</a>' in page(tmp_path, "zh")
    assert '<a href="../../q/track-parcel/">parcel</a>' in page(tmp_path, "about/us")
    assert (tmp_path / "site/my pics/图.svg").is_file()


@pytest.mark.parametrize("id_", ["q", "qz0idz"])
def test_an_id_may_look_like_a_part_of_its_address_or_a_sentinel(tmp_path: Path, id_: str) -> None:
    config = SHOP["mkdocs.yml"].replace("Linden", "qz0titlez")
    topic = f"entries:\n  - {{id: {id_}, question: One?, answer: Yes.}}\n"
    topic += f"  - {{id: zoo, question: qz0partz?, answer: 'See [one](faq:{id_}).'}}\n"
    write(tmp_path, {"mkdocs.yml": config, "faq/prospects/a.yml": topic})
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    assert "<title>One? · qz0titlez</title>" in page(tmp_path, f"q/{id_}")
    canonical = '<link rel="canonical" href="https://help.example.com/q/zoo/">'
    assert canonical in page(tmp_path, "q/zoo")
    assert f'href="../../q/{id_}/"' in page(tmp_path, "q/zoo")


@pytest.mark.parametrize(("site_url", "top"), [("", "/"), ("https://x.example/help", "/help/")])
def test_a_site_leads_to_itself_wherever_it_stands(tmp_path: Path, site_url: str, top: str) -> None:
    config = SHOP["mkdocs.yml"].replace("https://help.example.com/", site_url or "''")
    topic = {"faq/prospects/größe.yml": "entries: [{id: size, question: S?, answer: A.}]\n"}
    write(tmp_path, SHOP | topic | {"mkdocs.yml": config})
    site.build(tmp_path / "mkdocs.yml", as_of=AS_OF)
    for folder, other, there in (("", "zh", f"{top}zh/"), ("zh/", "en", top)):
        error_page = (tmp_path / "site" / folder / "404.html").read_text(encoding="utf-8")
        assert f'href="{there}" hreflang="{other}"' in error_page
        entries = json.loads((tmp_path / "site" / folder / "faq.json").read_text())["entries"]
        assert entries[0]["url"].endswith(f"{top}{folder}q/delivery-time/")
        canonical = f'{top}{folder}q/delivery-time/">'
        assert canonical in page(tmp_path, f"{folder}q/shipping-time")
    sitemap = tmp_path / "site/zh/sitemap.xml"
    assert sitemap.exists() == bool(site_url)
    assert not site_url or "/help/zh/prospects/gr%C3%B6%C3%9Fe/<" in sitemap.read_text()
