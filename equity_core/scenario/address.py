"""An address as keys and values: those that ask something of the planner.

Passed over are the page's own, and those of trackers: mail programs, search engines and social
networks add keys to links, to see who opens them. Known here are those that Firefox and Brave strip
from addresses, the campaign keys of Google Analytics and Matomo, and referrals.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from equity_core.errors import LinkError, shown

LONGEST_LINK = 32_000
"""Characters: factors for several hundred sites, and still within what browsers take."""

PAGE_PREFIX = "show_"
"""What begins so says how a page looks."""

SHORT = "saved"
"""The key of a scenario that a server keeps under a title."""

_OF_THE_PAGE = frozenset({"embed", "embed_options", "fingerprint", SHORT})

_CAMPAIGNS = ("utm_", "mtm_", "pk_", "piwik_", "hsa_", "oft_")

_CLICKS_AND_REFERRALS = """
    __hsfp __hssc __hstc __s _ga _gl _hsenc _hsmi _ke _kx _openstat bbeml bsft_clkid bsft_uid
    dclid epik et_rid fb_action_ids fb_comment_id fb_ref fb_source fbclid gad_campaignid gad_source
    gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig hsctatracking igsh igshid
    irclickid li_fat_id mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash msclkid ndclid
    oly_anon_id oly_enc_id rb_clickid ref ref_src ref_url referrer s_cid sccid srsltid ss_email_id
    syclid trk ttclid twclid unicorn_click_id vero_conv vero_id vgo_ee wbraid wickedid yclid ymclid
    ysclid
"""
_TRACKERS = frozenset(_CLICKS_AND_REFERRALS.split())


def items_of(query: str | Mapping[str, str]) -> list[tuple[str, str]]:
    """The decoded keys and values that concern the scenario. Raises `LinkError`."""
    if isinstance(query, str):
        if len(query) > LONGEST_LINK:
            raise too_long("The link", len(query), LONGEST_LINK)
        items = parse_qsl(query_part(query), keep_blank_values=True)
    else:
        items = list(query.items())
        length = sum(len(key) + len(text) + 2 for key, text in items)
        if length > LONGEST_LINK:
            raise too_long("The link", length, LONGEST_LINK)
    keys = [key for key, _ in items]
    if SHORT in keys and "v" not in keys:
        raise LinkError(
            SHORT,
            "This is the short link of a scenario that a server keeps under a title; open it in a "
            "browser and copy the page's full address.",
        )
    return [item for item in items if not _asks_nothing(item[0])]


def is_bare(address: Mapping[str, str]) -> bool:
    """Whether an address asks for nothing: no field, no version, no saved scenario, no view."""
    own = SHORT in address or any(key.startswith(PAGE_PREFIX) for key in address)
    return not own and all(map(_asks_nothing, address))


def query_part(link: str) -> str:
    """The query of a whole address, or of what follows its question mark."""
    text = link.strip()
    if "://" not in text and "?" not in text:
        return text
    try:
        return urlsplit(text).query
    except ValueError as error:
        raise LinkError(
            "link", f"The link {shown(link)} is not an address; copy it again as a whole."
        ) from error


def _asks_nothing(key: str) -> bool:
    """Whether a key of an address is not meant for the scenario; one of a region never is."""
    if "." in key:
        return False
    lower = key.lower()
    return (
        key in _OF_THE_PAGE
        or lower in _TRACKERS
        or lower.startswith(_CAMPAIGNS)
        or key.startswith(PAGE_PREFIX)
    )


def too_long(what: str, length: int, limit: int) -> LinkError:
    """The refusal of a text of more than `limit` characters."""
    return LinkError(
        "link",
        f"{what} is {length:,} characters long, but may have at most {limit:,}; "
        "shorten it, or pass the scenario as a file scenario.json.",
    )
