"""What an editor is answered who brings what is no picture, or one far too large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from giaoban.portal.pages.models import Picture
from tests.portal.editing.conftest import PUBLISHER, Sit
from tests.portal.pages.test_pictures import HUNDRED_MILLION, written

BAD = {
    "text": (b"khong phai anh", "Tệp này không phải là ảnh, dù tên tệp ghi thế nào."),
    "huge": (written(HUNDRED_MILLION), "Ảnh có 100 triệu điểm ảnh; chỉ nhận ảnh không quá 40"),
}
# Where pictures are brought, and what each form calls its file.
FILES = {
    "images/add/": "file", "images/multiple/add/": "files[]",
    "images/chooser/create/": "image-chooser-upload-file",
}  # fmt: skip


@pytest.mark.parametrize("sort", BAD)
@pytest.mark.parametrize("address", FILES)
def test_the_answer_says_what_is_wrong_and_nothing_is_kept(
    sit: Sit, settings: Any, tmp_path: Path, sort: str, address: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    content, words = BAD[sort]
    told = {"title": "Ảnh", "alt": "Hội trường", "image-chooser-upload-title": "Ảnh",
            "image-chooser-upload-alt": "Hội trường", "collection": "1"}  # fmt: skip
    file = SimpleUploadedFile("anh.png", content, "image/png")
    answer = sit(PUBLISHER).post(
        f"/bien-tap/{address}", told | {FILES[address]: file},
        headers={"x-requested-with": "XMLHttpRequest"},
    )  # fmt: skip
    assert answer.status_code == 200
    said = answer.json() if "json" in answer["Content-Type"] else {"html": answer.content.decode()}
    assert words in " ".join(map(str, said.values())).replace("\u00a0", " ").replace("\\xa0", " ")
    assert not Picture.objects.exists()
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]
