//! `Client::from_env`: builds a client from the `WAMID_…` variables.

use super::ClientBuilder;
use crate::error::Error;

impl ClientBuilder {
    /// The client that the environment describes: `WAMID_ACCESS_TOKEN` and `WAMID_PHONE_NUMBER_ID` (with
    /// `WAMID_APP_SECRET`, `WAMID_BUSINESS_ACCOUNT_ID`, `WAMID_APP_ID`, `WAMID_GRAPH_URL`, `WAMID_STORE`), or `WAMID_GATEWAY_URL` and `WAMID_API_KEY`. An empty
    /// variable is an absent one.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) where variables are missing, or name both hosts.
    pub fn from_env() -> Result<Self, Error> {
        let unreadable = std::cell::Cell::new(None);
        let built = Self::from_vars(|name| match std::env::var(name) {
            Err(std::env::VarError::NotUnicode(_)) => {
                unreadable.set(Some(name.to_owned()));
                None
            }
            value => value.ok(),
        });
        match unreadable.take() {
            Some(name) => {
                Err(Error::invalid("environment", format!("holds {name}, which is not valid Unicode")))
            }
            None => built,
        }
    }

    /// The same from another source of variables.
    ///
    /// ```
    /// let vars = |name: &str| match name {
    ///     "WAMID_GATEWAY_URL" => Some("https://example.com/whatsapp".to_owned()),
    ///     "WAMID_API_KEY" => Some("API-KEY".to_owned()),
    ///     _ => None,
    /// };
    /// let client = wamid::ClientBuilder::from_vars(vars)?.build()?;
    /// # Ok::<(), wamid::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_vars(var: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let var = |name: &str| var(name).filter(|value| !value.is_empty());
        let missing = |field: &str, name: &str, other: &str| {
            Err(Error::invalid(field, format!("is missing: {other} is set, so set {name} too")))
        };
        let cloud = (var("WAMID_ACCESS_TOKEN"), var("WAMID_PHONE_NUMBER_ID"));
        let gateway = (var("WAMID_GATEWAY_URL"), var("WAMID_API_KEY"));
        match (cloud, gateway) {
            ((Some(token), Some(id)), (None, None)) => {
                let mut builder = Self::cloud(token, id);
                builder.options.app_secret = var("WAMID_APP_SECRET");
                builder.options.business_account_id = var("WAMID_BUSINESS_ACCOUNT_ID");
                builder.options.app_id = var("WAMID_APP_ID");
                builder.options.graph_url = var("WAMID_GRAPH_URL");
                builder.options.store = var("WAMID_STORE");
                Ok(builder)
            }
            ((None, None), (Some(url), Some(key))) => Ok(Self::gateway(url, key)),
            ((None, None), (None, None)) => Err(Error::invalid(
                "environment",
                "names no host: set WAMID_ACCESS_TOKEN and WAMID_PHONE_NUMBER_ID to send through Meta's Cloud API, or \
                 WAMID_GATEWAY_URL and WAMID_API_KEY to send through a gateway",
            )),
            ((Some(_), None), (None, None)) => {
                missing("phone_number_id", "WAMID_PHONE_NUMBER_ID", "WAMID_ACCESS_TOKEN")
            }
            ((None, Some(_)), (None, None)) => {
                missing("access_token", "WAMID_ACCESS_TOKEN", "WAMID_PHONE_NUMBER_ID")
            }
            ((None, None), (Some(_), None)) => missing("api_key", "WAMID_API_KEY", "WAMID_GATEWAY_URL"),
            ((None, None), (None, Some(_))) => missing("base_url", "WAMID_GATEWAY_URL", "WAMID_API_KEY"),
            (cloud, gateway) => {
                let set: Vec<&str> = [
                    ("WAMID_ACCESS_TOKEN", cloud.0.is_some()),
                    ("WAMID_PHONE_NUMBER_ID", cloud.1.is_some()),
                    ("WAMID_GATEWAY_URL", gateway.0.is_some()),
                    ("WAMID_API_KEY", gateway.1.is_some()),
                ]
                .into_iter()
                .filter_map(|(name, set)| set.then_some(name))
                .collect();
                Err(Error::invalid(
                    "environment",
                    format!(
                        "names two hosts ({} are set): keep WAMID_ACCESS_TOKEN and WAMID_PHONE_NUMBER_ID for the \
                         Cloud API, or WAMID_GATEWAY_URL and WAMID_API_KEY for a gateway, and unset the others",
                        set.join(", ")
                    ),
                ))
            }
        }
    }
}
