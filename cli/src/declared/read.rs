//! The JSON that arguments stand for.

use clap::ArgMatches;
use wamid::{FieldInfo, Json, Presence, Shape};

use super::spelling::{Group, Spelling, element, id, reads_input};
use super::words::option;
use crate::exit::CommandError;
use crate::stdin;

/// A member of an object: its name, and its value as JSON.
pub(crate) type Member = (&'static str, String);

/// The members of an object.
pub(crate) fn object(members: &[Member]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", members.join(","))
}

/// The fields that are given, each as JSON.
pub(crate) fn members(matches: &ArgMatches, fields: &[FieldInfo]) -> Result<Vec<Member>, CommandError> {
    let mut members = Vec::new();
    for field in fields {
        let value = match Group::of(field) {
            Some(group) => elements(matches, group)?,
            None => value(matches, field)?,
        };
        members.extend(value.map(|value| (field.name, value)));
    }
    Ok(members)
}

/// The value of a field, if it is given.
fn value(matches: &ArgMatches, field: &FieldInfo) -> Result<Option<String>, CommandError> {
    let id = id(None, field);
    let Some(spelling) = Spelling::of(element(&field.shape)) else { return Ok(None) };
    if matches!(spelling, Spelling::Flag) {
        return Ok(matches.get_flag(&id).then(|| "true".to_owned()));
    }
    let Some(mut given) = matches.get_many::<String>(&id) else { return Ok(None) };
    if matches!(field.shape, Shape::List(_)) {
        let each = given.enumerate().map(|(at, text)| json(spelling, &format!("{}[{at}]", field.name), text));
        return Ok(Some(list(&each.collect::<Result<Vec<_>, _>>()?)));
    }
    let Some(text) = given.next() else { return Ok(None) };
    let reads_input = field.presence == Presence::Required && reads_input(field, spelling);
    let read = match spelling {
        Spelling::Text if reads_input && text == "-" => stdin::text().map_err(CommandError::Invalid)?,
        Spelling::Json if reads_input => stdin::json(text).map_err(CommandError::Invalid)?,
        _ => text.clone(),
    };
    json(spelling, field.name, &read).map(Some)
}

/// The elements of a list that are written one after the other.
fn elements(matches: &ArgMatches, group: Group<'_>) -> Result<Option<String>, CommandError> {
    let mut given: Vec<(usize, &FieldInfo, &String)> = Vec::new();
    for field in group.fields {
        let id = id(Some(group.list), field);
        if let (Some(places), Some(values)) = (matches.indices_of(&id), matches.get_many::<String>(&id)) {
            given.extend(places.zip(values).map(|(place, value)| (place, field, value)));
        }
    }
    given.sort_by_key(|(place, ..)| *place);
    let mut elements = Vec::<Element<'_>>::new();
    for (_, field, text) in given {
        let begins = std::ptr::eq(field, group.first);
        let mut element = match elements.pop() {
            Some(last) if begins => {
                elements.push(last);
                Element::default()
            }
            last => last.unwrap_or_default(),
        };
        element.add(&format!("{}[{}]", group.list.name, elements.len()), field, group, text)?;
        elements.push(element);
    }
    if elements.is_empty() {
        return Ok((group.list.presence == Presence::Required).then(|| "[]".to_owned()));
    }
    let elements: Vec<String> = elements.iter().map(Element::json).collect();
    Ok(Some(list(&elements)))
}

/// An element of such a list: the fields that it has so far, each with its values as JSON.
#[derive(Default)]
struct Element<'a>(Vec<(&'a FieldInfo, Vec<String>)>);

impl<'a> Element<'a> {
    /// Adds a value; `path` is where the element stands.
    fn add(
        &mut self,
        path: &str,
        field: &'a FieldInfo,
        group: Group<'_>,
        text: &str,
    ) -> Result<(), CommandError> {
        let is_list = matches!(field.shape, Shape::List(_));
        let spelling = Spelling::of(element(&field.shape)).unwrap_or(Spelling::Json);
        let path = format!("{path}.{}", field.name);
        match self.0.iter_mut().find(|(known, _)| std::ptr::eq(*known, field)) {
            Some((_, values)) if is_list => {
                let value = json(spelling, &format!("{path}[{}]", values.len()), text)?;
                values.push(value);
            }
            Some(_) => {
                let (name, list) = (option(field), option(group.list));
                return Err(CommandError::Invalid(format!("--{name} is given twice for one --{list}")));
            }
            None => {
                let path = if is_list { format!("{path}[0]") } else { path };
                self.0.push((field, vec![json(spelling, &path, text)?]));
            }
        }
        Ok(())
    }

    fn json(&self) -> String {
        let members = self.0.iter().map(|(field, values)| match &field.shape {
            Shape::List(_) => (field.name, list(values)),
            _ => (field.name, values.concat()),
        });
        object(&members.collect::<Vec<_>>())
    }
}

fn list(values: &[String]) -> String {
    format!("[{}]", values.join(","))
}

/// A value as JSON; `path` is what an error names.
fn json(spelling: Spelling<'_>, path: &str, text: &str) -> Result<String, CommandError> {
    // What starts like an object and is none was meant as one: sent as it is, the recipient would read it.
    let is_object = text.trim_start().starts_with('{');
    match spelling {
        // The parser has made JSON of it.
        Spelling::Number | Spelling::Integer => Ok(text.to_owned()),
        Spelling::Text => Ok(quoted(text)),
        Spelling::TextOrJson | Spelling::File | Spelling::Parts(_) if is_object => parsed(path, text),
        Spelling::TextOrJson => Ok(quoted(text)),
        Spelling::File => Ok(object(&[("file", quoted(text))])),
        Spelling::Parts(fields) => {
            let texts = text.splitn(fields.len(), '=').map(quoted);
            let members: Vec<Member> = fields.iter().map(|field| field.name).zip(texts).collect();
            Ok(object(&members))
        }
        Spelling::Json | Spelling::Flag => parsed(path, text),
    }
}

fn parsed(path: &str, text: &str) -> Result<String, CommandError> {
    Ok(Json::parse(path, text)?.as_str().to_owned())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
