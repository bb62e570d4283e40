#!/usr/bin/env python3
"""Verifies a ledger, an export or a proof with nothing of ours: written from RFC 6962, RFC 8032 and C2SP's texts alone.

    verify_ledger.py DIR                      checkpoint, every tile and every entry below DIR, against DIR/vkey
    verify_ledger.py EXPORT.zip [VKEY]        signatures, files, the proof of every entry; VKEY: a key that you trust
    verify_ledger.py VKEY PROOF ENTRY         that the bytes in ENTRY are in the log, by a tlog-proof
Prints one line and ends with 0 when all holds, 1 when something does not, 2 when called wrongly."""
import base64, hashlib, json, sys, zipfile
from pathlib import Path

P = 2**255 - 19  # Ed25519, RFC 8032 section 6: slow, short, and only ever fed public values
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)
def need(holds, what):
    if not holds: raise ValueError(what)
def unbase64(text):
    return base64.b64decode(text, validate=True)
def sha256(data): return hashlib.sha256(data).digest()
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
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    s, h = int.from_bytes(signature[32:], "little"), int.from_bytes(digest, "little")
    need(len(signature) == 64 and s < L, "no signature of Ed25519")
    a, b = times(s, BASE), add(point(signature[:32]), times(h % L, point(key)))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0

def root(hashes):  # RFC 6962 section 2.1
    if len(hashes) < 2: return hashes[0] if hashes else sha256(b"")
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return sha256(b"\1" + root(hashes[:k]) + root(hashes[k:]))
def public(vkey):
    name, key_id, key = vkey.strip().split("+", 2)
    fits = sha256(name.encode() + b"\n" + unbase64(key))[:4].hex() == key_id
    need(fits and len(unbase64(key)) == 33 and unbase64(key)[0] == 1, "vkey is no key of Ed25519 with its key id")
    return name, key_id, unbase64(key)[1:]
def note_text(note, vkey):
    name, key_id, key = public(vkey)
    text, _, signatures = note.partition("\n\n")
    for dash, signer, signature in (line.split(" ") for line in signatures.splitlines()):
        if dash == "\u2014" and signer == name and unbase64(signature)[:4].hex() == key_id:
            need(signed(key, (text + "\n").encode(), unbase64(signature)[4:]), "the signature of a note is wrong")
            return text.split("\n"), name
    raise ValueError("a note is signed by a foreign key")
def checkpoint(note, vkey):
    (origin, size, root_hash, *_), name = note_text(note, vkey)
    need(origin == name, f"checkpoint is of {origin}, vkey of {name}")
    return int(size), unbase64(root_hash)
def tile(level, number, width):
    name = f"{number % 1000:03}"
    while number := number // 1000:
        name = f"x{number % 1000:03}/{name}"
    return f"tile/{level}/{name}" + (f".p/{width}" if width < 256 else "")
def dropped(entry):  # indexes that a retention.swept entry names: the hash is what is left of them
    entry = json.loads(entry) if b"retention.swept" in entry else {"kind": "another"}
    ranges = entry["data"]["entries"] if entry["kind"] == "retention.swept" else []
    return [i for first, last in ranges for i in range(first, last + 1)]

def directory(ledger):
    size, signed_root = checkpoint((ledger / "checkpoint").read_text("utf-8"), (ledger / "vkey").read_text("utf-8"))
    hashes, level, gone, said = [], 0, [], set()
    for first in range(0, size, 256):
        width = min(256, size - first)
        name = tile("entries", first // 256, width)
        kept = not (ledger / name).exists()  # then what is left of it is in kept/, with nothing where an entry is gone
        bundle, at = (ledger / (name.replace("tile/entries", "kept") if kept else name)).read_bytes(), 0
        stored = (ledger / tile(0, first // 256, width)).read_bytes()
        for i in range(width):
            end, leaf = at + 2 + int.from_bytes(bundle[at : at + 2], "big"), stored[32 * i : 32 * i + 32]
            gone += [first + i] if kept and at + 2 == end else []
            hashes.append(leaf if kept and at + 2 == end else sha256(b"\0" + bundle[at + 2 : end]))
            need(end <= len(bundle) and len(leaf) == 32 and hashes[-1] == leaf, f"entry {first + i} is bad")
            said.update(dropped(bundle[at + 2 : end]))
            at = end
        need(at == len(bundle), f"entry {first + width - 1} is followed by something")
    need(said.issuperset(gone), f"entry {min(set(gone) - said, default=0)} is bad: nothing says that it was dropped")
    need(root(hashes) == signed_root, "the entries do not have the root hash that the checkpoint signs")
    while hashes:
        parts = [hashes[first : first + 256] for first in range(0, len(hashes), 256)]
        for number, part in enumerate(parts):
            name = tile(level, number, len(part))
            need((ledger / name).read_bytes() == b"".join(part), f"{name} is bad")
        hashes, level = [root(part) for part in parts if len(part) == 256], level + 1
    return f"{size} entries" + (f", {len(gone)} of them dropped" if gone else "")

def included(index, size, signed_root, path, entry):  # RFC 9162 section 2.1.3.2
    need(0 <= index < size, f"the checkpoint does not cover entry {index}")
    node, last, value = index, size - 1, sha256(b"\0" + entry)
    for sibling in map(unbase64, path):
        need(last > 0, f"entry {index}: the proof is too long")
        left = node & 1 or node == last
        value = sha256(b"\1" + (sibling + value if left else value + sibling))
        while left and node and not node & 1: node, last = node >> 1, last >> 1
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
    with zipfile.ZipFile(path) as archive: files = {name: archive.read(name) for name in archive.namelist()}
    vkey, signature, listed = files["vkey"].decode(), files.pop("manifest.sig").decode(), files.pop("manifest.json")
    text, manifest = ["release-rollback statement export", f"sha256 {sha256(listed).hex()}"], json.loads(listed)
    need(note_text(signature, vkey)[0] == text, "manifest.json is not what was signed")
    named = {file["name"]: file["sha256"] for file in manifest["files"]}
    need(named == {name: sha256(data).hex() for name, data in files.items()}, "a file is not as the manifest says")
    size, signed_root = checkpoint(files["checkpoint"].decode(), vkey)
    entries, proofs = (files[name].split(b"\n")[:-1] for name in ("entries.jsonl", "proofs.jsonl"))
    need(len(entries) == len(proofs) == manifest["entries"], "not every entry has a proof")
    upkeep = [json.loads(line) for line in files.get("upkeep.jsonl", b"").splitlines()][::-1]
    for entry, line in [*zip(entries, map(json.loads, proofs)), *((line["entry"].encode(), line) for line in upkeep)]:
        included(line["index"], size, signed_root, line["hashes"], entry)
    trusted = [vkey.strip()]  # and the keys that handed over to it, the newest first, until one that was lost
    for data in (json.loads(line["entry"])["data"] for line in upkeep):
        if data.get("vkey") == trusted[-1] and "signature" in data:
            text = f"release-rollback hand-over v1\n{data['previous']}\n{data['vkey']}\n".encode()
            need(signed(public(data["previous"])[2], text, unbase64(data["signature"])), "a hand-over is not signed")
            trusted.append(data["previous"])
    need(expected is None or expected.strip() in trusted, "no hand-over leads to it: the export's key is not the expected one")
    return f"{len(entries)} entries of {size}"

if __name__ == "__main__":
    files = [Path(arg) for arg in sys.argv[1:]]
    if len(files) not in (1, 2, 3): sys.exit((print(__doc__, file=sys.stderr), 2)[1])
    try:
        texts = [file.read_text("utf-8") for file in (files[:2] if len(files) == 3 else files[1:])]
        print("OK:", proof(*texts, files[2].read_bytes()) if len(files) == 3
              else directory(files[0]) if files[0].is_dir() else export(files[0], *texts))
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as problem:
        sys.exit((print(f"BAD: {problem}"), 1)[1])
