//! Arguments of clap for declared fields.

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgGroup, Command};
use wamid::{FieldInfo, Form, Presence, Shape};

use super::spelling::{Group, Spelling, element, id, reads_input};
use super::words::{option, sentence};

/// The command with an argument for each field.
pub(crate) fn with_fields(mut command: Command, fields: &[FieldInfo]) -> Command {
    let mut one_of = Vec::new();
    for field in fields {
        if let Some(group) = Group::of(field) {
            let (first, others): (Vec<_>, Vec<_>) =
                group.fields.iter().partition(|member| std::ptr::eq(*member, group.first));
            let members = first.into_iter().chain(others);
            command = command.args(members.filter_map(|member| member_argument(group, member)));
            continue;
        }
        let Some(argument) = argument(field) else { continue };
        if field.presence == Presence::OneOf {
            one_of.push(argument.get_id().clone());
        }
        command = command.arg(argument);
    }
    if one_of.is_empty() {
        return command;
    }
    command.group(ArgGroup::new("one of").args(one_of).required(true))
}

/// The argument of a field by itself.
fn argument(field: &FieldInfo) -> Option<Arg> {
    let is_list = matches!(field.shape, Shape::List(_));
    let spelling = Spelling::of(element(&field.shape))?;
    let is_required = field.presence == Presence::Required;
    let argument = Arg::new(id(None, field)).required(is_required);
    if matches!(spelling, Spelling::Flag) {
        return Some(argument.long(option(field)).action(ArgAction::SetTrue).help(sentence(field.docs)));
    }
    // A positional list takes what is left, so only simple values stand there.
    let is_positional = is_required && (!is_list || matches!(spelling, Spelling::Text));
    let name = option(field);
    let argument = if is_positional { argument } else { argument.long(name.clone()) };
    let argument = match (is_positional, is_list) {
        (true, true) => argument.num_args(1..).action(ArgAction::Append),
        (false, true) => argument.action(ArgAction::Append),
        (_, false) => argument.action(ArgAction::Set),
    };
    Some(valued(argument, field, spelling, &name, help(field, spelling, is_positional)))
}

/// The argument of a field of a list's elements.
fn member_argument(group: Group<'_>, field: &FieldInfo) -> Option<Arg> {
    let spelling = match Spelling::of(element(&field.shape))? {
        Spelling::Flag => Spelling::Json,
        other => other,
    };
    let (list, begins) = (option(group.list), std::ptr::eq(field, group.first));
    let name = option(group.named(field));
    let text = help(field, spelling, false);
    let text = if begins {
        format!("{text}. The options after it, up to the next --{name}, belong to it")
    } else {
        format!("{text} (of the --{list} before it)")
    };
    let is_required = group.list.presence == Presence::Required && field.presence == Presence::Required;
    let argument = Arg::new(id(Some(group.list), field))
        .long(name.clone())
        .action(ArgAction::Append)
        .required(is_required);
    // It is the list's name that says what begins an element, and its own what the value is.
    let value_name = if begins { field.name } else { name.as_str() };
    Some(valued(argument, field, spelling, value_name, text))
}

fn valued(argument: Arg, field: &FieldInfo, spelling: Spelling<'_>, name: &str, help: String) -> Arg {
    let argument = argument.value_name(spelling.value_name(name)).help(help);
    match (spelling, field.limits.form) {
        (_, Form::OneOf(words)) => argument.value_parser(PossibleValuesParser::new(words)),
        (Spelling::Number, _) => argument.value_parser(ValueParser::new(number)).allow_negative_numbers(true),
        (Spelling::Integer, _) => {
            argument.value_parser(ValueParser::new(integer)).allow_negative_numbers(true)
        }
        _ => argument,
    }
}

fn help(field: &FieldInfo, spelling: Spelling<'_>, is_positional: bool) -> String {
    let mut text = sentence(field.docs);
    if is_positional && reads_input(field, spelling) {
        text.push_str(match spelling {
            Spelling::Json => "; JSON, the name of a file that holds it, or - for standard input",
            _ => "; - reads it from standard input",
        });
    }
    if matches!(spelling, Spelling::Parts(_)) {
        text.push_str("; or JSON");
    }
    if !is_positional && matches!(field.shape, Shape::List(_)) {
        text.push_str("; can be given several times");
    }
    text
}

/// The text of a number as JSON has it.
fn number(text: &str) -> Result<String, String> {
    let number: Option<serde_json::Number> = text.trim().parse().ok().and_then(serde_json::Number::from_f64);
    number.map(|number| number.to_string()).ok_or_else(|| "it must be a number".to_owned())
}

fn integer(text: &str) -> Result<String, String> {
    let number: Result<i64, _> = text.trim().parse();
    number.map(|number| number.to_string()).map_err(|_| "it must be a whole number".to_owned())
}
