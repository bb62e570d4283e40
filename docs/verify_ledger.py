#!/usr/bin/env python3
"""Verifies a ledger, an export or a proof with nothing of ours: written from RFC 6962, RFC 8032 and C2SP's texts alone.

    verify_ledger.py DIR                      checkpoint, every tile and every entry below DIR, against DIR/vkey
    verify_ledger.py EXPORT.zip [VKEY]        signatures, list of files and the proof of every entry; VKEY: expected key
    verify_ledger.py VKEY PROOF ENTRY         that the bytes in ENTRY are in the log, by a tlog-proof
Prints one line and ends with 0 when all holds, 1 when something does not, 2 when called wrongly."""
import base64, hashlib, json, sys, zipfile
from pathlib import Path

P = 2**255 - 19  # Ed25519, RFC 8032 section 6: slow, short, and only ever fed public values
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)

def need(holds, what):
    if not holds:
        raise ValueError(what)

def sha256(data):
    return hashlib.sha256(data).digest()

def add(a, b):
    x, y = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = y - x, z - t, z + t, y + x
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(n, point):
    double = times(n >> 1, add(point, point)) if n else (0, 1, 1, 0)
    return add(double, point) if n & 1 else double

def point(data):
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x * I % P if (x * x - square) % P else x
    need(y < P and (x * x - square) % P == 0 and (x or not sign), "no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signed(key, message, signature):
    s = int.from_bytes(signature[32:], "little")
    need(len(signature) == 64 and s < L, "no signature of Ed25519")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    a, b = times(s, BASE), add(point(signature[:32]), times(h, point(key)))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0

def root(hashes):  # RFC 6962 section 2.1
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"")
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\1" + root(hashes[:k]) + root(hashes[k:]))

def note_text(note, vkey):
    """The lines of a note that the holder of the verifier key signed, and the key's name."""
    name, key_id, key = vkey.strip().split("+", 2)
    key = base64.b64decode(key, validate=True)
    need(len(key) == 33 and key[0] == 1, "vkey is not for Ed25519")
    need(sha256(name.encode() + b"\n" + key)[:4].hex() == key_id, "vkey: key id and key do not belong together")
    text, _, signatures = note.partition("\n\n")
    for line in signatures.splitlines():
        dash, signer, signature = line.split(" ")
        signature = base64.b64decode(signature, validate=True)
        if dash == "\u2014" and signer == name and signature[:4].hex() == key_id:
            need(signed(key[1:], (text + "\n").encode(), signature[4:]), "the signature of a note is wrong")
            return text.split("\n"), name
    raise ValueError("a note is signed by a foreign key")

def checkpoint(note, vkey):
    (origin, size, root_hash, *_), name = note_text(note, vkey)
    need(origin == name, f"checkpoint is of {origin}, vkey of {name}")
    return int(size), base64.b64decode(root_hash, validate=True)

def tile(level, number, width):
    name = f"{number % 1000:03}"
    while number := number // 1000:
        name = f"x{number % 1000:03}/{name}"
    return f"tile/{level}/{name}" + (f".p/{width}" if width < 256 else "")

def directory(ledger):
    size, signed_root = checkpoint((ledger / "checkpoint").read_text("utf-8"), (ledger / "vkey").read_text("utf-8"))
    hashes, level = [], 0
    for first in range(0, size, 256):
        width = min(256, size - first)
        bundle, at = (ledger / tile("entries", first // 256, width)).read_bytes(), 0
        stored = (ledger / tile(0, first // 256, width)).read_bytes()
        for i in range(width):
            end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
            hashes.append(sha256(b"\0" + bundle[at + 2 : end]))
            need(end <= len(bundle) and hashes[-1] == stored[32 * i : 32 * i + 32], f"entry {first + i} is bad")
            at = end
        need(at == len(bundle), f"entry {first + width - 1} is followed by something")
    need(root(hashes) == signed_root, "the entries do not have the root hash that the checkpoint signs")
    while hashes:
        parts = [hashes[first : first + 256] for first in range(0, len(hashes), 256)]
        for number, part in enumerate(parts):
            name = tile(level, number, len(part))
            need((ledger / name).read_bytes() == b"".join(part), f"{name} is bad")
        hashes, level = [root(part) for part in parts if len(part) == 256], level + 1
    return f"{size} entries"

def included(index, size, signed_root, path, entry):  # RFC 9162 section 2.1.3.2
    need(0 <= index < size, f"the checkpoint does not cover entry {index}")
    node, last, value = index, size - 1, sha256(b"\0" + entry)
    for sibling in (base64.b64decode(line, validate=True) for line in path):
        need(last > 0, f"entry {index}: the proof is too long")
        left = node & 1 or node == last
        value = sha256(b"\1" + (sibling + value if left else value + sibling))
        while left and node and not node & 1:
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    need(last == 0 and value == signed_root, f"entry {index}: the proof does not lead to the signed root hash")

def proof(vkey, text, entry):
    head, _, note = text.partition("\n\n")
    header, index, *path = [line for line in head.split("\n") if not line.startswith("extra ")]
    need(header == "c2sp.org/tlog-proof@v1", "not a tlog-proof")
    size, signed_root = checkpoint(note, vkey)
    included(int(index.removeprefix("index ")), size, signed_root, path, entry)
    return f"{index.replace('index', 'entry')} of {size}"

def export(path, expected=None):
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    vkey, signature, listed = files["vkey"].decode(), files.pop("manifest.sig").decode(), files.pop("manifest.json")
    need(expected in (None, vkey), "the export's key is not the expected one")
    text, manifest = ["release-rollback statement export", f"sha256 {sha256(listed).hex()}"], json.loads(listed)
    need(note_text(signature, vkey)[0] == text, "manifest.json is not what was signed")
    named = {file["name"]: file["sha256"] for file in manifest["files"]}
    need(named == {name: sha256(data).hex() for name, data in files.items()}, "a file is not as the manifest says")
    size, signed_root = checkpoint(files["checkpoint"].decode(), vkey)
    entries, proofs = (files[name].split(b"\n")[:-1] for name in ("entries.jsonl", "proofs.jsonl"))
    need(len(entries) == len(proofs) == manifest["entries"], "not every entry has a proof")
    for entry, line in zip(entries, map(json.loads, proofs)):
        included(line["index"], size, signed_root, line["hashes"], entry)
    return f"{len(entries)} entries of {size}"

if __name__ == "__main__":
    files = [Path(arg) for arg in sys.argv[1:]]
    if len(files) not in (1, 2, 3):
        sys.exit((print(__doc__, file=sys.stderr), 2)[1])
    try:
        texts = [file.read_text("utf-8") for file in (files[:2] if len(files) == 3 else files[1:])]
        print("OK:", proof(*texts, files[2].read_bytes()) if len(files) == 3
              else directory(files[0]) if files[0].is_dir() else export(files[0], *texts))
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as problem:
        sys.exit((print(f"BAD: {problem}"), 1)[1])
