//! Parameters and buttons as a gateway takes them: in the argument form of `from_json`.

use super::button::{Button, ButtonKind};
use super::media::Media;
use super::meta::write_decimal;
use super::parameter::Parameter;
use crate::json::Writer;
use crate::media::Bytes;

impl Parameter {
    pub(crate) fn write_argument(&self, out: &mut Writer) {
        match self {
            Self::Text(text) => out.text(text),
            Self::Number(number) => write_decimal(*number, out),
            Self::Named { name, text } => {
                out.json(r#"{"name":"#);
                out.text(name);
                out.json(r#","text":"#);
                out.text(text);
                out.json("}");
            }
            Self::Currency { fallback_value, code, amount_1000 } => {
                out.json(r#"{"type":"currency","fallback_value":"#);
                out.text(fallback_value);
                out.json(r#","code":"#);
                out.text(code);
                out.json(r#","amount_1000":"#);
                out.value(amount_1000);
                out.json("}");
            }
            Self::DateTime { fallback_value } => {
                out.json(r#"{"type":"date_time","fallback_value":"#);
                out.text(fallback_value);
                out.json("}");
            }
            Self::Image(media) => media.write_argument(r#"{"type":"image""#, out),
            Self::Video(media) => media.write_argument(r#"{"type":"video""#, out),
            Self::Document(media) => media.write_argument(r#"{"type":"document""#, out),
            Self::Location { latitude, longitude, name, address } => {
                out.json(r#"{"type":"location","latitude":"#);
                out.value(latitude);
                out.json(r#","longitude":"#);
                out.value(longitude);
                out.optional_text(r#","name":"#, name.as_deref());
                out.optional_text(r#","address":"#, address.as_deref());
                out.json("}");
            }
            Self::Product { product_retailer_id, catalog_id } => {
                out.json(r#"{"type":"product","product_retailer_id":"#);
                out.text(product_retailer_id);
                out.json(r#","catalog_id":"#);
                out.text(catalog_id);
                out.json("}");
            }
            Self::Json(value) => out.value(value),
        }
    }
}

impl Media {
    fn write_argument(&self, start: &'static str, out: &mut Writer) {
        out.json(start);
        for (key, text) in self.entries() {
            out.json(",");
            out.text(key);
            out.json(":");
            out.text(text);
        }
        out.optional_text(r#","file":"#, self.file.as_deref());
        out.optional_text(r#","data":"#, self.data.as_ref().map(Bytes::to_base64).as_deref());
        out.optional_text(r#","mime_type":"#, self.mime_type.as_deref());
        out.json("}");
    }
}

impl Button {
    pub(crate) fn write_argument(&self, out: &mut Writer) {
        match &self.kind {
            ButtonKind::Url { text } => {
                out.json(r#"{"sub_type":"url","text":"#);
                out.text(text);
            }
            ButtonKind::QuickReply { payload } => {
                out.json(r#"{"sub_type":"quick_reply","payload":"#);
                out.text(payload);
            }
            ButtonKind::CopyCode { coupon_code } => {
                out.json(r#"{"sub_type":"copy_code","coupon_code":"#);
                out.text(coupon_code);
            }
            ButtonKind::Flow { flow_token, flow_action_data } => {
                out.json(r#"{"sub_type":"flow""#);
                out.optional_text(r#","flow_token":"#, flow_token.as_deref());
                if let Some(data) = flow_action_data {
                    out.json(r#","flow_action_data":"#);
                    data.write_value(out);
                }
            }
            ButtonKind::Catalog { thumbnail_product_retailer_id } => {
                out.json(r#"{"sub_type":"catalog""#);
                let id = thumbnail_product_retailer_id.as_deref();
                out.optional_text(r#","thumbnail_product_retailer_id":"#, id);
            }
            ButtonKind::Mpm { thumbnail_product_retailer_id, sections } => {
                out.json(r#"{"sub_type":"mpm","thumbnail_product_retailer_id":"#);
                out.text(thumbnail_product_retailer_id);
                out.json(r#","sections":"#);
                out.list(sections, |out, section| section.write_argument(out));
            }
            // The index is in it.
            ButtonKind::Json(value) => return out.value(value),
        }
        if let Some(index) = &self.index {
            out.json(r#","index":"#);
            out.value(index);
        }
        out.json("}");
    }
}
