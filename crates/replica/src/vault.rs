//! An enrolment's secret key at rest: in a file that two things open together, what the person
//! knows and what the system's keystore keeps for them. So a short PIN is enough: whoever has the
//! folder but not the keystore has nothing to guess against. Where there is no keystore, what the
//! person knows is all there is, and must be a passphrase.

use std::{
    error::Error,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use database::Cause;
use serde::{Deserialize, Serialize};
use terms::EnrolmentId;

use crate::{
    files,
    keystore::{self, Keystore, Pepper},
};

/// The seed of an Ed25519 key: what a vault keeps.
pub type Seed = [u8; 32];

/// The shortest PIN, where a keystore stands behind it or there is nothing to protect.
pub const SHORTEST_PIN: usize = 4;

/// The shortest passphrase: it alone stands against somebody with the folder and time.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// Where keys are kept while nobody has unlocked them.
pub trait Vault: Send + Sync {
    /// The fewest characters of a secret that a new key may be sealed with.
    fn shortest(&self) -> usize;

    /// Keeps the key of an enrolment so that only `secret` opens it.
    fn seal(&self, enrolment: &EnrolmentId, seed: &Seed, secret: &str) -> Result<(), VaultError>;

    /// The key of an enrolment, if `secret` is the right one.
    fn open(&self, enrolment: &EnrolmentId, secret: &str) -> Result<Seed, VaultError>;
}

/// Why a key could not be kept or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Not the secret that it was sealed with.
    #[error("mã PIN hoặc mật khẩu không đúng")]
    WrongSecret,
    /// There is no key of this enrolment, or what is there is none.
    #[error("không đọc được khóa của thiết bị ({0}); hãy xin quản trị mã ghi danh mới")]
    Damaged(String, #[source] Option<Cause>),
    /// The keystore or the disk failed.
    #[error("không mở được kho khóa: {0}; hãy thử lại, nếu vẫn lỗi thì khởi động lại máy")]
    Unavailable(String, #[source] Option<Cause>),
}

impl VaultError {
    /// The keystore or the disk failed, as this says.
    pub(crate) fn unavailable(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Unavailable(error.to_string(), Some(Arc::new(error)))
    }
}

/// Keys in files, `key.json` in each enrolment's folder: Argon2id makes a key of the secret and of
/// what the keystore keeps, XChaCha20-Poly1305 seals with it.
#[derive(Clone)]
pub struct FileVault {
    folder: PathBuf,
    cost: Cost,
    shortest: usize,
    /// Looked for when it is needed: asking a system for its keystore may show a window.
    keystore: Arc<dyn Fn() -> Option<Keystore> + Send + Sync>,
}

impl FileVault {
    /// The vault of a data folder, with the system's keystore where there is one.
    pub fn new(folder: &Path) -> Self {
        Self {
            keystore: Arc::new(keystore::of_system),
            ..Self::alone(folder)
        }
    }

    /// Of a data folder on a system without a keystore: only a passphrase will do.
    pub fn alone(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            cost: Cost::SLOW,
            shortest: SHORTEST_PASSPHRASE,
            keystore: Arc::new(|| None),
        }
    }

    /// Of a demonstration, whose relay is on this machine too: there is nothing to protect, and
    /// nothing of it is left in the system's keystore.
    pub fn of_demonstration(folder: &Path) -> Self {
        Self {
            shortest: SHORTEST_PIN,
            ..Self::alone(folder)
        }
    }

    /// A vault whose passphrases are cheap to try: for tests only.
    #[cfg(test)]
    pub(crate) fn cheap(folder: &Path) -> Self {
        Self {
            cost: Cost {
                memory_kib: 64,
                passes: 1,
            },
            ..Self::alone(folder)
        }
    }

    /// With another keystore: for tests only.
    #[cfg(test)]
    pub(crate) fn with_keystore(self, store: &Keystore) -> Self {
        let store = Arc::clone(store);
        Self {
            keystore: Arc::new(move || Some(Arc::clone(&store))),
            ..self
        }
    }

    /// The keystore, if there is one that keeps what it is given.
    fn working_keystore(&self) -> Option<Keystore> {
        (self.keystore)().filter(keystore::works)
    }

    /// What the keystore keeps for an enrolment whose key needs it.
    fn pepper(&self, enrolment: &EnrolmentId) -> Result<Pepper, VaultError> {
        let store = (self.keystore)().ok_or_else(|| {
            let why = "hệ thống không cho dùng kho khóa của người này";
            VaultError::Unavailable(why.to_owned(), None)
        })?;
        let read = keystore::read(&store, enrolment);
        let pepper = read.map_err(VaultError::unavailable)?;
        pepper.ok_or_else(|| {
            let why = "kho khóa của máy này không có mục của người này";
            VaultError::Damaged(format!("{}: {why}", self.file(enrolment).display()), None)
        })
    }

    fn file(&self, enrolment: &EnrolmentId) -> PathBuf {
        self.folder.join(enrolment.as_str()).join("key.json")
    }
}

impl fmt::Debug for FileVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileVault")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// How much work one try of a passphrase is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Cost {
    memory_kib: u32,
    passes: u32,
}

impl Cost {
    /// A good part of a second on an office laptop.
    const SLOW: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
    };
    /// More than any version has asked for: a forged file must not take all memory.
    const MOST: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 64,
    };

    fn derive(self, secret: &str, salt: &[u8], pepper: &[u8]) -> Result<Key, VaultError> {
        if self.memory_kib > Self::MOST.memory_kib || self.passes > Self::MOST.passes {
            return Err(VaultError::Damaged("key.json".to_owned(), None));
        }
        let failed = |error: argon2::Error| VaultError::unavailable(error);
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(failed)?;
        let mut key = Key::default();
        Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params)
            .and_then(|argon| argon.hash_password_into(secret.as_bytes(), salt, &mut key))
            .map_err(failed)?;
        Ok(key)
    }
}

/// The file; what is under `seed` is sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    form: u8,
    cost: Cost,
    salt: String,
    nonce: String,
    seed: String,
}

/// Opened by the secret alone.
const ALONE: u8 = 1;
/// Opened by the secret and what the keystore keeps.
const WITH_KEYSTORE: u8 = 2;

impl Vault for FileVault {
    fn shortest(&self) -> usize {
        if self.shortest > SHORTEST_PIN && self.working_keystore().is_some() {
            SHORTEST_PIN
        } else {
            self.shortest
        }
    }

    fn seal(&self, enrolment: &EnrolmentId, seed: &Seed, secret: &str) -> Result<(), VaultError> {
        let (salt, nonce) = (random::<16>()?, random::<24>()?);
        let (form, key) = match self.working_keystore() {
            Some(store) => {
                let pepper: Pepper = random()?;
                keystore::keep(&store, enrolment, &pepper).map_err(VaultError::unavailable)?;
                (WITH_KEYSTORE, self.cost.derive(secret, &salt, &pepper)?)
            }
            None => (ALONE, self.cost.derive(secret, &salt, &[])?),
        };
        let payload = Payload {
            msg: seed,
            aad: enrolment.as_str().as_bytes(),
        };
        let sealed = XChaCha20Poly1305::new(&key)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(VaultError::unavailable)?;
        let file = Sealed {
            form,
            cost: self.cost,
            salt: HEXLOWER.encode(&salt),
            nonce: HEXLOWER.encode(&nonce),
            seed: HEXLOWER.encode(&sealed),
        };
        files::write_json(&self.file(enrolment), &file).map_err(VaultError::unavailable)
    }

    fn open(&self, enrolment: &EnrolmentId, secret: &str) -> Result<Seed, VaultError> {
        let path = self.file(enrolment);
        let broken = |cause| VaultError::Damaged(path.display().to_string(), cause);
        let damaged = || broken(None);
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => broken(Some(Arc::new(error))),
            _ => VaultError::unavailable(error),
        })?;
        let file: Sealed =
            serde_json::from_slice(&bytes).map_err(|error| broken(Some(Arc::new(error))))?;
        let bytes = |digits: &str| HEXLOWER_PERMISSIVE.decode(digits.as_bytes());
        let salt = bytes(&file.salt).map_err(|_| damaged())?;
        let nonce = bytes(&file.nonce).map_err(|_| damaged())?;
        let nonce = <[u8; 24]>::try_from(nonce).map_err(|_| damaged())?;
        let sealed = bytes(&file.seed).map_err(|_| damaged())?;
        if salt.len() < 16 || sealed.len() != 48 {
            return Err(damaged());
        }
        let key = match file.form {
            ALONE => file.cost.derive(secret, &salt, &[])?,
            WITH_KEYSTORE => file.cost.derive(secret, &salt, &self.pepper(enrolment)?)?,
            _ => return Err(damaged()),
        };
        let payload = Payload {
            msg: &sealed,
            aad: enrolment.as_str().as_bytes(),
        };
        // If it does not decrypt, the secret was another one; more can't be told.
        let seed = XChaCha20Poly1305::new(&key)
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| VaultError::WrongSecret)?;
        Seed::try_from(seed).map_err(|_| damaged())
    }
}

fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(VaultError::unavailable)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_opens_the_key_and_only_of_its_enrolment() {
        let folder = tempfile::tempdir().unwrap();
        let vault = FileVault::cheap(folder.path());
        let (one, two): (EnrolmentId, EnrolmentId) =
            ("one".parse().unwrap(), "two".parse().unwrap());
        vault.seal(&one, &[7; 32], "mật khẩu").unwrap();
        assert_eq!(vault.open(&one, "mật khẩu").unwrap(), [7; 32]);
        assert!(matches!(
            vault.open(&one, "mat khau"),
            Err(VaultError::WrongSecret)
        ));
        let file = fs::read_to_string(vault.file(&one)).unwrap();
        assert!(!file.contains(&"07".repeat(8)), "the seed shows");
        // The file of one put in the place of another opens nothing.
        fs::create_dir(folder.path().join("two")).unwrap();
        fs::write(vault.file(&two), file).unwrap();
        assert!(matches!(
            vault.open(&two, "mật khẩu"),
            Err(VaultError::WrongSecret)
        ));
    }

    #[test]
    fn a_pin_opens_only_with_the_keystore_that_it_was_sealed_with() {
        let store = || -> Keystore { keyring_core::mock::Store::new().unwrap() };
        let (folder, here) = (tempfile::tempdir().unwrap(), store());
        let one: EnrolmentId = "one".parse().unwrap();
        let alone = FileVault::cheap(folder.path());
        assert_eq!(alone.shortest(), SHORTEST_PASSPHRASE);
        let vault = alone.clone().with_keystore(&here);
        assert_eq!(vault.shortest(), SHORTEST_PIN);
        vault.seal(&one, &[7; 32], "2468").unwrap();
        assert_eq!(vault.open(&one, "2468").unwrap(), [7; 32]);
        assert!(matches!(
            vault.open(&one, "2469"),
            Err(VaultError::WrongSecret)
        ));
        // The folder on another machine, or where the keystore does not answer.
        let elsewhere = alone.clone().with_keystore(&store());
        assert!(matches!(
            elsewhere.open(&one, "2468"),
            Err(VaultError::Damaged(..))
        ));
        assert!(matches!(
            alone.open(&one, "2468"),
            Err(VaultError::Unavailable(..))
        ));
        // A passphrase needs none.
        let two: EnrolmentId = "two".parse().unwrap();
        alone.seal(&two, &[8; 32], "một câu ngắn dễ nhớ").unwrap();
        assert_eq!(vault.open(&two, "một câu ngắn dễ nhớ").unwrap(), [8; 32]);
        assert_eq!(
            FileVault::of_demonstration(folder.path()).shortest(),
            SHORTEST_PIN
        );
    }

    #[test]
    fn what_is_no_key_file_is_named_and_left() {
        let folder = tempfile::tempdir().unwrap();
        let vault = FileVault::cheap(folder.path());
        let one: EnrolmentId = "one".parse().unwrap();
        assert!(matches!(
            vault.open(&one, "x"),
            Err(VaultError::Damaged(..))
        ));
        vault.seal(&one, &[7; 32], "x").unwrap();
        let whole = fs::read_to_string(vault.file(&one)).unwrap();
        let greedy = whole.replace("\"memory_kib\":64", "\"memory_kib\":4000000000");
        assert_ne!(whole, greedy);
        for bad in ["", "{}", &whole[..whole.len() / 2], &greedy] {
            fs::write(vault.file(&one), bad).unwrap();
            let error = vault.open(&one, "x").unwrap_err();
            assert!(matches!(&error, VaultError::Damaged(..)), "{bad}: {error}");
            assert_eq!(fs::read_to_string(vault.file(&one)).unwrap(), bad);
        }
    }
}
