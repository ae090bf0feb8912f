//! A stand-in broken on purpose, seen by the client; mended, it works again.

use chargepoint::codec::Broken;
use chargepoint::{Error, StationsQuery};
use sandbox::Fault;

use super::support::{client, hasty_client, start};

#[tokio::test]
async fn every_fault_is_its_own_error() {
    let running = start().await;
    let client = client(&running);
    let query = StationsQuery::default();
    for (_, fault) in Fault::ALL {
        running.set_fault(Some(fault));
        let client = if fault == Fault::Hang {
            hasty_client(&running)
        } else {
            client.clone()
        };
        let error = client.stations(&query).await.unwrap_err();
        let expected = match fault {
            Fault::InvalidSecurity | Fault::FailedAuthentication => matches!(error, Error::InvalidSecurity),
            Fault::SoapFault => matches!(&error, Error::Fault { code, .. } if code == "Server"),
            Fault::NotInPlan => matches!(&error, Error::Response { code, .. } if code == "101"),
            Fault::Html => {
                matches!(error, Error::HttpStatus { status: 200, hint } if hint.contains("web page"))
            }
            Fault::Http503 => matches!(error, Error::HttpStatus { status: 503, .. }),
            Fault::Redirect => matches!(error, Error::HttpStatus { status: 307, .. }),
            Fault::Truncated => matches!(error, Error::Malformed(Broken::Truncated)),
            Fault::Empty => {
                matches!(error, Error::HttpStatus { status: 200, hint } if hint.contains("empty"))
            }
            Fault::Repeating => matches!(error, Error::Incomplete { received: 160 }),
            Fault::Hang => matches!(error, Error::Timeout),
        };
        assert!(expected, "{fault:?} gave {error:?}");
        running.set_fault(None);
        assert_eq!(
            client.stations(&query).await.unwrap().len(),
            160,
            "after {fault:?}"
        );
    }
}

#[tokio::test]
async fn a_stand_in_that_hangs_can_be_stopped() {
    let running = start().await;
    running.set_fault(Some(Fault::Hang));
    let client = client(&running);
    let call = tokio::spawn(async move { client.cpn_instances().await });
    while running.calls() == 0 {
        tokio::task::yield_now().await;
    }
    running.stop().await.unwrap();
    assert!(call.await.unwrap().is_err());
}
