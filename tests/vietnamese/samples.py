"""Texts and letters that several tests read: proper Vietnamese, English, the alphabet."""

import unicodedata

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang, huyền, hỏi, ngã, sắc, nặng
_LOWER = "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES
)
LETTERS = _LOWER + _LOWER.upper() + "đĐ"
"""The 134 letters of Vietnamese that are vowels or đ, in both cases."""

SENTENCES = (
    "Trong 9 tháng đầu năm 2018, toàn Đảng bộ huyện kết nạp 134 đảng viên, đạt 53,6% kế hoạch.",
    "Ban Tổ chức Huyện ủy tham mưu xây dựng kế hoạch kiểm tra công tác đảng viên mới.",
    "Các chi bộ trường học đã rà soát nguồn quần chúng ưu tú, giáo viên trẻ có năng lực.",
    "Đề nghị các đơn vị gửi báo cáo trước ngày 05 tháng 9 để tổng hợp, trình Thường trực.",
    "Công đoàn cơ sở tại doanh nghiệp ngoài khu vực nhà nước được thành lập đúng quy định.",
    "Nguyễn Thị Hường, Trần Quốc Khánh và Phạm Thúy Quỳnh được công nhận đảng viên chính thức.",
    "Thôn Đồng Trúc có bảy đảng viên miễn sinh hoạt vì tuổi cao, sức yếu, bệnh nặng kéo dài.",
    "Ủy ban Kiểm tra kết luận: việc thu nộp đảng phí đầy đủ, sổ sách ghi chép rõ ràng.",
    "Mưa lũ gây sạt lở nhiều tuyến đường; thanh niên tình nguyện giúp dân dọn dẹp nhà cửa.",
    "Kỷ luật bằng hình thức khiển trách một trường hợp, nhắc nhở hai trường hợp vi phạm.",
)

ENGLISH = (
    "The district committee admitted one hundred members in the first nine months of the year.",
    "Please send the report to the office before Friday so that we can print it in time.",
    "Ten men can not get to the top in one hot day, but the cat sat on the mat all the same.",
    "No woman, no cry: sing a song on the long road home to the sea and the sun.",
    "He got a pan, a pot and a tin of ham to go in the van, then hung the bag on the door.",
    "This program is distributed in the hope that it will be useful, without any warranty.",
)
