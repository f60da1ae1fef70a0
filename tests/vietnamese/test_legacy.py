"""Old encodings: tables checked against the C library, round trips, and telling them apart."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.vietnamese import Encoding, TextUndecodable, TextUnencodable, decode, detect, encode
from giaoban.vietnamese.legacy import tables

from .samples import ENGLISH, LETTERS, SENTENCES

ONE_WAY = [Encoding.VNI, Encoding.VISCII, Encoding.CP1258, Encoding.UNICODE, Encoding.DECOMPOSED]
PLAIN = "bcdghklmnpqrstvxz BCDGHKLMN 0123456789.,;:-/()%\n"
SMALL = "".join(letter for letter in LETTERS if letter.islower()) + "ĂÂÊÔƠƯĐ"
LEGACY = [Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.CP1258]


@given(st.text(alphabet=LETTERS + PLAIN), st.sampled_from(ONE_WAY))
def test_all_letters_come_back(text: str, encoding: Encoding) -> None:
    assert decode(encode(text, encoding), encoding) == text


@given(st.text(alphabet=SMALL + PLAIN))
def test_the_letters_of_tcvn3_come_back(text: str) -> None:
    data = encode(text, Encoding.TCVN3)
    assert len(data) == len(text)
    assert decode(data, Encoding.TCVN3) == text


@given(
    st.text(alphabet=SMALL + PLAIN), st.sampled_from(LEGACY), st.sampled_from(["latin-1", "cp1252"])
)
def test_text_shown_in_the_wrong_alphabet_comes_back(
    text: str, encoding: Encoding, shown_as: str
) -> None:
    data = encode(text, encoding)
    try:
        shown = data.decode(shown_as)
    except UnicodeDecodeError:  # one of the five bytes that Windows-1252 lacks
        return
    assert decode(shown, encoding) == text


@given(st.binary(), st.sampled_from(Encoding))
def test_any_bytes_decode_or_are_refused(data: bytes, encoding: Encoding) -> None:
    try:
        text = decode(data, encoding)
    except TextUndecodable:
        return
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(
    ("shown", "encoding", "meant"),
    [
        ("TiÕng ViÖt", Encoding.TCVN3, "Tiếng Việt"),
        ("§¶ng bé huyÖn Th¹ch ThÊt", Encoding.TCVN3, "Đảng bộ huyện Thạch Thất"),
        ("Tieáng Vieät", Encoding.VNI, "Tiếng Việt"),
        ("Ñaûng boä huyeän Thaïch Thaát", Encoding.VNI, "Đảng bộ huyện Thạch Thất"),
        ("ÑAÛNG BOÄ", Encoding.VNI, "ĐẢNG BỘ"),
        ("AÙnh Aùnh", Encoding.VNI, "Ánh Ánh"),
        ("Tiªng Vi®t", Encoding.VISCII, "Tiếng Việt"),
        ("Tiêìng Viêòt", Encoding.CP1258, "Tiếng Việt"),
        ("Tiáº¿ng Viá»‡t", Encoding.MISREAD_UTF8, "Tiếng Việt"),
        ("Ti\u00ea\u0301ng Vi\u00ea\u0323t", Encoding.DECOMPOSED, "Tiếng Việt"),
        ("ch\u00adương 中", Encoding.TCVN3, "chưương 中"),
    ],
)
def test_known_samples(shown: str, encoding: Encoding, meant: str) -> None:
    assert decode(shown, encoding) == meant


IN_ORDER = "áàảãạ ấầẩẫậâ ắằẳẵặă éèẻẽẹ ếềểễệê íìỉĩị óòỏõọ ốồổỗộô ớờởỡợơ úùủũụ ứừửữựư ýỳỷỹỵ đ"
IN_VNI = (
    "aùaøaûaõaï aáaàaåaãaäaâ aéaèaúaüaëaê eùeøeûeõeï eáeàeåeãeäeâ íìæóò oùoøoûoõoï oáoàoåoãoäoâ "
    "ôùôøôûôõôïô uùuøuûuõuï öùöøöûöõöïö yùyøyûyõî ñ"
)
IN_TCVN3 = "¸µ¶·¹ ÊÇÈÉË© ¾»¼½Æ¨ ÐÌÎÏÑ ÕÒÓÔÖª Ý×ØÜÞ ãßáâä èåæçé« íêëìî¬ óïñòô øõö÷ù\u00ad ýúûüþ ®"


def test_every_letter_as_old_fonts_show_it() -> None:
    assert decode(IN_VNI, Encoding.VNI) == IN_ORDER
    assert decode(IN_VNI.upper(), Encoding.VNI) == IN_ORDER.upper()
    assert decode(IN_TCVN3, Encoding.TCVN3) == IN_ORDER
    assert decode("¡¢£¤¥¦§", Encoding.TCVN3) == "ĂÂÊÔƠƯĐ"


def test_windows_punctuation_stays_in_tcvn3() -> None:
    assert decode(b"\x93\xae\xb6ng\x94 \x96", Encoding.TCVN3) == "“đảng” –"


def test_the_combining_tones_of_tcvn_compose() -> None:
    assert decode(b"a\xb0 \xac\xb4", Encoding.TCVN3) == "à ợ"


def test_capital_fonts_are_told_by_the_caller() -> None:
    assert decode("®¶ng bé", Encoding.TCVN3, capitals=True) == "ĐẢNG BỘ"
    with pytest.raises(TextUnencodable) as refused:
        encode("ĐẢNG", Encoding.TCVN3)
    assert refused.value.params["character"] == "Ả"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("中", Encoding.VNI), ("ø", Encoding.VNI), ("µ", Encoding.TCVN3), ("ÿ", Encoding.VISCII),
     ("中", Encoding.CP1258)],
)  # fmt: skip
def test_letters_that_would_come_back_as_others_are_refused(text: str, encoding: Encoding) -> None:
    with pytest.raises(TextUnencodable):
        encode(text, encoding)


def test_undecodable_bytes_are_named() -> None:
    with pytest.raises(TextUndecodable, match="byte thứ 3"):
        decode(b"ab\x81", Encoding.VNI)
    with pytest.raises(TextUndecodable):
        decode(b"ab\xff", Encoding.UNICODE)


@pytest.mark.parametrize("mark", ["utf-16", "utf-8-sig", "utf-8"])
def test_byte_order_marks_go(mark: str) -> None:
    assert decode("Đảng".encode(mark), Encoding.UNICODE) == "Đảng"
    assert detect("Đảng".encode(mark)).encoding is Encoding.UNICODE


def iconv(name: str, byte: int) -> str | None:
    done = subprocess.run(
        ["iconv", "-f", name, "-t", "utf-8"], input=bytes([byte]), capture_output=True
    )
    return done.stdout.decode() if done.returncode == 0 else None


@pytest.mark.skipif(not shutil.which("iconv"), reason="the C library's iconv is not here")
@pytest.mark.parametrize(
    ("name", "table", "first"), [("TCVN", tables.tcvn3(), 0xA1), ("VISCII", tables.viscii(), 0)]
)
def test_tables_agree_with_the_c_library(name: str, table: dict[int, str], first: int) -> None:
    if iconv(name, 0x41) != "A":
        pytest.skip(f"iconv has no {name}")
    wrong = {b: table.get(b) for b in range(first, 256) if iconv(name, b) != table.get(b, chr(b))}
    assert wrong == {}


def test_vni_has_every_letter_once() -> None:
    marked = [letter for letter in LETTERS if not letter.isascii()]
    assert sorted(tables.vni().values()) == sorted(marked)


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_are_told_apart(sentence: str, encoding: Encoding) -> None:
    if encoding is Encoding.MISREAD_UTF8:
        data: bytes | str = sentence.encode().decode("latin-1")
    elif encoding is Encoding.TCVN3:
        data = encode(sentence.lower(), encoding)
    else:
        data = encode(sentence, encoding)
    found = detect(data)
    assert found.encoding is encoding
    assert found.confidence > 0.99
    assert found.encoding is not None
    assert decode(data, found.encoding).lower() == sentence.lower()


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_shown_wrongly_are_told_apart(sentence: str, encoding: Encoding) -> None:
    found = detect(encode(sentence.lower(), encoding).decode("latin-1"))
    assert found.encoding is encoding
    assert found.confidence > 0.99


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_text_in_order_is_left(sentence: str, form: str) -> None:
    text = unicodedata.normalize("NFD", sentence) if form == "NFD" else sentence
    found = detect(text)
    assert found.encoding is (Encoding.DECOMPOSED if form == "NFD" else Encoding.UNICODE)
    assert found.confidence > 0.99


@pytest.mark.parametrize("text", [*ENGLISH, "", "134 / 250", "“ban” – 5 °C"])
def test_ascii_and_signs_are_unicode(text: str) -> None:
    assert detect(text).encoding is Encoding.UNICODE
    assert detect(text.encode()).encoding is Encoding.UNICODE


FRENCH = "Le président a été élu à l’unanimité ; la première séance s’est achevée très tôt."


def test_other_languages_are_not_taken_for_old_vietnamese() -> None:
    assert detect(FRENCH).encoding is Encoding.UNICODE
    assert detect(FRENCH.encode("cp1252")).encoding is None


def test_signs_inside_words_are_no_foreign_spelling() -> None:
    found = detect("NguyÔn V¨n An")
    assert found.encoding is Encoding.TCVN3
    assert found.confidence > 0.95


def test_one_short_word_leaves_doubt() -> None:
    found = detect(b"h\xe9i")
    assert found.confidence < 0.9
    assert found.alternatives
    assert detect("Tieáng Vieät").confidence < detect("Tieáng Vieät Nam ñoäc laäp").confidence


@given(st.binary(max_size=60) | st.text(max_size=40))
def test_detection_never_fails_and_gives_probabilities(data: bytes | str) -> None:
    found = detect(data)
    assert 0 < found.confidence <= 1
    shares = [found.confidence, *(share for _, share in found.alternatives)]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1 + 1e-9
