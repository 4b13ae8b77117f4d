use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::interactive::{Above, Interactive};
use crate::message::kind::SimpleKind;
use crate::message::source::given;

declare! {
    /// A text with a button that opens the whole catalog. The answer is an order, or a question about a product.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `catalog_message`.)
    ///
    /// ```
    /// use wamid::Catalog;
    /// let catalog = Catalog::new("See what is new.").thumbnail_product_retailer_id("book-1042");
    /// ```
    kind Catalog = "catalog" {
        example r#"{"type":"catalog","body":"See what is new.","thumbnail_product_retailer_id":"book-1042"}"#;
        required {
            /// The text, at most 1024 characters.
            body: String [..=1024],
        }
        optional {
            /// The product whose picture is shown, by its id in the catalog; the first one where absent.
            thumbnail_product_retailer_id: String,
            /// The footer, at most 60 characters.
            footer: String [..=60],
        }
    }
}

impl SimpleKind for Catalog {
    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "catalog_message",
            header: Above::Nothing,
            body: Some(&self.body),
            footer: given(&self.footer),
        };
        around.write(out, |out| {
            out.json(r#""name":"catalog_message""#);
            if let Some(product) = given(&self.thumbnail_product_retailer_id) {
                out.json(r#","parameters":{"thumbnail_product_retailer_id":"#);
                out.text(product);
                out.json("}");
            }
        });
    }
}
