"""Who a client is, and whom it trusts: from the environment alone, never a layout or an address.

TWIN_OPCUA_USER, TWIN_OPCUA_PASSWORD   where the server asks for a user
TWIN_OPCUA_CERT, TWIN_OPCUA_KEY        one's own certificate and key (.pem, .der): encrypts
TWIN_OPCUA_KEY_PASSWORD                where the key has one
TWIN_OPCUA_SERVER_CERT                 the server's certificate; without it any server is believed
TWIN_OPCUA_POLICY                      Basic256Sha256, or another that the server offers
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from asyncua import ua
from asyncua.client.client import Client
from asyncua.crypto import security_policies as policies
from asyncua.crypto.uacrypto import load_certificate, x509_from_der
from cryptography import x509

from twin.errors import DeviceError, nearest

PORT = 4840
POLICIES: Mapping[str, type[policies.SecurityPolicy]] = {
    "Basic256Sha256": policies.SecurityPolicyBasic256Sha256,
    "Aes128Sha256RsaOaep": policies.SecurityPolicyAes128Sha256RsaOaep,
    "Aes256Sha256RsaPss": policies.SecurityPolicyAes256Sha256RsaPss,
}
PREFIX = "TWIN_OPCUA_"
_USER = f"({PREFIX}USER, {PREFIX}PASSWORD)"
_WORDS = {
    "BadUserAccessDenied": f"refuses the user or the password {_USER}",
    "BadIdentityTokenRejected": f"refuses the user or the password {_USER}",
    "BadIdentityTokenInvalid": f"asks for a user and a password {_USER}",
    "BadCertificateTimeInvalid": "a certificate has expired, or is not valid yet",
    "BadCertificateUntrusted": "does not trust this client's certificate: accept it there",
    "BadSecurityChecksFailed": "does not trust this client's certificate: accept it there",
    "BadCertificateUriInvalid": "finds another application's name in this client's certificate",
    "BadSecurityPolicyRejected": "asks for signed messages (TWIN_OPCUA_CERT, TWIN_OPCUA_KEY)",
    "BadSecurityModeRejected": "asks for signed messages (TWIN_OPCUA_CERT, TWIN_OPCUA_KEY)",
    "BadTcpEndpointUrlInvalid": "knows no endpoint of this path",
    "BadTooManySessions": "has too many clients",
    "BadMaxConnectionsReached": "has too many clients",
}
# Trying again changes nothing: somebody must mend the environment first.
_FINAL = frozenset(
    {"BadUserAccessDenied", "BadIdentityTokenRejected", "BadIdentityTokenInvalid"}
    | {"BadCertificateTimeInvalid", "BadCertificateUriInvalid"}
    | {"BadSecurityPolicyRejected", "BadSecurityModeRejected", "BadTcpEndpointUrlInvalid"}
)


class Refused(DeviceError):
    """It cannot be connected to, and trying again does not mend it."""


@dataclass(frozen=True)
class Credentials:
    """What a client shows; texts are empty where there is none."""

    user: str = ""
    password: str = field(default="", repr=False)
    certificate: str = ""
    key: str = ""
    key_password: str = field(default="", repr=False)
    server_certificate: str = ""
    policy: str = "Basic256Sha256"

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Credentials:
        """Those in the environment. Raises DeviceError where they contradict each other."""

        def given(name: str, otherwise: str = "") -> str:
            return environment.get(PREFIX + name, "") or otherwise

        found = cls(
            *(given("USER"), given("PASSWORD"), given("CERT"), given("KEY")),
            *(given("KEY_PASSWORD"), given("SERVER_CERT"), given("POLICY", cls.policy)),
        )
        if found.policy not in POLICIES:
            raise DeviceError(
                f"{PREFIX}POLICY: there is no {found.policy!r}; {nearest(found.policy, POLICIES)}"
            )
        if bool(found.certificate) != bool(found.key):
            raise DeviceError(f"{PREFIX}CERT and {PREFIX}KEY are wanted both, or neither")
        if found.server_certificate and not found.certificate:
            raise DeviceError(f"{PREFIX}SERVER_CERT wants {PREFIX}CERT and {PREFIX}KEY, too")
        return found


def checked_url(url: str) -> str:
    """An address "opc.tcp://HOST:PORT/PATH", the port filled in. Raises DeviceError."""
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise DeviceError(
            "an address holds no user and no password: they belong into "
            f"{PREFIX}USER and {PREFIX}PASSWORD"
        )
    try:
        port = parts.port or PORT
    except ValueError as error:
        raise DeviceError(f"{url}: {error}") from error
    if parts.scheme != "opc.tcp" or not parts.hostname:
        raise DeviceError(f"{url}: expected an address such as opc.tcp://localhost:{PORT}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"opc.tcp://{host}:{port}{parts.path}"


async def secure(client: Client, credentials: Credentials) -> None:
    """Gives a client what it shows. Raises Refused where a certificate cannot be used."""
    if credentials.user:
        client.set_user(credentials.user)
        client.set_password(credentials.password)
    if not credentials.certificate:
        return
    own = await _certificate(credentials.certificate, f"{PREFIX}CERT")
    client.application_uri = _application(own) or client.application_uri
    if not Path(credentials.key).is_file():
        raise Refused(f"{PREFIX}KEY: {credentials.key}: there is no such file")
    if credentials.server_certificate:
        await _certificate(credentials.server_certificate, f"{PREFIX}SERVER_CERT")
    try:
        await client.set_security(
            POLICIES[credentials.policy],
            credentials.certificate,
            credentials.key,
            credentials.key_password or None,
            credentials.server_certificate or None,
        )
    except (ValueError, TypeError) as error:  # what the key's reader says of it
        raise Refused(f"{PREFIX}KEY: {credentials.key}: cannot be read: {error}") from error
    if not credentials.server_certificate:
        shown = x509_from_der(client.security_policy.peer_certificate)
        if shown:
            _check_times(shown, "the server's certificate")


def reason(error: BaseException) -> tuple[str, bool]:
    """Why a server cannot be followed, in words, and whether trying again is of no use."""
    if isinstance(error, DeviceError):
        return str(error), isinstance(error, Refused)
    if isinstance(error, ua.UaStatusCodeError):
        name = ua.status_codes.get_name_and_doc(error.code)[0]
        return _WORDS.get(name, f"answers {name}"), name in _FINAL
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there", False
    if isinstance(error, socket.gaierror):
        return "there is no such host", False
    if isinstance(error, TimeoutError):
        return "does not answer in time", False
    if isinstance(error, ua.UaError) and "No matching endpoints" in str(error):
        return f"offers no such endpoint: see {PREFIX}POLICY, {PREFIX}CERT and {PREFIX}KEY", True
    return f"cannot be reached ({error or type(error).__name__})", False


async def _certificate(path: str, name: str) -> x509.Certificate:
    try:
        found = await load_certificate(path)
    except (OSError, ValueError) as error:
        raise Refused(f"{name}: {path}: cannot be read as a certificate: {error}") from error
    _check_times(found, f"{name}: {path}")
    return found


def _check_times(certificate: x509.Certificate, name: str) -> None:
    now = datetime.now(UTC)
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if end < now:
        raise Refused(f"{name}: has expired on {end:%Y-%m-%d}")
    if begin > now:
        raise Refused(f"{name}: is not valid before {begin:%Y-%m-%d}")


def _application(certificate: x509.Certificate) -> str:
    """The application that a certificate is of: servers compare it with what the client says."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return ""
    found = names.value.get_values_for_type(x509.UniformResourceIdentifier)
    return found[0] if found else ""
