//! Everything out: as JSON, or as files that Automerge's own libraries open.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use replica::Replica;

use crate::args::Form;

/// Writes an export to `to`: a file for JSON, a folder for documents.
pub(crate) fn export(replica: &Replica, form: Form, to: &Path) -> Result<String> {
    match form {
        Form::Json => {
            let json = serde_json::to_string_pretty(&replica.export_json()?)?;
            write(to, json.as_bytes())?;
            Ok(format!("Đã xuất vào {}.\n", to.display()))
        }
        Form::Automerge => {
            let documents = replica.export_documents()?;
            fs::create_dir_all(to).with_context(|| format!("không tạo được {}", to.display()))?;
            for (doc, bytes) in &documents {
                write(
                    &to.join(format!("{}.automerge", doc.to_string().replace('/', "-"))),
                    bytes,
                )?;
            }
            let count = documents.len();
            Ok(format!("Đã xuất {count} tài liệu vào {}.\n", to.display()))
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("không ghi được {}", path.display()))
}
