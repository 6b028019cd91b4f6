#!/usr/bin/env python3
"""Verifies a letter's list, written from the specification of the signatory log alone (docs/log.md), in another language than the project's.

    verify_list.py URL|FOLDER [--key VKEY|FILE] [--policy FILE] [--old FILE] [--page FILE|URL]... [--thorough]
                   [--audit] [--now TIME] [--no-wait]

With --audit it also checks the statements about audit draws (check 8), and prints the drawn numbers and the bound of each.

Needs Python 3.9 and the package cryptography (Debian: python3-cryptography). Exit status and lines as in section 5.
"""
import base64
import binascii
import bisect
import calendar
import hashlib
import html.parser
import http.client
import json
import math
import re
import struct
import sys
import time
import urllib.parse
import zlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Trouble(Exception):
    """Exit status 2."""


class Usage(Exception):
    """Exit status 2: arguments that cannot be used."""


class Malformed(Exception):
    """Bytes that are not of their format."""


class Stop(Exception):
    """A failure after which nothing more can be said; it has been noted."""


class Rule(Exception):
    def __init__(self, entry, expected, found):
        super().__init__(expected)
        self.entry, self.expected, self.found = entry, expected, found


# ---- strict JSON (section 2)

NONE, LF_TAB, ANY = "", "\n\t", "".join(map(chr, range(32)))


class Strict:
    """Objects become dicts, lists lists, numbers ints; everything else that JSON has is refused."""

    TOKEN = re.compile(r'"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"')
    NUMBER = re.compile(r"0|[1-9][0-9]*")
    ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|.)')
    SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

    @classmethod
    def parse(cls, data, controls=NONE):
        if b"\n" in data or b"\r" in data:
            raise Malformed("line break")
        try:
            text = data.decode("utf-8", "strict")
        except UnicodeDecodeError:
            raise Malformed("UTF-8")
        self = cls()
        self.text, self.at, self.controls = text, 0, controls
        value = self.value(1)
        self.blank()
        if self.at != len(text):
            raise Malformed("something after the end")
        return value

    def blank(self):
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1

    def take(self, char):
        self.blank()
        if self.text[self.at:self.at + 1] != char:
            return False
        self.at += 1
        return True

    def value(self, depth):
        self.blank()
        char = self.text[self.at:self.at + 1]
        if char == '"':
            return self.string()
        if char in ("{", "["):
            if depth > 8:
                raise Malformed("too deep")
            return self.object(depth) if char == "{" else self.list(depth)
        number = self.NUMBER.match(self.text, self.at)
        if not number:
            raise Malformed("value")
        self.at = number.end()
        if self.text[self.at:self.at + 1] in tuple("0123456789.eE+-") or int(number.group()) >= 2 ** 53:
            raise Malformed("number")
        return int(number.group())

    def object(self, depth):
        self.at += 1
        read = {}
        if self.take("}"):
            return read
        while True:
            self.blank()
            name = self.string()
            if name in read or not self.take(":"):
                raise Malformed("member")
            read[name] = self.value(depth + 1)
            if self.take("}"):
                return read
            if not self.take(","):
                raise Malformed("comma")

    def list(self, depth):
        self.at += 1
        read = []
        if self.take("]"):
            return read
        while True:
            read.append(self.value(depth + 1))
            if self.take("]"):
                return read
            if not self.take(","):
                raise Malformed("comma")

    def string(self):
        token = self.TOKEN.match(self.text, self.at)
        if not token:
            raise Malformed("string")
        self.at = token.end()
        raw = token.group(1)
        if "\\" not in raw:
            return raw
        text = self.ESCAPE.sub(lambda m: chr(int(m.group(1)[1:], 16)) if m.group(1)[0] == "u" and len(m.group(1)) == 5 else self.SHORT.get(m.group(1), m.group(1)), raw)
        try:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "strict")
        except UnicodeDecodeError:
            raise Malformed("surrogate")
        if any(ord(c) < 32 and c not in self.controls for c in text):
            raise Malformed("control character")
        return text


def members(value, required, optional=()):
    if not isinstance(value, dict) or not set(required) <= set(value) <= set(required) | set(optional):
        raise Malformed("members")
    return value


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def base64_exact(text, length=None):
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except (binascii.Error, ValueError):
        data = None
    if data is None or base64.b64encode(data).decode() != text or length not in (None, len(data)):
        raise Malformed("base64")
    return data


def strict_time(text):
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", text, re.ASCII) if isinstance(text, str) else None
    if not match:
        raise Malformed("time")
    year, month, day, hour, minute, second = map(int, match.groups())
    if year < 1970 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1] or hour > 23 or minute > 59 or second > 59:
        raise Malformed("time")
    return calendar.timegm((year, month, day, hour, minute, second))


# ---- Merkle tree (RFC 6962)

def sha(data):
    return hashlib.sha256(data).digest()


def leaf_hash(entry):
    return sha(b"\0" + entry)


def tree_root(hashes):
    if not hashes:
        return sha(b"")
    row = list(hashes)
    while len(row) > 1:
        row = [sha(b"\1" + row[i] + row[i + 1]) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
    return row[0]


def tile_number(n):
    text = "%03d" % (n % 1000)
    while n >= 1000:
        n //= 1000
        text = "x%03d/%s" % (n % 1000, text)
    return text


# ---- keys and notes

SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?")


def slug_of_origin(origin):
    match = re.fullmatch(r"(.+)/letters/([^/]*)/log", origin, re.DOTALL)
    if not match or not SLUG.fullmatch(match.group(2)) or match.group(2) == "log":
        return None
    place = match.group(1).split("/")
    if any(not part for part in place) or re.search(r"[\s+\x00-\x1f\x7f]", match.group(1)):
        return None
    if place[0] != place[0].lower() or place[0].endswith(":443"):
        return None
    return match.group(2)


def is_name(name):
    return bool(name) and "+" not in name and not re.search(r"[\s\x00-\x1f]", name)


class Key:
    def __init__(self, text):
        parts = text.split("+", 2)
        if len(parts) != 3 or not is_name(parts[0]):
            raise Malformed("key")
        self.name, self.text = parts[0], text
        blob = base64_exact(parts[2])
        self.kind, self.public = (blob[0], blob[1:]) if blob else (0, b"")
        if {1: 32, 4: 32, 6: 1312}.get(self.kind) != len(self.public):
            raise Malformed("key")
        self.id = sha(self.name.encode() + b"\n" + blob)[:4]
        if self.id.hex() != parts[1]:
            raise Malformed("key id")


def ed25519(public, signature, message):
    # Canonical encodings: y below the field's prime, S below the group's order.
    if int.from_bytes(public, "little") & (2 ** 255 - 1) >= 2 ** 255 - 19 or len(signature) != 64:
        return False
    if int.from_bytes(signature[32:], "little") >= 2 ** 252 + 27742317777372353535851937790883648493:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


class Note:
    def __init__(self, data):
        if len(data) > 65536:
            raise Malformed("note too long")
        try:
            text = data.decode("utf-8", "strict")
        except UnicodeDecodeError:
            raise Malformed("note")
        if re.search(r"[\x00-\x09\x0b-\x1f]", text) or "\n\n" not in text or not text.endswith("\n"):
            raise Malformed("note")
        end = text.rindex("\n\n")
        self.text = text[:end + 1]
        lines = text[end + 2:].split("\n")[:-1]
        if not 1 <= len(lines) <= 100:
            raise Malformed("signature lines")
        self.lines = []
        for line in lines:
            parts = line.split(" ")
            if len(parts) != 3 or parts[0] != "\u2014" or not is_name(parts[1]):
                raise Malformed("signature line")
            blob = base64_exact(parts[2])
            if len(blob) < 5:
                raise Malformed("signature line")
            self.lines.append((parts[1], blob[:4], blob[4:]))

    def of(self, key):
        return [signature for name, key_id, signature in self.lines if name == key.name and key_id == key.id]


def checkpoint_of(note):
    lines = note.text.split("\n")
    if len(lines) != 4 or not lines[0] or not re.fullmatch(r"0|[1-9][0-9]*", lines[1], re.ASCII) or len(lines[1]) > 18:
        raise Malformed("checkpoint")
    return lines[0], int(lines[1]), base64_exact(lines[2], 32)


def open_checkpoint(note, key):
    origin, size, root = checkpoint_of(note)
    if origin != key.name:
        raise Malformed("origin")
    signatures = note.of(key)
    if not signatures or not all(ed25519(key.public, signature, note.text.encode()) for signature in signatures):
        raise Malformed("signature")
    return size, root


# ---- policy (c2sp.org/tlog-policy)

class Policy:
    def __init__(self, text):
        self.nodes, self.quorum, self.witnesses, used, keys = {}, 0, [], set(), set()
        quorums = 0
        for line in text.split("\n"):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "log" and len(words) in (2, 3):
                Key(words[1])
            elif words[0] == "witness" and len(words) in (3, 4):
                key = Key(words[2])
                if words[1] in self.nodes or words[1] == "none" or key.kind == 1 or key.public in keys:
                    raise Malformed("witness")
                keys.add(key.public)
                self.nodes[words[1]] = key
                self.witnesses.append(key)
            elif words[0] == "group" and len(words) > 3:
                parts = words[3:]
                if words[1] in self.nodes or words[1] == "none" or not set(parts) <= set(self.nodes) or used & set(parts) or len(set(parts)) != len(parts):
                    raise Malformed("group")
                needed = {"all": len(parts), "any": 1}.get(words[2]) or int(words[2])
                if not 1 <= needed <= len(parts):
                    raise Malformed("group")
                used |= set(parts)
                self.nodes[words[1]] = (needed, parts)
            elif words[0] == "quorum" and len(words) == 2:
                quorums += 1
                self.quorum = None if words[1] == "none" else words[1]
                if self.quorum and self.quorum not in self.nodes:
                    raise Malformed("quorum")
            else:
                raise Malformed("policy line")
        if quorums != 1:
            raise Malformed("quorum")

    def weigh(self, seen):
        """The latest time such that cosignatures dated then or later reach the quorum, or None."""
        def reached(name, since):
            node = self.nodes[name]
            if isinstance(node, Key):
                return seen.get(node.text, -1) >= since
            return sum(reached(part, since) for part in node[1]) >= node[0]
        return next((t for t in sorted(set(seen.values()), reverse=True) if reached(self.quorum, t)), None)


# ---- reading

class Place:
    """A folder or a site; answers (status, bytes), the bytes None unless the status is 200."""

    def __init__(self, base, wait):
        self.base, self.wait = base, wait

    def get(self, path, most):
        return fetch(f"{self.base}/{path}", most, self.wait)


def is_url(text):
    return text.startswith(("http://", "https://"))


def fetch(where, most, wait):
    if not is_url(where):
        try:
            with open(where, "rb") as file:
                data = file.read(most + 1)
        except OSError:
            return 404, None
        return (200, data) if len(data) <= most else (0, None)
    for attempt in range(3):
        if attempt:
            wait(attempt)
        try:
            status, data = fetch_once(where, most)
        except (OSError, http.client.HTTPException, zlib.error, EOFError):
            if attempt == 2:
                raise Trouble(f"{where} cannot be reached")
            continue
        if status != 429 and status < 500:
            return status, data
    raise Trouble(f"{where} answered {status} three times")


def fetch_once(where, most):
    for _ in range(6):
        url = urllib.parse.urlsplit(where)
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.hostname, url.port, timeout=60)
        try:
            connection.request("GET", (url.path or "/") + ("?" + url.query if url.query else ""))
            response = connection.getresponse()
            if 300 <= response.status < 400 and response.getheader("Location"):
                following = urllib.parse.urljoin(where, response.getheader("Location"))
                if not same_site(where, following):
                    raise Trouble(f"{where} redirects to another host or port")
                where = following
                continue
            if response.status != 200:
                return response.status, None
            data = read_body(response, most)
            return (200, data) if data is not None else (0, None)
        finally:
            connection.close()
    raise Trouble(f"{where} redirects again and again")


def same_site(a, b):
    a, b = urllib.parse.urlsplit(a), urllib.parse.urlsplit(b)
    ports = [u.port or {"https": 443, "http": 80}.get(u.scheme) for u in (a, b)]
    if a.hostname != b.hostname:
        return False
    return ports[0] == ports[1] if a.scheme == b.scheme else (a.scheme, b.scheme) == ("http", "https")


def read_body(response, most):
    unzip = zlib.decompressobj(31) if response.getheader("Content-Encoding") == "gzip" else None
    data = b""
    while True:
        chunk = response.read(65536)
        if not chunk:
            # http.client ends quietly where less came than was announced.
            if response.length:
                raise http.client.IncompleteRead(data)
            return data if len(data) <= most else None
        data += unzip.decompress(chunk, most + 1 - len(data)) if unzip else chunk
        if len(data) > most:
            return None


# ---- entries (section 2)

BASE = ("v", "type", "time", "standing", "withheld")
FURTHER = {
    "open": (("letter", "revision", "text", "rules"), ("withheldBatch",)),
    "revise": (("revision", "text", "rules", "reason"), ()),
    "sign": (("signatory", "revision", "record", "shown", "level"), ("identity",)),
    "amend": (("signatory", "record", "shown", "level", "reason"), ()),
    "withdraw": (("signatory",), ()),
    "remove": (("signatory", "reason"), ()),
    "reinstate": (("signatory", "reason"), ()),
    "erase": (("index", "what"), ()),
    "post": (("kind", "text"), ()),
    "draw": (("size", "root", "count", "text"), ()),
    "close": ((), ()), "reopen": ((), ()), "retire": ((), ()),
}
CODES = {
    "shown": ("public", "withheld"),
    "level": ("email", "imported", "account", "domain", "roster", "vouched", "known", "withheld"),
    "reason": ("typo", "update", "impersonation", "duplicate", "not-eligible", "signer-request", "legal", "error", "other"),
    "kind": ("update", "response", "channels", "delivery", "audit", "translation", "edition"),
    "what": ("record", "identity", "text"),
}
NUMBERS = ("standing", "withheld", "revision", "withheldBatch", "signatory", "index", "size", "count")
HASHES = ("text", "rules", "record", "identity", "root")


def parse_entry(data):
    if not 1 <= len(data) <= 4096:
        raise Malformed("length")
    entry = Strict.parse(data)
    if not isinstance(entry, dict) or entry.get("v") != 1 or not isinstance(entry.get("type"), str) or entry["type"] not in FURTHER:
        raise Malformed("v or type")
    required, optional = FURTHER[entry["type"]]
    members(entry, BASE + required, optional)
    entry["time"] = strict_time(entry["time"])
    for name, value in entry.items():
        if name in NUMBERS and not is_int(value):
            raise Malformed(name)
        if name in CODES and value not in CODES[name]:
            raise Malformed(name)
        if name == "letter" and not isinstance(value, str):
            raise Malformed(name)
    for name in HASHES:
        if name in entry:
            entry[name] = base64_exact(entry[name], 32)
    if "shown" in entry and (entry["shown"] == "withheld") != (entry["level"] == "withheld"):
        raise Malformed("level")
    if entry["type"] == "sign" and (entry["shown"] == "withheld") != ("identity" in entry):
        raise Malformed("identity")
    if not 5 <= entry.get("withheldBatch", 5) <= 1000:
        raise Malformed("withheldBatch")
    return entry


def later_version(data):
    try:
        entry = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.get("type") != "open" or not is_int(entry.get("v")) or entry["v"] <= 1:
        return None
    return entry["v"]


class State:
    """A signatory after an entry."""

    def __init__(self, entry, status, level, record, revision):
        self.entry, self.status, self.level, self.record, self.revision = entry, status, level, record, revision


class Letter:
    """Replays entries and remembers, by signatory, what they were after each entry about them."""

    def __init__(self, slug, root_at):
        self.slug, self.root_at = slug, root_at
        self.entries, self.people, self.revisions = [], [], []
        self.ends, self.batch = [], []
        self.commitments, self.erased_records, self.erased_identities, self.erased_texts = set(), {}, set(), {}
        self.texts, self.rules, self.revision_texts, self.draws = {}, set(), set(), set()
        self.closed, self.retired, self.withheld_day = False, False, None

    @property
    def size(self):
        return len(self.entries)

    def need(self, condition, expected, found="other"):
        if not condition:
            raise Rule(self.size, expected, found)

    def about_withheld(self, entry):
        """The signatory whom an entry is about, if withheld immediately before it (of sign, in it)."""
        if entry["type"] == "sign":
            return entry["signatory"] if entry["shown"] == "withheld" else None
        if entry["type"] == "erase":
            if entry["what"] == "text":
                return None
            who = self.entries[entry["index"]]["signatory"]
        elif entry["type"] in ("amend", "withdraw", "remove", "reinstate"):
            who = entry["signatory"]
        else:
            return None
        return who if self.people[who - 1][-1].level == "withheld" else None

    def end_of_batch(self):
        """Rules about the batch as a whole; true if it uses up its day."""
        people = {who for _, who in self.batch if who}
        if not people or any(kind in ("open", "close") for kind, _ in self.batch):
            return False
        last = self.size - 1
        if self.withheld_day == self.entries[last]["time"] // 86400:
            raise Rule(last, "one batch a day about withheld signatories", "a second")
        if any(who and kind in ("sign", "amend", "reinstate") for kind, who in self.batch) and len(people) < self.entries[0]["withheldBatch"]:
            raise Rule(last, f"{self.entries[0]['withheldBatch']} withheld signatories in the batch", len(people))
        return True

    def apply(self, entry):
        last = self.entries[-1] if self.entries else None
        self.need(self.size < 2 ** 24 - 1, "fewer than 2^24 entries")
        self.need((last is None) == (entry["type"] == "open"), "open first and only there")
        self.need(not self.retired, "nothing after retire")
        self.need(last is None or entry["time"] >= last["time"], "a time not before the last")
        starts = last is None or entry["time"] > last["time"]
        if starts and last is not None:
            if self.end_of_batch():
                self.withheld_day = last["time"] // 86400
            self.ends.append(self.size)
            self.batch = []
        kinds = [kind for kind, _ in self.batch]
        self.need("close" not in kinds or entry["type"] == "retire", "close and retire last in a batch")
        standing, withheld = (last["standing"], last["withheld"]) if last else (0, 0)
        more, more_withheld = getattr(self, "do_" + entry["type"])(entry, starts, kinds)
        self.need(entry["standing"] == standing + more, f"standing {standing + more}", entry["standing"])
        self.need(entry["withheld"] == withheld + more_withheld, f"withheld {withheld + more_withheld}", entry["withheld"])
        who = self.about_withheld(entry)
        self.keep(entry)
        self.batch.append((entry["type"], who))

    def new_text(self, *hashes):
        for text in hashes:
            self.need(text not in self.erased_texts, "a text not erased")
            self.need(text in self.texts or len(self.texts) < 9999, "fewer than 10,000 texts")

    def do_open(self, entry, starts, kinds):
        self.need(entry["letter"] == self.slug and entry["revision"] == 1, "the slug of the origin, revision 1")
        self.new_text(entry["text"], entry["rules"])
        return 0, 0

    def do_revise(self, entry, starts, kinds):
        self.need(entry["revision"] == len(self.revisions) + 1, "the next revision", entry["revision"])
        self.need((entry["text"], entry["rules"]) != self.revisions[-1], "another text or other rules")
        self.new_text(entry["text"], entry["rules"])
        return 0, 0

    def do_sign(self, entry, starts, kinds):
        hidden = entry["shown"] == "withheld"
        self.need(not self.closed, "no sign while closed")
        self.need(entry["signatory"] == len(self.people) + 1, "the next signatory", entry["signatory"])
        self.need(1 <= entry["revision"] <= len(self.revisions), "a revision published", entry["revision"])
        self.need(not hidden or "withheldBatch" in self.entries[0], "no withheld name in this log")
        self.need(not hidden or entry["revision"] in (1, len(self.revisions)), "revision 1 or the current one")
        both = [entry[name] for name in ("record", "identity") if name in entry]
        self.need(len(set(both)) == len(both) and not self.commitments & set(both), "commitments that differ")
        return 1, int(hidden)

    def person(self, entry, status):
        self.need(1 <= entry["signatory"] <= len(self.people), "a signatory there is", entry["signatory"])
        state = self.people[entry["signatory"] - 1][-1]
        self.need(state.status == status, status, state.status)
        return state

    def do_amend(self, entry, starts, kinds):
        state = self.person(entry, "stands")
        self.need(state.level == "withheld" or entry["shown"] == "public", "not from public to withheld")
        self.need(entry["record"] not in self.commitments, "commitments that differ")
        return 0, -int(state.level == "withheld" and entry["shown"] == "public")

    def do_withdraw(self, entry, starts, kinds):
        return -1, -int(self.person(entry, "stands").level == "withheld")

    do_remove = do_withdraw

    def do_reinstate(self, entry, starts, kinds):
        state = self.person(entry, "removed")
        self.need(state.record not in self.erased_records, "a record not erased")
        return 1, int(state.level == "withheld")

    def do_erase(self, entry, starts, kinds):
        index, what = entry["index"], entry["what"]
        self.need(index < self.size, "an earlier entry", index)
        named = self.entries[index]
        self.need(what in named, f"an entry with {what}", index)
        if what == "text":
            text = named["text"]
            self.need(text not in self.erased_texts, "a text not erased before")
            self.need(text not in self.rules, "a text that is nowhere rules")
            self.need(self.closed or text != self.revisions[-1][0], "not the current text while open")
            self.need(text not in self.draws, "not a draw's text before its audit")
        elif what == "identity":
            self.need(index not in self.erased_identities, "an identity not erased before")
        else:
            state = self.people[named["signatory"] - 1][-1]
            self.need(index not in self.erased_records, "a record not erased before")
            self.need(state.status != "stands" or state.record != index, "not the current record of one who stands")
        return 0, 0

    def do_post(self, entry, starts, kinds):
        self.new_text(entry["text"])
        return 0, 0

    def do_draw(self, entry, starts, kinds):
        self.need(entry["size"] in self.ends, "a published size", entry["size"])
        self.need(entry["root"] == self.root_at(entry["size"]), "the root there")
        self.need(1 <= entry["count"] <= self.entries[entry["size"] - 1]["standing"], "a count of those who stood", entry["count"])
        self.new_text(entry["text"])
        return 0, 0

    def do_close(self, entry, starts, kinds):
        self.need(not self.closed, "an open letter")
        self.need("reopen" not in kinds, "not both reopen and close")
        return 0, 0

    def do_reopen(self, entry, starts, kinds):
        self.need(self.closed, "a closed letter")
        self.need(starts, "reopen first in its batch")
        self.need(self.revisions[-1][0] not in self.erased_texts, "the current text not erased")
        return 0, 0

    def do_retire(self, entry, starts, kinds):
        self.need(self.closed, "a closed letter")
        return 0, 0

    def keep(self, entry):
        index, kind = self.size, entry["type"]
        if kind in ("open", "revise"):
            self.revisions.append((entry["text"], entry["rules"]))
            self.rules.add(entry["rules"])
            self.revision_texts.add(entry["text"])
            self.texts.setdefault(entry["rules"], index)
        if "text" in entry:
            self.texts.setdefault(entry["text"], index)
        if kind == "draw":
            self.draws.add(entry["text"])
        if kind == "post" and entry["kind"] == "audit":
            self.draws.clear()
        self.commitments.update(entry[name] for name in ("record", "identity") if name in entry)
        if kind == "sign":
            self.people.append([State(index, "stands", entry["level"], index, entry["revision"])])
        elif "signatory" in entry:
            states = self.people[entry["signatory"] - 1]
            old = states[-1]
            if kind == "amend":
                states.append(State(index, "stands", entry["level"], index, len(self.revisions)))
            else:
                status = {"withdraw": "withdrawn", "remove": "removed", "reinstate": "stands"}[kind]
                states.append(State(index, status, old.level, old.record, old.revision))
        if kind == "erase":
            if entry["what"] == "text":
                self.erased_texts[self.entries[entry["index"]]["text"]] = index
            elif entry["what"] == "record":
                self.erased_records[entry["index"]] = index
            else:
                self.erased_identities.add(entry["index"])
        if kind in ("close", "reopen"):
            self.closed = kind == "close"
        self.retired = kind == "retire"
        self.entries.append(entry)

    # -- questions about a size

    def published(self, size):
        return size > 0 and (size == self.size or size in self.ends)

    def at(self, signatory, size):
        states = self.people[signatory - 1] if 1 <= signatory <= len(self.people) else []
        n = bisect.bisect_left([state.entry for state in states], size)
        return states[n - 1] if n else None

    def current_at(self, index, size):
        entry = self.entries[index]
        if "record" not in entry or index >= size:
            return False
        state = self.at(entry["signatory"], size)
        return state is not None and state.status == "stands" and state.record == index

    def may_offer(self, index, size):
        if index >= size or "record" not in self.entries[index] or self.erased_records.get(index, size) < size:
            return False
        if self.current_at(index, size):
            return True
        entry = self.entries[index]
        state = self.at(entry["signatory"], size)
        return state.status == "stands" and state.level != "withheld" and entry["level"] != "withheld"

    def rules_of(self, index):
        entry = self.entries[index]
        if entry["type"] == "sign":
            return self.revisions[entry["revision"] - 1][1]
        return next(e["rules"] for e in reversed(self.entries[:index]) if "rules" in e)


# ---- records (section 4)

def parse_record(text, withheld):
    record = Strict.parse(text.encode("utf-8"), LF_TAB)
    if withheld:
        members(record, (), ("group",))
        if "group" in record and not (isinstance(record["group"], str) and record["group"]):
            raise Malformed("group")
        return record
    members(record, ("name",), ("position", "organization", "years", "location", "comment", "fields"))
    for name, value in record.items():
        if not value:
            raise Malformed("empty")
        if name == "years":
            if not isinstance(value, list):
                raise Malformed("years")
            for span in value:
                members(span, ("from",), ("to",))
                if not all(is_int(year) and 1000 <= year <= 9999 for year in span.values()) or span.get("to", 9999) < span["from"]:
                    raise Malformed("years")
        elif name == "fields":
            if not isinstance(value, dict) or not all(key and isinstance(text, str) and text for key, text in value.items()):
                raise Malformed("fields")
        elif not isinstance(value, str):
            raise Malformed(name)
    return record


def parse_records(data, bundle):
    """(size, {index: (salt, record)})"""
    if not data.endswith(b"\n"):
        raise Malformed("last line")
    lines = data[:-1].split(b"\n")
    if any(not 1 <= len(line) <= 16384 for line in lines):
        raise Malformed("line")
    size = members(Strict.parse(lines[0]), ("size",))["size"]
    if not is_int(size):
        raise Malformed("size")
    read, least = {}, bundle * 256
    for line in lines[1:]:
        opening = members(Strict.parse(line, ANY), ("index", "salt", "record"))
        if not is_int(opening["index"]) or not least <= opening["index"] < (bundle + 1) * 256 or not isinstance(opening["record"], str):
            raise Malformed("opening")
        least = opening["index"] + 1
        read[opening["index"]] = (base64_exact(opening["salt"], 32), opening["record"])
    return size, read


def groups_of(rules):
    def once(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError
        return dict(pairs)
    try:
        groups = json.loads(rules.decode("utf-8", "strict"), object_pairs_hook=once)["groups"]
        if not all(isinstance(group["id"], str) and is_int(group["population"]) for group in groups):
            return set()
        return {group["id"] for group in groups}
    except (ValueError, KeyError, TypeError, RecursionError):
        return set()


# ---- pages (check 7)

class Marks(html.parser.HTMLParser):
    # These hold text alone.
    CDATA_CONTENT_ELEMENTS = ("script", "style", "textarea", "title")

    def __init__(self):
        super().__init__()
        self.statements, self.lines, self.complete = [], [], False

    def handle_starttag(self, tag, attributes):
        marks = {}
        for name, value in attributes:
            if name.startswith("data-undersigned-"):
                marks.setdefault(name[len("data-undersigned-"):], value or "")
        if "tree-size" in marks:
            self.statements.append({name: marks.get(name) for name in ("tree-size", "root", "time", "standing", "withheld", "origin")})
        # An empty mark is what a template makes of none.
        if marks.get("signatory"):
            self.lines.append((number(marks["signatory"]), marks.get("name") or None))
        self.complete |= marks.get("list") == "complete"


def number(text):
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{1,15}", text):
        raise Malformed("number")
    return int(text)


def parse_page(data):
    try:
        text = data.decode("utf-8", "strict").lstrip("\ufeff")
    except UnicodeDecodeError:
        raise Malformed("UTF-8")
    return parse_json_page(text) if text.lstrip().startswith("{") else parse_html_page(text)


def parse_json_page(text):
    def once(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise Malformed("duplicate member")
        return dict(pairs)
    try:
        answer = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise Malformed("JSON")
    is_list = "signatories" in answer
    for name in ("time", "root") + (() if is_list else ("origin",)):
        if not isinstance(answer.get(name), str):
            raise Malformed(name)
    strict_time(answer["time"])
    counts = ("treeSize",) if is_list else ("treeSize", "standing", "withheld")
    if any(not is_int(answer.get(name)) or answer[name] < 0 for name in counts) or (not is_list and not isinstance(answer.get("byLevel"), dict)):
        raise Malformed("counts")
    lines = answer.get("signatories", [])
    if not isinstance(lines, list) or not all(isinstance(line, dict) and is_int(line.get("signatory")) and isinstance(line.get("name", ""), (str, type(None))) for line in lines):
        raise Malformed("signatories")
    return {
        "origin": answer.get("origin"), "size": answer["treeSize"], "root": answer["root"], "standing": answer.get("standing"), "withheld": answer.get("withheld"),
        "levels": answer.get("byLevel"), "lines": [(line["signatory"], line.get("name")) for line in lines], "complete": answer.get("complete") is True, "next": answer.get("next"),
    }


def parse_html_page(text):
    marks = Marks()
    marks.feed(text)
    marks.close()
    if not marks.statements or any(statement != marks.statements[0] for statement in marks.statements):
        raise Malformed("data-undersigned-tree-size")
    one = marks.statements[0]
    if one["root"] is None:
        raise Malformed("root")
    strict_time(one["time"])
    return {
        "origin": one["origin"], "size": number(one["tree-size"]), "root": one["root"], "standing": number(one["standing"]), "withheld": number(one["withheld"]),
        "levels": None, "lines": marks.lines, "complete": marks.complete, "next": None,
    }


# ---- the checks of section 5, in their order

class Verifier:
    def __init__(self, where, key=None, policy=None, old=None, pages=(), thorough=False, now=None, wait=time.sleep):
        self.fails, self.troubles = [], []
        self.now, self.wait = now if now is not None else time.time(), wait
        self.where, self.pages, self.page_args = where.rstrip("/"), [], pages
        self.is_log = self.where.endswith("/log") or not is_url(self.where)
        self.place = Place(self.where if self.is_log else self.where + "/log", wait)
        self.key, self.key_given, self.policy, self.old = key, key is not None, policy, old
        self.thorough = thorough
        self.leaves, self.size, self.letter, self.rule, self.version, self.roots = [], 0, None, None, None, {}
        self.seen, self.since, self.opened, self.sizes = {}, None, {}, {}

    def fail(self, check, where, expected, found="other"):
        self.fails.append(f"FAIL {check} {where} expected {expected} found {found}")

    def run(self):
        """(exit status, sentence or None)"""
        sentence = None
        try:
            sentence = self.check()
        except Trouble as trouble:
            self.troubles.append(str(trouble))
        except Stop:
            pass
        status = 1 if self.fails else 2 if self.troubles else 0
        return status, sentence if status == 0 else None

    def check(self):
        self.fetch_pages()
        self.get_key()
        self.letter = Letter(slug_of_origin(self.key.name), self.root_at)
        self.read_on(self.get_checkpoint())
        old = self.open_old()
        if max([page["size"] for _, page in self.pages] + [old[0] if old else 0]) > self.size:
            self.read_on(self.get_checkpoint())
        self.check_records()
        self.check_texts()
        if old:
            self.check_old(*old)
        for where, page in self.pages:
            self.check_page(where, page)
        return self.sentence() if not self.fails and not self.troubles else None

    def fetch_pages(self):
        for where in self.page_args:
            status, data = fetch(where, 1 << 26, self.wait)
            if data is None and not is_url(where):
                raise Usage(f"{where} cannot be read")
            if data is None:
                self.fail(7, where, "a page", status)
            else:
                self.take_page(where, data)
        if self.is_log:
            return
        for path in (".json", "", "/signatories", "/signatories/all"):
            self.own_page(self.where + path)
        following, seen = self.where + "/signatories.json", set()
        while following and following not in seen:
            seen.add(following)
            page = self.own_page(following)
            reference = page.get("next") if page else None
            reference = urllib.parse.urljoin(following, reference) if isinstance(reference, str) and reference else None
            if reference and not same_site(following, reference):
                raise Trouble(f"{following} names a next page elsewhere")
            following = reference

    def own_page(self, address):
        _, data = fetch(address, 1 << 26, self.wait)
        if data is None or not (data.lstrip().startswith(b"{") or b"data-undersigned-" in data.lower()):
            return None
        return self.take_page(address, data)

    def take_page(self, where, data):
        try:
            page = parse_page(data)
        except Malformed as fault:
            self.fail(7, where, "a page as specified", fault)
            return None
        self.pages.append((where, page))
        return page

    def get_key(self):
        if self.key:
            return
        status, data = self.place.get("key", 1024)
        if data is None and status:
            raise Trouble(f"key: status {status}")
        try:
            text = (data or b"").decode("utf-8", "strict")
            if not text.endswith("\n"):
                raise Malformed("line feed")
            self.key = letters_key(text[:-1])
        except (Malformed, UnicodeDecodeError):
            self.fail(1, "key", "a letter's verifier key")
            raise Stop

    def get_checkpoint(self):
        status, data = self.place.get("checkpoint", 65536)
        if data is None and status:
            raise Trouble(f"checkpoint: status {status}")
        try:
            note = Note(data or b"")
            size, root = open_checkpoint(note, self.key)
        except Malformed as fault:
            self.fail(1, "checkpoint", "a signed checkpoint of this log", fault)
            raise Stop
        if not 1 <= size < 2 ** 24:
            self.fail(1, "checkpoint", "a size from 1 to less than 2^24", size)
            raise Stop
        self.weigh(note)
        return size, root

    def weigh(self, note):
        if not self.policy:
            return
        before, self.seen = len(self.fails), {}
        for witness in self.policy.witnesses:
            for signature in note.of(witness):
                if witness.kind == 6:
                    print("note: a cosignature of type 0x06 is not counted by this reader", file=sys.stderr)
                    continue
                stamp = struct.unpack(">Q", signature[:8])[0] if len(signature) == 72 else 2 ** 63
                if stamp >= 2 ** 63 or not ed25519(witness.public, signature[8:], f"cosignature/v1\ntime {stamp}\n{note.text}".encode()):
                    self.fail(1, "checkpoint", f"a valid cosignature of {witness.name}", "one that does not verify")
                else:
                    self.seen[witness.text] = max(stamp, self.seen.get(witness.text, 0))
        self.since = self.policy.weigh(self.seen) if self.policy.quorum else None
        if self.policy.quorum and self.since is None:
            self.fail(1, "checkpoint", "the quorum of the policy", f"{len(self.seen)} cosignatures")
        if len(self.fails) > before:
            raise Stop

    def root_at(self, size):
        if size not in self.roots:
            self.roots[size] = tree_root(self.leaves[:size])
        return self.roots[size]

    def read_on(self, checkpoint):
        size, root = checkpoint
        if size == self.size and root != self.root_at(size):
            self.fail(6, "checkpoint", "the root as before")
            raise Stop
        if size <= self.size:
            return
        for bundle in range(len(self.leaves) // 256, (size + 255) // 256):
            self.read_bundle(bundle, min(256, size - bundle * 256))
        if self.root_at(size) != root:
            self.fail(2, "checkpoint", "the root of the entries")
            raise Stop
        self.size = size
        if self.thorough:
            self.check_tiles()
        if self.rule is None:
            try:
                self.letter.end_of_batch()
            except Rule as rule:
                self.rule = rule
        if self.rule and self.version:
            raise Trouble(f"version {self.version} of the format is not known here")
        if self.rule:
            self.fail(3, f"entry {self.rule.entry}", self.rule.expected, self.rule.found)
            raise Stop

    def check_tiles(self):
        level, row = 0, self.leaves[:self.size]
        while row:
            for tile in range(0, len(row), 256):
                hashes = row[tile:tile + 256]
                path = f"tile/{level}/{tile_number(tile // 256)}"
                status, data = self.place.get(f"{path}.p/{len(hashes)}" if len(hashes) < 256 else path, 8192)
                if len(hashes) < 256 and status in (404, 410):
                    status, data = self.place.get(path, 8192)
                    data = data[:32 * len(hashes)] if data and len(data) == 8192 else None
                if data != b"".join(hashes):
                    self.fail(2, path, "the hashes of the entries", status)
                    raise Stop
            row = [tree_root(row[i:i + 256]) for i in range(0, len(row) - 255, 256)]
            level += 1

    def read_bundle(self, bundle, width):
        path = f"tile/entries/{tile_number(bundle)}"
        status, data = self.place.get(f"{path}.p/{width}" if width < 256 else path, 256 * 65537)
        exact = True
        if width < 256 and status in (404, 410):
            status, data = self.place.get(path, 256 * 65537)
            exact = False
        entries, at = [], 0
        while data and at + 2 <= len(data):
            length = struct.unpack_from(">H", data, at)[0]
            at += 2 + length
            entries.append(data[at - length:at])
        if data is None or at != len(data) or len(entries) != (width if exact else 256):
            self.fail(2, path, f"a bundle of {width} entries", status)
            raise Stop
        for index, entry in enumerate(entries[:width], bundle * 256):
            self.take_entry(index, entry)

    def take_entry(self, index, data):
        leaf = leaf_hash(data)
        if index < len(self.leaves):
            if leaf != self.leaves[index]:
                self.fail(6, f"entry {index}", "the entry read before")
                raise Stop
            return
        self.leaves.append(leaf)
        if self.rule:
            return
        try:
            self.letter.apply(parse_entry(data))
        except Malformed as fault:
            self.version = later_version(data) if index == 0 else None
            self.rule = Rule(index, "an entry as specified", fault)
        except Rule as rule:
            self.rule = rule

    # -- 4

    def check_records(self):
        self.ask_new()
        for attempt in range(4):
            reported = max(self.sizes.values(), default=0)
            old = [bundle for bundle, size in self.sizes.items() if 0 < size < reported and self.differs(bundle, size, reported)]
            if not old:
                return
            if attempt == 3:
                for bundle in old:
                    self.fail(4, f"records/{tile_number(bundle)}", f"the state at {reported}", self.sizes[bundle])
                return
            self.wait(2)
            for bundle in old:
                self.ask(bundle)
            self.ask_new()

    def ask_new(self):
        bundle = len(self.sizes)
        while bundle * 256 < self.size:
            self.ask(bundle)
            bundle += 1

    def differs(self, bundle, a, b):
        last = min((bundle + 1) * 256, max(a, b))
        return any(self.letter.current_at(i, a) != self.letter.current_at(i, b) for i in range(bundle * 256, last))

    def ask(self, bundle):
        path = f"records/{tile_number(bundle)}"
        self.sizes[bundle] = 0
        try:
            status, data = self.place.get(path, 257 * 16385)
            if data is None:
                raise Malformed(f"status {status}")
            size, openings = parse_records(data, bundle)
        except Malformed as fault:
            self.fail(4, path, "a page of records as specified", fault)
            return
        except Trouble as trouble:
            self.troubles.append(str(trouble))
            return
        for attempt in range(3):
            if size > self.size:
                if attempt:
                    self.wait(2)
                self.read_on(self.get_checkpoint())
        if size > self.size:
            self.fail(4, path, f"at most {self.size}", size)
        elif not self.letter.published(size):
            self.fail(4, path, "a published size", size)
        elif size < self.size and self.letter.entries[size]["time"] < self.now - 600:
            self.fail(4, path, "a state not older than ten minutes", size)
        else:
            self.sizes[bundle] = size
            self.check_openings(bundle, path, size, openings)

    def check_openings(self, bundle, path, size, openings):
        retired = self.letter.retired and size == self.letter.size
        for index in range(bundle * 256, min((bundle + 1) * 256, size)):
            self.opened.pop(index, None)
            if index not in openings and self.letter.current_at(index, size) and not retired:
                self.fail(4, f"{path} index {index}", "an opening", "none")
        for index, (salt, text) in openings.items():
            where = f"{path} index {index}"
            if not self.letter.may_offer(index, size):
                self.fail(4, where, "no opening", "one")
                continue
            entry = self.letter.entries[index]
            committed = f"undersigned/record/v1\n{self.key.name}\n{entry['signatory']}\n".encode() + salt + text.encode()
            if sha(committed) != entry["record"]:
                self.fail(4, where, "the opening of its commitment")
                continue
            try:
                record = parse_record(text, entry["shown"] == "withheld")
                self.check_group(record, index)
                self.opened[index] = record
            except Malformed as fault:
                self.fail(4, where, "a record as specified", fault)

    def check_group(self, record, index):
        if "group" not in record:
            return
        rules = self.letter.rules_of(index)
        _, data = self.place.get(f"texts/{rules.hex()}", 1 << 20)
        if data is not None and sha(data) == rules and record["group"] not in groups_of(data):
            raise Malformed("group")

    # -- 5

    def check_texts(self):
        for text in list(self.letter.texts):
            path = f"texts/{text.hex()}"
            try:
                status, data = self.place.get(path, 1 << 20)
                if text not in self.letter.erased_texts and status in (404, 410):
                    if self.letter.retired and text not in self.letter.rules | self.letter.revision_texts:
                        continue
                    self.read_on(self.get_checkpoint())
            except Trouble as trouble:
                self.troubles.append(str(trouble))
                continue
            if text in self.letter.erased_texts:
                if status not in (404, 410):
                    self.fail(5, path, "404 or 410, as it was erased", status)
            elif data is None or sha(data) != text:
                self.fail(5, path, "the document of this hash", status)

    # -- 6

    def open_old(self):
        if not self.old:
            return None
        try:
            return open_checkpoint(self.old, self.key)
        except Malformed:
            self.troubles.append("the older checkpoint is not this log's")
            return None

    def check_old(self, size, root):
        if size > self.size:
            self.fail(6, "checkpoint", f"a size of at least {size}", self.size)
        elif self.root_at(size) != root:
            self.fail(6, "checkpoint", f"the older root at {size}")
        elif not self.letter.published(size):
            self.fail(6, "checkpoint", f"the end of a batch at {size}")

    # -- 7

    def check_page(self, where, page):
        size = page["size"]
        if size > self.size:
            return self.fail(7, where, f"at most {self.size}", size)
        if not self.letter.published(size):
            return self.fail(7, where, "a published size", size)
        if page["root"] != self.root_at(size).hex()[:16]:
            return self.fail(7, where, "the root there")
        if page["origin"] not in (None, self.key.name):
            return self.fail(7, where, "this origin")
        last = self.letter.entries[size - 1]
        for name in ("standing", "withheld"):
            if page[name] is not None and page[name] != last[name]:
                self.fail(7, where, f"{name} {last[name]}", page[name])
        if page["levels"] is not None:
            right = self.levels(size)
            for level in sorted(set(page["levels"]) | set(right)):
                if level not in CODES["level"] or page["levels"].get(level, 0) != right.get(level, 0):
                    self.fail(7, where, f"{level} {right.get(level, 0)}", page["levels"].get(level, 0))
        seen = set()
        for signatory, name in page["lines"]:
            state = self.letter.at(signatory, size)
            if signatory in seen or state is None or state.status != "stands":
                self.fail(7, where, "signatories who stand, once each", signatory)
            elif state.level == "withheld":
                if name is not None:
                    self.fail(7, where, f"no name of signatory {signatory}", "one")
            elif name is None or self.opened.get(state.record, {}).get("name", name) != name:
                self.fail(7, where, f"the name of signatory {signatory}")
            seen.add(signatory)
        if page["complete"] and len(seen) != last["standing"]:
            self.fail(7, where, f"{last['standing']} lines", len(seen))

    def levels(self, size):
        counts = {}
        for signatory in range(1, len(self.letter.people) + 1):
            state = self.letter.at(signatory, size)
            if state and state.status == "stands":
                counts[state.level] = counts.get(state.level, 0) + 1
        return counts

    # -- the sentence

    def sentence(self):
        size = max(self.sizes.values())
        last, levels = self.letter.entries[size - 1], self.levels(size)
        ended, amended, renamed, least = {"withdrawn": 0, "removed": 0, "stands": 0}, 0, 0, False
        for signatory, states in enumerate(self.letter.people, 1):
            state = self.letter.at(signatory, size)
            if state is None:
                continue
            ended[state.status] += 1
            first = states[0].record
            if state.record == first:
                continue
            amended += 1
            if "withheld" in (states[0].level, state.level):
                continue
            names = [self.opened.get(index, {}).get("name") for index in (first, state.record)]
            if None in names:
                least = True
            else:
                renamed += names[0] != names[1]
        imported = levels.get("imported", 0)
        signatures = last["standing"] - imported
        minute = lambda seconds: time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))
        opened = time.gmtime(self.letter.entries[0]["time"])
        month = "January February March April May June July August September October November December".split()[opened.tm_mon - 1]
        parts = [
            f"As of {minute(self.since)}, " if self.since is not None else f"As last changed at {minute(last['time'])}, ",
            f"{last['standing']:,} {'name is' if last['standing'] == 1 else 'names are'} listed: {signatures:,} {'signature' if signatures == 1 else 'signatures'}, ",
            f"{signatures - last['withheld']:,} of them named ({levels.get('email', 0):,} by address only) and {last['withheld']:,} with the name withheld, ",
            f"and {imported:,} imported by the maintainers without confirmation. ",
            f"Since {opened.tm_mday} {month} {opened.tm_year}, {ended['withdrawn']:,} {'was' if ended['withdrawn'] == 1 else 'were'} withdrawn and {ended['removed']:,} removed; ",
            f"{amended:,} {'line was' if amended == 1 else 'lines were'} amended, {'at least ' if least else ''}{renamed:,} of them in the name. ",
        ]
        if self.letter.retired and size == self.letter.size:
            shown = sum(self.letter.current_at(index, size) for index in self.opened)
            parts.append(f"The list is retired: {shown:,} of its lines {'is' if shown == 1 else 'are'} still shown. ")
        parts.append(f"Signed by {self.key.name} (key {'given by you' if self.key_given else 'taken from the site'}). ")
        parts.append(f"{len(self.seen)} of the {len(self.policy.witnesses)} witnesses of your policy saw the same list." if self.seen
                     else "No witness of your policy has seen it: others may have been shown another list.")
        return "".join(parts)


    # -- 8

    def check_audits(self):
        """One line for each statement about a draw; what fails is noted."""
        stated, lines = set(), []
        for index, entry in enumerate(self.letter.entries):
            if entry["type"] == "post" and entry["kind"] == "audit":
                try:
                    lines.append(self.check_audit(index, stated))
                except (Malformed, KeyError, TypeError, ValueError) as fault:
                    self.fail(8, f"entry {index}", "a statement as specified", fault)
        return lines

    def audit_text(self, index, kind):
        _, data = self.place.get(f"texts/{self.letter.entries[index]['text'].hex()}", 1 << 20)
        text = json.loads((data or b"").decode("utf-8", "strict"))
        if text["kind"] != kind:
            raise Malformed(kind)
        return text

    def check_audit(self, index, stated):
        text = self.audit_text(index, "audit")
        draw = text["draw"]
        if not is_int(draw) or not 0 <= draw < index or self.letter.entries[draw]["type"] != "draw" or draw in stated:
            raise Malformed("draw")
        stated.add(draw)
        if "abandoned" in text:
            return f"entry {draw}: abandoned"
        entry, moment = self.letter.entries[draw], strict_time(self.audit_text(draw, "draw")["moment"])
        figures = drawn, reached, confirmed, false, unreached = [text[name] for name in ("drawn", "reached", "confirmed", "false", "unreached")]
        if not all(is_int(figure) and figure >= 0 for figure in figures) or drawn != entry["count"] or reached + unreached != drawn or confirmed + false != reached:
            raise Malformed("figures")
        if not entry["time"] < moment <= self.letter.entries[index]["time"]:
            raise Malformed("moment")
        bound = "%.1f" % (math.ceil(upper_bound(drawn, false + unreached) * 1000 - 1e-9) / 10)
        if text["bound"] != bound:
            raise Malformed("bound")
        head = b"undersigned/draw/v1\n" + entry["root"] + text["value"].encode() + b"\n"
        stood = [n for n in range(1, len(self.letter.people) + 1) if (state := self.letter.at(n, entry["size"])) and state.status == "stands"]
        return f"entry {draw}: {' '.join(map(str, sorted(stood, key=lambda n: sha(head + str(n).encode()))[:drawn]))} bound {bound}"


def upper_bound(n, k):
    """The share p at which k or fewer of n have a probability of 5 %: the one-sided upper limit of Clopper and Pearson."""
    if k == n:
        return 1.0
    ways = [math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in range(k + 1)]
    low, high = k / n, 1.0
    for _ in range(200):
        p = (low + high) / 2
        if p in (low, high):
            break
        if math.fsum(math.exp(ways[i] + i * math.log(p) + (n - i) * math.log1p(-p)) for i in range(k + 1)) > 0.05:
            low = p
        else:
            high = p
    return high


def letters_key(text):
    key = Key(text)
    if key.kind != 1 or not slug_of_origin(key.name):
        raise Malformed("not a letter's key")
    return key


def read_file(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        raise Usage(f"{path} cannot be read")


def key_argument(text):
    try:
        return letters_key(text)
    except Malformed:
        return letters_key(read_file(text).decode("utf-8", "replace").strip())


def old_argument(path):
    data = read_file(path)
    return Note(data.split(b"\n\n", 1)[-1] if data.startswith(b"c2sp.org/tlog-proof@") else data)


def main(arguments, out=sys.stdout, err=sys.stderr):
    options = {"pages": []}
    where, audit = None, False
    rest = list(arguments)
    try:
        while rest:
            word = rest.pop(0)
            if word == "--no-wait":
                options["wait"] = lambda seconds: None
            elif word == "--thorough":
                options["thorough"] = True
            elif word == "--audit":
                audit = True
            elif word.startswith("--"):
                if not rest:
                    raise Usage(f"{word} needs a value")
                value = rest.pop(0)
                if word == "--key":
                    options["key"] = key_argument(value)
                elif word == "--policy":
                    options["policy"] = Policy(read_file(value).decode("utf-8", "replace"))
                elif word == "--old":
                    options["old"] = old_argument(value)
                elif word == "--page":
                    options["pages"].append(value)
                elif word == "--now":
                    options["now"] = strict_time(value)
                else:
                    raise Usage(f"{word} is not known")
            elif where is None:
                where = word
            else:
                raise Usage(f"{word} is one argument too many")
        if where is None:
            raise Usage(__doc__)
        verifier = Verifier(where, **options)
        status, sentence = verifier.run()
        audits = verifier.check_audits() if audit and status == 0 else []
        status = 1 if verifier.fails else status
    except (Usage, Malformed, ValueError) as fault:
        print(fault, file=err)
        return 2
    for line in verifier.fails:
        print(line, file=out)
    for line in verifier.troubles:
        print("cannot tell:", line, file=err)
    if sentence and status == 0:
        print(sentence, file=out)
        for line in audits:
            print(line, file=out)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
