//! From the JSON of a client's options to the core's builder.

use std::collections::HashMap;
use std::time::Duration;

use wamid::{Client, ClientBuilder, Error, Options};

use crate::reader::{self, Given, arguments};

arguments!(ClientOptions {
    access_token = "accessToken",
    phone_number_id = "phoneNumberId",
    base_url = "baseUrl",
    api_key = "apiKey",
    timeout = "timeoutMs",
    connect_timeout = "connectTimeoutMs",
    total_timeout = "totalTimeoutMs",
    max_retries = "maxRetries",
    max_per_second = "maxPerSecond",
    default_country_code = "defaultCountryCode",
    user_agent = "userAgent",
    proxy,
    allow_http = "allowHttp",
    ca_file = "caFile",
    pool_idle_timeout = "poolIdleTimeoutMs",
    pool_max_idle = "poolMaxIdle",
    max_connections = "maxConnections",
    graph_version = "graphVersion",
    graph_url = "graphUrl",
    app_secret = "appSecret",
    business_account_id = "businessAccountId",
    app_id = "appId",
    check_templates = "checkTemplates",
    store,
});

/// A client of Meta's Cloud API.
pub(crate) fn cloud(json: &str) -> Result<Client, Error> {
    let given: ClientOptions = reader::fields(json, "options")?;
    absent([("baseUrl", given.base_url), ("apiKey", given.api_key)])?;
    let access_token = reader::text("access_token", given.access_token)?;
    let phone_number_id = reader::text("phone_number_id", given.phone_number_id)?;
    // What is given and wrong is told before what is missing.
    let options = options(&given, Options::default())?;
    Client::cloud(required("access_token", access_token)?, required("phone_number_id", phone_number_id)?)
        .options(options)
        .build()
}

/// A client of a messaging gateway.
pub(crate) fn gateway(json: &str) -> Result<Client, Error> {
    let given: ClientOptions = reader::fields(json, "options")?;
    absent([("accessToken", given.access_token), ("phoneNumberId", given.phone_number_id)])?;
    let base_url = reader::text("base_url", given.base_url)?;
    let api_key = reader::text("api_key", given.api_key)?;
    let options = options(&given, Options::default())?;
    Client::gateway(required("base_url", base_url)?, required("api_key", api_key)?).options(options).build()
}

/// What is an argument of the other host's is none here.
fn absent<const N: usize>(arguments: [(&str, Given<'_>); N]) -> Result<(), Error> {
    match arguments.into_iter().find(|(_, given)| given.is_some()) {
        Some((name, _)) => Err(reader::unknown(name, [])),
        None => Ok(()),
    }
}

fn required(field: &str, given: Option<String>) -> Result<String, Error> {
    given.ok_or_else(|| reader::missing(field))
}

/// The client that these environment variables describe, with options that they do not cover.
pub(crate) fn from_env(variables: &HashMap<String, String>, json: &str) -> Result<Client, Error> {
    let given: ClientOptions = reader::fields(json, "options")?;
    let ClientOptions { access_token, phone_number_id, base_url, api_key, .. } = given;
    for (name, given) in [
        ("access_token", access_token),
        ("phone_number_id", phone_number_id),
        ("base_url", base_url),
        ("api_key", api_key),
    ] {
        if given.is_some() {
            return Err(Error::argument(name, "comes from the environment here; leave it out"));
        }
    }
    let builder = ClientBuilder::from_vars(|name| variables.get(name).cloned())?;
    let described = builder.get_options().clone();
    builder.options(options(&given, described)?).build()
}

/// `base` with every option that is given.
fn options(given: &ClientOptions<'_>, base: Options) -> Result<Options, Error> {
    let mut made = Options::default();
    made.timeout = duration("timeout", given.timeout)?.or(base.timeout);
    made.connect_timeout = duration("connect_timeout", given.connect_timeout)?.or(base.connect_timeout);
    made.total_timeout = duration("total_timeout", given.total_timeout)?.or(base.total_timeout);
    made.max_retries = reader::count("max_retries", given.max_retries)?.or(base.max_retries);
    made.max_per_second = reader::number("max_per_second", given.max_per_second)?.or(base.max_per_second);
    made.default_country_code =
        reader::text("default_country_code", given.default_country_code)?.or(base.default_country_code);
    made.user_agent = reader::text("user_agent", given.user_agent)?.or(base.user_agent);
    made.proxy = reader::text("proxy", given.proxy)?.or(base.proxy);
    made.allow_http = reader::boolean("allow_http", given.allow_http)?.or(base.allow_http);
    made.ca_file = reader::text("ca_file", given.ca_file)?.map(Into::into).or(base.ca_file);
    made.pool_idle_timeout =
        duration("pool_idle_timeout", given.pool_idle_timeout)?.or(base.pool_idle_timeout);
    made.max_connections = reader::count("max_connections", given.max_connections)?.or(base.max_connections);
    made.pool_max_idle = reader::count("pool_max_idle", given.pool_max_idle)?.or(base.pool_max_idle);
    made.graph_version = reader::text("graph_version", given.graph_version)?.or(base.graph_version);
    made.graph_url = reader::text("graph_url", given.graph_url)?.or(base.graph_url);
    made.app_secret = reader::text("app_secret", given.app_secret)?.or(base.app_secret);
    made.business_account_id =
        reader::text("business_account_id", given.business_account_id)?.or(base.business_account_id);
    made.app_id = reader::text("app_id", given.app_id)?.or(base.app_id);
    made.check_templates =
        reader::boolean("check_templates", given.check_templates)?.or(base.check_templates);
    made.store = reader::text("store", given.store)?.or(base.store);
    Ok(made)
}

/// JavaScript counts durations in milliseconds.
fn duration(field: &str, given: Given<'_>) -> Result<Option<Duration>, Error> {
    let milliseconds = reader::number(field, given)?;
    milliseconds.map(|milliseconds| wamid::seconds(field, milliseconds / 1000.0)).transpose()
}
