"""What all texts have in common: width, invisible characters, spaces, case, older kanji."""

from __future__ import annotations

import re
import unicodedata

# Controls, joiners, direction marks, fillers, variation selectors, lone surrogates: a name looks
# the same with and without them, so it has to be the same.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)
# NFKC leaves these apart, although keyboards and code pages swap them freely.
_DASHES = str.maketrans("‐‑‒–—―−〜", "-------~")
_ODD = re.compile(f"{_INVISIBLE.pattern}|[{''.join(map(chr, _DASHES))}]")

# Each character beside today's form of it; NFKC keeps them apart. 斎 and 斉 are two and stay two.
_OLDER_KANJI = (
    "髙高 﨑崎 嵜崎 𠮷吉 桒桑 邊辺 邉辺 澤沢 廣広 國国 濱浜 濵浜 嶋島 嶌島 齋斎 齊斉 "
    "德徳 瀨瀬 增増 黑黒 靑青 橫横 淸清 栁柳 曻昇 冨富 峯峰 嶽岳 瀧滝 櫻桜 鐵鉄 眞真 "
    "惠恵 榮栄 藏蔵 條条 實実 壽寿 關関 應応 來来 萬万 學学 會会 團団 圓円 縣県 號号 "
    "體体 專専 總総 營営 區区 舊旧 與与 豐豊 龜亀 彥彦 戶戸 內内 尙尚 祿禄"
)
# Radicals that look like characters come out of PDF files.
_RADICALS = "⺠民 ⻁虎 ⻄西 ⻆角 ⻑長 ⻘青 ⻝食 ⻤鬼 ⻨麦 ⻩黄 ⻫斉 ⻯竜 ⻲亀"
OLDER_KANJI: dict[int, str] = {
    ord(pair[0]): pair[1] for pair in f"{_OLDER_KANJI} {_RADICALS}".split()
}


def fold(raw: str) -> str:
    """NFKC without invisible characters, one kind of dash, single spaces, none around.

    Args:
        raw: Any text.

    Returns:
        The text with its case; empty when nothing visible is left.
    """
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split())
    text = unicodedata.normalize("NFKC", raw)
    if _ODD.search(text):
        # What an invisible character kept apart may belong together.
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).translate(_DASHES))
    return " ".join(text.split())


def normalise_label(raw: str) -> str | None:
    """The form in which names of programmes, forms and statuses are compared.

    Args:
        raw: Any text.

    Returns:
        The folded text without case, or None when nothing is left.
    """
    folded = fold(raw)
    if folded.isascii():
        return folded.lower() or None
    # Losing the case can take a text out of NFKC.
    return unicodedata.normalize("NFKC", folded.casefold()) or None
