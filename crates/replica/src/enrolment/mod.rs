//! Who is enrolled on this device: a data folder with one folder for each enrolment.
//!
//! An enrolment's folder holds `enrolment.json` (who, readable without unlocking), `key.json` (the
//! key, sealed: see `vault`), `replica.sqlite` and what belongs to it.

mod enrol;
mod unlock;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sync::{Keypair, PublicKey, directory::SignedEntry};
use terms::{AgencyId, EnrolmentId, PersonId, Role};

pub use enrol::{EnrolError, enrol, enrol_with};
pub use unlock::{UnlockError, unlock, unlock_with};

use crate::vault::Seed;

/// The directory as it came with the enrolment: what the replica begins with.
const DIRECTORY: &str = "directory.json";

/// A person on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The person.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The person's agency.
    pub agency: AgencyId,
    /// Its full name.
    pub agency_name: String,
    /// What the person may say.
    pub role: Role,
    /// Where the relay is.
    pub relay_url: String,
    /// The relay's key.
    pub relay_key: PublicKey,
}

/// An enrolment with its key at hand.
#[derive(Debug, Clone)]
pub struct Unlocked {
    pub(crate) enrolment: Enrolment,
    pub(crate) folder: PathBuf,
    pub(crate) key: Keypair,
    /// The directory as it came with the enrolment, to begin with.
    pub(crate) directory: Vec<SignedEntry>,
}

impl Unlocked {
    /// An enrolment in the data folder `folder` with its key, however it was opened.
    pub fn new(folder: &Path, enrolment: Enrolment, seed: &Seed) -> Self {
        Self {
            folder: folder.join(enrolment.enrolment.as_str()),
            enrolment,
            key: Keypair::from_seed(seed),
            directory: Vec::new(),
        }
    }

    /// Begins with these entries of the directory, where the replica has none yet.
    pub fn with_directory(self, directory: Vec<SignedEntry>) -> Self {
        Self { directory, ..self }
    }

    /// The entries of the directory to begin with. Without any the replica waits for the relay.
    pub(crate) fn first_directory(&self) -> Vec<SignedEntry> {
        if !self.directory.is_empty() {
            return self.directory.clone();
        }
        let bytes = fs::read(self.folder.join(DIRECTORY)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Who.
    pub fn enrolment(&self) -> &Enrolment {
        &self.enrolment
    }
}

/// Why a data folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The disk or the system.
    #[error("không đọc được {} ({source}); hãy kiểm tra ổ đĩa và quyền truy cập rồi thử lại", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The disk or the system, when something had to be written.
    #[error(
        "không ghi được {} ({source}); hãy kiểm tra chỗ trống và quyền ghi trên ổ đĩa rồi thử lại",
        path.display()
    )]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that is not what it should be.
    #[error("tệp {} bị hỏng ({source}); tệp được giữ nguyên, hãy báo quản trị hoặc ghi danh lại", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
}

impl FolderError {
    /// Whether reading again later may succeed without anybody mending the file.
    pub fn retry(&self) -> bool {
        match self {
            Self::Io { .. } | Self::Write { .. } => true,
            Self::Damaged { .. } => false,
        }
    }

    fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// Who is enrolled here, by name. Needs no secret.
pub fn list(folder: &Path) -> Result<Vec<Enrolment>, FolderError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // Nobody is enrolled yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(FolderError::io(folder, error)),
    };
    let mut enrolled = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| FolderError::io(folder, error))?;
        let file = entry.path().join("enrolment.json");
        if file.is_file() {
            enrolled.push(read(&file)?);
        }
    }
    enrolled.sort_by_cached_key(|one: &Enrolment| {
        (terms::text::sort_key(&one.name), one.enrolment.clone())
    });
    Ok(enrolled)
}

fn read(file: &Path) -> Result<Enrolment, FolderError> {
    let bytes = fs::read(file).map_err(|error| FolderError::io(file, error))?;
    serde_json::from_slice(&bytes).map_err(|source| FolderError::Damaged {
        path: file.to_owned(),
        source,
    })
}
