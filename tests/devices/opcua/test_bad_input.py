"""Wrong values, credentials, certificates and addresses: named, counted, and the rest flows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.devices.opcua.plants import PLAIN, free_port, heard, is_connected, latest, wait_for
from twin.devices.collector import Link
from twin.devices.opcua.security import Credentials, checked_url
from twin.errors import DeviceError
from twin.recordings.opcua.mapping import Machine


def test_wrong_values_are_counted_and_the_rest_flows(plant, journal, follow):
    server = plant("plain")
    follow(server.url, PLAIN)
    wait_for(lambda: latest(journal, "s=count") == 0)
    server.tell([["state", 1], ["lot", "L1"]])
    server.tell([["state", 77]])
    server.tell([["count", -3]])
    server.tell([["state", None, 0x80050000]])
    server.tell([["lot", "x" * 3_000_000]])
    server.tell([["count", 5]])
    wait_for(lambda: latest(journal, "s=count") == 5)
    follower = heard(journal, PLAIN)
    timeline = follower.timeline()
    natives = [timeline.name(row["native"]) for row in timeline.intervals]
    assert list(dict.fromkeys(natives)) == ["0", "1", "77", "bad status"]
    counts = follower.count()
    assert counts["unknown value: mill state '77'"] == 1
    assert counts["unknown value: mill count '-3'"] == 1
    assert journal.counts(journal.sources()[0]) == {"too large": 1}


def test_wrong_credentials_end_it_in_words(plant, journal, follow):
    server = plant("users")
    wrong = follow(server.url, PLAIN, Credentials(user="ada", password="1816"))
    wait_for(lambda: wrong.status().link is Link.STOPPED)
    assert "refuses the user or the password (TWIN_OPCUA_USER" in wrong.status().why
    nobody = follow(server.url, PLAIN)
    wait_for(lambda: nobody.status().link is Link.STOPPED)
    assert "TWIN_OPCUA_USER" in nobody.status().why
    right = follow(server.url, PLAIN, Credentials(user="ada", password="1815"))
    wait_for(lambda: is_connected(right))


def certificate(folder, name, days):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    end = datetime.now(UTC) + timedelta(days=days)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=400))
        .not_valid_after(end)
        .add_extension(
            x509.SubjectAlternativeName([x509.UniformResourceIdentifier(f"urn:test:{name}")]), False
        )
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.der", folder / f"{name}.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.DER))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return [str(path) for path in paths]


def test_certificates(plant, journal, follow, tmp_path):
    server_certificate, server_key = certificate(tmp_path, "server", 30)
    own, key = certificate(tmp_path, "client", 30)
    old, old_key = certificate(tmp_path, "old", -3)
    server = plant("encrypted", server_certificate, server_key)
    shown = {"certificate": own, "key": key}

    right = follow(server.url, PLAIN, Credentials(**shown, server_certificate=server_certificate))
    wait_for(lambda: is_connected(right))
    right.stop()
    for credentials, words in (
        (Credentials(certificate=old, key=old_key), "has expired on"),
        (Credentials(**shown, server_certificate=old), "TWIN_OPCUA_SERVER_CERT.*has expired"),
        (Credentials(certificate=key, key=key), "cannot be read as a certificate"),
        (Credentials(certificate=own, key=own), "TWIN_OPCUA_KEY.*cannot be read"),
        (Credentials(certificate=own, key="nowhere.pem"), "there is no such file"),
        (Credentials(), "TWIN_OPCUA_CERT"),
    ):
        wrong = follow(server.url, PLAIN, credentials)
        wait_for(lambda wrong=wrong: wrong.status().link is Link.STOPPED)
        assert re.search(words, wrong.status().why), wrong.status().why
        wrong.stop()


def test_an_expired_certificate_of_a_server_is_named(plant, journal, follow, tmp_path):
    server = plant("encrypted", *certificate(tmp_path, "old", -3))
    own, key = certificate(tmp_path, "client", 30)
    one = follow(server.url, PLAIN, Credentials(certificate=own, key=key))
    wait_for(lambda: one.status().link is Link.STOPPED)
    assert "the server's certificate: has expired on" in one.status().why


def test_what_is_not_there_is_named(plant, journal, follow):
    nobody = follow(f"opc.tcp://127.0.0.1:{free_port()}")
    wait_for(lambda: nobody.status().why == "nothing listens there")
    assert nobody.status().link is Link.CONNECTING
    server = plant("plain")
    unknown = follow(server.url)
    wait_for(lambda: "presents no machine by a model" in unknown.status().why)
    wrong = PLAIN.model_copy(update={"machines": {"mill": Machine(state="/Line/stat")}})
    lost = follow(server.url, wrong)
    wait_for(lambda: "Line has no 'stat'; it has state, count, lot, odd" in lost.status().why)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("opc.tcp://ada:1815@host", "belong into TWIN_OPCUA_USER"),
        ("http://host", "such as opc.tcp://localhost:4840"),
        ("opc.tcp://", "such as opc.tcp://localhost:4840"),
        ("opc.tcp://host:99999", "host:99999"),
    ],
)
def test_wrong_addresses(url, message):
    with pytest.raises(DeviceError, match=message) as error:
        checked_url(url)
    assert "1815" not in str(error.value)


def test_addresses_get_their_port():
    assert checked_url("opc.tcp://host/path") == "opc.tcp://host:4840/path"
    assert checked_url("opc.tcp://[::1]:48010") == "opc.tcp://[::1]:48010"


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"TWIN_OPCUA_CERT": "a"}, "TWIN_OPCUA_CERT and TWIN_OPCUA_KEY are wanted both"),
        ({"TWIN_OPCUA_POLICY": "Basic256Sha25"}, "did you mean 'Basic256Sha256'"),
        ({"TWIN_OPCUA_SERVER_CERT": "a"}, "wants TWIN_OPCUA_CERT"),
    ],
)
def test_wrong_environments(environment, message):
    with pytest.raises(DeviceError, match=message):
        Credentials.of(environment)


def test_no_password_is_shown():
    shown = repr(Credentials.of({"TWIN_OPCUA_USER": "ada", "TWIN_OPCUA_PASSWORD": "1815"}))
    assert "ada" in shown
    assert "1815" not in shown
