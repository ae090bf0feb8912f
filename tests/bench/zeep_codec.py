"""How long zeep takes to read and write again the answers of a folder: a line of JSON for each call.

Usage: zeep_codec.py WSDL FOLDER, which holds an answer of each call as CALL.xml.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import zeep
from lxml import etree
from zeep.loader import parse_xml
from zeep.xsd.valueobjects import CompoundValue

ROUNDS, LONG = 3, 0.4


def both(operation, settings, xml):
    """Reads the bytes, and writes what was read."""
    answer = operation.process_reply(parse_xml(xml, None, settings=settings))
    if isinstance(answer, CompoundValue):
        children = {name: answer[name] for name in answer}
    else:
        # An answer of one child is given as that child.
        ((name, _),) = operation.output.body.type.elements
        children = {name: answer}
    etree.tostring(operation.output.serialize(**children).content)


def main(wsdl, folder):
    client = zeep.Client(wsdl, settings=zeep.Settings(strict=True, xml_huge_tree=True))
    for file in sorted(Path(folder).glob("*.xml")):
        operation = client.service._binding.get(file.stem)
        xml, times, begun = file.read_bytes(), [], time.perf_counter()
        while len(times) < ROUNDS or time.perf_counter() - begun < LONG:
            start = time.perf_counter()
            both(operation, client.settings, xml)
            times.append((time.perf_counter() - start) * 1000)
        print(json.dumps({"call": file.stem, "both": statistics.median(times)}), flush=True)


main(*sys.argv[1:])
