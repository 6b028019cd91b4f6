#!/usr/bin/env python3
"""Runs verify_list.py once for each line of standard input, a JSON list of its arguments, and prints a JSON object with its exit status and output."""
import io
import json
import sys

import verify_list

for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    try:
        status = verify_list.main(json.loads(line), out, err)
    except Exception as surprise:  # A bug of the verifier is shown as one, and disagrees with everything.
        status, out = -1, io.StringIO(f"{type(surprise).__name__}: {surprise}")
    print(json.dumps({"status": status, "output": out.getvalue(), "error": err.getvalue()}), flush=True)
