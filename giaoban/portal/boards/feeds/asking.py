"""One request to a feed: it may refuse, hang, drip, break off or send too much."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import requests
import urllib3.exceptions

from giaoban.portal.boards.errors import (
    FeedCutShort,
    FeedNotTrusted,
    FeedRefused,
    FeedSilent,
    FeedTooLarge,
    FeedUnreachable,
)

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 5.0, 10.0, 20.0
MOST_BYTES = 1_000_000
_PIECE = 16_384
_USABLE = {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a feed answered: ``headers`` by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def unchanged(self) -> bool:
        """Whether the feed says that it has nothing newer."""
        return self.status == HTTPStatus.NOT_MODIFIED


def ask(address: str, *, agent: str, since: str = "") -> Answer:
    """Ask a feed once. ``since`` is the Last-Modified of the answer that is here already.

    It is not followed to another address, and takes twenty seconds at most. Raises
    ``FeedSilent``, ``FeedNotTrusted``, ``FeedUnreachable``, ``FeedCutShort``, ``FeedTooLarge``;
    ``FeedRefused`` carries the ``answer``.
    """
    headers = {"User-Agent": agent, "Accept-Encoding": "gzip"}
    if since:
        headers["If-Modified-Since"] = since
    deadline = time.monotonic() + WHOLE_SECONDS
    try:
        with requests.get(
            address, headers=headers, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=True,
            allow_redirects=False,
        ) as response:  # fmt: skip
            told = {name.lower(): value for name, value in response.headers.items()}
            answer = Answer(response.status_code, told)
            if answer.unchanged and since:
                return answer
            if response.status_code not in _USABLE:
                raise _refused(answer)
            return Answer(answer.status, told, b"".join(_pieces(response, deadline)))
    except (requests.Timeout, urllib3.exceptions.TimeoutError) as silent:
        raise FeedSilent(seconds=int(READ_SECONDS)) from silent
    except requests.exceptions.SSLError as false:
        raise FeedNotTrusted from false
    except (
        requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError,
        urllib3.exceptions.HTTPError,
    ) as broken:  # fmt: skip
        raise FeedCutShort from broken
    except requests.RequestException as lost:
        raise FeedUnreachable from lost


def _refused(answer: Answer) -> FeedRefused:
    refused = FeedRefused(status=answer.status)
    refused.answer = answer
    return refused


def _pieces(response: requests.Response, deadline: float) -> Iterator[bytes]:
    """The body as it comes, unpacked, until it is too large or takes too long."""
    size = 0
    while piece := response.raw.read1(_PIECE, decode_content=True):
        size += len(piece)
        if size > MOST_BYTES:
            raise FeedTooLarge(most=MOST_BYTES // 1000)
        if time.monotonic() > deadline:
            raise FeedSilent(seconds=int(WHOLE_SECONDS))
        yield piece
