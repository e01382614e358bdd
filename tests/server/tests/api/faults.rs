//! Injected faults, as both clients see them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use ngrok_client::types::IpPolicyCreate;
use ngrok_client::{ErrorCode, blocking};
use ngrok_test_server::{Fault, Server};

use crate::clients::{All, Outcome, Run, both};
use crate::raw::{request, send, with_body};

fn count(client: &blocking::Client) -> usize {
    client.ip_policies().list().items().count()
}

both! {
    fn a_temporary_failure_is_retried(server, client) {
        server.fault(Fault::status(503).times(2));
        client.ip_policies().list().first_page().run()?;
        server.fault(Fault::status(429).retry_after(0).times(1));
        client.ip_policies().list().first_page().run()?;
        Ok(())
    }

    fn a_permanent_failure_is_reported(server, client) {
        for (status, code) in [(500, None), (502, None), (504, None), (429, Some(ErrorCode::RATE_LIMITED))] {
            server.fault(Fault::status(status));
            let error = client.ip_policies().list().first_page().retries(0).run().unwrap_err();
            assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
            assert_eq!(error.code(), code);
            assert_eq!(error.is_rate_limited(), status == 429);
            server.clear_faults();
        }
        Ok(())
    }

    fn a_reset_before_changes_nothing_and_one_after_does(server, client) {
        let body = IpPolicyCreate::new();
        let counter = crate::clients::blocking(server)?;
        server.fault(Fault::reset_before().method("POST").times(1));
        client.ip_policies().create(&body).retries(0).run().unwrap_err();
        assert_eq!(count(&counter), 0);
        server.fault(Fault::reset_after().method("POST").times(1));
        client.ip_policies().create(&body).retries(0).run().unwrap_err();
        assert_eq!(count(&counter), 1);
        Ok(())
    }

    fn a_create_is_not_retried_when_its_response_is_lost(server, client) {
        server.fault(Fault::reset_after().method("POST").times(1));
        let error = client.ip_policies().create(&IpPolicyCreate::new()).run().unwrap_err();
        assert!(error.is_connect() || error.status().is_none(), "{error:?}");
        assert_eq!(count(&crate::clients::blocking(server)?), 1);
        Ok(())
    }

    fn an_undecodable_response_is_an_error(server, client) {
        client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        for fault in [Fault::garbage(), Fault::truncated()] {
            server.fault(fault.clone());
            let error = client.ip_policies().list().first_page().retries(0).run();
            assert!(error.is_err(), "{fault:?}");
            server.clear_faults();
        }
        assert_eq!(client.ip_policies().list().all()?.len(), 1);
        Ok(())
    }

    fn a_stalled_response_times_out(server, client) {
        server.fault(Fault::stall());
        let call = client.ip_policies().get("ipp_1").retries(0);
        let error = call.timeout(Duration::from_millis(200)).run().unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        Ok(())
    }

    fn a_next_page_on_another_origin_is_not_followed(server, client) {
        for _ in 0..2 {
            client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        }
        for uri in ["http://evil.example.com/ip_policies", "//evil.example.com/", "self"] {
            server.fault(Fault::next_page(uri));
            let all = client.ip_policies().list().limit(1).all();
            assert!(all.is_err(), "{uri}");
            server.clear_faults();
        }
        assert_eq!(client.ip_policies().list().limit(1).all()?.len(), 2);
        Ok(())
    }

    fn a_slow_response_is_complete(server, client) {
        let made = client.ip_policies().create(&IpPolicyCreate::new().description("slow")).run()?;
        server.fault(Fault::drip(Duration::from_millis(1)));
        assert_eq!(client.ip_policies().get(&made).run()?, made);
        Ok(())
    }
}

#[test]
fn a_response_is_delayed() -> Outcome {
    let server = Server::builder().latency(Duration::from_millis(50)).start()?;
    let start = Instant::now();
    assert_eq!(send(request(&server, "GET", "/ip_policies")).status, 200);
    assert!(start.elapsed() >= Duration::from_millis(50));
    Ok(())
}

#[test]
fn a_content_type_is_replaced() -> Outcome {
    let server = Server::builder().fault("content-type=text/html".parse()?).start()?;
    let settings = ureq::Agent::config_builder().http_status_as_error(false);
    let response =
        settings.build().new_agent().run(request(&server, "GET", "/vaults"))?;
    assert_eq!(response.headers()["content-type"], "text/html");
    Ok(())
}

#[test]
fn an_injected_error_has_the_form_of_all_errors() -> Outcome {
    let server = Server::builder().fault(Fault::status(503).retry_after(7)).start()?;
    let reply = send(request(&server, "GET", "/ip_policies"));
    assert_eq!(reply.refusal(503), None);
    assert_eq!(reply.header("retry-after"), "7");
    server.clear_faults();
    server.fault(Fault::status(429));
    let reply = send(request(&server, "GET", "/ip_policies"));
    assert_eq!(reply.refusal(429), Some("ERR_NGROK_226"));
    assert_eq!(reply.header("retry-after"), "");
    Ok(())
}

/// Opens a connection and sends a request on it.
fn connection(server: &Server) -> TcpStream {
    let address = server.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let key = server.api_key();
    let head =
        format!("GET /vaults HTTP/1.1\r\nhost: {address}\r\nngrok-version: 2\r\n");
    write!(stream, "{head}authorization: Bearer {key}\r\n\r\n").unwrap();
    stream
}

#[test]
fn a_reset_is_a_tcp_reset() -> Outcome {
    for fault in [Fault::reset_before(), Fault::reset_after()] {
        let server = Server::builder().fault(fault).start()?;
        let error = connection(&server).read(&mut [0; 100]).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    }
    Ok(())
}

#[test]
fn a_truncated_body_is_shorter_than_its_content_length() -> Outcome {
    let server = Server::builder().fault(Fault::truncated()).start()?;
    let mut text = String::new();
    // The connection ends with a close or with a reset.
    let _ = connection(&server).read_to_string(&mut text);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    assert_eq!(length.unwrap().parse::<usize>()?.div_euclid(2), body.len(), "{text}");
    Ok(())
}

#[test]
fn random_faults_are_reproducible() -> Outcome {
    let run = |seed| -> Result<Vec<u16>, Box<dyn std::error::Error>> {
        let server = Server::builder()
            .seed(seed)
            .fault(Fault::status(503).chance(0.5))
            .start()?;
        Ok((0..40).map(|_| send(request(&server, "GET", "/vaults")).status).collect())
    };
    assert_eq!(run(1)?, run(1)?);
    assert_ne!(run(1)?, run(2)?);
    Ok(())
}

#[test]
fn the_rate_limit_can_be_enabled() -> Outcome {
    let server = Server::builder().rate_limit(3).start()?;
    for _ in 0..3 {
        assert_eq!(send(request(&server, "GET", "/vaults")).status, 200);
    }
    let reply = send(with_body(&server, "POST", "/vaults", r#"{"name":"a"}"#));
    assert_eq!(reply.refusal(429), Some("ERR_NGROK_226"));
    let wait: u64 = reply.header("retry-after").parse()?;
    assert!((1..=60).contains(&wait), "{wait}");
    let short = Server::builder()
        .rate_limit(0)
        .rate_window(Duration::from_millis(1100))
        .start()?;
    let reply = send(request(&short, "GET", "/vaults"));
    assert_eq!((reply.status, reply.header("retry-after")), (429, "2"));
    let expected = "There were 0 requests in the last 1.1 seconds; wait a little.";
    assert_eq!(reply.body["msg"], expected);
    let usual = Server::builder().rate_limited().start()?;
    let statuses = (0..121).map(|_| send(request(&usual, "GET", "/vaults")).status);
    assert_eq!(statuses.filter(|status| *status == 200).count(), 120);
    Ok(())
}

#[test]
fn a_server_starts_with_its_settings() -> Outcome {
    let server = Server::builder().api_key("my_key").start()?;
    assert_eq!(server.api_key(), "my_key");
    let port = server.url().rsplit_once(':').unwrap().1.parse()?;
    assert!(Server::builder().port(port).start().is_err(), "the port is taken");
    drop(server);
    assert_eq!(
        Server::builder().port(port).start()?.url(),
        format!("http://127.0.0.1:{port}")
    );
    for key in ["", "two words", "\n"] {
        assert!(Server::builder().api_key(key).start().is_err(), "{key:?}");
    }
    assert!(Server::builder().record("/nowhere/at/all.har").start().is_err());
    Ok(())
}
