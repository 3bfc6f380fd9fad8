"""Addresses of a database that cannot be used: a sentence, and nothing of the address in it."""

import pytest

from equity_core.errors import EquityError
from equity_core.settings.settings import StoreSettings
from equity_core.store.store import Store

SECRETS = ("somebody", "hunter2", "private-host", "ledger")
START = "postgresql://somebody:hunter2@"
ADDRESSES = (
    f"{START}private-host:abc/ledger",
    f"{START}private-host:99999/ledger",
    f"{START}private-host:/ledger",
    f"{START}:abc/ledger",
    f"{START}127.0.0.1:1/ledger",
    f"{START}127.0.0.1:1/ledger%00",
    f"{START}127.0.0.1:1/%zz",
    f"{START}127.0.0.1:1/ledger?hunter2=1",
    f"{START}[private-host/ledger",
    f"{START}{'private-host' * 30}:1/ledger",
    "somebody:hunter2@private-host/ledger",
    "hunter2",
    "hunter2://private-host/ledger",
    "mysql://somebody:hunter2@private-host/ledger",
    "\x1b[31mhunter2",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_cannot_be_used_is_a_sentence_without_it(address):
    with pytest.raises(EquityError) as told:
        Store(StoreSettings.from_environment({"DATABASE_URL": address})).datasets()
    sentence = str(told.value)
    assert sentence.endswith(".")
    assert not [secret for secret in SECRETS if secret in sentence.replace("password@host", "")]


@pytest.mark.parametrize("text", ["9" * 5000, "-1", "1e3", "²", "\x1b[31m", "x" * 1000])
def test_a_number_that_is_none_is_a_short_sentence(text):
    with pytest.raises(EquityError, match="but must be a whole number") as told:
        StoreSettings.from_environment({"EQUITY_STORE_SCENARIOS": text})
    assert str(told.value).isprintable()
    assert len(str(told.value)) < 300
