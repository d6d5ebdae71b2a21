#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes classes.json from the sources of a checkout: make.py CHECKOUT"""
import json
import pathlib
import re
import sys

core = pathlib.Path(sys.argv[1]) / "core"
comment = re.compile(r"((?:^/// .*\n)+)(?:class|struct) ", re.MULTILINE)
items = []
for header in sorted(core.rglob("*.h")):
    source = header.with_suffix(".cpp")
    found = comment.search(header.read_text())
    if not found or not source.exists():
        continue
    line = " ".join(found[1].replace("///", "").split())
    text = source.read_text().partition("\nnamespace quintet")[2]
    if len(line) > 40 and len(text) > 400:
        items.append({"line": line, "text": text[:800]})
items.sort(key=lambda item: item["line"])
with open(pathlib.Path(__file__).with_name("classes.json"), "w") as file:
    json.dump(items, file, ensure_ascii=False, indent=0)
print(len(items))
