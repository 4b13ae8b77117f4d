//! What the customer sees of a kind's example, drawn. It is a sketch: WhatsApp decides what it looks like, on each device in its own way.

use std::fmt::Write as _;

use serde_json::Value;
use wamid::KindInfo;

/// How many letters a line of text has.
const LETTERS: usize = 40;
const WIDTH: usize = 300;
const LEFT: usize = 14;
const INK: &str = "#111b21";
const PALE: &str = "#667781";
const LINK: &str = "#027eb5";

/// A picture of the example.
pub(super) fn svg(kind: &KindInfo) -> Result<String, String> {
    let example: Value = serde_json::from_str(kind.example)
        .map_err(|error| format!("the example of {}: {error}", kind.name))?;
    let mut bubble = Bubble { body: String::new(), y: 12 };
    bubble.fill(kind.name, &example);
    Ok(bubble.finished(kind.name))
}

/// What WhatsApp writes on the button itself, where the business does not.
fn own_button(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "address_message" => "Provide address",
        "catalog" => "View catalog",
        "contact_request" => "Share contact info",
        "location_request" => "Send location",
        "product" => "View",
        "product_list" => "View items",
        _ => return None,
    })
}

/// A bubble that grows downwards.
struct Bubble {
    body: String,
    y: usize,
}

impl Bubble {
    fn fill(&mut self, kind: &str, example: &Value) {
        let text = |name: &str| example[name].as_str();
        match &example["header"] {
            Value::String(header) => self.lines(header, INK, true),
            Value::Object(media) => {
                self.area(media.get("type").and_then(Value::as_str).unwrap_or("media"), 110)
            }
            _ => {}
        }
        match kind {
            "image" | "video" => self.area(kind, 150),
            "sticker" => self.area(kind, 110),
            "audio" => self.area("a voice note, with its player", 44),
            "document" => self.area(text("filename").unwrap_or("a document"), 44),
            "location" => self.area("a map with a pin", 110),
            "product" | "product_list" | "catalog" => {
                self.area("picture, name and price", 60);
            }
            _ => {}
        }
        for card in example["contacts"].as_array().into_iter().flatten() {
            self.lines(card["formatted_name"].as_str().unwrap_or_default(), INK, true);
            self.lines(card["phones"][0]["phone"].as_str().unwrap_or_default(), PALE, false);
            self.button("Message");
        }
        if let Some(name) = text("template_name") {
            self.lines(&format!("The approved text of {name}, with its variables filled in:"), PALE, false);
            for (at, param) in example["body_params"].as_array().into_iter().flatten().enumerate() {
                self.lines(&format!("{{{{{}}}}} {}", at + 1, param.as_str().unwrap_or_default()), INK, false);
            }
        }
        if let Some(emoji) = text("emoji") {
            self.lines("your earlier message", PALE, false);
            self.lines(emoji, INK, true);
        }
        if let Some(of_meta) = example["object"]["body"]["text"].as_str() {
            self.lines(of_meta, INK, false);
        }
        self.lines(text("name").unwrap_or_default(), INK, true);
        for name in ["message", "body", "caption", "address"] {
            self.lines(text(name).unwrap_or_default(), INK, false);
        }
        self.lines(text("footer").unwrap_or_default(), PALE, false);
        let titles =
            example["buttons"].as_array().into_iter().flatten().filter_map(|button| button["title"].as_str());
        let own = [text("button"), text("display_text"), own_button(kind)];
        titles.chain(own.into_iter().flatten()).for_each(|title| self.button(title));
        self.rows(&example["sections"]);
    }

    /// What a list's button opens.
    fn rows(&mut self, sections: &Value) {
        for section in sections.as_array().into_iter().flatten() {
            self.lines(section["title"].as_str().unwrap_or_default(), PALE, true);
            for row in section["rows"].as_array().into_iter().flatten() {
                self.lines(&format!("\u{25cb} {}", row["title"].as_str().unwrap_or_default()), INK, false);
                self.lines(row["description"].as_str().unwrap_or_default(), PALE, false);
            }
        }
    }

    fn lines(&mut self, text: &str, colour: &str, bold: bool) {
        let weight = if bold { " font-weight=\"bold\"" } else { "" };
        for line in wrapped(text) {
            self.y += 20;
            // Writing to a text cannot fail.
            let _ = writeln!(
                self.body,
                "<text x=\"{LEFT}\" y=\"{}\" fill=\"{colour}\"{weight}>{}</text>",
                self.y,
                escaped(&line)
            );
        }
    }

    /// What stands for a picture, a player, a map.
    fn area(&mut self, label: &str, height: usize) {
        self.y += 6;
        let (width, middle) = (WIDTH - 2 * LEFT, self.y + height / 2 + 5);
        let _ = writeln!(
            self.body,
            "<rect x=\"{LEFT}\" y=\"{}\" width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"#d9e0e4\"/>\n\
             <text x=\"{}\" y=\"{middle}\" text-anchor=\"middle\" fill=\"#3b4a54\">{}</text>",
            self.y,
            WIDTH / 2,
            escaped(label)
        );
        self.y += height;
    }

    fn button(&mut self, title: &str) {
        self.y += 12;
        let _ = writeln!(
            self.body,
            "<line x1=\"0\" y1=\"{0}\" x2=\"{WIDTH}\" y2=\"{0}\" stroke=\"#e9edef\"/>\n\
             <text x=\"{1}\" y=\"{2}\" text-anchor=\"middle\" fill=\"{LINK}\">{3}</text>",
            self.y,
            WIDTH / 2,
            self.y + 22,
            escaped(title)
        );
        self.y += 24;
    }

    fn finished(&self, kind: &str) -> String {
        let height = self.y + 16;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"-16 -16 {0} {1}\" \
             font-family=\"Helvetica, Arial, sans-serif\" font-size=\"14\" role=\"img\">\n\
             <title>A message of the kind {kind}, as WhatsApp shows it, sketched</title>\n\
             <rect x=\"-16\" y=\"-16\" width=\"{0}\" height=\"{1}\" fill=\"#efeae2\"/>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" rx=\"8\" fill=\"#ffffff\"/>\n{2}</svg>\n",
            WIDTH + 32,
            height + 32,
            self.body
        )
    }
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Only ASCII, without what is markup.
fn escaped(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '<' | '>' | '&' | '"' => format!("&#{};", u32::from(letter)),
            _ if letter.is_ascii() => letter.to_string(),
            _ => format!("&#{};", u32::from(letter)),
        })
        .collect()
}
