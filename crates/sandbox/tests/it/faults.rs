//! A stand-in broken on purpose, seen by the client; mended, it works again.

use chargepoint::codec::Broken;
use chargepoint::{Error, StationsQuery, UsersQuery};
use sandbox::Fault;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::{Reading, client, hasty_client, start};

#[tokio::test]
async fn every_fault_is_its_own_error() {
    let running = start().await;
    let client = client(&running);
    let query = StationsQuery::default();
    for (_, fault) in Fault::ALL {
        running.set_fault(Some(fault));
        let asking = if fault.is_slow() {
            hasty_client(&running)
        } else {
            client.clone()
        };
        let found = asking.stations(&query).await;
        if fault.is_harmless() {
            assert_eq!(found.map(|found| found.len()).unwrap(), 160, "{fault:?}");
            continue;
        }
        let error = found.map(|found| found.len()).unwrap_err();
        let expected = match fault {
            Fault::WrongOrder | Fault::WrongNamespace => false,
            Fault::InvalidSecurity | Fault::FailedAuthentication => matches!(error, Error::InvalidSecurity),
            Fault::SoapFault | Fault::SoapFault200 => {
                matches!(&error, Error::Fault { code, .. } if code == "Server")
            }
            Fault::NotInPlan => matches!(&error, Error::Response { code, .. } if code == "101"),
            Fault::Code(_) => matches!(&error, Error::Response { code, .. } if code == "143"),
            Fault::Html => {
                matches!(error, Error::HttpStatus { status: 200, hint, .. } if hint.contains("web page"))
            }
            Fault::Http500 => matches!(error, Error::HttpStatus { status: 500, .. }),
            Fault::Http503 => matches!(error, Error::HttpStatus { status: 503, .. }),
            Fault::Http429 => matches!(error, Error::HttpStatus { status: 429, .. }),
            Fault::Redirect => matches!(error, Error::HttpStatus { status: 307, .. }),
            Fault::Truncated => matches!(error, Error::Malformed(Broken::Truncated)),
            Fault::Empty => {
                matches!(error, Error::HttpStatus { status: 200, hint, .. } if hint.contains("empty"))
            }
            Fault::Repeating => matches!(error, Error::Incomplete { received: 160 }),
            Fault::NoRows => matches!(error, Error::Incomplete { received: 0 }),
            Fault::Reset => matches!(error, Error::Transport(_)),
            Fault::Latency(_) | Fault::Drip(_) | Fault::Hang => matches!(error, Error::Timeout),
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
async fn what_is_slow_comes_whole() {
    let running = start().await;
    let client = client(&running);
    for fault in [Fault::Latency(20), Fault::Drip(1)] {
        running.set_fault(Some(fault));
        let begun = std::time::Instant::now();
        assert_eq!(client.cpn_instances().await.unwrap().len(), 4);
        let lasted = begun.elapsed().as_millis();
        assert!(lasted >= 10, "{fault:?}: {lasted} ms");
    }
}

#[tokio::test]
async fn a_connection_is_reset_before_anything_is_said() {
    let running = start().await;
    running.set_fault(Some(Fault::Reset));
    let mut stream = TcpStream::connect(running.addr()).await.unwrap();
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: stand-in\r\nContent-Length: 1\r\n\r\nx",
        sandbox::ENDPOINT
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let error = stream.read_to_end(&mut answer).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    assert_eq!(answer, b"");
}

/// Two answers are broken, as a client that tries again meets it.
#[tokio::test]
async fn a_fault_that_is_counted_mends_itself() {
    let running = start().await;
    running.set_faults("http-500 getUsers x1\nhttp-503 getUsers x1".parse().unwrap());
    let client = client(&running);
    client.stations(&StationsQuery::default()).await.unwrap();
    for expected in [500, 503] {
        let error = client.users(&UsersQuery::default()).await.unwrap_err();
        assert!(
            matches!(error, Error::HttpStatus { status, .. } if status == expected),
            "{error:?}"
        );
    }
    assert_eq!(client.users(&UsersQuery::default()).await.unwrap().len(), 620);
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
