"""Answers of a device on the web: bounded in size and time, errors in words, keys never told.

The standard library is enough: a few requests in a second, keys in a header, digest authentication.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twin.errors import DeviceError

MOST_BYTES = 2**20  # of one answer; the largest of a printer has some kilobytes
PATIENCE = 10.0  # [s] to wait for a sign of life
LONGEST = 20.0  # [s] for a whole answer
CHUNK = 2**16


class Refused(DeviceError):
    """The device answers, but not to us or not so: trying again does not mend it."""


class Unreachable(DeviceError):
    """The device does not answer as it should; it may later."""


@dataclass(frozen=True)
class Credentials:
    """What a device lets us in by; `names` is what messages call the settings."""

    names: str
    headers: Mapping[str, str]
    user: str = ""
    password: str = ""
    authority: str = ""  # file of the certificates that are trusted

    def context(self) -> ssl.SSLContext:
        """How certificates are checked. Raises Refused where their file cannot be used."""
        try:
            return ssl.create_default_context(cafile=self.authority or None)
        except (OSError, ssl.SSLError) as error:
            raise Refused(f"{self.authority}: is no file of certificates: {error}") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A key is for the address that it was given for, not for where that points to."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest authentication that closes the answer which asked for it; the library leaves it."""

    def http_error_401(self, req: Any, fp: Any, *more: Any) -> Any:
        try:
            answer = super().http_error_401(req, fp, *more)
        except BaseException:
            fp.close()
            raise
        if answer is not None:
            fp.close()
        return answer


class Site:
    """One device; `address` is "http://host:port", with https where it is to be safe."""

    def __init__(self, address: str, credentials: Credentials) -> None:
        self._address, self._credentials = address, credentials
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        if credentials.user:
            passwords.add_password(None, address, credentials.user, credentials.password)
        self._opener = urllib.request.build_opener(
            _NoRedirect,
            urllib.request.ProxyHandler({}),  # it stands in the same house
            _Digest(passwords),
            urllib.request.HTTPSHandler(context=credentials.context()),
        )

    def ask(self, path: str, accepted: frozenset[int] = frozenset({200})) -> bytes:
        """The body of the answer, whose status must be one of the accepted ones.

        Raises Unreachable or Refused, in words that are fit to be shown.
        """
        request = urllib.request.Request(
            self._address + path, headers=dict(self._credentials.headers)
        )
        try:
            return self._ask(request, path, accepted)
        except ValueError as error:  # an authentication that the library does not know
            told = f"it wants another authentication than a key or digest ({error})"
            raise Refused(f"{self._address}: {told}") from error
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"{self._address}: {reason(error)}") from error

    def _ask(self, request: urllib.request.Request, path: str, accepted: frozenset[int]) -> bytes:
        try:
            answer = self._opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error  # an answer, too
        with answer:
            if answer.status in accepted:
                return self._body(answer)
            raise self._status(answer, path)

    def _body(self, answer: Any) -> bytes:
        """All of it, within bounds: some answers have no end."""
        found, end = bytearray(), time.monotonic() + LONGEST
        while chunk := answer.read1(CHUNK):
            found += chunk
            if len(found) > MOST_BYTES:
                raise Unreachable(
                    f"{self._address}: its answer has more than {MOST_BYTES // 2**20} MB"
                )
            if time.monotonic() > end:
                raise Unreachable(f"{self._address}: its answer takes more than {LONGEST:g} s")
        return bytes(found)

    def _status(self, answer: Any, path: str) -> DeviceError:
        """What a status that was not expected means."""
        names, status = self._credentials.names, answer.status
        if status in (401, 403):
            given = bool(self._credentials.headers or self._credentials.user)
            told = "the key or password is wrong" if given else "it wants a key or a password"
            return Refused(f"{self._address}: {told} (status {status}); set {names}")
        if status == 404:
            return Refused(f"{self._address}: has no {path.partition('?')[0]} (status 404)")
        if 300 <= status < 400:
            target = answer.headers.get("Location", "elsewhere")
            return Refused(f"{self._address}: points to {target}; name that address")
        return Unreachable(f"{self._address}: answers with status {status} {answer.reason}")


def reason(error: BaseException) -> str:
    """Why a connection failed, in words."""
    inner = error
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, BaseException):
        inner = error.reason
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {inner.verify_message}"
    if isinstance(inner, ssl.SSLError):
        return f"no safe connection: {inner.reason or inner}"
    if isinstance(inner, TimeoutError):
        return f"does not answer within {PATIENCE:g} s"
    if isinstance(inner, socket.gaierror):
        return "there is no such host"
    if isinstance(inner, ConnectionRefusedError):
        return "nothing listens there (connection refused)"
    if isinstance(inner, OSError):
        return inner.strerror or str(inner) or type(inner).__name__
    return str(inner) or type(inner).__name__
