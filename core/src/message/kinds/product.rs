use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::interactive::{Above, Interactive};
use crate::message::kind::SimpleKind;
use crate::message::source::given;

declare! {
    /// A product of a catalog, with its picture and price. The answer is an order, or a question about it.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `product`.)
    ///
    /// ```
    /// use wamid::Product;
    /// let book = Product::new("146265584024623", "book-1042").body("It is back in stock.");
    /// ```
    kind Product = "product" {
        example r#"{"type":"product","catalog_id":"146265584024623","product_retailer_id":"book-1042","body":"It is back in stock."}"#;
        required {
            /// The catalog's id at Meta.
            catalog_id: String,
            /// The product's id in the catalog.
            product_retailer_id: String,
        }
        optional {
            /// The text, at most 1024 characters.
            body: String [..=1024],
            /// The footer, at most 60 characters.
            footer: String [..=60],
        }
    }
}

impl SimpleKind for Product {
    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "product",
            header: Above::Nothing,
            body: given(&self.body),
            footer: given(&self.footer),
        };
        around.write(out, |out| {
            out.json(r#""catalog_id":"#);
            out.text(&self.catalog_id);
            out.json(r#","product_retailer_id":"#);
            out.text(&self.product_retailer_id);
        });
    }
}
