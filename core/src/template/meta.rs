//! Parameters and buttons as Meta takes them.

use super::button::{Button, ButtonKind};
use super::media::Media;
use super::parameter::Parameter;
use crate::json::Writer;

/// `header`, then `body`, then what `before_buttons` writes, then one `button` each, all of them checked before. Empty lists add nothing.
pub(crate) fn write_components(
    out: &mut Writer,
    header: &[Parameter],
    body: &[Parameter],
    buttons: &[Button],
    before_buttons: impl FnOnce(&mut Writer, &mut &'static str),
) {
    let mut before = "";
    out.json("[");
    for (start, params) in
        [(r#"{"type":"header","parameters":"#, header), (r#"{"type":"body","parameters":"#, body)]
    {
        if !params.is_empty() {
            out.json(before);
            out.json(start);
            out.list(params, |out, param| param.write(out));
            out.json("}");
            before = ",";
        }
    }
    before_buttons(out, &mut before);
    for (at, button) in buttons.iter().enumerate() {
        out.json(before);
        button.write(at, out);
        before = ",";
    }
    out.json("]");
}

const ACTION: &str = r#","parameters":[{"type":"action","action":{"#;

/// About as many bytes as they take, so that a buffer need not grow.
pub(super) fn size(header: &[Parameter], body: &[Parameter], buttons: &[Button]) -> usize {
    let params = header.iter().chain(body).map(|param| match param {
        Parameter::Text(text) => 32 + text.len(),
        Parameter::Named { name, text } => 56 + name.len() + text.len(),
        _ => 160,
    });
    80 + params.sum::<usize>() + 160 * buttons.len()
}

impl Parameter {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Text(text) => {
                out.json(r#"{"type":"text","text":"#);
                out.text(text);
                out.json("}");
            }
            Self::Number(number) => {
                out.json(r#"{"type":"text","text":"#);
                write_decimal(*number, out);
                out.json("}");
            }
            Self::Named { name, text } => {
                out.json(r#"{"type":"text","parameter_name":"#);
                out.text(name);
                out.json(r#","text":"#);
                out.text(text);
                out.json("}");
            }
            Self::Currency { fallback_value, code, amount_1000 } => {
                out.json(r#"{"type":"currency","currency":{"fallback_value":"#);
                out.text(fallback_value);
                out.json(r#","code":"#);
                out.text(code);
                out.json(r#","amount_1000":"#);
                out.value(amount_1000);
                out.json("}}");
            }
            Self::DateTime { fallback_value } => {
                out.json(r#"{"type":"date_time","date_time":{"fallback_value":"#);
                out.text(fallback_value);
                out.json("}}");
            }
            Self::Image(media) => media.write(r#"{"type":"image","image":{"#, out),
            Self::Video(media) => media.write(r#"{"type":"video","video":{"#, out),
            Self::Document(media) => media.write(r#"{"type":"document","document":{"#, out),
            Self::Location { latitude, longitude, name, address } => {
                out.json(r#"{"type":"location","location":{"latitude":"#);
                out.value(latitude);
                out.json(r#","longitude":"#);
                out.value(longitude);
                // An empty one is none.
                out.optional_text(r#","name":"#, name.as_deref().filter(|name| !name.is_empty()));
                out.optional_text(r#","address":"#, address.as_deref().filter(|address| !address.is_empty()));
                out.json("}}");
            }
            Self::Product { product_retailer_id, catalog_id } => {
                out.json(r#"{"type":"product","product":{"product_retailer_id":"#);
                out.text(product_retailer_id);
                out.json(r#","catalog_id":"#);
                out.text(catalog_id);
                out.json("}}");
            }
            // Read before it comes here.
            Self::Json(value) => out.value(value),
        }
    }
}

/// The shortest decimal text that reads back as the same number, without an exponent.
pub(super) fn write_decimal(number: f64, out: &mut Writer) {
    // Rust writes -0.0 as "-0"; no reader expects that.
    out.digits(if number == 0.0 { 0.0 } else { number });
}

impl Media {
    fn write(&self, start: &'static str, out: &mut Writer) {
        let mut before = start;
        for (key, text) in self.entries() {
            out.json(before);
            out.text(key);
            out.json(":");
            out.text(text);
            before = ",";
        }
        out.json("}}");
    }
}

impl Button {
    fn write(&self, at: usize, out: &mut Writer) {
        let (start, end) = match &self.kind {
            ButtonKind::Url { .. } => (r#"{"type":"button","sub_type":"url","index":"#, "}]}"),
            ButtonKind::QuickReply { .. } => (r#"{"type":"button","sub_type":"quick_reply","index":"#, "}]}"),
            ButtonKind::CopyCode { .. } => (r#"{"type":"button","sub_type":"copy_code","index":"#, "}]}"),
            ButtonKind::Flow { .. } => (r#"{"type":"button","sub_type":"flow","index":"#, "}"),
            ButtonKind::Catalog { .. } => (r#"{"type":"button","sub_type":"catalog","index":"#, "}"),
            ButtonKind::Mpm { .. } => (r#"{"type":"button","sub_type":"mpm","index":"#, "}}]}"),
            // Read before it comes here.
            ButtonKind::Json(value) => return out.value(value),
        };
        out.json(start);
        // 0 to 9, as checked.
        let index = self.index_at(at);
        out.text("0123456789".get(index..=index).unwrap_or_default());
        match &self.kind {
            ButtonKind::Url { text } => {
                out.json(r#","parameters":[{"type":"text","text":"#);
                out.text(text);
            }
            ButtonKind::QuickReply { payload } => {
                out.json(r#","parameters":[{"type":"payload","payload":"#);
                out.text(payload);
            }
            ButtonKind::CopyCode { coupon_code } => {
                out.json(r#","parameters":[{"type":"coupon_code","coupon_code":"#);
                out.text(coupon_code);
            }
            ButtonKind::Flow { flow_token, flow_action_data } => {
                let token = flow_token.as_deref().filter(|token| !token.is_empty());
                let data = flow_action_data.as_ref().filter(|data| !data.is_empty_object());
                // Meta refuses an action without content.
                if token.is_some() || data.is_some() {
                    out.json(ACTION);
                    out.optional_text(r#""flow_token":"#, token);
                    if let Some(data) = data {
                        out.json(if token.is_some() { "," } else { "" });
                        out.json(r#""flow_action_data":"#);
                        data.write_value(out);
                    }
                    out.json("}}]");
                }
            }
            ButtonKind::Catalog { thumbnail_product_retailer_id } => {
                if let Some(id) = thumbnail_product_retailer_id.as_deref().filter(|id| !id.is_empty()) {
                    out.json(ACTION);
                    out.optional_text(r#""thumbnail_product_retailer_id":"#, Some(id));
                    out.json("}}]");
                }
            }
            ButtonKind::Mpm { thumbnail_product_retailer_id, sections } => {
                out.json(ACTION);
                out.json(r#""thumbnail_product_retailer_id":"#);
                out.text(thumbnail_product_retailer_id);
                out.json(r#","sections":"#);
                out.list(sections, |out, section| section.write(out));
            }
            ButtonKind::Json(_) => {}
        }
        out.json(end);
    }
}
