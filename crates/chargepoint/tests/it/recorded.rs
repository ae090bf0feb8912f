//! Answers in the forms the service is known to send.

use chargepoint::{Geo, Station, StationsQuery, StatusQuery};

use super::fake::{Fake, http};

async fn stations(xml: &str) -> Vec<Station> {
    let fake = Fake::always(http(200, "", xml)).await;
    fake.client().stations(&StationsQuery::default()).await.unwrap()
}

/// The guide's sample of section 7.1.7, as it stands there, flat position included.
#[tokio::test]
async fn the_guides_station_is_read() {
    let xml = r#"<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
xmlns:ns1="urn:dictionary:com.chargepoint.webservices">
  <SOAP-ENV:Body>
    <ns1:getStationsResponse>
      <responseCode>100</responseCode>
      <responseText>API input request executed successfully.</responseText>
      <stationData>
        <recordNumber>1</recordNumber>
        <stationID>1:12345</stationID>
        <stationManufacturer>ChargePoint</stationManufacturer>
        <stationModel>CT4020-HD</stationModel>
        <stationMacAddr>0024:B100:0002:F13F</stationMacAddr>
        <stationSerialNum>183341016451</stationSerialNum>
        <stationName>AE TEST STATION / SDGE AE NGW02</stationName>
        <Description>-</Description>
        <Address>1357 Dell Ave </Address>
        <City>Campbell</City>
        <State>California</State>
        <Country>United States</Country>
        <postalCode>95008</postalCode>
        <Port>
          <portNumber>1</portNumber>
            <Lat>37.267023688202500</Lat>
            <Long>-121.954745800000000</Long>
          <Reservable>0</Reservable>
          <Level>L2</Level>
          <Connector>J1772</Connector>
          <Voltage>240</Voltage>
          <Current>30</Current>
          <Power>6.600</Power>
          <estimatedCost>0</estimatedCost>
        </Port>
      </stationData>
      <moreFlag>0</moreFlag>
    </ns1:getStationsResponse>
  </SOAP-ENV:Body>
</SOAP-ENV:Envelope>"#;
    let [station] = stations(xml).await.try_into().unwrap();
    assert_eq!(station.record_number, Some(1));
    assert_eq!(station.station_id.as_deref(), Some("1:12345"));
    assert_eq!(station.station_mac_addr.as_deref(), Some("0024:B100:0002:F13F"));
    assert_eq!(station.address.as_deref(), Some("1357 Dell Ave "));
    assert_eq!(station.description.as_deref(), Some("-"));
    assert_eq!(station.geo, None);
    let here = Geo {
        lat: 37.2670236882025,
        long: -121.9547458,
    };
    assert_eq!(station.position(), Some(&here));
    let [port] = station.ports.try_into().unwrap();
    assert_eq!(port.reservable, Some(false));
    assert_eq!(port.level.as_deref(), Some("L2"));
    assert_eq!(port.power.as_deref(), Some("6.600"));
    assert_eq!(port.estimated_cost, Some(0.0));
    assert_eq!(port.status, None);
}

/// Other prefixes, a default namespace, an empty and a timestamped header, names in another case,
/// another order, elements nobody knows, numbers that are empty, the driver's data.
#[tokio::test]
async fn odd_forms_are_read() {
    let header = r#"<soapenv:Header><wsse:Security soapenv:mustUnderstand="1" xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><wsu:Timestamp xmlns:wsu="u"><wsu:Created>2026-11-20T10:00:00Z</wsu:Created></wsu:Timestamp></wsse:Security></soapenv:Header>"#;
    let empty = r#"<soapenv:Header><wsse:Security soapenv:mustUnderstand="1" xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/></soapenv:Header>"#;
    for (prefix, operation, header) in [
        (
            "soapenv",
            r#"ns1:getStationsResponse xmlns:ns1="urn:dictionary:com.chargepoint.webservices""#,
            header,
        ),
        (
            "ns1",
            r#"ns2:getStationsResponse xmlns:ns2="urn:dictionary:com.chargepoint.webservices""#,
            empty,
        ),
        (
            "SOAP-ENV",
            r#"getStationsResponse xmlns="urn:dictionary:com.chargepoint.webservices""#,
            "",
        ),
        (
            "s",
            r#"x:GETSTATIONSRESPONSE xmlns:x="urn:dictionary:com.chargepoint.webservices""#,
            "<s:Header/>",
        ),
    ] {
        let header = header.replace("soapenv", prefix);
        let name = operation.split(' ').next().unwrap();
        let xml = format!(
            r#"<?xml version="1.0" encoding="utf-8" standalone="no"?><!-- hello --><{prefix}:Envelope xmlns:{prefix}="http://schemas.xmlsoap.org/soap/envelope/">{header}<{prefix}:Body>
            <{operation}><MOREFLAG></MOREFLAG>
            <stationData><orgid>1:ORG1</orgid><port><status>AVAILABLE</status><PORTNUMBER>2</PORTNUMBER><Geo><Long>2.5</Long><Lat> 1.5 </Lat><alt>9</alt></Geo></port>
              <numPorts></numPorts><stationReception/><recordNumber> </recordNumber>
              <driverName>Jo Doe</driverName><driverEmail>jo@example.org</driverEmail>
              <sgID>12, 34,</sgID><sgName>A,B</sgName><future deep="1"><a><b>c</b></a></future>
              <Address>Dell <![CDATA[<Ave>]]> &amp; &#x31;<!-- not part --></Address>
              <Port><portNumber>1</portNumber><Geo><Lat></Lat><Long></Long></Geo></Port>
              <stationid>1:7</stationid><siteValidated>true</siteValidated></stationData>
            <responseText/><responseCode> 100
</responseCode></{name}></{prefix}:Body></{prefix}:Envelope>
            <!-- bye -->"#
        );
        let [station] = stations(&xml).await.try_into().unwrap();
        assert_eq!(station.station_id.as_deref(), Some("1:7"), "{prefix}");
        assert_eq!(station.org_id.as_deref(), Some("1:ORG1"));
        assert_eq!(station.address.as_deref(), Some("Dell <Ave> & 1"));
        assert_eq!((station.num_ports, &station.station_reception), (None, &None));
        assert_eq!(station.record_number, None);
        assert_eq!(station.site_validated, Some(true));
        assert_eq!(station.sg_ids.as_ref().unwrap().0, ["12", "34"]);
        assert_eq!(station.sg_names.as_ref().unwrap().0, ["A", "B"]);
        assert!(!format!("{station:?}").contains("Doe"));
        let [two, one] = station.ports.try_into().unwrap();
        assert_eq!(two.geo, Some(Geo { lat: 1.5, long: 2.5 }));
        assert_eq!(two.port_number.as_deref(), Some("2"));
        assert_eq!(one.geo, None);
    }
}

/// The guide's sample of section 7.2.5, with its mixed case.
#[tokio::test]
async fn the_guides_state_is_read() {
    let xml = r#"<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
xmlns:ns1="urn:dictionary:com.chargepoint.webservices"><SOAP-ENV:Body>
  <ns1:getStationStatusResponse>
    <responseCode>100</responseCode>
    <responseText>API input request executed successfully.</responseText>
    <stationData>
      <stationID>1:12345</stationID>
      <Port>
        <portNumber>1</portNumber>
        <Status>UNKNOWN</Status>
        <faultReason>NONE</faultReason>
        <TimeStamp>2021-12-07T21:05:05Z</TimeStamp>
      </Port>
      <recordNumber>1</recordNumber>
      <networkStatus>Unreachable</networkStatus>
    </stationData>
    <moreFlag>0</moreFlag>
  </ns1:getStationStatusResponse>
</SOAP-ENV:Body></SOAP-ENV:Envelope>"#;
    let fake = Fake::always(http(200, "", xml)).await;
    let states = fake
        .client()
        .station_status(&StatusQuery::default())
        .await
        .unwrap();
    assert_eq!(states[0].network_status.as_deref(), Some("Unreachable"));
    let port = &states[0].ports[0];
    assert_eq!(port.status.as_deref(), Some("UNKNOWN"));
    assert_eq!(port.fault_reason.as_deref(), Some("NONE"));
    assert_eq!(port.time_stamp.as_deref(), Some("2021-12-07T21:05:05Z"));
}

/// The guide's sample of section 4.1.5: no response code, an empty Security header.
#[tokio::test]
async fn the_guides_instances_are_read() {
    let xml = r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
 <soapenv:Header>
  <wsse:Security soapenv:mustUnderstand="1" xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/>
 </soapenv:Header>
 <soapenv:Body>
  <ns1:getCPNInstancesResponse xmlns:ns1="urn:dictionary:com.chargepoint.webservices">
    <CPN><cpnID>1</cpnID><cpnName>USA</cpnName><cpnDescription>ChargePoint North America</cpnDescription></CPN>
    <CPN><cpnID>2</cpnID><cpnName>EU</cpnName><cpnDescription>ChargePoint Europe</cpnDescription></CPN>
  </ns1:getCPNInstancesResponse>
 </soapenv:Body>
</soapenv:Envelope>"#;
    let fake = Fake::always(http(200, "", xml)).await;
    let instances = fake.client().cpn_instances().await.unwrap();
    assert_eq!(instances.len(), 2);
    assert_eq!(instances[1].id.as_deref(), Some("2"));
    assert_eq!(instances[1].name.as_deref(), Some("EU"));
}
