"""The members' edition: a site of its own, in a folder of its own, only when it is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oftasked import destinations, site
from oftasked.destinations import Configured
from oftasked.model import Access
from oftasked.problems import BuildError, ContentError
from oftasked.publishing import manifest
from support import AS_OF, SHOP, write

CLUB = """\
topic: {title: Club nights, access: members}
entries:
  - {id: club-door, question: Which door is ours?, answer: "Quetzal. See [cards](faq:pay-cards)."}
  - {id: club-code, question: What is the code?, answer: Ask Xylander., access: internal}
  - {id: club-plan, question: What comes next?, answer: Perhaps Ouagadougou., status: draft}
"""
MEMBERS = "members: {dir: inside, url: 'https://members.example.com/help'}"


def project(folder: Path, members: str = MEMBERS) -> Path:
    config = SHOP["mkdocs.yml"].replace("languages: [zh]", f"languages: [zh], {members}")
    write(folder, SHOP | {"mkdocs.yml": config, "faq/returning-customers/club.yml": CLUB})
    return folder / "mkdocs.yml"


def texts(folder: Path) -> str:
    return "\n".join(
        f"{path.relative_to(folder)}\n{path.read_bytes().decode('utf-8', 'replace')}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("members")
    built = site.build(project(folder), as_of=AS_OF, strict=True)
    assert [(each.tier, each.site_dir.name) for each in built] == [
        (Access.PUBLIC, "site"),
        (Access.MEMBERS, "inside"),
    ]
    return folder


def test_members_read_what_is_public_and_what_is_theirs(shop: Path) -> None:
    assert "Quetzal" in (shop / "inside/q/club-door/index.html").read_text("utf-8")
    assert "Visa and Mastercard" in (shop / "inside/q/pay-cards/index.html").read_text("utf-8")
    assert "Club nights" in (shop / "inside/zh/returning-customers/index.html").read_text("utf-8")
    entries = json.loads((shop / "inside/faq.json").read_text("utf-8"))["entries"]
    assert [each["id"] for each in entries] == [
        "club-door", "delivery-time", "pay-cards", "track-parcel",
    ]  # fmt: skip
    assert entries[0]["url"] == "https://members.example.com/help/q/club-door/"


def test_the_public_site_holds_nothing_of_them(shop: Path) -> None:
    public = texts(shop / "site")
    assert not [each for each in ("Quetzal", "club-door", "Club nights") if each in public]


@pytest.mark.parametrize("folder", ["site", "inside"])
@pytest.mark.parametrize(
    "secret", ["Xylander", "club-code", "Ouagadougou", "club-plan", "Zanzibar"]
)
def test_what_is_internal_or_a_draft_is_in_neither(shop: Path, folder: str, secret: str) -> None:
    assert secret not in texts(shop / folder)


def test_no_cache_keeps_and_no_crawler_lists_what_members_read(shop: Path) -> None:
    assert "Disallow: /\n" in (shop / "inside/robots.txt").read_text()
    assert not (shop / "inside/sitemap.xml").exists()
    assert "Cache-Control: private, no-cache" in (shop / "inside/_headers").read_text()
    assert "Cache-Control" not in (shop / "site/_headers").read_text()


def test_a_site_says_whom_it_is_for_and_is_never_replaced_by_another(shop: Path) -> None:
    assert manifest(shop / "inside").tier is Access.MEMBERS
    for tier, held in ((Access.PUBLIC, "inside"), (Access.MEMBERS, "site")):
        with pytest.raises(BuildError, match=r"edition|share a folder"):
            site.build(shop / "mkdocs.yml", tier=tier, site_dir=shop / held, as_of=AS_OF)


def test_a_public_text_must_not_link_to_a_members_entry(tmp_path: Path) -> None:
    config = project(tmp_path)
    topic = "entries: [{id: leak, question: Leak?, answer: '[door](faq:club-door)'}]\n"
    write(tmp_path, {"faq/prospects/leak.yml": topic})
    with pytest.raises(ContentError, match="a public text links to `club-door`"):
        site.build(config, as_of=AS_OF)
    assert not (tmp_path / "inside").exists()
    assert not (tmp_path / "site").exists()


def configured(folder: Path, members: str | None = None) -> Configured:
    return Configured(
        folder / "src", folder / "site", "", folder / members if members else None, ""
    )


@pytest.mark.parametrize(
    ("members", "tier", "expected"),
    [
        (None, None, ["public site"]),
        (None, Access.MEMBERS, ["members site-members"]),
        ("club", None, ["public site", "members club"]),
        ("club", Access.PUBLIC, ["public site"]),
        ("club", Access.MEMBERS, ["members club"]),
    ],
)
def test_an_edition_is_built_where_it_is_asked_for(
    tmp_path: Path, members: str | None, tier: Access | None, expected: list[str]
) -> None:
    wanted = destinations.destinations(configured(tmp_path, members), tier=tier)
    assert [f"{each.tier.name.lower()} {each.folder.name}" for each in wanted] == expected


@pytest.mark.parametrize(
    "members", ["site", "site/club", "site/../site/a", ".", "linked", "linked/club", "looped/club"]
)
def test_the_members_folder_is_never_in_the_public_one_nor_around_it(
    tmp_path: Path, members: str
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "linked").symlink_to("site")
    (tmp_path / "looped").symlink_to(tmp_path / "linked" / "deeper")
    with pytest.raises(BuildError, match="share a folder"):
        destinations.destinations(configured(tmp_path, members))
    with pytest.raises(BuildError, match="share a folder"):
        destinations.destinations(
            configured(tmp_path), tier=Access.MEMBERS, site_dir=tmp_path / members
        )


def test_a_folder_elsewhere_for_the_public_site_is_kept_apart_as_well(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="share a folder"):
        destinations.destinations(configured(tmp_path, "out/club"), site_dir=tmp_path / "out")
