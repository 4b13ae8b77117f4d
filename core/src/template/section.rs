//! The products of a multi-product button, in sections.

use serde_json::{Map, Value};

use crate::argument::rules::{at_most, not_empty};
use crate::argument::sections::check_sections;
use crate::argument::{Path, is_blank};
use crate::error::Error;
use crate::json::Writer;

const MOST_SECTIONS: usize = 10;
const MOST_PRODUCTS: usize = 30;
const MOST_TITLE: usize = 24;

/// Some of the products that a multi-product button shows.
///
/// ```
/// use wamid::{Button, ButtonSection};
/// let novels = ButtonSection::new(["book-1042", "book-1043"]).title("Novels");
/// let button = Button::mpm("book-1042", [novels]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ButtonSection {
    /// The title above them, at most 24 characters. It is needed if there is more than one section.
    pub title: Option<String>,
    /// The products' ids in the catalog, 1 to 30 in all sections together.
    pub product_retailer_ids: Vec<String>,
}

impl ButtonSection {
    /// These products.
    #[must_use]
    pub fn new<T: Into<String>>(product_retailer_ids: impl IntoIterator<Item = T>) -> Self {
        Self { title: None, product_retailer_ids: product_retailer_ids.into_iter().map(Into::into).collect() }
    }

    /// Gives them a title.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// A list of them from JSON.
    pub(super) fn read_all(sections: Option<&Value>, path: Path<'_>) -> Result<Vec<Self>, Error> {
        let sections = sections.ok_or_else(|| Error::invalid(path, "is missing"))?;
        let sections = sections.as_array().ok_or_else(|| Error::invalid(path, "must be a list"))?;
        sections.iter().enumerate().map(|(at, section)| Self::read(section, path.element(at))).collect()
    }

    fn read(section: &Value, path: Path<'_>) -> Result<Self, Error> {
        let members = section.as_object().ok_or_else(|| Error::invalid(path, "must be an object"))?;
        if let Some(key) =
            members.keys().find(|key| !["title", "product_retailer_ids"].contains(&key.as_str()))
        {
            return Err(Error::invalid(
                Path::below(Some(&path), key),
                "is not known here; look at its spelling",
            ));
        }
        let title = match given(members, "title") {
            None => None,
            Some(Value::String(title)) => Some(title.clone()),
            Some(_) => return Err(Error::invalid(Path::below(Some(&path), "title"), "must be a text")),
        };
        let ids = Path::below(Some(&path), "product_retailer_ids");
        let product_retailer_ids = match given(members, "product_retailer_ids") {
            None => return Err(Error::invalid(ids, "is missing")),
            Some(Value::Array(list)) => list.iter().enumerate().map(|(at, id)| {
                let id = id.as_str().ok_or_else(|| Error::invalid(ids.element(at), "must be a text"))?;
                Ok(id.to_owned())
            }),
            Some(_) => return Err(Error::invalid(ids, "must be a list")),
        };
        Ok(Self { title, product_retailer_ids: product_retailer_ids.collect::<Result<_, Error>>()? })
    }

    pub(super) fn check_all(sections: &[Self], path: Path<'_>) -> Result<(), Error> {
        check_count(sections.len(), MOST_SECTIONS, path)?;
        for (at, section) in sections.iter().enumerate() {
            let path = path.element(at);
            if let Some(title) = section.title.as_deref().filter(|title| !title.is_empty()) {
                let path = Path::below(Some(&path), "title");
                check_seen(title, path)?;
                at_most(path, title, MOST_TITLE)?;
            }
            let path = Path::below(Some(&path), "product_retailer_ids");
            check_count(section.product_retailer_ids.len(), MOST_PRODUCTS, path)?;
            for (at, id) in section.product_retailer_ids.iter().enumerate() {
                check_seen(id, path.element(at))?;
            }
        }
        let sizes =
            sections.iter().map(|section| (section.title.as_deref(), section.product_retailer_ids.len()));
        check_sections(path, sizes, MOST_PRODUCTS, "products")
    }

    /// As Meta takes it.
    pub(super) fn write(&self, out: &mut Writer) {
        write_products(out, self.title.as_deref(), &self.product_retailer_ids);
    }

    /// As it is read.
    pub(super) fn write_argument(&self, out: &mut Writer) {
        out.json("{");
        write_title(out, self.title.as_deref());
        out.json(r#""product_retailer_ids":"#);
        out.list(&self.product_retailer_ids, |out, id| out.text(id));
        out.json("}");
    }
}

/// A section's title, with a comma after it, where it has one.
pub(crate) fn write_title(out: &mut Writer, title: Option<&str>) {
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        out.json(r#""title":"#);
        out.text(title);
        out.json(",");
    }
}

/// A section of products, as Meta takes it in buttons and in messages.
pub(crate) fn write_products(out: &mut Writer, title: Option<&str>, ids: &[String]) {
    out.json("{");
    write_title(out, title);
    out.json(r#""product_items":"#);
    out.list(ids, |out, id| {
        out.json(r#"{"product_retailer_id":"#);
        out.text(id);
        out.json("}");
    });
    out.json("}");
}

fn given<'a>(members: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    members.get(key).filter(|value| !value.is_null())
}

fn check_count(count: usize, most: usize, path: Path<'_>) -> Result<(), Error> {
    match count {
        0 => Err(Error::invalid(path, "must have at least 1; there are 0")),
        count if count > most => {
            Err(Error::invalid(path, format!("must have at most {most}; there are {count}")))
        }
        _ => Ok(()),
    }
}

/// Refuses a text that shows nothing.
fn check_seen(text: &str, path: Path<'_>) -> Result<(), Error> {
    not_empty(path, text)?;
    if is_blank(text) {
        return Err(Error::invalid(path, "must not be only white space or invisible characters"));
    }
    Ok(())
}
