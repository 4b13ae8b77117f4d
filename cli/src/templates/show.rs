//! `wamid templates show`

use clap::Args;
use serde_json::{Value, json};
use wamid::{Error, TemplateInfo};

use crate::ask::{How, unless_interrupted};
use crate::exit::CommandError;
use crate::output::{say, say_json};

/// `wamid templates show`
#[derive(Args)]
pub(super) struct Show {
    /// The template's name
    name: String,
    /// Only in this language, such as en_US
    #[arg(long)]
    language: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Show {
    pub(super) fn json(&self) -> bool {
        self.how.json
    }

    pub(super) async fn run(self) -> Result<(), CommandError> {
        let client = self.how.client.client()?;
        let mut asked = client.templates().name(self.name.clone());
        if let Some(language) = &self.language {
            asked = asked.language(language.clone());
        }
        let found = unless_interrupted(false, async { asked.await }).await??;
        if found.is_empty() {
            let missing = match self.language {
                Some(language) => {
                    let rule = format!(
                        "must be one of the template's: there is no template {} in {language}",
                        self.name
                    );
                    Error::argument("language", rule)
                }
                None => Error::argument(
                    "name",
                    format!("must be one of the account's: there is no template {}", self.name),
                ),
            };
            return Err(missing.into());
        }
        if self.how.json {
            return Ok(say_json(&json!(found))?);
        }
        for (at, template) in found.iter().enumerate() {
            if at > 0 {
                say("")?;
            }
            show(template)?;
        }
        Ok(())
    }
}

fn show(template: &TemplateInfo) -> std::io::Result<()> {
    let TemplateInfo { id, name, language, status, category, .. } = template;
    say(&format!("{name}  {language}  {category}  {status}  {id}"))?;
    if let Some(reason) = &template.rejected_reason {
        say(&format!("  rejected     {reason}"))?;
    }
    let components = template.components.to_value().unwrap_or_default();
    components.as_array().into_iter().flatten().try_for_each(component)
}

fn component(component: &Value) -> std::io::Result<()> {
    let text = |of: &Value, key: &str| of[key].as_str().unwrap_or_default().to_owned();
    let name = text(component, "type").to_lowercase();
    match component["buttons"].as_array() {
        Some(buttons) => buttons.iter().try_for_each(|button| {
            let target = ["url", "phone_number", "flow_id"].into_iter().map(|key| text(button, key));
            let target = target.filter(|target| !target.is_empty()).collect::<String>();
            line(
                "button",
                format!("[{}] {} {target}", text(button, "text"), text(button, "type").to_lowercase())
                    .trim_end(),
            )
        }),
        None if component["cards"].is_array() => {
            let count = component["cards"].as_array().map_or(0, Vec::len);
            line(&name, &format!("{count} cards; --json shows them"))
        }
        None => {
            let format = text(component, "format");
            let shown = match format.as_str() {
                "" | "TEXT" => text(component, "text"),
                other => format!("({})", other.to_lowercase()),
            };
            shown.lines().enumerate().try_for_each(|(at, part)| line(if at == 0 { &name } else { "" }, part))
        }
    }
}

fn line(name: &str, text: &str) -> std::io::Result<()> {
    say(format!("  {name:<12} {text}").trim_end())
}
