"""The pages of the site and what stands in them."""

from .articles import ArticlePage, ArticleTag, RelatedArticle, Topic
from .contacts import UnitContact
from .counting import DaySalt, Tally
from .finding import SearchEntry
from .fronts import FrontFigure, HomePage, SectionPage
from .papers import DocumentKind, OfficialDocument
from .pictures import Picture, PictureRendition
from .site import SiteFacts

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "DaySalt",
    "DocumentKind",
    "FrontFigure",
    "HomePage",
    "OfficialDocument",
    "Picture",
    "PictureRendition",
    "RelatedArticle",
    "SearchEntry",
    "SectionPage",
    "SiteFacts",
    "Tally",
    "Topic",
    "UnitContact",
]
