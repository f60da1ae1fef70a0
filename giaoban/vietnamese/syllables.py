"""The syllable: how Vietnamese is spelled, which is what text can be judged by.

Vietnamese writes each syllable apart, built from one of some 28 onsets, one of some 170 rimes
and one of six tones. That is regular enough to say without a dictionary whether a word can be
Vietnamese at all, with or without its marks. The set is the spelling of Standard Vietnamese,
a little wider than what is in use; it serves to judge texts, never to refuse a word.
"""

import re
import unicodedata
from functools import cache

TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; ngang has none

_RIMES_FRONT = """
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng
iêp iêt iêu
"""
_RIMES_BACK = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
o oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương
ươp ươt ươu
"""
_RIMES_ROUNDED = """
oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
uân uâng uât uây uê uêch uênh uơ uy uya uych uynh uyt uyu uyp uyên uyêt
"""
_RIMES_AFTER_Q = """
ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp uăt uân uâng uât uây ue uen
ueo uet uê uên uênh uêt uêch uôc uơ uơi uơn uơt uy uych uyn uynh uyt uyên uyêt
"""
_RIMES_AFTER_GI = """
a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âp ât âu ây eo em en ep eng ê
o oc oi on ong op ot ô ôi ông ôn ôt ơ ơi ơn ơt u ua uc ui un up uôc uôm uôn uông ư ưa ưi ương ươc
"""
_ONSETS_BEFORE_FRONT = ("k", "gh", "ngh")
_ONSETS_BEFORE_BACK = ("c", "g", "ng")
_ONSETS_BEFORE_ANY = (
    "", "b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh", "p", "ph", "r", "s", "t", "th",
    "tr", "v", "x",
)  # fmt: skip
_STOPS = ("c", "ch", "p", "t")  # a syllable that ends so takes sắc or nặng only
_NEW_PLACEMENT = re.compile(r"(?<!q)(?:(o)([àáảãạèéẻẽẹ])|(u)([ỳýỷỹỵ]))(?![^\W\d_])", re.IGNORECASE)


def _spelled(onsets: tuple[str, ...], rimes: str) -> set[str]:
    return {onset + rime for onset in onsets for rime in rimes.split()}


@cache
def toneless_syllables() -> frozenset[str]:
    """Every syllable that can be spelled, in lower case NFC, without its tone mark."""
    every = _ONSETS_BEFORE_ANY
    syllables = _spelled(every + _ONSETS_BEFORE_FRONT, _RIMES_FRONT)
    syllables |= _spelled(every + _ONSETS_BEFORE_BACK, _RIMES_BACK + _RIMES_ROUNDED)
    syllables |= _spelled(("kh",), "uyu uêu") | _spelled(("q",), _RIMES_AFTER_Q)
    syllables |= _spelled(("gi",), _RIMES_AFTER_GI) | _spelled(("g",), "i in iêng iêt iêc iên")
    syllables |= _spelled(("", "h", "k", "l", "m", "s", "t", "v"), "y")
    syllables |= _spelled(("",), "yêm yên yêng yêt yêu")
    return frozenset(unicodedata.normalize("NFC", syllable) for syllable in syllables)


@cache
def bare_syllables() -> frozenset[str]:
    """The syllables whose right spelling has no mark at all, as "an", "ba", "trung"."""
    return frozenset(s for s in toneless_syllables() if s.isascii() and not s.endswith(_STOPS))


@cache
def stripped_syllables() -> frozenset[str]:
    """What remains of all syllables when tone marks, vowel marks and the bar of đ are lost."""
    return frozenset(strip_marks(syllable) for syllable in toneless_syllables())


def strip_marks(syllable: str) -> str:
    """Give `syllable` in ASCII as one types it without marks; case is kept."""
    decomposed = unicodedata.normalize("NFD", syllable)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("đ", "d").replace("Đ", "D")


def split_tone(syllable: str) -> tuple[str, str]:
    """Give `syllable` without its tone marks (NFC), and the marks themselves in their order."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tones = "".join(char for char in decomposed if char in TONE_MARKS)
    toneless = "".join(char for char in decomposed if char not in TONE_MARKS)
    return unicodedata.normalize("NFC", toneless), tones


def is_syllable(word: str) -> bool:
    """Say whether `word` can be spelled so in Vietnamese: letters, one tone, stops with theirs.

    Case and the place of the tone mark do not matter. "biết" can, "biêt" and "street" can't.
    """
    toneless, tones = split_tone(word.lower())
    if toneless not in toneless_syllables() or len(tones) > 1:
        return False
    return not toneless.endswith(_STOPS) or tones in ("\u0301", "\u0323")


def old_tone_placement(text: str) -> str:
    """Give `text` with the tone of open oa, oe, uy on its first vowel, as the house writes.

    For comparing and sorting, where both spellings are one word. Names as people write them,
    and quotations, stay as given.
    """

    def moved(found: re.Match[str]) -> str:
        first, second = (found[1] or found[3]), (found[2] or found[4])
        toneless, tone = split_tone(second)
        return unicodedata.normalize("NFC", first + tone) + toneless

    return _NEW_PLACEMENT.sub(moved, unicodedata.normalize("NFC", text))
