"""zeep, in strict mode, against the stand-in: what it reads must be what the estate holds.

Usage: zeep_client.py WSDL EXPECTATIONS.json. Every message, in both directions, is also checked
against the schema of the contract.
"""

import datetime
import decimal
import json
import sys

import zeep
from lxml import etree
from zeep.exceptions import Fault
from zeep.wsse.username import UsernameToken

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
SCHEMA = "{http://www.w3.org/2001/XMLSchema}schema"


class SchemaCheck(zeep.Plugin):
    """Checks the content of the Body of each message; counts the messages."""

    def __init__(self, wsdl):
        contract = etree.fromstring(zeep.Transport().load(wsdl))
        schema = contract.find(f".//{SCHEMA}")
        self.schema = etree.XMLSchema(etree.fromstring(etree.tostring(schema)))
        self.checked = 0

    def check(self, envelope):
        (content,) = envelope.find(f"{SOAP}Body")
        if content.tag != f"{SOAP}Fault":
            self.schema.assertValid(etree.fromstring(etree.tostring(content)))
            self.checked += 1

    def ingress(self, envelope, http_headers, operation):
        self.check(envelope)
        return envelope, http_headers

    def egress(self, envelope, http_headers, operation, binding_options):
        self.check(envelope)
        return envelope, http_headers


def walk(call, **query):
    """All rows, page by page."""
    rows, start = [], 1
    while True:
        answer = call(searchQuery={**query, "startRecord": start})
        assert answer.responseCode == "100", answer.responseCode
        rows += answer.stationData
        if answer.moreFlag == 0:
            return rows
        start += len(answer.stationData)


def ids(rows):
    return [row.stationID for row in rows]


def check_stations(service, expected):
    rows = walk(service.getStations, numStations=37)
    assert ids(rows) == [station["id"] for station in expected]
    for row, station in zip(rows, expected):
        assert row.stationName == station["name"], row.stationName
        assert row.Address == station["address"], row.Address
        assert row.City == station["city"]
        assert row.orgID == station["organization"]
        assert row.sgID == ",".join(station["groups"])
        assert row.numPorts == len(row.Port) == len(station["ports"])
        for port, known in zip(row.Port, station["ports"]):
            assert port.portNumber == known["number"]
            assert port.Connector == known["connector"]
            assert port.Status == known["status"]
            assert float(port.Geo.Lat) == known["lat"]
            assert float(port.Geo.Long) == known["long"]


def check_filters(service, expected):
    one = expected[len(expected) // 2]
    in_city = [station["id"] for station in expected if station["city"] == one["city"]]
    port = one["ports"][0]
    found = lambda **query: ids(walk(service.getStations, **query))
    assert found(City=one["city"].upper()) == in_city
    near = {"Lat": str(port["lat"]), "Long": str(port["long"])}
    assert found(Geo=near, Proximity=25, proximityUnit="K") == in_city
    assert found(stationID=one["id"]) == [one["id"]]
    assert one["id"] in found(sgID=one["groups"][0], orgID=one["organization"])
    by_connector = [
        station["id"]
        for station in expected
        if any(known["connector"] == port["connector"] for known in station["ports"])
    ]
    assert found(Connector=port["connector"]) == by_connector
    nothing = service.getStations(searchQuery={"City": "Atlantis"})
    assert (nothing.responseCode, nothing.stationData) == ("102", []), nothing


def check_states(service, expected):
    rows = walk(service.getStationStatus, numStations=50, portDetails=True)
    assert ids(rows) == [station["id"] for station in expected]
    for row, station in zip(rows, expected):
        assert row.networkStatus == station["network"]
        for port, known in zip(row.Port, station["ports"]):
            assert port.Status == known["status"]
            assert port.Connector == known["connector"]
    some = [expected[3]["id"], expected[1]["id"]]
    found = walk(service.getStationStatus, stationIDs={"stationID": some})
    assert sorted(ids(found)) == sorted(some)
    assert found[0].Port[0].Connector is None


def walk_users(service, **query):
    """All drivers, page by page; the flag stands among them."""
    rows, start = [], 1
    while True:
        answer = service.getUsers(searchQuery={**query, "startRecord": start})
        assert answer.responseCode == "100", answer.responseCode
        rows += answer.users.user
        if answer.users.moreFlag == 0:
            return rows
        start += len(answer.users.user)


def check_users(service, expected):
    rows = walk_users(service)
    assert [row.userID for row in rows] == [driver["id"] for driver in expected]
    for row, driver in zip(rows, expected):
        assert row.firstName == driver["firstName"]
        assert row.lastName == driver["lastName"]
        assert row.driverEmail == driver["email"]
        # The one that is not the driver's is an empty element.
        connection, realm = row.Connection, row.managementRealm
        assert (connection and connection.Status) == driver["connection"]
        assert (realm and realm.Status) == driver["realm"]
        infos = connection.customInfos.customInfo if connection and connection.customInfos else []
        assert [[info.Key, info.Value] for info in infos] == driver["answers"]
        cards = row.credentialIDs.credentialID if row.credentialIDs else []
        assert cards == driver["credentials"]
    waiting = [driver for driver in expected if driver["connection"] == "PENDING"]
    found = walk_users(service, Connection={"Status": "PENDING"}, numUsers=7)
    assert [row.userID for row in found] == [driver["id"] for driver in waiting]
    nobody = service.getUsers(searchQuery={"lastName": "Nobody"})
    assert (nobody.responseCode, nobody.users) == ("180", None), nobody


def check_decisions(service, expected):
    waiting = next(driver["id"] for driver in expected if driver["connection"] == "PENDING")

    def decide(user):
        answer = service.updateUserStatus(
            userID=user, associationType="CONNECTION", Status="APPROVED", customText="Welcome"
        )
        return answer.responseCode, answer.responseText

    assert decide(waiting)[0] == "100"
    (row,) = walk_users(service, userID=waiting)
    assert row.Connection.Status == "APPROVED"
    assert decide(waiting) == ("192", "Connection already Approved for this driver")
    assert decide("0")[0] == "190"


def plain(value):
    """A value as JSON has it, so that it can be compared with what is expected."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return float(value) if isinstance(value, decimal.Decimal) else value


def find(expected, got, where):
    """All that is expected must be in the answer, lists with all their rows."""
    if isinstance(expected, dict):
        assert got is not None, where
        for name, value in expected.items():
            find(value, got[name], f"{where}.{name}")
    elif isinstance(expected, list):
        # A station's ports may be more than the one that is asked after.
        if not where.endswith(".Port"):
            assert len(expected) == len(got), f"{where}: {len(got)} rows for {len(expected)}"
        for index, (value, row) in enumerate(zip(expected, got)):
            find(value, row, f"{where}[{index}]")
    elif isinstance(expected, float):
        assert abs(expected - float(got)) < 1e-6, f"{where}: {got} for {expected}"
    else:
        assert plain(got) == expected, f"{where}: {got!r} for {expected!r}"


def check_calls(service, calls):
    names = set()
    for call in calls:
        answer = getattr(service, call["call"])(**call["request"])
        # An answer of one element is given as that element.
        if not hasattr(answer, "responseCode"):
            answer = {"responseCode": answer}
        find(call["expect"], answer, call["call"])
        names.add(call["call"])
    return names


def main(wsdl, expectations):
    with open(expectations, encoding="utf-8") as file:
        expected = json.load(file)
    check = SchemaCheck(wsdl)
    for message in expected["messages"]:
        check.check(etree.fromstring(message.encode()))

    def connect(password):
        token = UsernameToken(expected["licenseKey"], password)
        settings = zeep.Settings(strict=True, xml_huge_tree=False)
        return zeep.Client(wsdl, wsse=token, settings=settings, plugins=[check]).service

    service = connect(expected["password"])
    names = [instance.cpnName for instance in service.getCPNInstances()]
    assert names == ["USA", "EU", "AU", "CA"], names
    check_stations(service, expected["stations"])
    check_filters(service, expected["stations"])
    check_states(service, expected["stations"])
    check_users(service, expected["drivers"])
    check_decisions(service, expected["drivers"])
    names = check_calls(service, expected["calls"])
    names |= {"getCPNInstances", "getStations", "getStationStatus", "getUsers", "updateUserStatus"}
    offered = {name for name in dir(service) if not name.startswith("_")}
    assert names == offered, names ^ offered
    try:
        connect("wrong").getCPNInstances()
        raise AssertionError("a wrong password was taken")
    except Fault as fault:
        assert fault.code.endswith(":InvalidSecurity"), fault.code
        assert fault.message == "UsernameToken processing failed", fault.message
    print(f"zeep {zeep.__version__}: {len(names)} calls, {check.checked} messages are valid")
    print("calls:", *sorted(names))


main(*sys.argv[1:])
