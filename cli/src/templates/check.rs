//! `wamid templates check`

use clap::{ArgMatches, Args, Command, FromArgMatches};
use serde_json::json;
use wamid::{Content, Error, FieldInfo, Template, TemplateInfo};

use crate::ask::{How, unless_interrupted};
use crate::declared::{members, object, with_fields};
use crate::exit::CommandError;
use crate::output::{say, say_json};

/// The language of a message that names none.
const LANGUAGE: &str = "en";

/// `wamid templates check`: the arguments of `wamid send template`, but for the recipient.
pub(super) struct Check {
    arguments: ArgMatches,
    how: How,
}

impl Check {
    pub(super) fn json(&self) -> bool {
        self.how.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let mut content = vec![("type", "\"template\"".to_owned())];
        content.extend(members(&self.arguments, &fields())?);
        let Content::Template(message) = Content::from_json(&object(&content))? else { return Ok(()) };
        let client = self.how.client.client()?;
        let found = client.templates().name(message.template_name.clone());
        let found = unless_interrupted(false, async { found.await }).await??;
        let template = choose(&message, found)?;
        let (name, language, id) = (template.name.clone(), template.language.clone(), template.id.clone());
        client.check_template(message, template).await?;
        if self.how.json {
            return Ok(say_json(&json!({"fits": true, "name": name, "language": language, "id": id}))?);
        }
        Ok(say(&format!("it fits {name} in {language}"))?)
    }
}

/// The template in the language of the message.
fn choose(message: &Template, found: Vec<TemplateInfo>) -> Result<TemplateInfo, Error> {
    let name = &message.template_name;
    let asked = message.language.as_deref().unwrap_or(LANGUAGE).replace('-', "_");
    let languages: Vec<String> = found.iter().map(|template| template.language.clone()).collect();
    let fits = |template: &TemplateInfo| template.language.eq_ignore_ascii_case(&asked);
    found.into_iter().find(fits).ok_or_else(|| match &*languages {
        [] => {
            Error::argument("template_name", format!("must be one of the account's: there is no template {name}"))
        }
        languages => {
            let others = languages.join(", ");
            let rule = format!("must be one of the template's: there is no template {name} in {asked}, there is one in {others}");
            Error::argument("language", rule)
        }
    })
}

fn fields() -> Vec<FieldInfo> {
    let kinds = Content::kinds().into_iter();
    kinds.filter(|kind| kind.name == "template").flat_map(|kind| kind.fields).collect()
}

impl FromArgMatches for Check {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self { arguments: matches.clone(), how: How::from_arg_matches(matches)? })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Check {
    fn augment_args(command: Command) -> Command {
        How::augment_args(with_fields(command, &fields()))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
