"""What Lighthouse reports is read as it is meant, and a good host is imitated."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING, Any

import grades
from firstviews import FirstView, HostHandler
from serving import serving

if TYPE_CHECKING:
    from pathlib import Path


def lighthouse(performance: float, contrast: float | None) -> dict[str, Any]:
    """What a report holds of the parts that are read."""
    audits = {name: {"numericValue": 1000 * performance} for name in grades.AUDITS}
    named = {"color-contrast": {"title": "Contrast is too low", "score": contrast}}
    refs = [{"id": "color-contrast", "weight": 7}, {"id": "is-crawlable", "weight": 0}]
    return {
        "audits": audits | named,
        "categories": {
            name: {"score": performance if name == "performance" else 1, "auditRefs": refs}
            for name in grades.GRADES
        },
    }


def test_a_fault_is_named_and_what_does_not_apply_is_not() -> None:
    assert grades.report(lighthouse(0.98, 0)).faults == ("color-contrast: Contrast is too low",)
    assert grades.report(lighthouse(0.98, 1)).faults == ()
    assert grades.report(lighthouse(0.98, None)).faults == ()


def test_of_several_runs_the_median_counts_and_no_fault_is_lost() -> None:
    runs = [grades.report(lighthouse(*each)) for each in ((0.9, 1), (0.98, 0), (1, 1))]
    found = grades.median(runs)
    assert list(found.grades) == [98, 100, 100, 100]
    assert list(found.figures) == [980.0] * 3
    assert found.faults == ("color-contrast: Contrast is too low",)


def test_a_page_is_a_row() -> None:
    graded = grades.Graded((99, 100, 100, 100), (1060.4, 12.2, 0.0), ())
    head, row = grades.rows({"home": FirstView(24_293, 13, 0)}, {"home": graded})
    assert len(head) == len(row)
    assert row == [
        "home", "24,293", "13", "0", "99", "100", "100", "100", "1.06", "12", "0.000"
    ]  # fmt: skip


def test_a_good_host_sends_what_is_compressed_and_the_sites_own_headers(tmp_path: Path) -> None:
    (tmp_path / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n", "utf-8")
    (tmp_path / "index.html").write_text("<p>plain</p>", "utf-8")
    (tmp_path / "index.html.br").write_bytes(b"packed")
    with serving(tmp_path, HostHandler) as address, urllib.request.urlopen(address) as answer:
        assert answer.read() == b"packed"
        assert answer.headers["Content-Encoding"] == "br"
        assert answer.headers["Content-Type"] == "text/html"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
