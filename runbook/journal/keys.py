"""The device's key: made at the first start, it signs every entry of one journal.

Its file holds two lines of hex, the private and the public half, so that a start needs no
cryptography library before something is signed.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from runbook.journal.errors import DamagedJournalError
from runbook.journal.folder import write_durably

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_FILE = "device.key"
_HALF = 32


def device_of(public: bytes) -> str:
    """The id of the device that owns a public key."""
    return hashlib.sha256(public).digest()[:16].hex()


@dataclass(frozen=True)
class DeviceKey:
    """One device's key pair."""

    secret: bytes
    public: bytes

    @property
    def device(self) -> str:
        """The id of this device."""
        return device_of(self.public)

    def sign(self, digest: bytes) -> bytes:
        """The signature of a hash."""
        return self._signer.sign(digest)

    @cached_property
    def _signer(self) -> Ed25519PrivateKey:
        """The key as its library knows it, loaded when first needed: it takes 30 ms."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - slow
            Ed25519PrivateKey,
        )

        return Ed25519PrivateKey.from_private_bytes(self.secret)

    def check(self) -> None:
        """Load the library; DamagedJournalError when the halves do not belong together."""
        if self._signer.public_key().public_bytes_raw() != self.public:
            raise DamagedJournalError(_damaged("its halves do not belong together"))


def make_key(folder: Path) -> DeviceKey:
    """Make a key and keep it, readable by its owner only."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - slow
        Ed25519PrivateKey,
    )

    secret = os.urandom(_HALF)
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    write_durably(folder / KEY_FILE, f"{secret.hex()}\n{public.hex()}\n".encode("ascii"))
    return DeviceKey(secret, public)


def load_key(folder: Path) -> DeviceKey | None:
    """The key of this folder, None when there is none yet."""
    try:
        words = (folder / KEY_FILE).read_text(encoding="ascii").split()
        secret, public = (bytes.fromhex(word) for word in words)
    except FileNotFoundError:
        return None
    except (ValueError, UnicodeDecodeError) as error:
        raise DamagedJournalError(_damaged("it cannot be read")) from error
    if len(secret) != _HALF or len(public) != _HALF:
        raise DamagedJournalError(_damaged("it is cut short"))
    return DeviceKey(secret, public)


def check_signature(public: bytes, digest: bytes, sig: bytes) -> bool:
    """True when the owner of the public key signed this hash."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - slow
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - slow
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(sig, digest)
    except (InvalidSignature, ValueError):
        return False
    return True


def _damaged(why: str) -> str:
    """The sentence for a key that cannot be used."""
    return (
        f"The journal's key (device.key) cannot be used: {why}. All entries are unharmed and"
        " can be read. To go on recording, put device.key back from a backup, or start with"
        " another data folder (--data)."
    )
