//! The contract as WSDL 1.1, written from the operation table.

use std::fmt::Write as _;

use crate::table::{ACTION, FieldShape, Kind, NAMESPACE, OPERATIONS, Operation, Order, Shape};

/// The WSDL of [`OPERATIONS`] with the service at `address`; `documentation` says what it is.
pub fn write(address: &str, documentation: &str) -> String {
    let address = quick_xml::escape::escape(address);
    let documentation = quick_xml::escape::escape(documentation);
    let mut types = Vec::new();
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:tns="{NAMESPACE}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" name="chargepointservices" targetNamespace="{NAMESPACE}">
<wsdl:documentation>{documentation}</wsdl:documentation>
<wsdl:types>
<xsd:schema targetNamespace="{NAMESPACE}">
"#
    );
    for operation in OPERATIONS {
        for shape in [&operation.request, &operation.response] {
            let name = shape.name;
            line(&mut out, format_args!(r#"<xsd:element name="{name}">"#));
            complex_type(&mut out, shape, "", &mut types);
            line(&mut out, format_args!("</xsd:element>"));
        }
    }
    let mut written = 0;
    while let Some(shape) = types.get(written).copied() {
        let name = format!(r#" name="{}""#, shape.name);
        complex_type(&mut out, shape, &name, &mut types);
        written += 1;
    }
    out.push_str(
        r#"<xsd:simpleType name="percentShedRange"><xsd:restriction base="xsd:int"><xsd:minInclusive value="0"/><xsd:maxInclusive value="100"/></xsd:restriction></xsd:simpleType>
</xsd:schema>
</wsdl:types>
"#,
    );
    bindings(&mut out);
    line(
        &mut out,
        format_args!(
            r#"<wsdl:service name="chargepointservices"><wsdl:port binding="tns:chargepointservicesSOAP" name="ChargepointServicesSOAP"><soap:address location="{address}"/></wsdl:port></wsdl:service>
</wsdl:definitions>"#
        ),
    );
    out
}

fn complex_type(out: &mut String, shape: &Shape, name: &str, types: &mut Vec<&'static Shape>) {
    let order = match shape.order {
        Order::All => "all",
        Order::Sequence => "sequence",
    };
    line(out, format_args!("<xsd:complexType{name}><xsd:{order}>"));
    for field in shape.fields {
        let FieldShape {
            wire, kind, occurs, ..
        } = field;
        let kind = match kind {
            Kind::Text => "xsd:string",
            Kind::Int => "xsd:int",
            Kind::Long => "xsd:long",
            Kind::Double => "xsd:double",
            Kind::Decimal => "xsd:decimal",
            Kind::Percent => "tns:percentShedRange",
            Kind::Boolean => "xsd:boolean",
            Kind::DateTime => "xsd:dateTime",
            Kind::Date => "xsd:date",
            Kind::Time => "xsd:time",
            Kind::Complex(nested) => {
                if !types.iter().any(|known| known.name == nested.name) {
                    types.push(nested);
                }
                &format!("tns:{}", nested.name)
            }
        };
        let min = occurs.min;
        let max = match occurs.max {
            Some(max) => max.to_string(),
            None => "unbounded".to_owned(),
        };
        line(
            out,
            format_args!(r#"<xsd:element name="{wire}" type="{kind}" minOccurs="{min}" maxOccurs="{max}"/>"#),
        );
    }
    line(out, format_args!("</xsd:{order}></xsd:complexType>"));
}

fn bindings(out: &mut String) {
    for Operation {
        request, response, ..
    } in OPERATIONS
    {
        for (message, shape) in [("Request", request), ("Response", response)] {
            let operation = request.name;
            let element = shape.name;
            line(
                out,
                format_args!(
                    r#"<wsdl:message name="{operation}{message}"><wsdl:part element="tns:{element}" name="parameters"/></wsdl:message>"#
                ),
            );
        }
    }
    line(out, format_args!(r#"<wsdl:portType name="chargepointservices">"#));
    for Operation { name, .. } in OPERATIONS {
        line(
            out,
            format_args!(
                r#"<wsdl:operation name="{name}"><wsdl:input message="tns:{name}Request"/><wsdl:output message="tns:{name}Response"/></wsdl:operation>"#
            ),
        );
    }
    line(
        out,
        format_args!(
            r#"</wsdl:portType>
<wsdl:binding name="chargepointservicesSOAP" type="tns:chargepointservices">
<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>"#
        ),
    );
    for Operation { name, .. } in OPERATIONS {
        line(
            out,
            format_args!(
                r#"<wsdl:operation name="{name}"><soap:operation soapAction="{ACTION}{name}"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>"#
            ),
        );
    }
    line(out, format_args!("</wsdl:binding>"));
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}
