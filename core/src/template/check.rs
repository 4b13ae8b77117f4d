//! The rules that parameters and buttons are held to. An error names the path of what breaks one.

use std::borrow::Cow;

use serde_json::Value;

use super::button::{Button, ButtonKind};
use super::media::Media;
use super::parameter::Parameter;
use super::path::ArgumentPath;
use super::rules;
use super::section::ButtonSection;
use crate::argument::Path;
use crate::argument::rules::not_empty;
use crate::error::Error;
use crate::json::check_whole_numbers;

/// Most buttons that a template can have.
const MAX_BUTTONS: usize = 10;

/// The parameters with everything that is still JSON read.
pub(super) fn resolved<'a>(
    field: &'static str,
    params: &'a [Parameter],
) -> Result<Cow<'a, [Parameter]>, Error> {
    if !params.iter().any(|param| matches!(param, Parameter::Json(_))) {
        return Ok(Cow::Borrowed(params));
    }
    let params = params.iter().enumerate();
    params.map(|(at, param)| param.resolve(ArgumentPath::element(field, at)).map(Cow::into_owned)).collect()
}

/// The buttons with everything that is still JSON read.
pub(super) fn resolved_buttons(buttons: &[Button]) -> Result<Cow<'_, [Button]>, Error> {
    each_button(buttons, |_, _, _| Ok(()))
}

pub(super) fn params(field: &'static str, params: &[Parameter], no_file: NoFile) -> Result<(), Error> {
    for (at, param) in params.iter().enumerate() {
        param.check(ArgumentPath::element(field, at), no_file)?;
    }
    // Meta takes a template's variables by position or by name, never both.
    let named = params.first().is_some_and(Parameter::is_named);
    match params.iter().position(|param| param.is_named() != named) {
        None => Ok(()),
        Some(at) => Err(Error::invalid(
            ArgumentPath::element(field, at),
            "must be named like the others, or all of them positional",
        )),
    }
}

/// The buttons, read and checked one after the other.
pub(super) fn buttons(buttons: &[Button]) -> Result<Cow<'_, [Button]>, Error> {
    if buttons.len() > MAX_BUTTONS {
        return Err(Error::invalid(
            "buttons",
            format!("must be at most {MAX_BUTTONS}; there are {}", buttons.len()),
        ));
    }
    let mut used = [false; 10];
    each_button(buttons, |at, button, path| {
        let index = button.index_at(at);
        match used.get_mut(index) {
            None => {
                return Err(Error::invalid(path.member("index"), format!("must be 0 to 9; it is {index}")));
            }
            Some(true) => {
                return Err(Error::invalid(
                    path.member("index"),
                    format!("must be unique; {index} is used twice"),
                ));
            }
            Some(free) => *free = true,
        }
        button.check(path)
    })
}

fn each_button<'a>(
    buttons: &'a [Button],
    mut check: impl FnMut(usize, &Button, ArgumentPath<'_>) -> Result<(), Error>,
) -> Result<Cow<'a, [Button]>, Error> {
    let json = buttons.iter().any(|button| matches!(button.kind, ButtonKind::Json(_)));
    let mut read = Vec::with_capacity(if json { buttons.len() } else { 0 });
    for (at, button) in buttons.iter().enumerate() {
        let path = ArgumentPath::element("buttons", at);
        let button = button.resolve(path)?;
        check(at, &button, path)?;
        if json {
            read.push(button.into_owned());
        }
    }
    Ok(if json { Cow::Owned(read) } else { Cow::Borrowed(buttons) })
}

/// Why a file or content cannot stand there; none where it is uploaded first.
type NoFile = Option<&'static str>;

impl Parameter {
    fn check(&self, path: ArgumentPath<'_>, no_file: NoFile) -> Result<(), Error> {
        let filled = |key, text: &str| rules::template_text(path.member(key), text);
        match self {
            Self::Text(text) => rules::template_text(path, text),
            Self::Number(number) if number.is_finite() => Ok(()),
            Self::Number(_) => Err(Error::invalid(path, "must be a finite number")),
            Self::Named { name, text } => {
                filled("name", name)?;
                filled("text", text)
            }
            Self::Currency { fallback_value, code, amount_1000: _ } => {
                filled("fallback_value", fallback_value)?;
                filled("code", code)
            }
            Self::DateTime { fallback_value } => filled("fallback_value", fallback_value),
            Self::Image(media) | Self::Video(media) => {
                if media.filename.is_some() {
                    return Err(Error::invalid(
                        path.member("filename"),
                        "must be left out: only a document has a filename",
                    ));
                }
                media.check(path, no_file)
            }
            Self::Document(media) => media.check(path, no_file),
            Self::Location { latitude, longitude, name, address } => {
                rules::latitude(path.member("latitude"), *latitude)?;
                rules::longitude(path.member("longitude"), *longitude)?;
                rules::place_text(path.member("name"), name.as_deref())?;
                rules::place_text(path.member("address"), address.as_deref())?;
                Ok(())
            }
            Self::Product { product_retailer_id, catalog_id } => {
                filled("product_retailer_id", product_retailer_id)?;
                filled("catalog_id", catalog_id)
            }
            Self::Json(_) => self.resolve(path)?.check(path, no_file),
        }
    }
}

impl Media {
    fn check(&self, path: ArgumentPath<'_>, no_file: NoFile) -> Result<(), Error> {
        if let (Some(rule), Some(key)) = (no_file, self.local_field()) {
            return Err(Error::invalid(path.member(key), rule));
        }
        match self.sources() {
            0 => return Err(Error::invalid(path, "must have an id, a link, a file or data")),
            1 => {}
            _ => {
                return Err(Error::invalid(path, "must have only one of id, link, file and data"));
            }
        }
        let file = self.file.as_deref().map(|file| ("file", file));
        for (key, text) in self.entries().chain(file) {
            not_empty(path.member(key), text)?;
        }
        Ok(())
    }
}

impl Button {
    fn check(&self, path: ArgumentPath<'_>) -> Result<(), Error> {
        let filled = |key, text: &str| not_empty(path.member(key), text);
        match &self.kind {
            ButtonKind::Url { text } => filled("text", text),
            ButtonKind::QuickReply { payload } => filled("payload", payload),
            ButtonKind::CopyCode { coupon_code } => filled("coupon_code", coupon_code),
            // An empty token or thumbnail is none.
            ButtonKind::Flow { flow_token: _, flow_action_data } => {
                let Some(data) = flow_action_data else { return Ok(()) };
                if !data.to_value().is_ok_and(|data| Value::is_object(&data)) {
                    return Err(Error::invalid(path.member("flow_action_data"), "must be a JSON object"));
                }
                check_whole_numbers(data.as_str(), &String::from(path.member("flow_action_data")))
            }
            ButtonKind::Catalog { .. } => Ok(()),
            ButtonKind::Mpm { thumbnail_product_retailer_id, sections } => {
                filled("thumbnail_product_retailer_id", thumbnail_product_retailer_id)?;
                let path = String::from(path.member("sections"));
                ButtonSection::check_all(sections, Path::key(&path))
            }
            ButtonKind::Json(_) => self.resolve(path)?.check(path),
        }
    }
}
