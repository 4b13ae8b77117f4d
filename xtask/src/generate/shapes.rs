//! What generators of typed languages ask of declarations.

/// `preview_url` as `previewUrl`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |all, word| {
        let mut letters = word.chars();
        let upper = letters.next().into_iter().map(|letter| letter.to_ascii_uppercase());
        all + &upper.chain(letters).collect::<String>()
    })
}

/// Kinds with all that a generator has to cope with: names that mean something else in a language, records in lists, JSON.
#[cfg(test)]
pub(super) fn trial() -> Vec<wamid::KindInfo> {
    use wamid::{FieldInfo, FieldNeed, Form, KindInfo, Limits, RecordInfo, Shape};
    let limits = Limits { min: 0, max: None, form: Form::Plain };
    let field = |name, shape, need| FieldInfo { name, docs: &[" What it is."], shape, need, limits };
    let row = RecordInfo {
        class: "Row",
        docs: &[" One of them."],
        fields: vec![
            field("id", Shape::Text, FieldNeed::Required),
            field("description", Shape::Text, FieldNeed::Optional),
        ],
    };
    let section = RecordInfo {
        class: "Section",
        docs: &[" Some of them."],
        fields: vec![
            field("rows", Shape::List(Box::new(Shape::Record(row))), FieldNeed::Required),
            field("grid", Shape::List(Box::new(Shape::List(Box::new(Shape::Integer)))), FieldNeed::Optional),
        ],
    };
    let list = vec![
        field("sections", Shape::List(Box::new(Shape::Record(section.clone()))), FieldNeed::Required),
        field("first", Shape::Record(section), FieldNeed::Optional),
        field("object", Shape::Json, FieldNeed::Optional),
    ];
    let image = vec![
        field("id", Shape::Text, FieldNeed::OneOf),
        field("link", Shape::Text, FieldNeed::OneOf),
        field("in", Shape::Boolean, FieldNeed::Optional),
    ];
    let request = vec![field("body", Shape::Text, FieldNeed::Required)];
    vec![
        KindInfo {
            name: "list",
            class: "List",
            docs: &[" A list.", "", " More of it: */.", "", " ```", " x"],
            fields: list,
        },
        KindInfo { name: "trial_image", class: "TrialImage", docs: &[" A picture."], fields: image },
        KindInfo { name: "location_request", class: "LocationRequest", docs: &[" Asks."], fields: request },
    ]
}

#[cfg(test)]
mod tests {
    use super::camel;

    #[test]
    fn names_are_of_one_word() {
        assert_eq!(
            ["id", "amount_1000", "product_retailer_id"].map(camel),
            ["id", "amount1000", "productRetailerId"]
        );
    }
}
