"""The pages of the site and what stands in them."""

from .articles import ArticlePage, ArticleTag, RelatedArticle
from .fronts import HomePage, SectionPage
from .pictures import Picture, PictureRendition
from .site import SiteFacts

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "HomePage",
    "Picture",
    "PictureRendition",
    "RelatedArticle",
    "SectionPage",
    "SiteFacts",
]
