use std::borrow::Cow;

use crate::error::Error;
use crate::json::Writer;
use crate::message::Needs;
use crate::message::OriginalEndpoint;
use crate::message::declare::declare;
use crate::message::kind::{Checked, Kind};
use crate::template::{Arguments, Button, Components, Parameter, rules};

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
        required {
            /// The template's name, 1 to 512 of `a-z0-9_`.
            template_name: String [..=512],
        }
        optional {
            /// The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent.
            language: String,
            /// Meta's own components, sent as given; not together with parameters and buttons.
            components: Components,
        }
        lists {
            /// Fills the header's variables, in their order or by name.
            header_params: Parameter,
            /// Fills the body's variables, in their order or by name.
            body_params: Parameter,
            /// Fills the buttons' variables; at most 10.
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
        Ok(Filled { name: &self.template_name, language, arguments })
    }
}

/// A template with what fills it, read and checked.
pub(crate) struct Filled<'a> {
    name: &'a str,
    language: Cow<'a, str>,
    arguments: Arguments<'a>,
}

impl Checked for Filled<'_> {
    const ORIGINAL: Option<OriginalEndpoint> = Some(OriginalEndpoint::Template);

    fn size(&self) -> usize {
        self.name.len() + self.arguments.size()
    }

    fn meta_type(&self) -> &str {
        "template"
    }

    fn write_meta(&self, out: &mut Writer) {
        out.json(r#""type":"template","template":{"name":"#);
        out.text(self.name);
        out.json(r#","language":{"code":"#);
        out.text(&self.language);
        out.json("}");
        if !self.arguments.is_empty() {
            out.json(r#","components":"#);
            self.arguments.write_components(out);
        }
        out.json("}");
    }

    fn write_gateway(&self, out: &mut Writer) {
        out.json(r#","template_name":"#);
        out.text(self.name);
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
