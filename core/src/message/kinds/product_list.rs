use crate::error::Error;
use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::interactive::{Above, Interactive};
use crate::message::kind::SimpleKind;
use crate::message::sections::check_sections;
use crate::message::source::given;
use crate::template::ButtonSection;
use crate::template::write_products;

const MOST_PRODUCTS: usize = 30;

declare! {
    /// Up to 30 products of a catalog, in sections. The answer is an order, or a question about one of them.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `product_list`.)
    ///
    /// ```
    /// use wamid::{ProductList, ProductSection};
    /// let novels = ProductList::new("Our novels", "Picked for you", "146265584024623", [
    ///     ProductSection::new(["book-1042".to_owned(), "book-1043".to_owned()]),
    /// ]);
    /// ```
    kind ProductList = "product_list" {
        example r#"{"type":"product_list","body":"Picked for you","header":"Our novels","catalog_id":"146265584024623","sections":[{"title":"New","product_retailer_ids":["book-1042","book-1043"]},{"title":"Classics","product_retailer_ids":["book-7"]}]}"#;
        required {
            /// The text, at most 1024 characters.
            body: String [..=1024],
            /// The header, at most 60 characters.
            header: String [..=60],
            /// The catalog's id at Meta.
            catalog_id: String,
            /// The products in 1 to 10 sections, with 1 to 30 products in all.
            sections: Vec<ProductSection> [1 ..=10],
        }
        optional {
            /// The footer, at most 60 characters.
            footer: String [..=60],
        }
    }
}

declare! {
    /// Some of the products.
    record ProductSection {
        required {
            /// The products' ids in the catalog, 1 to 30.
            product_retailer_ids: Vec<String> [1 ..=30],
        }
        optional {
            /// The title above them, at most 24 characters. It is needed if there is more than one section.
            title: String [..=24],
        }
    }
}

/// The same products behind a template's button.
impl From<ProductSection> for ButtonSection {
    fn from(section: ProductSection) -> Self {
        let products = Self::new(section.product_retailer_ids);
        match section.title {
            Some(title) => products.title(title),
            None => products,
        }
    }
}

impl SimpleKind for ProductList {
    fn rules(&self) -> Result<(), Error> {
        let sizes = self.sections.iter().map(|section| (&section.title, section.product_retailer_ids.len()));
        check_sections(sizes, MOST_PRODUCTS, "products")
    }

    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "product_list",
            header: Above::Text(&self.header),
            body: Some(&self.body),
            footer: given(&self.footer),
        };
        around.write(out, |out| {
            out.json(r#""catalog_id":"#);
            out.text(&self.catalog_id);
            out.json(r#","sections":"#);
            out.list(&self.sections, |out, section| {
                write_products(out, section.title.as_deref(), &section.product_retailer_ids);
            });
        });
    }
}
