//! What fills a template's variables.

use wamid::{Components, Error};

use crate::error::WamidError;
use crate::text::Text;

/// A file for a header: uploaded to Meta before (by id), fetched by Meta (by link), or uploaded before the message goes out.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Media {
    /// Meta's id of an uploaded file.
    #[uniffi(default = None)]
    pub id: Option<Text>,
    /// Where Meta finds the file; not together with `id`.
    #[uniffi(default = None)]
    pub link: Option<Text>,
    /// The name a document is shown under.
    #[uniffi(default = None)]
    pub filename: Option<Text>,
    /// The path of a file, which is uploaded first; not together with the others.
    #[uniffi(default = None)]
    pub file: Option<Text>,
    /// The content itself, which is uploaded first; not together with the others.
    #[uniffi(default = None)]
    pub data: Option<Vec<u8>>,
    /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
    #[uniffi(default = None)]
    pub mime_type: Option<Text>,
}

impl Media {
    fn read(self, path: &str) -> Result<wamid::Media, Error> {
        let mut media = wamid::Media::default();
        media.id = Text::optional(self.id, &format!("{path}.id"))?;
        media.link = Text::optional(self.link, &format!("{path}.link"))?;
        media.filename = Text::optional(self.filename, &format!("{path}.filename"))?;
        media.file = Text::optional(self.file, &format!("{path}.file"))?;
        media.data = self.data.map(Into::into);
        media.mime_type = Text::optional(self.mime_type, &format!("{path}.mime_type"))?;
        Ok(media)
    }
}

/// What fills one variable of a template's header or body.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum TemplateParameter {
    /// A text, filled in by position; not empty.
    Text {
        /// What to fill in.
        text: Text,
    },
    /// A number, filled in by position as its shortest decimal text; finite.
    Number {
        /// The number.
        number: f64,
    },
    /// A text, filled in by the variable's name; neither is empty.
    Named {
        /// The variable's name in the template.
        name: Text,
        /// What to fill in.
        text: Text,
    },
    /// An amount of money, shown in the reader's own format.
    Currency {
        /// The text shown where the amount cannot be formatted.
        fallback_value: Text,
        /// ISO 4217, such as `INR`.
        code: Text,
        /// The amount times 1000.
        amount_1000: i64,
    },
    /// A date and time, as a text.
    DateTime {
        /// The text to show.
        fallback_value: Text,
    },
    /// An image in the header.
    Image {
        /// The file.
        media: Media,
    },
    /// A video in the header.
    Video {
        /// The file.
        media: Media,
    },
    /// A document in the header.
    Document {
        /// The file.
        media: Media,
    },
    /// A map in the header.
    Location {
        /// Degrees north, −90 to 90.
        latitude: f64,
        /// Degrees east, −180 to 180.
        longitude: f64,
        /// The title of the pin.
        #[uniffi(default = None)]
        name: Option<Text>,
        /// The line below the title.
        #[uniffi(default = None)]
        address: Option<Text>,
    },
    /// A product in the header.
    Product {
        /// The product's id in the catalogue.
        product_retailer_id: Text,
        /// The catalogue's id.
        catalog_id: Text,
    },
    /// A parameter as JSON text: a text, a number, `{"name","text"}`, or an object with a `type`.
    Json {
        /// The JSON.
        json: Text,
    },
}

impl TemplateParameter {
    fn read(self, path: &str) -> Result<wamid::Parameter, Error> {
        let below = |name: &str| format!("{path}.{name}");
        Ok(match self {
            Self::Text { text } => wamid::Parameter::Text(text.read(path)?),
            Self::Number { number } => wamid::Parameter::Number(number),
            Self::Named { name, text } => {
                wamid::Parameter::Named { name: name.read(&below("name"))?, text: text.read(&below("text"))? }
            }
            Self::Currency { fallback_value, code, amount_1000 } => wamid::Parameter::Currency {
                fallback_value: fallback_value.read(&below("fallback_value"))?,
                code: code.read(&below("code"))?,
                amount_1000,
            },
            Self::DateTime { fallback_value } => {
                wamid::Parameter::DateTime { fallback_value: fallback_value.read(&below("fallback_value"))? }
            }
            Self::Image { media } => wamid::Parameter::Image(media.read(path)?),
            Self::Video { media } => wamid::Parameter::Video(media.read(path)?),
            Self::Document { media } => wamid::Parameter::Document(media.read(path)?),
            Self::Location { latitude, longitude, name, address } => wamid::Parameter::Location {
                latitude,
                longitude,
                name: Text::optional(name, &below("name"))?,
                address: Text::optional(address, &below("address"))?,
            },
            Self::Product { product_retailer_id, catalog_id } => wamid::Parameter::Product {
                product_retailer_id: product_retailer_id.read(&below("product_retailer_id"))?,
                catalog_id: catalog_id.read(&below("catalog_id"))?,
            },
            Self::Json { json } => wamid::Parameter::from_json_at(&json.read(path)?, path)?,
        })
    }

    /// A list of them; `field` names it.
    pub(crate) fn list(params: Option<Vec<Self>>, field: &str) -> Result<Vec<wamid::Parameter>, Error> {
        let params = params.into_iter().flatten().enumerate();
        params.map(|(at, param)| param.read(&format!("{field}[{at}]"))).collect()
    }
}

/// Some of the products that a multi-product button shows.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ButtonSection {
    /// The products' ids in the catalogue, 1 to 30 in all sections together.
    pub product_retailer_ids: Vec<Text>,
    /// The title above them, at most 24 characters. It is needed if there is more than one section.
    #[uniffi(default = None)]
    pub title: Option<Text>,
}

impl ButtonSection {
    fn read(self, path: &str) -> Result<wamid::ButtonSection, Error> {
        let ids = self.product_retailer_ids.into_iter().enumerate();
        let ids = ids.map(|(at, id)| id.read(&format!("{path}.product_retailer_ids[{at}]")));
        let mut section = wamid::ButtonSection::new(ids.collect::<Result<Vec<String>, Error>>()?);
        section.title = Text::optional(self.title, &format!("{path}.title"))?;
        Ok(section)
    }
}

/// What fills the variable part of a button. `index` says which button of the template it is, 0 to 9; its place in the
/// list where absent.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum TemplateButton {
    /// Opens a link.
    Url {
        /// The variable end of the link; not empty.
        text: Text,
        /// Which button of the template.
        #[uniffi(default = None)]
        index: Option<i64>,
    },
    /// Answers with one tap.
    QuickReply {
        /// What comes back in the webhook; not empty.
        payload: Text,
        /// Which button of the template.
        #[uniffi(default = None)]
        index: Option<i64>,
    },
    /// Copies a code to the clipboard.
    CopyCode {
        /// The code; not empty.
        coupon_code: Text,
        /// Which button of the template.
        #[uniffi(default = None)]
        index: Option<i64>,
    },
    /// Opens a flow.
    Flow {
        /// A text of yours that comes back with the flow's answer.
        #[uniffi(default = None)]
        flow_token: Option<Text>,
        /// The first screen's data as JSON text, an object; its keys are not touched.
        #[uniffi(default = None)]
        flow_action_data: Option<Text>,
        /// Which button of the template.
        #[uniffi(default = None)]
        index: Option<i64>,
    },
    /// Opens the catalogue.
    Catalog {
        /// The product whose picture is shown.
        #[uniffi(default = None)]
        thumbnail_product_retailer_id: Option<Text>,
        /// Which button of the template.
        #[uniffi(default = None)]
        index: Option<i64>,
    },
    /// Shows products of the catalogue.
    Mpm {
        /// The product whose picture is shown; not empty.
        thumbnail_product_retailer_id: Text,
        /// The products in 1 to 10 sections, with 1 to 30 products in all.
        sections: Vec<ButtonSection>,
        /// Which button of the template.
        #[uniffi(default = None)]
        index: Option<i64>,
    },
    /// A whole button as JSON text, its index included.
    Json {
        /// The JSON.
        json: Text,
    },
}

impl TemplateButton {
    fn read(self, path: &str) -> Result<wamid::Button, Error> {
        let below = |name: &str| format!("{path}.{name}");
        let (button, index) = match self {
            Self::Url { text, index } => (wamid::Button::url(text.read(&below("text"))?), index),
            Self::QuickReply { payload, index } => {
                (wamid::Button::quick_reply(payload.read(&below("payload"))?), index)
            }
            Self::CopyCode { coupon_code, index } => {
                (wamid::Button::copy_code(coupon_code.read(&below("coupon_code"))?), index)
            }
            Self::Flow { flow_token, flow_action_data, index } => {
                let token = Text::optional(flow_token, &below("flow_token"))?;
                let path = below("flow_action_data");
                let data = Text::optional(flow_action_data, &path)?;
                let data = data.map(|data| wamid::Json::parse(&path, &data)).transpose()?;
                (wamid::Button::flow(token, data), index)
            }
            Self::Catalog { thumbnail_product_retailer_id: id, index } => {
                let id = Text::optional(id, &below("thumbnail_product_retailer_id"))?;
                (wamid::Button::catalog(id), index)
            }
            Self::Mpm { thumbnail_product_retailer_id: id, sections, index } => {
                let id = id.read(&below("thumbnail_product_retailer_id"))?;
                let sections = sections.into_iter().enumerate();
                let sections = sections.map(|(at, section)| section.read(&below(&format!("sections[{at}]"))));
                (wamid::Button::mpm(id, sections.collect::<Result<Vec<_>, Error>>()?), index)
            }
            Self::Json { json } => return wamid::Button::from_json_at(&json.read(path)?, path),
        };
        Ok(match index {
            Some(index) => button.index(wamid::whole(&below("index"), index.into())?),
            None => button,
        })
    }

    /// A list of them.
    pub(crate) fn list(buttons: Option<Vec<Self>>) -> Result<Vec<wamid::Button>, Error> {
        let buttons = buttons.into_iter().flatten().enumerate();
        buttons.map(|(at, button)| button.read(&format!("buttons[{at}]"))).collect()
    }
}

/// A parameter from JSON text: a text, a number, `{"name","text"}`, or an object with a `type` (`text`, `currency`,
/// `date_time`, `image`, `video`, `document`, `location`, `product`).
///
/// It is checked where it is used, so that an error names its place in the list.
#[uniffi::export]
pub fn parameter_from_json(json: Text) -> TemplateParameter {
    TemplateParameter::Json { json }
}

/// A button from JSON text: `sub_type` (`quick_reply` where absent), `index`, and `text` (url), `payload`
/// (quick_reply), `coupon_code` (copy_code), `flow_token` and `flow_action_data` (flow),
/// `thumbnail_product_retailer_id` (catalog, mpm), `sections` (mpm).
///
/// It is checked where it is used, so that an error names its place in the list.
#[uniffi::export]
pub fn button_from_json(json: Text) -> TemplateButton {
    TemplateButton::Json { json }
}

/// Meta's components for these header parameters, body parameters and buttons, as JSON text: `header`, then `body`,
/// then one `button` each. Empty lists add nothing.
///
/// Fails with `invalid_input`, naming the parameter or button as a path (`body_params[1]`, `buttons[0].coupon_code`).
#[uniffi::export(default(header_params = None, body_params = None, buttons = None))]
pub fn build_template_components(
    header_params: Option<Vec<TemplateParameter>>,
    body_params: Option<Vec<TemplateParameter>>,
    buttons: Option<Vec<TemplateButton>>,
) -> Result<String, WamidError> {
    let built = wamid::build_template_components(
        &TemplateParameter::list(header_params, "header_params")?,
        &TemplateParameter::list(body_params, "body_params")?,
        &TemplateButton::list(buttons)?,
    )?;
    Ok(built.to_json())
}

/// Meta's own components, from JSON text.
pub(crate) fn components(json: Option<Text>) -> Result<Option<Components>, Error> {
    Text::optional(json, "components")?.map(|json| Components::from_json(&json)).transpose()
}
