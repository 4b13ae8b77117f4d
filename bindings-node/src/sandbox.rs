//! The sandbox in the process, for users' tests.

use std::sync::{Arc, Mutex};

use napi::Either;
use napi_derive::napi;
use serde::Serialize;
use serde_json::json;
use wamid::Error;
use wamid_bindings::lock;
use wamid_sandbox::{Failure, Sandbox, SandboxOptions, Template, magic_recipients};

use crate::answer::{answer, ended};
use crate::calls::Calls;
use crate::phone::NativePhone;
use crate::reader::{self, arguments};
use crate::runtime::runtime;

arguments!(Options {
    port,
    access_token = "accessToken",
    phone_number_id = "phoneNumberId",
    app_secret = "appSecret",
    templates,
    webhook_url = "webhookUrl",
    seed,
    clock,
});

/// A sandbox that plays Meta on loopback.
#[napi]
#[derive(Debug)]
pub struct NativeSandbox {
    sandbox: Running,
}

/// A sandbox that can be stopped, and its phones with it.
pub(crate) type Running = Arc<Mutex<Option<Sandbox>>>;

/// Starts one with these options, as JSON, or says why it cannot.
#[napi(catch_unwind)]
pub fn start_sandbox(options: String) -> napi::Result<Either<NativeSandbox, String>> {
    let options = match read(&options) {
        Ok(options) => options,
        Err(error) => return Ok(Either::B(answer::<()>(&Err(error)))),
    };
    // Taking a port on loopback waits for nothing.
    match runtime()?.block_on(Sandbox::start(options)) {
        Ok(sandbox) => Ok(Either::A(NativeSandbox { sandbox: Arc::new(Mutex::new(Some(sandbox))) })),
        Err(error) => {
            Ok(Either::B(answer::<()>(&Err(Error::argument("sandbox", format!("cannot start: {error}"))))))
        }
    }
}

/// The phone numbers that play a failure, as JSON.
#[napi(catch_unwind)]
pub fn sandbox_magic_recipients() -> String {
    answer(&Ok::<_, Error>(magic_recipients()))
}

#[napi]
impl NativeSandbox {
    /// Where it is and what it takes, as JSON.
    #[napi(catch_unwind)]
    pub fn describe(&self) -> String {
        self.with(|sandbox| {
            Ok(json!({
                "url": sandbox.url(),
                "phone_page": sandbox.phone_page(),
                "access_token": sandbox.access_token(),
                "phone_number_id": sandbox.phone_number_id(),
                "business_account_id": sandbox.business_account_id(),
                "app_id": sandbox.app_id(),
                "app_secret": sandbox.app_secret(),
            }))
        })
    }

    /// What arrived, as JSON.
    #[napi(catch_unwind)]
    pub fn messages(&self) -> String {
        self.with(|sandbox| Ok(sandbox.messages()))
    }

    /// Forgets what arrived and what was armed.
    #[napi(catch_unwind)]
    pub fn clear(&self) -> String {
        self.with(|sandbox| {
            sandbox.clear();
            Ok(())
        })
    }

    /// Answers the next messages with a failure.
    #[napi(catch_unwind)]
    pub fn fail_next(&self, failure: String, times: u32) -> String {
        self.with(|sandbox| {
            let failure: Failure = failure.parse().map_err(|error| Error::argument("failure", error))?;
            sandbox.fail_next(failure, times);
            Ok(())
        })
    }

    /// Says where webhooks go.
    #[napi(catch_unwind)]
    pub fn set_webhook(&self, url: Option<String>) -> String {
        self.with(|sandbox| match &url {
            Some(url) => sandbox.set_webhook(url).map_err(|error| Error::argument("url", error)),
            None => {
                sandbox.remove_webhook();
                Ok(())
            }
        })
    }

    /// The phone of a customer, of that number and profile name; or why there is none, as JSON.
    #[napi(catch_unwind)]
    pub fn phone(&self, number: String, name: Option<String>) -> Either<NativePhone, String> {
        let made = in_runtime(&self.sandbox, |sandbox| Ok(sandbox.phone(number)));
        match made {
            Ok(phone) => {
                let phone = match name {
                    Some(name) => phone.named(name),
                    None => phone,
                };
                Either::A(NativePhone::new(Arc::clone(&self.sandbox), phone))
            }
            Err(error) => Either::B(answer::<()>(&Err(error))),
        }
    }

    /// Stops it, and answers when it has stopped.
    #[napi(catch_unwind)]
    pub fn stop(&self, calls: &Calls, id: u32) -> napi::Result<()> {
        let sandbox = lock(&self.sandbox).take();
        let call = async move {
            if let Some(sandbox) = sandbox {
                sandbox.shutdown().await;
            }
            Ok(())
        };
        calls.run(id, call, |text, result| ended::<()>(text, &result));
        Ok(())
    }
}

impl NativeSandbox {
    fn with<T: Serialize>(&self, act: impl FnOnce(&Sandbox) -> Result<T, Error>) -> String {
        running(&self.sandbox, act)
    }
}

/// The answer of an act, as JSON, while the sandbox runs.
pub(crate) fn running<T: Serialize>(
    sandbox: &Running,
    act: impl FnOnce(&Sandbox) -> Result<T, Error>,
) -> String {
    answer(&in_runtime(sandbox, act))
}

/// Its messages are sent from tasks of the runtime's.
fn in_runtime<T>(sandbox: &Running, act: impl FnOnce(&Sandbox) -> Result<T, Error>) -> Result<T, Error> {
    match (&*lock(sandbox), runtime()) {
        (Some(sandbox), Ok(runtime)) => {
            let _inside = runtime.enter();
            act(sandbox)
        }
        _ => Err(Error::argument("sandbox", "has been stopped")),
    }
}

fn read(json: &str) -> Result<SandboxOptions, Error> {
    let given: Options = reader::fields(json, "options")?;
    let mut options = SandboxOptions::default();
    if let Some(port) = reader::count("port", given.port)? {
        options.listen.set_port(port);
    }
    for (field, text, place) in [
        ("access_token", given.access_token, &mut options.access_token),
        ("phone_number_id", given.phone_number_id, &mut options.phone_number_id),
        ("app_secret", given.app_secret, &mut options.app_secret),
    ] {
        if let Some(text) = reader::text(field, text)? {
            *place = text;
        }
    }
    for (at, template) in reader::list("templates", given.templates)?.iter().enumerate() {
        let template: Template = template
            .as_str()
            .unwrap_or_default()
            .parse()
            .map_err(|error| Error::argument(&format!("templates[{at}]"), error))?;
        options.templates.push(template);
    }
    options.webhook_url = reader::text("webhook_url", given.webhook_url)?;
    options.seed = reader::count("seed", given.seed)?;
    if let Some(clock) = reader::text("clock", given.clock)? {
        options.clock = Some(clock.parse().map_err(|_| Error::argument("clock", "must be a Date"))?);
    }
    Ok(options)
}
