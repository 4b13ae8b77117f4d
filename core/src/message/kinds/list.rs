use crate::argument::Path;
use crate::error::Error;
use crate::json::Writer;
use crate::message::declare::declare;
use crate::message::interactive::Interactive;
use crate::message::kind::SimpleKind;
use crate::message::sections::{Seen, check_sections};
use crate::message::source::given;
use crate::template::write_title;

const MOST_ROWS: usize = 10;

declare! {
    /// A text with a button that opens a list of rows, of which the reader picks one.
    ///
    /// The answer is an event with the row.
    ///
    /// (Meta: "messages" reference, interactive object, `list`.)
    ///
    /// ```
    /// use wamid::{List, ListRow, ListSection};
    /// let times = List::new("When shall we come?", "Times", [ListSection::new([
    ///     ListRow::new("9", "9 to 12"),
    ///     ListRow::new("14", "14 to 17").description("Most people are at home then"),
    /// ])]);
    /// ```
    kind List = "list" {
        example r#"{"type":"list","body":"When shall we come?","button":"Times","sections":[{"title":"Today","rows":[{"id":"today-17","title":"17:00 to 18:00"},{"id":"today-18","title":"18:00 to 19:00","description":"The last van of the day"}]},{"title":"Tomorrow","rows":[{"id":"tomorrow-9","title":"9:00 to 10:00"}]}]}"#;
        required {
            /// The text, at most 4096 characters.
            body: String [..=4096],
            /// The text on the button that opens the list, at most 20 characters.
            button: String [..=20],
            /// The list in 1 to 10 sections, with 1 to 10 rows in all.
            sections: Vec<ListSection> [1 ..=10],
        }
        optional {
            /// The header, at most 60 characters.
            header: String [..=60],
            /// The footer, at most 60 characters.
            footer: String [..=60],
        }
    }
}

declare! {
    /// A part of a list.
    record ListSection {
        required {
            /// Its rows, 1 to 10.
            rows: Vec<ListRow> [1 ..=10],
        }
        optional {
            /// The title above its rows, at most 24 characters. It is needed if the list has more than one section.
            title: String [..=24],
        }
    }
}

declare! {
    /// A row of a list.
    record ListRow {
        required {
            /// The id that the answer brings, at most 200 characters. Each row of the list needs its own.
            id: String [..=200],
            /// Its text, at most 24 characters.
            title: String [..=24],
        }
        optional {
            /// The text below it, at most 72 characters.
            description: String [..=72],
        }
    }
}

impl SimpleKind for List {
    fn rules(&self) -> Result<(), Error> {
        let sizes = self.sections.iter().map(|section| (&section.title, section.rows.len()));
        check_sections(sizes, MOST_ROWS, "rows")?;
        let sections = Path::key("sections");
        let mut ids = Seen::default();
        for (at, section) in self.sections.iter().enumerate() {
            let path = sections.element(at);
            let rows = Path::below(Some(&path), "rows");
            for (at, row) in section.rows.iter().enumerate() {
                let path = rows.element(at);
                ids.add(&row.id, Path::below(Some(&path), "id"))?;
            }
        }
        Ok(())
    }

    fn meta_type(&self) -> &str {
        "interactive"
    }

    fn write_object(&self, out: &mut Writer) {
        let around = Interactive {
            kind: "list",
            header: (&self.header).into(),
            body: Some(&self.body),
            footer: given(&self.footer),
        };
        around.write(out, |out| {
            out.json(r#""button":"#);
            out.text(&self.button);
            out.json(r#","sections":"#);
            out.list(&self.sections, |out, section| {
                out.json("{");
                write_title(out, section.title.as_deref());
                out.json(r#""rows":"#);
                out.list(&section.rows, |out, row| {
                    out.json(r#"{"id":"#);
                    out.text(&row.id);
                    out.json(r#","title":"#);
                    out.text(&row.title);
                    out.optional_text(r#","description":"#, given(&row.description));
                    out.json("}");
                });
                out.json("}");
            });
        });
    }
}
