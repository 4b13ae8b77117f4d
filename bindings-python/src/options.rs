//! The options of a client, from keyword arguments.

use std::path::PathBuf;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use wamid::Options;

use crate::error::raise;
use crate::text::{number, optional_bool, optional_text, optional_whole, wrong_type};

/// Options by their names; those that are None are as in `base`.
pub(crate) fn options(base: &Options, given: &Bound<'_, PyDict>) -> PyResult<Options> {
    let get = |name: &str| -> PyResult<Option<Bound<'_, PyAny>>> {
        Ok(given.get_item(name)?.filter(|value| !value.is_none()))
    };
    let text = |name: &str| optional_text(name, get(name)?.as_ref());
    let float = |name: &str| get(name)?.map(|value| number(name, &value)).transpose();
    let seconds = |name: &str| -> PyResult<Option<Duration>> {
        let seconds = float(name)?.map(|number| wamid::seconds(name, number)).transpose();
        seconds.map_err(|error| raise(given.py(), &error))
    };
    let path = |name: &str| {
        let read = |value: Bound<'_, PyAny>| {
            value.extract::<PathBuf>().map_err(|_| wrong_type(name, "a str or a path", &value))
        };
        get(name)?.map(read).transpose()
    };
    let base = base.clone();
    let mut made = Options::default();
    made.timeout = seconds("timeout")?.or(base.timeout);
    made.connect_timeout = seconds("connect_timeout")?.or(base.connect_timeout);
    made.total_timeout = seconds("total_timeout")?.or(base.total_timeout);
    made.max_retries = optional_whole("max_retries", get("max_retries")?.as_ref())?.or(base.max_retries);
    made.max_per_second = float("max_per_second")?.or(base.max_per_second);
    made.default_country_code = text("default_country_code")?.or(base.default_country_code);
    made.user_agent = text("user_agent")?.or(base.user_agent);
    made.proxy = text("proxy")?.or(base.proxy);
    made.allow_http = optional_bool("allow_http", get("allow_http")?.as_ref())?.or(base.allow_http);
    made.ca_file = path("ca_file")?.or(base.ca_file);
    made.pool_idle_timeout = seconds("pool_idle_timeout")?.or(base.pool_idle_timeout);
    made.max_connections =
        optional_whole("max_connections", get("max_connections")?.as_ref())?.or(base.max_connections);
    made.pool_max_idle =
        optional_whole("pool_max_idle", get("pool_max_idle")?.as_ref())?.or(base.pool_max_idle);
    made.graph_version = text("graph_version")?.or(base.graph_version);
    made.graph_url = text("graph_url")?.or(base.graph_url);
    made.app_secret = text("app_secret")?.or(base.app_secret);
    made.business_account_id = text("business_account_id")?.or(base.business_account_id);
    made.app_id = text("app_id")?.or(base.app_id);
    made.check_templates =
        optional_bool("check_templates", get("check_templates")?.as_ref())?.or(base.check_templates);
    made.store = text("store")?.or(base.store);
    Ok(made)
}
