//! What an administrator does: agencies, people, codes, rights, revocations.
//!
//! Straight on the database, whether a relay serves it at the moment or not; one that does notices
//! within a fifth of a second. Doing the same thing twice does nothing the second time.

mod error;
mod grants;

use std::{fmt, path::Path, sync::Arc};

use sync::{
    Keypair, PublicKey,
    code::Code,
    directory::{Directory, DirectoryEvent, Right, Subject},
};
use terms::{
    AgencyClass, AgencyId, DocId, EnrolmentId, PersonId, Role,
    text::{self, Limit},
};

pub use error::AdminError;
pub use grants::{GrantRow, Shared};

pub use crate::store::CodeRow;
use crate::{
    clock::Clock,
    enrol, random,
    store::{Store, WriteTransaction},
};

/// How long a code counts unless said otherwise, in hours.
pub const CODE_HOURS: u32 = 48;

/// The longest that a code may count, in hours: two weeks.
pub const MAX_CODE_HOURS: u32 = 14 * 24;

/// Changes the directory and the codes of one relay.
pub struct Admin {
    store: Store,
    clock: Clock,
    /// As far as it was read and checked: every entry has a signature, and there are thousands.
    directory: Option<Arc<Directory>>,
}

impl Admin {
    /// Opens the relay's database, or makes it, with the relay's key, where there is none.
    pub fn open(database: &Path, clock: Clock) -> Result<Self, AdminError> {
        let seed = random::bytes()?;
        Ok(Self {
            store: Store::open(database, || seed)?,
            clock,
            directory: None,
        })
    }

    /// The relay's public key.
    pub fn public_key(&mut self) -> Result<PublicKey, AdminError> {
        Ok(self.store.read(|tx| Ok(tx.key()?.public()))?)
    }

    /// The directory as it is now.
    pub fn directory(&mut self) -> Result<Arc<Directory>, AdminError> {
        let known = self.directory.take();
        let directory = self.store.read(|tx| {
            let mut directory = known.map_or_else(|| tx.empty_directory(), Ok)?;
            tx.refresh(&mut directory)?;
            Ok(directory)
        })?;
        self.directory = Some(Arc::clone(&directory));
        Ok(directory)
    }

    /// All codes issued, the newest first; the secrets are not kept.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone holds for one lifetime, not for any"
    )]
    pub fn codes(&mut self) -> Result<Vec<CodeRow>, AdminError> {
        Ok(self.store.read(|tx| tx.codes())?)
    }

    /// Adds an agency, or gives one another name. True if that says anything new.
    pub fn add_agency(
        &mut self,
        id: &AgencyId,
        name: &str,
        short: &str,
        class: AgencyClass,
    ) -> Result<bool, AdminError> {
        let (name, short) = (line("name", name)?, line("short", short)?);
        self.change(|directory_edit| {
            let same = directory_edit.directory.agency(id).is_some_and(|known| {
                (&known.name, &known.short, known.class) == (&name, &short, class)
            });
            if !same {
                directory_edit.add(DirectoryEvent::AgencyAdded {
                    id: id.clone(),
                    name,
                    short,
                    class,
                })?;
            }
            Ok(!same)
        })
    }

    /// Adds a person, or gives one another place or role. True if that says anything new.
    pub fn add_person(
        &mut self,
        id: &PersonId,
        name: &str,
        agency: &AgencyId,
        role: Role,
        position: &str,
    ) -> Result<bool, AdminError> {
        let (name, position) = (line("name", name)?, line("position", position)?);
        self.change(|directory_edit| {
            if directory_edit.directory.agency(agency).is_none() {
                return Err(AdminError::UnknownAgency(agency.clone()));
            }
            let same = directory_edit.directory.person(id).is_some_and(|known| {
                (&known.name, &known.agency, known.role, &known.position)
                    == (&name, agency, role, &position)
            });
            if !same {
                let (id, agency) = (id.clone(), agency.clone());
                directory_edit.add(DirectoryEvent::PersonAdded {
                    id,
                    name,
                    agency,
                    role,
                    position,
                })?;
            }
            Ok(!same)
        })
    }

    /// Issues a code that enrols one device of a person within so many hours. Without an address,
    /// the code carries the one that the relay last served at.
    pub fn issue_code(
        &mut self,
        person: &PersonId,
        device: &str,
        hours: u32,
        url: Option<&str>,
    ) -> Result<Code, AdminError> {
        if !(1..=MAX_CODE_HOURS).contains(&hours) {
            return Err(AdminError::BadHours(hours));
        }
        let device = line("device", device)?;
        let secret = random::bytes()?;
        let issued_at = (self.clock)();
        let expires_at = terms::Timestamp(issued_at.0 + i64::from(hours) * 3600);
        self.change(|directory_edit| {
            if directory_edit.directory.person(person).is_none() {
                return Err(AdminError::UnknownPerson(person.clone()));
            }
            let known = directory_edit.tx.public_url()?;
            let url = url.map(str::to_owned).or(known).ok_or(AdminError::NoUrl)?;
            let code = Code::new(&url, directory_edit.key.public(), secret)?;
            let row = CodeRow {
                person: person.clone(),
                device,
                issued_at,
                expires_at,
                used_at: None,
                enrolment: None,
            };
            directory_edit.tx.add_code(&code.secret.hash(), &row)?;
            Ok(code)
        })
    }

    /// Takes everything from an enrolment, for ever. True if it was not revoked before.
    pub fn revoke(&mut self, enrolment: &EnrolmentId, why: &str) -> Result<bool, AdminError> {
        let why = line("why", why)?;
        self.change(|directory_edit| {
            let known = directory_edit.directory.enrolment(enrolment);
            let known = known.ok_or_else(|| AdminError::UnknownEnrolment(enrolment.clone()))?;
            let stands = known.revoked.is_none();
            if stands {
                directory_edit.add(DirectoryEvent::Revoked {
                    enrolment: enrolment.clone(),
                    why,
                })?;
            }
            Ok(stands)
        })
    }

    /// Gives a right. True if nobody had given it in the same words.
    pub fn grant(
        &mut self,
        subject: &Subject,
        doc: &DocId,
        right: Right,
    ) -> Result<bool, AdminError> {
        let row = GrantRow {
            subject: subject.clone(),
            doc: doc.clone(),
            right,
        };
        self.change(|directory_edit| {
            directory_edit.knows(subject)?;
            let new = !grants::standing(directory_edit.tx)?.contains(&row);
            if new {
                directory_edit.add(row.granted())?;
            }
            Ok(new)
        })
    }

    /// Takes back a right that was given in these words.
    pub fn ungrant(
        &mut self,
        subject: &Subject,
        doc: &DocId,
        right: Right,
    ) -> Result<(), AdminError> {
        let row = GrantRow {
            subject: subject.clone(),
            doc: doc.clone(),
            right,
        };
        self.change(|directory_edit| {
            if !grants::standing(directory_edit.tx)?.contains(&row) {
                return Err(AdminError::NotGranted);
            }
            directory_edit.add(row.ungranted())
        })
    }

    /// All rights that stand.
    pub fn grants(&mut self) -> Result<Vec<GrantRow>, AdminError> {
        let standing = self.store.read(grants::standing)?;
        Ok(standing.into_iter().collect())
    }

    /// Gives all agencies the usual rights on a year's documents (the table in ARCHITECTURE.md, Who
    /// may do what). Returns how many are new.
    pub fn open_year(&mut self, year: u16, shared: &Shared) -> Result<usize, AdminError> {
        if !(2000..2200).contains(&year) {
            return Err(AdminError::BadYear(year));
        }
        self.change(|directory_edit| {
            let agencies: Vec<_> = directory_edit
                .directory
                .agencies()
                .map(|(id, _)| id.clone())
                .collect();
            if agencies.is_empty() {
                return Err(AdminError::NoAgencies);
            }
            let unknown = shared
                .iter()
                .flat_map(|(id, others)| others.iter().chain([id]));
            if let Some(id) = unknown.into_iter().find(|id| !agencies.contains(id)) {
                return Err(AdminError::UnknownAgency(id.clone()));
            }
            let new = grants::of_year(
                year,
                &agencies,
                shared,
                &grants::standing(directory_edit.tx)?,
            );
            let count = new.len();
            new.into_iter()
                .try_for_each(|fact| directory_edit.add(fact))?;
            Ok(count)
        })
    }

    fn change<T>(
        &mut self,
        change: impl FnOnce(&mut DirectoryEdit<'_>) -> Result<T, AdminError>,
    ) -> Result<T, AdminError> {
        let now = (self.clock)();
        // Before the transaction: a relay that serves must not wait while all entries are checked.
        let mut directory = self.directory()?;
        self.store.write(|tx| {
            let key = tx.key()?;
            tx.refresh(&mut directory)?;
            change(&mut DirectoryEdit {
                tx,
                key,
                directory,
                now,
            })
        })
    }
}

impl fmt::Debug for Admin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Admin({:?})", self.store)
    }
}

/// The directory within one transaction.
struct DirectoryEdit<'a> {
    tx: &'a WriteTransaction<'a>,
    key: Keypair,
    directory: Arc<Directory>,
    now: terms::Timestamp,
}

impl DirectoryEdit<'_> {
    fn add(&mut self, fact: DirectoryEvent) -> Result<(), AdminError> {
        Ok(enrol::append(
            fact,
            self.tx,
            &mut self.directory,
            &self.key,
            self.now,
        )?)
    }

    fn knows(&self, subject: &Subject) -> Result<(), AdminError> {
        match subject {
            Subject::Person(id) if self.directory.person(id).is_none() => {
                Err(AdminError::UnknownPerson(id.clone()))
            }
            Subject::Agency(id) | Subject::RoleIn(_, id) if self.directory.agency(id).is_none() => {
                Err(AdminError::UnknownAgency(id.clone()))
            }
            _ => Ok(()),
        }
    }
}

fn line(field: &'static str, text: &str) -> Result<String, AdminError> {
    let text =
        text::clean(text.trim(), Limit::LINE).map_err(|why| AdminError::BadText { field, why })?;
    if text.is_empty() {
        Err(AdminError::NoText(field))
    } else {
        Ok(text)
    }
}
