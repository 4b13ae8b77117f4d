//! Template components: what fills the variables of a message that Meta has approved.
//!
//! The shapes are those of Meta's `POST /messages` reference, "template object"; where its OpenAPI file and the
//! senders in use disagree (the button index is a text), the form that Meta accepts is sent.

mod argument;
mod button;
mod check;
mod components;
mod definition;
mod filling;
mod fit;
mod media;
mod meta;
mod parameter;
mod path;
pub(crate) mod rules;
mod section;
mod strict;

use std::borrow::Cow;

pub use self::button::{Button, ButtonKind};
pub use self::components::Components;
pub(crate) use self::definition::{Definition, Terms};
pub(crate) use self::filling::Filling;
pub use self::media::Media;
pub(crate) use self::meta::write_components;
pub use self::parameter::Parameter;
pub use self::section::ButtonSection;
pub(crate) use self::section::{write_products, write_title};
use crate::error::Error;
use crate::json::Writer;

/// Meta's components for these header parameters, body parameters and buttons: `header`, then `body`, then one
/// `button` each. Empty lists add nothing.
///
/// ```
/// use wamid::{Button, Parameter, build_template_components};
/// let components = build_template_components(&[], &["Asha".into(), Parameter::from(2.5)], &[Button::url("A-1042")])?;
/// assert_eq!(
///     components.to_json(),
///     concat!(
///         r#"[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"2.5"}]},"#,
///         r#"{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"A-1042"}]}]"#,
///     )
/// );
/// # Ok::<(), wamid::Error>(())
/// ```
///
/// # Errors
/// [`InvalidInput`](crate::ErrorKind::InvalidInput), naming the parameter or button as a path (`body_params[1]`,
/// `buttons[0].coupon_code`): a text that is empty or has a line break, a tab or more than 4 spaces in a row, a
/// `filename` beside an image or a video, named and positional parameters in one list, more than 10 buttons, an
/// index over 9 or used twice, a button without the payload that it needs.
pub fn build_template_components(
    header_params: &[Parameter],
    body_params: &[Parameter],
    buttons: &[Button],
) -> Result<Components, Error> {
    let header = check::resolved("header_params", header_params)?;
    let no_file = Some("must be uploaded first: components hold its id");
    check::params("header_params", &header, no_file)?;
    let body = check::resolved("body_params", body_params)?;
    check::params("body_params", &body, no_file)?;
    let buttons = check::buttons(buttons)?;
    let mut out = Writer::with_capacity(meta::size(&header, &body, &buttons));
    write_components(&mut out, &header, &body, &buttons, |_, _| {});
    out.finish_text().map(Components::built)
}

/// What fills a template, checked, with everything that was still JSON read.
pub(crate) struct Arguments<'a> {
    pub(crate) header_params: Cow<'a, [Parameter]>,
    pub(crate) body_params: Cow<'a, [Parameter]>,
    pub(crate) buttons: Cow<'a, [Button]>,
    /// Meta's own components, in place of the three above; not empty.
    pub(crate) components: Option<&'a Components>,
}

impl<'a> Arguments<'a> {
    pub(crate) fn of(
        header_params: &'a [Parameter],
        body_params: &'a [Parameter],
        buttons: &'a [Button],
        components: Option<&'a Components>,
    ) -> Result<Self, Error> {
        let arguments = Self {
            header_params: check::resolved("header_params", header_params)?,
            body_params: check::resolved("body_params", body_params)?,
            buttons: check::resolved_buttons(buttons)?,
            components: components.filter(|components| !components.is_empty()),
        };
        if arguments.components.is_none() {
            check::params("header_params", &arguments.header_params, None)?;
            check::params("body_params", &arguments.body_params, Some("can only be in a header"))?;
            check::buttons(&arguments.buttons)?;
        } else if !arguments.fills_nothing() {
            return Err(Error::invalid(
                "components",
                "must be given without header_params, body_params and buttons",
            ));
        }
        Ok(arguments)
    }

    fn fills_nothing(&self) -> bool {
        self.header_params.is_empty() && self.body_params.is_empty() && self.buttons.is_empty()
    }

    /// Whether the template goes out without components.
    pub(crate) fn is_empty(&self) -> bool {
        self.components.is_none() && self.fills_nothing()
    }

    /// About as many bytes as they take.
    pub(crate) fn size(&self) -> usize {
        meta::size(&self.header_params, &self.body_params, &self.buttons)
    }

    /// The components as Meta takes them.
    pub(crate) fn write_components(&self, out: &mut Writer) {
        match self.components {
            Some(components) => components.write(out),
            None => write_components(out, &self.header_params, &self.body_params, &self.buttons, |_, _| {}),
        }
    }
}
