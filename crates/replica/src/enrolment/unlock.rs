//! Unlocking: the PIN or passphrase, and a wait that grows with wrong tries.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};
use terms::{EnrolmentId, Timestamp};

use super::{FolderError, Unlocked, read};
use crate::{
    Clock, SystemClock, files,
    vault::{FileVault, Vault, VaultError},
};

/// Wrong tries that cost no wait.
const FREE: u32 = 3;

/// The wait after the first try that costs one, and the longest, in seconds.
const FIRST_WAIT: i64 = 5;
const LONGEST_WAIT: i64 = 15 * 60;

/// Why an enrolment was not unlocked.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// Not the secret.
    #[error("mã PIN hoặc mật khẩu không đúng; hãy thử lại{}", after(*wait))]
    WrongSecret {
        /// Seconds before the next try; 0 for none.
        wait: i64,
    },
    /// Too many wrong tries before.
    #[error("đã nhập sai nhiều lần; hãy chờ {} rồi thử lại", duration(*wait))]
    Wait {
        /// Seconds still to wait.
        wait: i64,
    },
    /// Nobody with this id is enrolled here.
    #[error("người này chưa ghi danh trên máy này; hãy nhập mã ghi danh do quản trị cấp")]
    NotEnrolled,
    /// The key could not be read.
    #[error(transparent)]
    Vault(VaultError),
    /// The folder could not be read or written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl UnlockError {
    /// Whether the same request may succeed later.
    pub fn retry(&self) -> bool {
        match self {
            Self::Wait { .. } => true,
            Self::Vault(error) => matches!(error, VaultError::Unavailable(..)),
            Self::Folder(error) => error.retry(),
            Self::WrongSecret { .. } | Self::NotEnrolled => false,
        }
    }
}

/// Unlocks an enrolment whose key is in a file. Takes a good part of a second.
pub fn unlock(
    folder: &Path,
    enrolment: &EnrolmentId,
    secret: &str,
) -> Result<Unlocked, UnlockError> {
    unlock_with(
        &FileVault::new(folder),
        folder,
        enrolment,
        secret,
        &SystemClock,
    )
}

/// Unlocks an enrolment whose key is in `vault`. Wrong tries are counted on the disk, or in memory
/// where the disk can't be written.
pub fn unlock_with(
    vault: &dyn Vault,
    folder: &Path,
    enrolment: &EnrolmentId,
    secret: &str,
    clock: &dyn Clock,
) -> Result<Unlocked, UnlockError> {
    let place = folder.join(enrolment.as_str());
    let file = place.join("enrolment.json");
    if !file.is_file() {
        return Err(UnlockError::NotEnrolled);
    }
    let who = read(&file)?;
    let tries_file = place.join("tries.json");
    let (before, now) = (Attempts::read(&tries_file), clock.now());
    let wait = before.wait(now);
    if wait > 0 {
        return Err(UnlockError::Wait { wait });
    }
    // Counted before it is tried: ending the program does not give a try back.
    let counted = Attempts {
        wrong: before.wrong.saturating_add(1),
        last: now,
    };
    counted.keep(&tries_file);
    match vault.open(enrolment, secret) {
        Ok(seed) => {
            Attempts::default().keep(&tries_file);
            Ok(Unlocked::new(folder, who, &seed))
        }
        Err(VaultError::WrongSecret) => Err(UnlockError::WrongSecret {
            wait: counted.wait(now),
        }),
        // The secret was not tried: a keystore that does not answer says nothing of it.
        Err(error @ (VaultError::Damaged(..) | VaultError::Unavailable(..))) => {
            before.keep(&tries_file);
            Err(UnlockError::Vault(error))
        }
    }
}

/// Tries that could not be written to the disk, by the file where they belong. A full disk, or one
/// that may only be read, must not keep out who has the right secret; in this program wrong ones
/// cost the same wait as ever.
///
/// Whoever has the disk read-only on purpose can start the program anew for each guess, as they
/// could delete the file before. What limits them is the work that each guess takes (a good part
/// of a second), and that a short PIN only opens together with the keystore of the person who has
/// signed in to this machine; without a keystore it is a passphrase.
static UNWRITTEN: Mutex<BTreeMap<PathBuf, Attempts>> = Mutex::new(BTreeMap::new());

fn unwritten() -> MutexGuard<'static, BTreeMap<PathBuf, Attempts>> {
    UNWRITTEN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Attempts {
    wrong: u32,
    last: Timestamp,
}

impl Attempts {
    /// A file that is gone or cut counts as none wrong: whoever can write here can delete it.
    fn read(file: &Path) -> Self {
        if let Some(tries) = unwritten().get(file) {
            return *tries;
        }
        let bytes = std::fs::read(file).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    fn keep(self, file: &Path) {
        match files::write_json(file, &self) {
            Ok(()) => {
                unwritten().remove(file);
            }
            Err(error) => {
                tracing::warn!(file = %file.display(), %error, "tries are counted in memory");
                unwritten().insert(file.to_owned(), self);
            }
        }
    }

    /// Seconds still to wait. A clock set back does not make the wait longer than it was.
    fn wait(self, now: Timestamp) -> i64 {
        let Some(over) = self.wrong.checked_sub(FREE) else {
            return 0;
        };
        let full = FIRST_WAIT
            .saturating_mul(1 << over.min(16))
            .min(LONGEST_WAIT);
        full.saturating_sub(now.0.saturating_sub(self.last.0))
            .clamp(0, full)
    }
}

fn after(wait: i64) -> String {
    match wait {
        0 => String::new(),
        wait => format!(" sau {}", duration(wait)),
    }
}

fn duration(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{seconds} giây"),
        _ => format!("{} phút", (seconds + 59) / 60),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::{enrolment::Enrolment, vault::Seed};

    struct ManualClock(AtomicI64);

    impl Clock for ManualClock {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::Relaxed))
        }
    }

    fn enrolled() -> (tempfile::TempDir, EnrolmentId, FileVault) {
        let folder = tempfile::tempdir().unwrap();
        let id: EnrolmentId = "td-1".parse().unwrap();
        let enrolment = Enrolment {
            enrolment: id.clone(),
            person: "an".parse().unwrap(),
            name: "Nguyễn Văn An".to_owned(),
            agency: "huyen-tran-de".parse().unwrap(),
            agency_name: "UBND huyện Trần Đề".to_owned(),
            role: terms::Role::Officer,
            relay_url: "http://127.0.0.1:1".to_owned(),
            relay_key: sync::Keypair::from_seed(&[9; 32]).public(),
        };
        files::write_json(&folder.path().join("td-1/enrolment.json"), &enrolment).unwrap();
        let vault = FileVault::cheap(folder.path());
        vault.seal(&id, &Seed::from([1; 32]), "2468").unwrap();
        (folder, id, vault)
    }

    #[test]
    fn wrong_tries_make_one_wait_ever_longer() {
        let (folder, id, vault) = enrolled();
        let clock = ManualClock(AtomicI64::new(1_000));
        let attempt = |secret| unlock_with(&vault, folder.path(), &id, secret, &clock);
        for wait in [0, 0, 5] {
            let error = attempt("1111").unwrap_err();
            assert!(
                matches!(error, UnlockError::WrongSecret { wait: w } if w == wait),
                "{error}"
            );
        }
        // Even the right one has to wait, and waiting is not trying.
        assert!(matches!(
            attempt("2468"),
            Err(UnlockError::Wait { wait: 5 })
        ));
        clock.0.store(1_004, Ordering::Relaxed);
        assert!(matches!(
            attempt("2468"),
            Err(UnlockError::Wait { wait: 1 })
        ));
        // A clock set back far asks for no more than the whole wait.
        clock.0.store(-1_000_000, Ordering::Relaxed);
        assert!(matches!(
            attempt("2468"),
            Err(UnlockError::Wait { wait: 5 })
        ));
        clock.0.store(1_005, Ordering::Relaxed);
        assert!(matches!(
            attempt("1111"),
            Err(UnlockError::WrongSecret { wait: 10 })
        ));
        clock.0.store(1_015, Ordering::Relaxed);
        assert_eq!(attempt("2468").unwrap().enrolment().name, "Nguyễn Văn An");
        assert!(matches!(
            attempt("1111"),
            Err(UnlockError::WrongSecret { wait: 0 })
        ));
    }

    #[test]
    fn who_has_the_secret_gets_in_where_nothing_can_be_written() {
        let (folder, id, vault) = enrolled();
        // Nothing can be put in the place of a folder, whoever tries.
        std::fs::create_dir(folder.path().join("td-1/tries.json")).unwrap();
        let clock = ManualClock(AtomicI64::new(1_000));
        let attempt = |secret| unlock_with(&vault, folder.path(), &id, secret, &clock);
        attempt("2468").unwrap();
        for wait in [0, 0, 5] {
            let error = attempt("1111").unwrap_err();
            assert!(
                matches!(error, UnlockError::WrongSecret { wait: w } if w == wait),
                "{error}"
            );
        }
        assert!(matches!(
            attempt("2468"),
            Err(UnlockError::Wait { wait: 5 })
        ));
        clock.0.store(1_005, Ordering::Relaxed);
        attempt("2468").unwrap();
        assert!(matches!(
            attempt("1111"),
            Err(UnlockError::WrongSecret { wait: 0 })
        ));
    }

    #[test]
    fn a_keystore_that_does_not_answer_is_no_wrong_try() {
        let (folder, id, vault) = enrolled();
        let store: crate::keystore::Keystore = keyring_core::mock::Store::new().unwrap();
        let with_keystore = vault.clone().with_keystore(&store);
        with_keystore
            .seal(&id, &Seed::from([1; 32]), "2468")
            .unwrap();
        let clock = ManualClock(AtomicI64::new(1_000));
        for _ in 0..8 {
            let silent = unlock_with(&vault, folder.path(), &id, "2468", &clock);
            assert!(
                matches!(silent, Err(UnlockError::Vault(VaultError::Unavailable(..)))),
                "{silent:?}"
            );
        }
        unlock_with(&with_keystore, folder.path(), &id, "2468", &clock).unwrap();
    }

    #[test]
    fn who_is_not_enrolled_here_is_told_so() {
        let (folder, _, vault) = enrolled();
        let other: EnrolmentId = "td-2".parse().unwrap();
        let result = unlock_with(&vault, folder.path(), &other, "2468", &SystemClock);
        assert!(matches!(result, Err(UnlockError::NotEnrolled)));
        assert!(!folder.path().join("td-2").exists());
    }

    #[test]
    fn the_list_names_the_damaged_file() {
        let (folder, id, _) = enrolled();
        let listed = super::super::list(folder.path()).unwrap();
        assert_eq!(
            listed.iter().map(|one| &one.enrolment).collect::<Vec<_>>(),
            [&id]
        );
        let file = folder.path().join("td-1/enrolment.json");
        std::fs::write(&file, "{\"enrolment\":").unwrap();
        let error = super::super::list(folder.path()).unwrap_err();
        assert!(error.to_string().contains("enrolment.json"), "{error}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "{\"enrolment\":");
    }
}
