//! Contents with a value of its own in each field, by which the field is found again in what Meta gets.

use serde_json::{Map, Value, json};
use wamid::{Client, Content, FieldInfo, Form, KindInfo, Message, Presence, Shape};

/// The names that lead to a field, through lists too.
pub(super) type Path = Vec<&'static str>;

/// A field, and the value by which it is known.
pub(super) struct Mark {
    pub(super) path: Path,
    pub(super) value: Value,
    /// Whether it may be an object instead.
    pub(super) is_text_or: bool,
}

/// The marks of a kind's fields, and of a choice of fields the one that is there.
pub(super) struct Probe<'a> {
    client: &'a Client,
    kind: &'a KindInfo,
    pub(super) marks: Vec<Mark>,
}

impl<'a> Probe<'a> {
    pub(super) fn new(client: &'a Client, kind: &'a KindInfo) -> Self {
        Self { client, kind, marks: Vec::new() }
    }

    /// What Meta gets of a content with all fields that go together with this one of a choice; none where there is no such content.
    pub(super) fn body(&mut self, choice: Option<&FieldInfo>) -> Option<Value> {
        let mut content = self.object(&self.kind.fields, &[])?;
        content.insert("type".to_owned(), self.kind.name.into());
        if let Some(choice) = choice {
            content.insert(choice.name.to_owned(), self.value(choice, &[])?);
        }
        let (mut content, mut left) = (Value::Object(content), Vec::new());
        optional(&self.kind.fields, &Path::new(), &mut left);
        let mut body = self.sent(&content)?;
        // Some need others, which may come after them.
        loop {
            let before = left.len();
            left.retain(|(path, field)| {
                let Some(more) = self.with(&content, path, field) else { return true };
                let Some(sent) = self.sent(&more) else { return true };
                (content, body) = (more, sent);
                false
            });
            if left.len() == before {
                return Some(body);
            }
        }
    }

    /// The content with one more field, below the object at that path.
    fn with(&mut self, content: &Value, path: &Path, field: &FieldInfo) -> Option<Value> {
        let mut more = content.clone();
        let mut at = &mut more;
        for name in path {
            at = at.get_mut(name)?;
            if at.is_array() {
                at = at.get_mut(0)?;
            }
        }
        at.as_object_mut()?.insert(field.name.to_owned(), self.value(field, path)?);
        Some(more)
    }

    fn sent(&self, content: &Value) -> Option<Value> {
        let content = Content::from_json(&content.to_string()).ok()?;
        let sent = self.client.preview(&Message::new("+15551234567", content)).ok()?;
        serde_json::from_str(sent.body.as_str()).ok()
    }

    /// The fields that have to be there.
    fn object(&mut self, fields: &[FieldInfo], path: &[&'static str]) -> Option<Map<String, Value>> {
        let needed = fields.iter().filter(|field| field.presence == Presence::Required);
        needed.map(|field| Some((field.name.to_owned(), self.value(field, path)?))).collect()
    }

    /// A value for the field below that path; none where it has none that could be found again.
    fn value(&mut self, field: &FieldInfo, path: &[&'static str]) -> Option<Value> {
        let path: Path = path.iter().copied().chain([field.name]).collect();
        self.shaped(&field.shape, field, path)
    }

    fn shaped(&mut self, shape: &Shape, field: &FieldInfo, path: Path) -> Option<Value> {
        let at = self.marks.len();
        let value = match shape {
            Shape::List(of) => return Some(Value::Array(vec![self.shaped(of, field, path)?])),
            Shape::Record(record) => return self.object(&record.fields, &path).map(Value::Object),
            Shape::Text | Shape::TextOr(_) => self.text(field, at)?,
            Shape::Boolean => true.into(),
            Shape::Number => json!(at as f64 + 0.5),
            Shape::Integer => at.into(),
            Shape::Json => json!({ format!("~{at}"): at }),
            _ => return None,
        };
        if let Some(known) = self.marks.iter().find(|mark| mark.path == path) {
            return Some(known.value.clone());
        }
        let is_text_or = matches!(shape, Shape::TextOr(_));
        self.marks.push(Mark { path, value: value.clone(), is_text_or });
        Some(value)
    }

    fn text(&self, field: &FieldInfo, at: usize) -> Option<Value> {
        /// The longest of these.
        const LENGTH: usize = 3;
        match field.limits.form {
            Form::Url => Some(format!("https://example.com/{at}").into()),
            Form::Date => Some(format!("2000-01-{at:02}").into()),
            Form::OneOf(words) => words.first().map(|word| (*word).into()),
            // What has rules of its own, or a short form of its own, has an example.
            Form::Unchecked => self.example(field),
            _ if field.limits.max.is_some_and(|most| most < LENGTH) => self.example(field),
            _ => Some(format!("~{at}").into()),
        }
    }

    fn example(&self, field: &FieldInfo) -> Option<Value> {
        serde_json::from_str::<Value>(self.kind.example).ok()?.get(field.name).cloned()
    }
}

/// The fields that may be there, each with the path of the object that it belongs to.
fn optional<'a>(fields: &'a [FieldInfo], path: &Path, found: &mut Vec<(Path, &'a FieldInfo)>) {
    for field in fields {
        if field.presence == Presence::Optional {
            found.push((path.clone(), field));
        }
        let mut below = path.clone();
        below.push(field.name);
        let mut shape = &field.shape;
        while let Shape::List(of) = shape {
            shape = of;
        }
        if let Shape::Record(record) = shape {
            optional(&record.fields, &below, found);
        }
    }
}
