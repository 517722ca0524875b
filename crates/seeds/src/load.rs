//! Reads a folder.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{Problem, Programme, SeedError, parse};

/// Reads every `.toml` file of a folder and checks them together.
///
/// # Errors
/// Every fault found; where a file can't be read, that alone.
pub fn load(dir: &Path) -> Result<Programme, Vec<SeedError>> {
    let fault = |file: &Path, error: &dyn ToString| SeedError {
        file: file.display().to_string(),
        line: 1,
        column: 1,
        problem: Problem::Unreadable(error.to_string()),
    };
    let entries = fs::read_dir(dir).map_err(|error| vec![fault(dir, &error)])?;
    let (mut files, mut faults) = (BTreeMap::new(), Vec::new());
    for entry in entries {
        let path = match entry {
            Ok(entry) => entry.path(),
            Err(error) => {
                faults.push(fault(dir, &error));
                continue;
            }
        };
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(name) =
            name.filter(|name| Path::new(name).extension().is_some_and(|e| e == "toml"))
        else {
            continue;
        };
        match fs::read_to_string(&path) {
            Ok(text) => {
                files.insert(name.to_owned(), text);
            }
            Err(error) => faults.push(fault(&path, &error)),
        }
    }
    if faults.is_empty() {
        parse(&files)
    } else {
        Err(faults)
    }
}
