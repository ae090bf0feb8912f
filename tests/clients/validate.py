"""libxml2's word on messages: reads a WSDL and then messages, one a line, and says which of them are
not valid by its schema."""

import sys

from lxml import etree

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
SCHEMA = "{http://www.w3.org/2001/XMLSchema}schema"

contract, *messages = sys.stdin.buffer.read().splitlines()
schema = etree.fromstring(contract).find(f".//{SCHEMA}")
schema = etree.XMLSchema(etree.fromstring(etree.tostring(schema)))
valid = 0
for message in messages:
    (content,) = etree.fromstring(message).find(f"{SOAP}Body")
    # What is valid within the Body is asked of it alone: its own declarations go with it.
    if schema.validate(etree.fromstring(etree.tostring(content))):
        valid += 1
    else:
        print(content.tag, schema.error_log.last_error)
print(f"{valid} valid")
sys.exit(valid < len(messages))
