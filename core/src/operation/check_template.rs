use std::future::ready;

use super::declare::operation;
use super::templates::TemplateInfo;
use crate::client::Client;
use crate::error::Error;
use crate::message::Template;
use crate::template::{Definition, Terms};

operation! {
    /// Holds a template message to its template, as `templates` lists it. It asks nobody.
    ///
    /// What Meta would refuse with 132000, 132001, 132012 or 132018 is an `invalid_input` that names what does not fit by its path:
    /// the count, the kind or the name of a parameter, the medium of the header, a button's index or type, the cards of a carousel, a
    /// missing offer or code, the name, the language, or a template that is not approved (`template.status`). What cannot be told from
    /// the template is left to Meta.
    ///
    /// ```no_run
    /// # async fn run(client: wamid::Client) -> Result<(), wamid::Error> {
    /// use wamid::Template;
    /// let update = Template::new("order_update").language("en_US").body_params(["Asha", "A-1042"]);
    /// for template in client.templates().name("order_update").language("en_US").await? {
    ///     client.check_template(update.clone(), template).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    CheckTemplate, check_template -> () {
        required {
            /// The message, a content of type `template`.
            content: Template,
            /// The template, as `templates` lists it.
            template: TemplateInfo,
        }
    }
}

impl CheckTemplate {
    fn on(self, _: &Client) -> impl Future<Output = Result<(), Error>> + Send {
        ready(self.fits())
    }

    fn fits(&self) -> Result<(), Error> {
        let definition = self.template.definition().map_err(|error| error.below("template."))?;
        self.content.check_against(&definition)
    }
}

impl TemplateInfo {
    /// What messages are held to.
    fn definition(&self) -> Result<Definition, Error> {
        let terms = Terms {
            name: &self.name,
            language: &self.language,
            status: &self.status,
            category: &self.category,
            parameter_format: self.parameter_format.as_deref(),
        };
        Definition::read(terms, &self.components)
    }
}
