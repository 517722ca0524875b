//! The system's keystore: where this user of this machine keeps secrets that are not in the data
//! folder. Credential Manager on Windows, Keychain on a Mac, the Secret Service on Linux.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use terms::EnrolmentId;

/// A keystore.
pub(crate) type Keystore = Arc<CredentialStore>;

/// What our entries are filed under.
const SERVICE: &str = "tien-do";

/// Under which a keystore is tried out.
const TRIAL: &str = "thu";

/// A secret that a keystore keeps for one enrolment.
pub(crate) type Pepper = [u8; 32];

/// The keystore of this system, if it has one.
pub(crate) fn of_system() -> Option<Keystore> {
    match open() {
        Ok(store) => Some(store),
        Err(error) => {
            tracing::info!(%error, "no keystore");
            None
        }
    }
}

#[cfg(target_os = "linux")]
fn open() -> Result<Keystore, Error> {
    Ok(dbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn open() -> Result<Keystore, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(target_os = "windows")]
fn open() -> Result<Keystore, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
fn open() -> Result<Keystore, Error> {
    Err(Error::NoDefaultStore)
}

/// Whether it keeps what it is given: one that is there may be locked, or broken.
pub(crate) fn works(store: &Keystore) -> bool {
    let tried = || {
        let entry = Entry::new_in_store(store, SERVICE, TRIAL)?;
        entry.set_secret(b"1")?;
        let kept = entry.get_secret()? == b"1";
        entry.delete_credential()?;
        Ok::<_, Error>(kept)
    };
    tried().unwrap_or_else(|error| {
        tracing::info!(%error, "the keystore can't be used");
        false
    })
}

/// Keeps a secret for an enrolment.
pub(crate) fn keep(store: &Keystore, of: &EnrolmentId, pepper: &Pepper) -> Result<(), Error> {
    Entry::new_in_store(store, SERVICE, of.as_str())?.set_secret(pepper)
}

/// The secret of an enrolment; none if this keystore has none, as on a machine to which the data
/// folder was copied.
pub(crate) fn read(store: &Keystore, of: &EnrolmentId) -> Result<Option<Pepper>, Error> {
    match Entry::new_in_store(store, SERVICE, of.as_str())?.get_secret() {
        Ok(secret) => Ok(secret.try_into().ok()),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}
