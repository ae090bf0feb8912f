"""Schemathesis over the portal's own description: whatever is sent, the portal answers and says what is wrong.

Starts the portal with its sandbox and an empty data directory, asks every operation with good and bad data as an
administrator's API key, prints how many cases there were, and fails for an answer of 500 or above, a broken
connection, or too few cases.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import requests

# For each operation, besides what its schema asks for by itself.
EXAMPLES = int(os.environ.get("EV_PORTAL_FUZZ_EXAMPLES", "30"))
LEAST = int(os.environ.get("EV_PORTAL_FUZZ_LEAST", "20000"))
SEED = os.environ.get("EV_PORTAL_FUZZ_SEED", "1")
# Threads of one process disturb Python 3.11 in the middle of describing a recursive schema.
WORKERS = "1"


def start(folder, log):
    """The portal and its address."""
    portal = subprocess.Popen(
        [os.environ["EV_PORTAL_BINARY"], "--sandbox", "--sandbox-scale", "24", "--listen", "127.0.0.1:0", "--data-dir",
         folder, "--web-dir", folder],
        stdout=subprocess.PIPE, stderr=log, text=True)
    for line in portal.stdout:
        if found := re.match(r"ev-portal listening on (\S+)", line):
            return portal, found[1]
    sys.exit("The portal did not start.")


def key_of(site):
    """An API key that may do everything."""
    session = requests.Session()
    session.post(f"{site}/sign-in/try", data={"account": "demo"}, allow_redirects=False).raise_for_status()
    held = session.get(f"{site}/api/v1/session").json()["permissions"]
    made = session.post(f"{site}/api/v1/keys", json={"name": "fuzz", "permissions": held, "days": 1})
    made.raise_for_status()
    return made.json()["secret"]


def main():
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log").open("w+")
        portal, site = start(folder, log)
        try:
            key = key_of(site)
            document = requests.get(f"{site}/api/openapi.json", headers={"authorization": f"Bearer {key}"}).json()
            Path(folder, "openapi.json").write_text(json.dumps(document))
            report = Path(folder, "report.ndjson")
            run = subprocess.run(
                [Path(sys.executable).with_name("schemathesis"), "run", str(Path(folder, "openapi.json")), "--url", site,
                 "--header", f"Authorization: Bearer {key}", "--phases", "examples,coverage,fuzzing", "--mode", "all",
                 # A stream has no end to wait for.
                 "--exclude-path", "/api/v1/events",
                 "--checks", "not_a_server_error", "--max-examples", str(EXAMPLES), "--workers", WORKERS,
                 "--seed", SEED, "--no-shrink", "--continue-on-failure", "--warnings", "off",
                 "--suppress-health-check", "all", "--report", "ndjson", "--report-ndjson-path", str(report)],
                cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                env={**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": folder, "PYTHONHASHSEED": "0"})
            alive = requests.get(f"{site}/readyz").status_code == 200
        finally:
            portal.terminate()
            ended = portal.wait()
        log.seek(0)
        panics = [line for line in log if "panic" in line]
    print(run.stdout)
    cases = int(found[1].replace(",", "")) if (found := re.search(r"Test cases:\s*([\d,]+) generated", run.stdout)) else 0
    good = run.returncode == 0 and alive and ended == 0 and not panics and cases >= LEAST
    print(f"schemathesis: {cases} cases over {len(document['paths'])} addresses, at least {LEAST} wanted; "
          f"{'no' if good else 'SEE ABOVE for'} server error")
    for line in panics[:10]:
        print(line, end="")
    # As cargo's tests report, for whoever counts.
    print(f"test result: {'ok' if good else 'FAILED'}. {int(good)} passed; {int(not good)} failed")
    sys.exit(not good)


main()
