"""A comparison's panels -> what is written beside them, in each language of the FAQ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comparison import Comparison, FirstResult, Panel, Success3
from question_sets import Kind


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language says it."""

    lang: str
    title: str
    measure: str
    column: str
    """The same, where there is little room."""
    kinds: Mapping[Kind, str]
    languages: Mapping[str, str]
    in_language: str
    """Of a ``kind`` in a ``language``."""
    first_result: str
    """With a number of ``entries``."""
    sets: str
    """How many sets are behind the figures of each language (``languages``)."""
    separator: str
    stop: str

    def heading(self, panel: Panel) -> str:
        """Return what a panel is about."""
        match panel.subject:
            case Success3(kind, lang):
                language = self.languages.get(lang, lang)
                return self.in_language.format(kind=self.kinds[kind], language=language)
            case FirstResult(entries):
                return self.first_result.format(entries=f"{entries:,}")

    def note(self, comparison: Comparison) -> str:
        """Return what the shares are means of."""
        counted = comparison.sets.items()
        names = [f"{self.languages.get(lang, lang)} {sets}" for lang, sets in counted]
        return self.sets.format(languages=self.separator.join(names))

    def described(self, panel: Panel, engines: tuple[str, ...]) -> str:
        """Return a panel as a sentence."""
        pairs = zip(engines, panel.values, strict=True)
        figures = self.separator.join(f"{engine} {value:.0f}" for engine, value in pairs)
        return f"{self.heading(panel)}: {figures}{self.stop}"


WORDINGS = {
    "en": Wording(
        lang="en",
        title="Search compared: how often the right answer is among the first three results",
        measure="Right answer among the first three, in %",
        column="Among the first 3, %",
        kinds={
            Kind.CLEAN: "whole questions",
            Kind.TYPO: "with one typo",
            Kind.TYPING: "while typing the last word",
            Kind.KEYWORDS: "keywords only",
        },
        languages={"de": "German", "en": "English", "zh": "Chinese"},
        in_language="{language}, {kind}",
        first_result="KB to load before the first result, {entries} entries",
        sets="Means over question sets: {languages}",
        separator=", ",
        stop=".",
    ),
    "zh": Wording(
        lang="zh",
        title="搜索对比：前三条结果里就有正确答案的比例",
        measure="前三条里有正确答案的比例（%）",
        column="排进前三条（%）",
        kinds={
            Kind.CLEAN: "完整的问题",
            Kind.TYPO: "有一处错字",
            Kind.TYPING: "最后一个词还没打完",
            Kind.KEYWORDS: "只打关键词",
        },
        languages={"de": "德文", "en": "英文", "zh": "中文"},
        in_language="{language}，{kind}",
        first_result="得到第一条结果前要下载多少 KB（{entries} 个条目）",
        sets="各题集的平均值；题集数：{languages}",
        separator="，",
        stop="。",
    ),
}
"""By language."""
