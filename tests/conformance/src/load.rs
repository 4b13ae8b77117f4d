//! Reads a folder of cases.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use crate::case::Case;
use crate::error::Error;
use crate::parse::read_case;

/// All cases of a folder and the folders in it, or of one file, sorted by path. All problems are told at once.
pub(crate) fn load(cases: &Path) -> Result<Vec<Case>, Error> {
    let mut files = Vec::new();
    collect(cases, &mut files)?;
    files.sort();
    let (mut loaded, mut problems) = (Vec::new(), Vec::new());
    for file in &files {
        for case in read_file(file)? {
            match case {
                Ok(case) => loaded.push(case),
                Err(problem) => problems.push(problem),
            }
        }
    }
    problems.extend(duplicates(&loaded));
    if problems.is_empty() { Ok(loaded) } else { Err(Error::Cases(problems)) }
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |why| Error::File(path.to_owned(), why);
    if fs::metadata(path).map_err(failed)?.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // A link to a folder is not followed: it may lead in circles.
        if entry.file_type().map_err(failed)?.is_dir() {
            collect(&entry.path(), files)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "json") {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn read_file(file: &Path) -> Result<Vec<Result<Case, String>>, Error> {
    let text = fs::read_to_string(file).map_err(|why| Error::File(file.to_owned(), why))?;
    let list = if text.trim_start().starts_with('[') {
        serde_json::from_str::<Vec<Box<RawValue>>>(&text)
    } else {
        serde_json::from_str::<Box<RawValue>>(&text).map(|one| vec![one])
    };
    Ok(match list {
        Ok(list) => list.iter().enumerate().map(|(index, raw)| read_case(file, index + 1, raw)).collect(),
        Err(why) => vec![Err(format!("{}: {why}", file.display()))],
    })
}

fn duplicates(cases: &[Case]) -> Vec<String> {
    let mut seen: HashMap<&str, &Case> = HashMap::new();
    let mut problems = Vec::new();
    for case in cases {
        if let Some(first) = seen.insert(&case.name, case) {
            let (first, second) = (first.file.display(), case.file.display());
            problems.push(format!("{second}: case `{}`: the name stands in {first} already", case.name));
        }
    }
    problems
}
