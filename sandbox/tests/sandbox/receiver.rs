//! A receiver of webhooks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;

use ring::hmac;
use serde_json::Value;

pub(crate) struct Delivery {
    pub(crate) path: String,
    signature: String,
    body: Vec<u8>,
}

impl Delivery {
    pub(crate) fn value(&self) -> Value {
        self.value_of("messages")
    }

    pub(crate) fn value_of(&self, field: &str) -> Value {
        let body: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body["object"], "whatsapp_business_account");
        assert_eq!(body["entry"][0]["changes"][0]["field"], field);
        body["entry"][0]["changes"][0]["value"].clone()
    }

    pub(crate) fn metadata(&self) -> Value {
        self.value()["metadata"].clone()
    }

    pub(crate) fn status(&self) -> Value {
        self.value()["statuses"][0].clone()
    }

    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let digits = self.signature.strip_prefix("sha256=").unwrap();
        let tag: Vec<u8> = (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
            .collect();
        hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), &self.body, &tag).is_ok()
    }
}

/// Takes as many webhooks as there are statuses and answers each with its.
pub(crate) fn receiver(statuses: &'static [u16]) -> (String, mpsc::Receiver<Delivery>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook/?who=me", listener.local_addr().unwrap());
    let (sender, deliveries) = mpsc::channel();
    std::thread::spawn(move || {
        for status in statuses {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream);
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if line.trim().is_empty() {
                    break;
                }
                head.push(line.trim().to_owned());
            }
            let header = |name: &str| {
                let lines = head.iter().filter_map(|line| line.split_once(": "));
                lines
                    .clone()
                    .find(|(key, _)| key.eq_ignore_ascii_case(name))
                    .map(|(_, value)| value.to_owned())
            };
            let mut body = vec![0; header("content-length").unwrap().parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            reader.get_mut().write_all(answer.as_bytes()).unwrap();
            let path = head[0].clone();
            sender.send(Delivery { path, signature: header("x-hub-signature-256").unwrap(), body }).unwrap();
        }
    });
    (url, deliveries)
}

/// The only message of a webhook, without what is new in each.
pub(crate) fn message(delivery: &Delivery) -> Value {
    let mut message = delivery.value()["messages"][0].clone();
    for name in ["id", "timestamp"] {
        assert!(message.as_object_mut().unwrap().remove(name).is_some_and(|value| value.is_string()));
    }
    message
}
