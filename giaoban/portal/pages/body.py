"""What the body of an article is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from giaoban.portal.living.blocks import FigureChartBlock

# "figure" is the living figure: a number of an issued report (``giaoban/portal/living``).
LEAD_FEATURES = ["figure"]
TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link", "figure"]


class PictureBlock(blocks.StructBlock):
    """A picture between paragraphs, with its caption."""

    picture = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), max_length=300)

    class Meta:
        icon = "image"
        label = pgettext_lazy("block of an article", "Picture")
        template = "portal/pages/blocks/picture.html"


# Wagtail names this field after its attribute, in English whatever the language.
PictureBlock.base_blocks["picture"].child_blocks["image"].label = _("picture")


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    words = blocks.TextBlock(label=_("words"), max_length=600)
    speaker = blocks.CharBlock(label=_("who said it"), max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "portal/pages/blocks/quote.html"


class AttachmentBlock(blocks.StructBlock):
    """A file that goes with the article, and what it is."""

    file = DocumentChooserBlock(label=_("file"))
    words = blocks.CharBlock(label=_("what it is"), max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Attachment")
        template = "portal/pages/blocks/attachment.html"


BODY_BLOCKS = [
    ("text", blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES,
                                  template="portal/pages/blocks/text.html")),
    ("heading", blocks.CharBlock(label=_("Heading"), max_length=150, icon="title",
                                 template="portal/pages/blocks/heading.html")),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("attachment", AttachmentBlock()),
    ("figure_chart", FigureChartBlock()),
]  # fmt: skip
