//! The matrix on a terminal.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::face::{FaceReport, Played};
use crate::fault::Fault;
use crate::operation::Operation;

const NAME: usize = 60;
const CELL: usize = 25;
const LEGEND: &str = "ok; or the kind of the error, `?` unknown (maybe_sent), `+` surely not sent and retryable, `-` surely not sent and final, \
                      and the attempts";

/// The table, what is wrong below it, and the closing lines.
pub(crate) fn written(titles: &[(&str, usize)], faults: &[Arc<Fault>], faces: &[FaceReport]) -> String {
    let mut text = String::new();
    let columns: String =
        Operation::ALL.iter().map(|operation| format!("{:<CELL$}", operation.name())).collect();
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{:<NAME$}{}", "", columns.trim_end());
    let mut index = 0;
    for (title, length) in titles {
        let _ = writeln!(text, "{title}");
        for fault in &faults[index..index + length] {
            let cells: String = Operation::ALL
                .iter()
                .map(|operation| format!("{:<CELL$}", said(faces, index, *operation)))
                .collect();
            let _ =
                writeln!(text, "  {:<width$}{}", shortened(&fault.name), cells.trim_end(), width = NAME - 2);
            index += 1;
        }
    }
    let _ = writeln!(text, "\n{LEGEND}\n");
    wrong(&mut text, faults, faces);
    for face in faces {
        let _ = match &face.skipped {
            Some(why) => writeln!(text, "{}: skipped: {why}", face.face),
            None => writeln!(text, "{}: {} cells, {} wrong", face.face, face.cells, face.wrong),
        };
    }
    text
}

/// What all faces say; where they differ, what each says.
fn said(faces: &[FaceReport], fault: usize, operation: Operation) -> String {
    let mut different: Vec<(String, Vec<&str>)> = Vec::new();
    let mut is_wrong = false;
    for face in faces {
        let Some(cell) = cell(face, fault, operation) else { continue };
        is_wrong |= !cell.wrong.is_empty();
        let said = cell.said.to_string();
        match different.iter_mut().find(|(known, _)| *known == said) {
            Some((_, names)) => names.push(&face.face),
            None => different.push((said, vec![&face.face])),
        }
    }
    let mark = if is_wrong { " WRONG" } else { "" };
    match different.as_slice() {
        [] => "not played".to_owned(),
        [(said, _)] => format!("{said}{mark}"),
        several => {
            let each: Vec<String> =
                several.iter().map(|(said, names)| format!("{}: {said}", names.join(", "))).collect();
            format!("{}{mark}", each.join("; "))
        }
    }
}

fn cell(face: &FaceReport, fault: usize, operation: Operation) -> Option<&Played> {
    face.played.iter().find(|cell| cell.fault == fault && cell.operation == operation)
}

fn wrong(text: &mut String, faults: &[Arc<Fault>], faces: &[FaceReport]) {
    for face in faces {
        for cell in face.played.iter().filter(|cell| !cell.wrong.is_empty()) {
            let name = &faults[cell.fault].name;
            let _ = writeln!(
                text,
                "WRONG: {}, {}, {name}: {}",
                face.face,
                cell.operation.name(),
                cell.wrong.join("; ")
            );
        }
        for why in &face.processes {
            let _ = writeln!(text, "WRONG: {}: {why}", face.face);
        }
    }
}

fn shortened(name: &str) -> String {
    let most = NAME - 4;
    if name.chars().count() <= most {
        name.to_owned()
    } else {
        name.chars().take(most - 1).chain(['…']).collect()
    }
}
