use std::borrow::Cow;

use jiff::Timestamp;

use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;
use crate::message::Limits;
use crate::message::Needs;
use crate::message::OriginalEndpoint;
use crate::message::declare::declare;
use crate::message::field::Field as _;
use crate::message::kind::{Checked, Kind};
use crate::message::source::Medium;
use crate::template::{
    Arguments, Button, Components, Definition, Filling, Parameter, rules, write_components,
};

declare! {
    /// A template message: a text that Meta has approved, with its variables filled in.
    ///
    /// ```
    /// use wamid::{Button, Template};
    /// let template = Template::new("order_update")
    ///     .language("en_US")
    ///     .body_params(["Asha", "A-1042"])
    ///     .buttons([Button::url("A-1042")]);
    /// ```
    kind Template = "template" {
        example r#"{"type":"template","template_name":"order_update","language":"en_US","body_params":["Asha","A-1042"]}"#;
        required {
            /// The template's name, 1 to 512 of `a-z0-9_`.
            template_name: String [..=512],
        }
        optional {
            /// The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent.
            language: String,
            /// Meta's own components, sent as given; not together with parameters and buttons.
            components: Components,
            /// The code of an authentication template, 1 to 15 characters: it fills the text and the button. Not together with parameters
            /// and buttons.
            one_time_code: String [unchecked],
            /// When the offer of a limited-time offer template ends: an instant such as `2026-12-24T18:00:00Z`.
            limited_time_offer_expires_at: String,
        }
        lists {
            /// Fills the header: its variable, or its image, video, document, location or product. A `file` or `data` is uploaded first.
            header_params: Parameter,
            /// Fills the body's variables, in their order or by name.
            body_params: Parameter,
            /// Fills the buttons' variables; at most 10.
            buttons: Button [..=10],
            /// The cards of a carousel template, 2 to 10, in their order.
            carousel: CarouselCard [2 ..=10],
        }
    }
}

declare! {
    /// What fills a card of a carousel template.
    record CarouselCard {
        lists {
            /// Fills the card's header: an image, a video or a product. A `file` or `data` is uploaded first.
            header_params: Parameter,
            /// Fills the variables of the card's text.
            body_params: Parameter,
            /// Fills the variables of the card's buttons.
            buttons: Button [..=10],
        }
    }
}

impl Kind for Template {
    type Checked<'a> = Filled<'a>;

    fn checked(&self) -> Result<Filled<'_>, Error> {
        rules::template_name(&self.template_name)?;
        let language = rules::language(self.language.as_deref())?;
        let components = self.components.as_ref();
        let arguments = Arguments::of(&self.header_params, &self.body_params, &self.buttons, components)?;
        let mut filled =
            Filled { kind: self, language, arguments, code: None, offer_ends: None, cards: Vec::new() };
        // Most templates have none of these.
        if self.one_time_code.is_some()
            || self.limited_time_offer_expires_at.is_some()
            || !self.carousel.is_empty()
        {
            self.fill_further(&mut filled)?;
        }
        Ok(filled)
    }

    fn medium(&mut self) -> Option<Medium<'_>> {
        if let Some(at) =
            self.header_params.iter_mut().position(|param| param.is_local() && param.is_read_local())
        {
            return medium_of(&mut self.header_params, at, "");
        }
        let mut cards = self.carousel.iter_mut().enumerate();
        let found = |(card, CarouselCard { header_params, .. }): (usize, &mut CarouselCard)| {
            Some((
                card,
                header_params.iter_mut().position(|param| param.is_local() && param.is_read_local())?,
            ))
        };
        let (card, at) = cards.find_map(found)?;
        medium_of(&mut self.carousel.get_mut(card)?.header_params, at, &format!("carousel[{card}]."))
    }

    fn is_local(&self) -> bool {
        let is_local = |params: &[Parameter]| params.iter().any(Parameter::is_local);
        is_local(&self.header_params) || self.carousel.iter().any(|card| is_local(&card.header_params))
    }
}

/// A medium of a header, which stands below this path.
fn medium_of<'a>(header: &'a mut [Parameter], at: usize, below: &str) -> Option<Medium<'a>> {
    let (kind, media) = header.get_mut(at)?.media_mut()?;
    Some(Medium {
        kind,
        below: format!("{below}header_params[{at}].").into(),
        id: &mut media.id,
        file: &mut media.file,
        data: &mut media.data,
        mime_type: &mut media.mime_type,
        filename: media.filename.as_deref(),
    })
}

impl Template {
    /// Holds it to its rules, and to the template that it sends.
    pub(crate) fn check_against(&self, definition: &Definition) -> Result<(), Error> {
        let filled = self.checked()?;
        definition.check(&self.template_name, &filled.language, &filled.filling())
    }

    /// The language that it is sent in, as Meta writes it.
    pub(crate) fn language_or_default(&self) -> Result<Cow<'_, str>, Error> {
        rules::language(self.language.as_deref())
    }

    /// Holds what only some templates have to its rules.
    fn fill_further<'a>(&'a self, filled: &mut Filled<'a>) -> Result<(), Error> {
        let alone = "must be given without parameters, buttons, code, offer and carousel";
        if filled.arguments.components.is_some() {
            return Err(Error::invalid("components", alone));
        }
        if let Some(code) = &self.one_time_code {
            if !(1..=15).contains(&code.chars().count()) {
                return Err(Error::invalid("one_time_code", "must be 1 to 15 characters"));
            }
            rules::template_text("one_time_code", code)?;
            if !filled.arguments.is_empty() {
                let rule = "must be given without header_params, body_params and buttons";
                return Err(Error::invalid("one_time_code", rule));
            }
            filled.code = Some(code);
        }
        if let Some(instant) = self.limited_time_offer_expires_at.as_deref().filter(|text| !text.is_empty()) {
            let ends: Timestamp = instant.parse().map_err(|_| {
                let rule = "must be an instant such as 2026-12-24T18:00:00Z";
                Error::invalid("limited_time_offer_expires_at", rule)
            })?;
            filled.offer_ends = Some(ends.as_millisecond());
        }
        if !self.carousel.is_empty() {
            self.carousel.check(Path::key("carousel"), Limits::length(2, 10))?;
            for (at, card) in self.carousel.iter().enumerate() {
                let card = Arguments::of(&card.header_params, &card.body_params, &card.buttons, None);
                filled.cards.push(card.map_err(|error| error.below(&format!("carousel[{at}].")))?);
            }
        }
        Ok(())
    }
}

/// A template with what fills it, read and checked.
pub(crate) struct Filled<'a> {
    kind: &'a Template,
    language: Cow<'a, str>,
    arguments: Arguments<'a>,
    code: Option<&'a str>,
    /// In milliseconds since 1970.
    offer_ends: Option<i64>,
    cards: Vec<Arguments<'a>>,
}

impl Filled<'_> {
    /// What it fills of its template.
    fn filling(&self) -> Filling {
        if self.code.is_some() {
            return Filling::code();
        }
        let filling = Filling::of(&self.arguments, "");
        let filling = if self.offer_ends.is_some() { filling.with_offer() } else { filling };
        if self.cards.is_empty() {
            return filling;
        }
        let cards = self.cards.iter().enumerate();
        filling.with_cards(cards.map(|(at, card)| Filling::of(card, &format!("carousel[{at}]."))))
    }

    /// The components, in the order in which Meta has them.
    fn write_components(&self, out: &mut Writer) {
        if let Some(code) = self.code {
            let text = [Parameter::from(code)];
            return write_components(out, &[], &text, &[Button::url(code)], |_, _| {});
        }
        if self.offer_ends.is_none() && self.cards.is_empty() {
            return self.arguments.write_components(out);
        }
        let Arguments { header_params, body_params, buttons, .. } = &self.arguments;
        write_components(out, header_params, body_params, buttons, |out, before| {
            if let Some(ends) = self.offer_ends {
                out.json(before);
                out.json(r#"{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":"#);
                out.json(r#"{"expiration_time_ms":"#);
                out.value(&ends);
                out.json("}}]}");
                *before = ",";
            }
            if !self.cards.is_empty() {
                out.json(before);
                out.json(r#"{"type":"carousel","cards":["#);
                for (at, card) in self.cards.iter().enumerate() {
                    out.json(if at > 0 { "," } else { "" });
                    out.json(r#"{"card_index":"#);
                    out.value(&at);
                    out.json(r#","components":"#);
                    card.write_components(out);
                    out.json("}");
                }
                out.json("]}");
                *before = ",";
            }
        });
    }

    fn is_empty(&self) -> bool {
        self.arguments.is_empty() && self.beyond_original().is_none()
    }
}

impl Checked for Filled<'_> {
    const ORIGINAL: Option<OriginalEndpoint> = Some(OriginalEndpoint::Template);

    fn size(&self) -> usize {
        self.kind.template_name.len()
            + self.arguments.size()
            + self.cards.iter().map(Arguments::size).sum::<usize>()
    }

    fn meta_type(&self) -> &str {
        "template"
    }

    fn write_meta(&self, out: &mut Writer) {
        out.json(r#""type":"template","template":{"name":"#);
        out.text(&self.kind.template_name);
        out.json(r#","language":{"code":"#);
        out.text(&self.language);
        out.json("}");
        if !self.is_empty() {
            out.json(r#","components":"#);
            self.write_components(out);
        }
        out.json("}");
    }

    fn write_gateway(&self, out: &mut Writer) {
        out.json(r#","template_name":"#);
        out.text(&self.kind.template_name);
        out.json(r#","language":"#);
        out.text(&self.language);
        for (start, params) in [
            (r#","header_params":"#, &self.arguments.header_params),
            (r#","body_params":"#, &self.arguments.body_params),
        ] {
            if !params.is_empty() {
                out.json(start);
                out.list(params, |out, param| param.write_argument(out));
            }
        }
        if !self.arguments.buttons.is_empty() {
            out.json(r#","buttons":"#);
            out.list(&self.arguments.buttons, |out, button| button.write_argument(out));
        }
        if let Some(components) = self.arguments.components {
            out.json(r#","components":"#);
            components.write(out);
        }
    }

    fn beyond_original(&self) -> Option<&'static str> {
        [
            (self.code.is_some(), "one_time_code"),
            (self.offer_ends.is_some(), "limited_time_offer_expires_at"),
            (!self.cards.is_empty(), "carousel"),
        ]
        .into_iter()
        .find_map(|(used, name)| used.then_some(name))
    }

    fn needs(&self, needs: &mut Needs) {
        for (params, argument) in
            [(&self.arguments.header_params, "header_params"), (&self.arguments.body_params, "body_params")]
        {
            if params.iter().any(|param| !param.is_text()) {
                needs.extension("typed_params", argument);
            }
        }
        if !self.arguments.buttons.is_empty() {
            needs.argument("buttons");
        }
        if self.arguments.components.is_some() {
            needs.argument("components");
        }
    }
}
