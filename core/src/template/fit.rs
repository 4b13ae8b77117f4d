//! Whether a message fits its template. What Meta surely refuses is refused here, by the path of what does not fit; the rest is Meta's.

use super::definition::{DefinedButton, Definition, Header, Offer, Parts, Variables};
use super::filling::{Buttons, Filling, Param, Params};
use super::rules;
use crate::error::Error;

/// What no message can be sent in. New ones come without notice, and are Meta's to refuse.
const UNSENDABLE: [&str; 9] = [
    "PENDING",
    "REJECTED",
    "PAUSED",
    "DISABLED",
    "IN_APPEAL",
    "PENDING_DELETION",
    "DELETED",
    "LIMIT_EXCEEDED",
    "ARCHIVED",
];

impl Definition {
    /// Holds a message of this name and language, with what it fills, to the template.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) with the path of what does not fit.
    pub(crate) fn check(&self, name: &str, language: &str, filling: &Filling) -> Result<(), Error> {
        if name != self.name {
            return Err(Error::invalid(
                "template_name",
                format!("must be the template's name, {}", self.name),
            ));
        }
        if !self.is_in(language) {
            let rule = format!("must be the template's language, {}", self.language);
            return Err(Error::invalid("language", rule));
        }
        if UNSENDABLE.iter().any(|status| self.status.eq_ignore_ascii_case(status)) {
            let rule = format!("must be APPROVED; it is {}, and Meta sends no such template", self.status);
            return Err(Error::invalid("template.status", rule));
        }
        if filling.is_code && self.is_authentication == Some(false) {
            return Err(Error::invalid(
                "one_time_code",
                "must be left out: only an authentication template takes a code",
            ));
        }
        if self.is_authentication == Some(true) && filling.is_empty() {
            return Err(Error::invalid(
                filling.code_path,
                "must give the code of the authentication template, for its text and its button",
            ));
        }
        self.parts.as_ref().map_or(Ok(()), |parts| parts.check(filling))
    }

    /// Whether it is in this language, however that is written.
    pub(crate) fn is_in(&self, language: &str) -> bool {
        self.language.replace('-', "_").eq_ignore_ascii_case(&language.replace('-', "_"))
    }
}

impl Parts {
    fn check(&self, filling: &Filling) -> Result<(), Error> {
        match &self.header {
            None => check_no_header(&filling.header)?,
            Some(Header::Text(variables)) => variables.check(&filling.header, "header")?,
            Some(Header::Of(kind)) => check_header(&filling.header, kind)?,
            Some(Header::Unknown) => {}
        }
        self.body.check(&filling.body, "body")?;
        let (given, path) = &filling.offer;
        match (self.offer, given) {
            (Some(Offer::Ends), false) => {
                return Err(Error::invalid(path.as_str(), "must say when the template's offer ends"));
            }
            (None, true) => {
                return Err(Error::invalid(path.as_str(), "must be left out: the template has no offer"));
            }
            _ => {}
        }
        self.check_cards(&filling.cards.0, &filling.cards.1)?;
        check_buttons(&self.buttons, &filling.buttons)
    }

    fn check_cards(&self, given: &[(usize, Filling)], path: &str) -> Result<(), Error> {
        let Some(cards) = &self.cards else {
            return match given {
                [] => Ok(()),
                _ => Err(Error::invalid(path, "must be left out: the template has no carousel")),
            };
        };
        // Of products a template shows two cards, and a message up to ten.
        let are_products =
            cards.first().is_some_and(|card| matches!(card.header, Some(Header::Of("product"))));
        if given.is_empty() || (!are_products && given.len() != cards.len()) {
            return Err(Error::invalid(
                path,
                format!("must have {} cards, as the template has; it has {}", cards.len(), given.len()),
            ));
        }
        for (place, card) in given {
            let defined = if are_products { cards.get(*place).or(cards.last()) } else { cards.get(*place) };
            if let Some(defined) = defined {
                defined.check(card)?;
            }
        }
        Ok(())
    }
}

fn check_no_header(params: &Params) -> Result<(), Error> {
    match params.given.as_deref() {
        None | Some([]) => Ok(()),
        Some(_) => Err(Error::invalid(params.path.as_str(), "must be left out: the template has no header")),
    }
}

/// A header that is a medium, a place or a product.
fn check_header(params: &Params, kind: &str) -> Result<(), Error> {
    let Some(given) = &params.given else { return Ok(()) };
    match given.as_slice() {
        [] => Err(Error::invalid(
            params.path.as_str(),
            format!("must have a parameter of type {kind}, for the template's header"),
        )),
        [param, ..] if param.kind != kind => Err(Error::invalid(
            param.path.as_str(),
            format!("must be of type {kind}, as the template's header is; it is of type {}", param.kind),
        )),
        [_] => Ok(()),
        more => Err(Error::invalid(
            params.path.as_str(),
            format!("must have 1 parameter, for the template's header; it has {}", more.len()),
        )),
    }
}

impl Variables {
    fn check(&self, params: &Params, part: &str) -> Result<(), Error> {
        let Some(given) = &params.given else { return Ok(()) };
        for param in given {
            if !matches!(param.kind.as_str(), "text" | "currency" | "date_time") {
                let rule = format!(
                    "must be of type text, currency or date_time, as the template's {part} needs; it is of type {}",
                    param.kind
                );
                return Err(Error::invalid(param.path.as_str(), rule));
            }
            if let Some((path, text)) = &param.unchecked {
                rules::template_text(path.as_str(), text)?;
            }
        }
        if self.are_named && !self.names.is_empty() {
            // What is no text has no name of its own, and is Meta's to check.
            return if given.iter().all(|param| param.kind == "text") {
                self.check_names(params, given)
            } else {
                Ok(())
            };
        }
        if given.len() != self.names.len() {
            return Err(Error::invalid(
                params.path.as_str(),
                match self.names.len() {
                    0 => format!("must be left out: the template's {part} has no variables"),
                    1 => format!(
                        "must have 1 parameter, for the variable of the template's {part}; it has {}",
                        given.len()
                    ),
                    count => format!(
                        "must have {count} parameters, one for each variable of the template's {part}; it has {}",
                        given.len()
                    ),
                },
            ));
        }
        // Meta's pages do not say what a name does where variables are counted, so it is Meta's to check.
        Ok(())
    }

    fn check_names(&self, params: &Params, given: &[Param]) -> Result<(), Error> {
        let all = self.names.join(", ");
        for (at, param) in given.iter().enumerate() {
            let Some((path, name)) = &param.name else {
                let rule = format!("must have a name, which is one of the template's variables: {all}");
                return Err(Error::invalid(param.path.as_str(), rule));
            };
            if !self.names.contains(name) {
                return Err(Error::invalid(
                    path.as_str(),
                    format!("must be one of the template's variables: {all}"),
                ));
            }
            let before = given.iter().take(at).filter_map(|param| param.name.as_ref());
            if before.into_iter().any(|(_, earlier)| earlier == name) {
                return Err(Error::invalid(
                    path.as_str(),
                    "must be unique; another parameter has the same name",
                ));
            }
        }
        let is_given = |name: &&String| {
            given.iter().any(|param| param.name.as_ref().is_some_and(|(_, given)| given == *name))
        };
        match self.names.iter().find(|name| !is_given(name)) {
            None => Ok(()),
            Some(name) => Err(Error::invalid(
                params.path.as_str(),
                format!("must have a parameter for the template's variable {name}"),
            )),
        }
    }
}

fn check_buttons(defined: &[DefinedButton], buttons: &Buttons) -> Result<(), Error> {
    for button in &buttons.given {
        // A code's button is no button of the caller's.
        let below = |key: &str| match buttons.path.as_str() {
            "one_time_code" => button.path.clone(),
            _ => format!("{}.{key}", button.path),
        };
        // Its place says nothing: Meta gives it none.
        if button.sub_type == "voice_call" {
            continue;
        }
        let Some(defined_here) = defined.get(button.index) else {
            let rule = match defined.len() {
                0 => "must be left out: the template has no buttons".to_owned(),
                count => format!(
                    "must be below {count}, the number of the template's buttons; it is {}",
                    button.index
                ),
            };
            return Err(Error::invalid(below("index"), rule));
        };
        match defined_here.sub_type() {
            Some(kind) if kind != button.sub_type => {
                return Err(Error::invalid(
                    below("sub_type"),
                    format!(
                        "must be {kind}, as the template's button {} is; it is {}",
                        button.index, button.sub_type
                    ),
                ));
            }
            None if defined_here.takes_nothing() => {
                let kind = defined_here.kind.to_ascii_uppercase();
                let rule = format!("must be left out: the template's button {} is a {kind}", button.index);
                return Err(Error::invalid(button.path.as_str(), rule));
            }
            Some("url") if !defined_here.has_variable => {
                return Err(Error::invalid(
                    button.path.as_str(),
                    format!(
                        "must be left out: the address of the template's button {} has no variable",
                        button.index
                    ),
                ));
            }
            _ => {}
        }
    }
    let is_filled = |at: usize| buttons.given.iter().any(|button| button.index == at);
    match defined.iter().enumerate().find(|(at, button)| button.is_needed() && !is_filled(*at)) {
        None => Ok(()),
        Some((at, button)) => Err(Error::invalid(
            buttons.path.as_str(),
            format!(
                "must have an entry for the template's button {at}, of type {}",
                button.kind.to_ascii_uppercase()
            ),
        )),
    }
}
