"""The reasons for declining that a portal begins with; an office adds its own and ends others."""

from datetime import date

from django.db import migrations

REASONS = (
    ("Ngoài nội dung bài viết", "Not about the article"),
    ("Lời lẽ xúc phạm người khác", "Insulting to others"),
    ("Có thông tin riêng của người khác", "Contains private facts about others"),
    ("Quảng cáo", "Advertising"),
    ("Chưa có dấu tiếng Việt nên khó đọc", "Without Vietnamese diacritics, hence hard to read"),
    ("Trùng với ý kiến đã đăng", "The same as a comment already published"),
    ("Là đơn, thư cần gửi đến cơ quan giải quyết", "A petition, which belongs with the authority"),
)


def begin(apps, schema_editor):
    reasons = apps.get_model("portal_comments", "DeclineReason").objects
    reasons.using(schema_editor.connection.alias).bulk_create(
        reasons.model(words_vi=vi, words_en=en, from_on=date(2018, 1, 1)) for vi, en in REASONS
    )


class Migration(migrations.Migration):
    dependencies = [("portal_comments", "0001_initial")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
