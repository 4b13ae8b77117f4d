//! The body of `api/send/`: what the core declares of each kind of message, as a schema.

use serde_json::{Value, json};
use utoipa::openapi::schema::{
    AdditionalProperties, AllOfBuilder, ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr};
use wamid::{Content, FieldInfo, Form, KindInfo, Presence, Shape};

/// A message of any kind.
pub(super) fn message(phone: RefOr<Schema>) -> Schema {
    let kinds = Content::kinds();
    let content = kinds.iter().fold(OneOfBuilder::new(), |all, kind| all.item(of_kind(kind)));
    let own = ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some("A message of any kind: whom, what, and the options of every send."))
        .property("phone", phone)
        .required("phone")
        .property("content", Schema::from(content.description(Some("What they get.")).build()))
        .required("content")
        .property(
            "extra",
            ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::Object, Type::Null]))
                .description(Some(
                    "Members that stand beside the content in Meta's body: category, ttl_seconds, recipient_identity_key_hash …",
                )),
        )
        .examples([json!({
            "phone": "+919876543210", "content": {"type": "text", "message": "Hello from the API"}
        })])
        .build();
    AllOfBuilder::new().item(own).item(Ref::from_schema_name("Common")).build().into()
}

fn of_kind(kind: &KindInfo) -> Schema {
    let name = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([kind.name])).build();
    let object = ObjectBuilder::new()
        .schema_type(Type::Object)
        .title(Some(kind.name))
        .description(kind.docs.first().map(|line| line.trim()))
        .property("type", name)
        .required("type");
    with_fields(object, &kind.fields).into()
}

fn with_fields(mut object: ObjectBuilder, fields: &[FieldInfo]) -> utoipa::openapi::schema::Object {
    for field in fields {
        object = object.property(field.name, of_field(field));
        if field.presence == Presence::Required {
            object = object.required(field.name);
        }
    }
    object.additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false))).build()
}

fn of_field(field: &FieldInfo) -> RefOr<Schema> {
    let docs: Vec<&str> =
        field.docs.iter().map(|line| line.trim()).take_while(|line| !line.starts_with("```")).collect();
    let docs = Some(docs.join(" "));
    let (min, max) = (field.limits.min, field.limits.max);
    // A null is an absent field.
    let of = |of: Type| match field.presence {
        Presence::Required => SchemaType::new(of),
        _ => SchemaType::from_iter([of, Type::Null]),
    };
    match &field.shape {
        Shape::Text => {
            let text = ObjectBuilder::new().schema_type(of(Type::String)).max_length(max).description(docs);
            match field.limits.form {
                Form::OneOf(words) => {
                    let words = words.iter().map(|word| Value::from(*word));
                    let null = (field.presence != Presence::Required).then_some(Value::Null);
                    text.enum_values(Some(words.chain(null))).build().into()
                }
                Form::Date => text.pattern(Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).build().into(),
                Form::Url => text.pattern(Some("^https?://")).build().into(),
                _ => text.build().into(),
            }
        }
        Shape::Boolean => {
            ObjectBuilder::new().schema_type(of(Type::Boolean)).description(docs).build().into()
        }
        Shape::Integer => {
            ObjectBuilder::new().schema_type(of(Type::Integer)).description(docs).build().into()
        }
        Shape::Number => {
            let number = ObjectBuilder::new().schema_type(of(Type::Number)).description(docs);
            match field.limits.form {
                Form::Degrees(most) => number.minimum(Some(-most)).maximum(Some(most)).build().into(),
                _ => number.build().into(),
            }
        }
        Shape::List(item) => ArrayBuilder::new()
            .schema_type(of(Type::Array))
            .items(of_shape(item))
            .min_items((min > 0).then_some(min))
            .max_items(max)
            .description(docs)
            .build()
            .into(),
        Shape::Components => ArrayBuilder::new()
            .schema_type(of(Type::Array))
            .items(typed(Type::Object))
            .description(docs)
            .build()
            .into(),
        shape if field.presence == Presence::Required => of_shape(shape),
        shape => {
            Schema::from(OneOfBuilder::new().item(of_shape(shape)).item(typed(Type::Null)).build()).into()
        }
    }
}

fn of_shape(shape: &Shape) -> RefOr<Schema> {
    match shape {
        Shape::Text => typed(Type::String),
        Shape::Record(record) => {
            let object = ObjectBuilder::new().schema_type(Type::Object).title(Some(record.class));
            with_fields(object, &record.fields).into()
        }
        Shape::TextOr(of) => {
            let text = ObjectBuilder::new().schema_type(Type::String).max_length(of.text.max);
            let object = of_shape(&Shape::Record(of.object.clone()));
            Schema::from(OneOfBuilder::new().item(text.build()).item(object).build()).into()
        }
        Shape::Components => ArrayBuilder::new().items(typed(Type::Object)).build().into(),
        Shape::List(of) => ArrayBuilder::new().items(of_shape(of)).build().into(),
        // Any JSON: a parameter may be a text, a number or an object.
        _ => ObjectBuilder::new().schema_type(SchemaType::AnyValue).build().into(),
    }
}

fn typed(of: Type) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(of).build().into()
}
