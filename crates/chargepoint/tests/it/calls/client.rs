//! Every call through the client: what goes out, what comes back, and what a code means.

use chargepoint::calls::{Answer, Call};
use chargepoint::codec::{Broken, Record, envelope};
use chargepoint::{Client, Error};

use super::sample::{self, Form};
use super::{ForCall, answered, covered, each, read, request, written};
use crate::fake::{Fake, http, soap};

/// Looks at a call's name, whether it writes, the request, and the outcome.
type Look<'a> = dyn Fn(&str, bool, &str, Result<String, Error>) + 'a;

/// Makes a call of each kind with every field set, and looks at the request and the outcome.
struct Check<'a> {
    answer: &'a dyn Fn(&str) -> Vec<u8>,
    look: &'a Look<'a>,
}

impl ForCall for Check<'_> {
    fn with<C: Call>(&mut self) {
        let call: C = read(&sample::children(&C::SHAPE, Form::default()));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let (outcome, requests) = runtime.block_on(async {
            let fake = Fake::always((self.answer)(C::Answer::SHAPE.name)).await;
            let client: Client = fake.client();
            let outcome = client.call(&call).await.map(|answer| answered(&answer));
            (outcome, fake.requests())
        });
        let [sent] = &requests[..] else {
            panic!("{requests:?}")
        };
        assert!(sent.ends_with(&format!(
            "{}</urn:{}></soapenv:Body></soapenv:Envelope>",
            written(&call),
            C::SHAPE.name
        )));
        assert!(request(&call).contains(&format!("<urn:{}>", C::SHAPE.name)));
        (self.look)(C::SHAPE.name, C::WRITES, sent, outcome);
    }
}

#[test]
fn it_goes_out_and_its_answer_comes_back() {
    struct Answers(Vec<(&'static str, String)>);
    impl ForCall for Answers {
        fn with<C: Call>(&mut self) {
            let children = sample::children(&C::Answer::SHAPE, Form::default());
            let has_code = read::<C::Answer>(&children).status().is_some();
            let begin = children.find("</responseCode>").filter(|_| has_code);
            let content = begin.map_or(children.clone(), |at| {
                format!("<responseCode>100{}", &children[at..])
            });
            self.0.push((C::Answer::SHAPE.name, content));
        }
    }
    let mut answers = Answers(Vec::new());
    each(&mut answers);
    let content = |name: &str| {
        let (_, content) = answers.0.iter().find(|(known, _)| *known == name).unwrap();
        content.clone()
    };
    let mut check = Check {
        answer: &|name| soap(&format!("<ns1:{name}>{}</ns1:{name}>", content(name))),
        look: &|name, _, sent, outcome| {
            let action = format!("soapaction: \"urn:provider/interface/chargepointservices/{name}\"");
            let head = sent.to_ascii_lowercase();
            assert!(head.contains(&action.to_ascii_lowercase()), "{sent}");
            assert_eq!(outcome.unwrap(), content(&format!("{name}Response")), "{name}");
        },
    };
    assert_eq!(each(&mut check), 26);
    covered("client");
}

/// "Nothing found" is an empty answer to a read; a write that found nothing was not done.
#[test]
fn a_code_means_the_same_for_each() {
    let with = |code: &'static str| {
        move |name: &str| {
            soap(&format!(
                "<ns1:{name}><responseCode>{code}</responseCode><responseText>why</responseText></ns1:{name}>"
            ))
        }
    };
    let refused = |name: &str, outcome: Result<String, Error>, expected: &str| match outcome {
        Err(Error::Response { code, text, .. }) => {
            assert_eq!((code.as_str(), text.as_str()), (expected, "why"), "{name}")
        }
        other => panic!("{name}: {other:?}"),
    };
    for code in ["101", "139", "143", "178", "999", ""] {
        each(&mut Check {
            answer: &with(code),
            look: &|name, _, _, outcome| match name {
                // It has no code at all.
                "getCPNInstances" => assert_eq!(outcome.unwrap(), ""),
                _ => refused(name, outcome, code),
            },
        });
    }
    for code in ["102", "136", "160", "201"] {
        each(&mut Check {
            answer: &with(code),
            look: &|name, writes, _, outcome| match outcome {
                Ok(_) if !writes => {}
                outcome => refused(name, outcome, code),
            },
        });
    }
}

#[test]
fn what_is_no_answer_to_it_is_an_error() {
    let fault = "<SOAP-ENV:Fault><faultcode>wsse:InvalidSecurity</faultcode><faultstring>no</faultstring></SOAP-ENV:Fault>";
    each(&mut Check {
        answer: &|_| soap(fault),
        look: &|name, _, _, outcome| {
            assert!(
                matches!(outcome, Err(Error::InvalidSecurity)),
                "{name}: {outcome:?}"
            )
        },
    });
    each(&mut Check {
        answer: &|_| {
            soap("<ns1:getEverythingResponse><responseCode>100</responseCode></ns1:getEverythingResponse>")
        },
        look: &|name, _, _, outcome| {
            let other = Broken::Envelope("it answers another call");
            assert!(
                matches!(&outcome, Err(Error::Malformed(broken)) if *broken == other),
                "{name}: {outcome:?}"
            );
        },
    });
    each(&mut Check {
        answer: &|_| http(200, "", "<html>Log in</html>"),
        look: &|name, _, _, outcome| {
            assert!(
                matches!(outcome, Err(Error::HttpStatus { .. })),
                "{name}: {outcome:?}"
            )
        },
    });
    let empty = envelope::SOAP;
    each(&mut Check {
        answer: &|_| {
            http(
                200,
                "",
                format!("<a:Envelope xmlns:a=\"{empty}\"><a:Body/></a:Envelope>"),
            )
        },
        look: &|name, _, _, outcome| {
            assert!(matches!(outcome, Err(Error::Malformed(_))), "{name}: {outcome:?}")
        },
    });
}
