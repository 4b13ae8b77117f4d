//! What generators of typed languages ask of declarations.

use wamid::{FieldInfo, OperationInfo, Shape};

use super::prose;

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

/// Text whose docs name operations and arguments, each as the language spells it: `max_bytes` as `maxBytes`.
pub(super) fn spelled(text: &str, operations: &[OperationInfo]) -> String {
    let arguments = operations.iter().flat_map(|operation| &operation.fields).map(|field| field.name);
    let names = operations.iter().map(|operation| operation.name).chain(arguments);
    names
        .fold(text.to_owned(), |text, name| text.replace(&format!("`{name}`"), &format!("`{}`", camel(name))))
}

/// The docs of a field in a language where JSON is text.
pub(super) fn field_docs(field: &FieldInfo) -> Vec<&'static str> {
    let mut lines = prose(field.docs);
    if matches!(field.shape, Shape::Json) && !lines.iter().any(|line| line.contains("JSON")) {
        lines.push("JSON text.");
    }
    lines
}

/// Kinds with all that a generator has to cope with: names that mean something else in a language, records in lists, JSON.
#[cfg(test)]
pub(super) fn trial() -> Vec<wamid::KindInfo> {
    use wamid::{FieldInfo, Form, KindInfo, Limits, Presence, RecordInfo, Shape, TextOrInfo};
    let limits = Limits { min: 0, max: None, form: Form::NotBlank };
    let field = |name, shape, presence| FieldInfo { name, docs: &[" What it is."], shape, presence, limits };
    let row = RecordInfo {
        class: "Row",
        docs: &[" One of them."],
        fields: vec![
            field("id", Shape::Text, Presence::Required),
            field("description", Shape::Text, Presence::Optional),
        ],
    };
    let section = RecordInfo {
        class: "Section",
        docs: &[" Some of them."],
        fields: vec![
            field("rows", Shape::List(Box::new(Shape::Record(row))), Presence::Required),
            field("grid", Shape::List(Box::new(Shape::List(Box::new(Shape::Integer)))), Presence::Optional),
        ],
    };
    let list = vec![
        field("sections", Shape::List(Box::new(Shape::Record(section.clone()))), Presence::Required),
        field("first", Shape::Record(section), Presence::Optional),
        field("object", Shape::Json, Presence::Optional),
    ];
    let media = RecordInfo {
        class: "HeaderMedia",
        docs: &[" A medium."],
        fields: vec![
            field("type", Shape::Text, Presence::Required),
            field("id", Shape::Text, Presence::OneOf),
        ],
    };
    let header = TextOrInfo { class: "Header", docs: &[" What stands above."], text: limits, object: media };
    let image = vec![
        field("id", Shape::Text, Presence::OneOf),
        field("link", Shape::Text, Presence::OneOf),
        field("in", Shape::Boolean, Presence::Optional),
        field("header", Shape::TextOr(header), Presence::Optional),
    ];
    let request = vec![field("body", Shape::Text, Presence::Required)];
    vec![
        KindInfo {
            name: "list",
            class: "List",
            docs: &[" A list.", "", " More of it: */.", "", " ```", " x"],
            example: "",
            fields: list,
        },
        KindInfo {
            name: "trial_image",
            class: "TrialImage",
            docs: &[" A picture."],
            example: "",
            fields: image,
        },
        KindInfo {
            name: "location_request",
            class: "LocationRequest",
            docs: &[" Asks."],
            example: "",
            fields: request,
        },
    ]
}

/// Operations with the same.
#[cfg(test)]
pub(super) fn trial_operations() -> Vec<OperationInfo> {
    use wamid::{Form, Limits, Presence, RecordInfo};
    let limits = Limits { min: 0, max: None, form: Form::NotBlank };
    let field = |name, shape, presence| FieldInfo { name, docs: &[" What it is."], shape, presence, limits };
    let listed = |shape| Shape::List(Box::new(shape));
    let part = RecordInfo {
        class: "Part",
        docs: &[" A part."],
        fields: vec![
            field("id", Shape::Text, Presence::Required),
            field("in", Shape::Boolean, Presence::Optional),
        ],
    };
    let whole = RecordInfo {
        class: "Whole",
        docs: &[" All of it."],
        fields: vec![
            field("part", Shape::Record(part.clone()), Presence::Required),
            field("other", Shape::Record(part.clone()), Presence::Optional),
            field("file_size", Shape::Integer, Presence::Required),
            field("grid", listed(listed(Shape::Number)), Presence::Required),
            field("components", Shape::Json, Presence::Optional),
            field("data", Shape::Bytes, Presence::Required),
        ],
    };
    let compare = vec![
        field("content", Shape::Content("list"), Presence::Required),
        field("part", Shape::Answer(part.clone()), Presence::Required),
    ];
    let look_up = vec![
        field("media_id", Shape::Text, Presence::Required),
        field("in", listed(Shape::Text), Presence::Optional),
        field("json", Shape::Json, Presence::Optional),
    ];
    vec![
        OperationInfo {
            name: "look_up",
            docs: &[" Looks it up by `media_id`.", "", " More: */.", "", " ```", " x"],
            fields: look_up,
            progress: true,
            returns: Some(listed(Shape::Record(whole))),
        },
        OperationInfo {
            name: "compare",
            docs: &[" Compares them."],
            fields: compare,
            progress: false,
            returns: None,
        },
        OperationInfo {
            name: "end",
            docs: &[" Ends it."],
            fields: Vec::new(),
            progress: false,
            returns: None,
        },
        OperationInfo {
            name: "plain",
            docs: &[" Tells it."],
            fields: Vec::new(),
            progress: false,
            returns: Some(Shape::Json),
        },
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
