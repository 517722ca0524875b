//! Enrolling with a one-time code. Nothing is stored unless everything succeeded, and nothing is
//! told to a relay whose key is not the one in the code beyond what the code itself holds.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sync::{
    Keypair,
    code::{Code, CodeError},
    enrol::{EnrolReply, EnrolRequest},
};

use super::{DIRECTORY, Enrolment, FolderError, Unlocked};
use crate::{
    files,
    vault::{FileVault, SHORTEST_PIN, Seed, Vault, VaultError},
};

/// How long the relay may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The longest answer: the directory of a large province, many times over.
const LONGEST_ANSWER: usize = 64 * 1024 * 1024;

/// Why nobody was enrolled. Nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The code is none.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The PIN is too short.
    #[error("mã PIN phải có ít nhất {SHORTEST_PIN} ký tự; hãy chọn mã dài hơn")]
    ShortPin,
    /// A PIN where only a passphrase protects.
    #[error(
        "máy này không có kho khóa của hệ thống nên mã PIN ngắn không đủ an toàn; \
         hãy đặt mật khẩu ít nhất {0} ký tự, ví dụ một câu ngắn dễ nhớ"
    )]
    ShortPassphrase(usize),
    /// The device has no name.
    #[error("chưa đặt tên cho thiết bị; hãy ghi tên, ví dụ «Máy phòng Kế hoạch»")]
    NoDevice,
    /// The relay cannot be reached.
    #[error("không kết nối được máy chủ {url} ({why}); hãy kiểm tra mạng rồi thử lại")]
    Unreachable {
        /// Where it should be.
        url: String,
        /// What the network says.
        why: String,
        /// All that it says.
        source: reqwest::Error,
    },
    /// What answers is no relay, or not the one of the code, or has not enrolled this device.
    #[error(transparent)]
    NotBelieved(#[from] sync::enrol::EnrolError),
    /// What answers does not speak the protocol.
    #[error(
        "địa chỉ {url} trả lời nhưng không phải máy chủ Tiến Độ; hãy kiểm tra lại mã với quản trị"
    )]
    NotARelay {
        /// Where.
        url: String,
    },
    /// The relay does not take the code.
    #[error("{message}")]
    Refused {
        /// What happened and what to do next, in the relay's words.
        message: String,
        /// Whether the same request may succeed later.
        retry: bool,
    },
    /// Somebody is enrolled under this id already, with another key or another relay.
    #[error(
        "thư mục {} đã có dữ liệu của một lần ghi danh trước, không ghi đè gì; \
         hãy xin quản trị mã ghi danh mới", folder.display()
    )]
    Taken {
        /// Where.
        folder: PathBuf,
    },
    /// The key could not be kept.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The data folder could not be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

impl EnrolError {
    /// Whether the same request may succeed later.
    pub fn retry(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { retry, .. } => *retry,
            Self::Vault(error) => matches!(error, VaultError::Unavailable(..)),
            Self::Folder(error) => error.retry(),
            _ => false,
        }
    }
}

/// Enrols a person on this device; the key is kept in a file that `secret` opens, together with
/// the system's keystore where there is one.
pub async fn enrol(
    folder: &Path,
    code: &str,
    device: &str,
    secret: &str,
) -> Result<Unlocked, EnrolError> {
    let vault = if is_on_this_machine(&code.parse()?) {
        FileVault::of_demonstration(folder)
    } else {
        FileVault::new(folder)
    };
    enrol_with(Arc::new(vault), folder, code, device, secret).await
}

/// Whether the relay is a demonstration's, on this machine: nobody else reaches it, and whoever
/// has the data folder has the relay's as well.
fn is_on_this_machine(code: &Code) -> bool {
    let url = reqwest::Url::parse(&code.url).ok();
    let host = url.as_ref().and_then(reqwest::Url::host_str);
    host.is_some_and(|host| {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

/// Enrols a person on this device; the key is kept in `vault`.
pub async fn enrol_with(
    vault: Arc<dyn Vault>,
    folder: &Path,
    code: &str,
    device: &str,
    secret: &str,
) -> Result<Unlocked, EnrolError> {
    let code: Code = code.parse()?;
    // Before the code is used up.
    let asked = Arc::clone(&vault);
    let shortest = blocking(move || asked.shortest()).await;
    if secret.chars().count() < shortest {
        return Err(if shortest > SHORTEST_PIN {
            EnrolError::ShortPassphrase(shortest)
        } else {
            EnrolError::ShortPin
        });
    }
    let device = terms::text::nfc(device.trim());
    if device.is_empty() {
        return Err(EnrolError::NoDevice);
    }
    let seed = new_seed()?;
    let key = Keypair::from_seed(&seed);
    let request = EnrolRequest::new(code.secret, device, &key, &code.relay);
    let reply = ask(&code, &request).await?;
    let enrolment = verify_reply(&code, &key, &reply)?;
    let unlocked = Unlocked::new(folder, enrolment, &seed).with_directory(reply.entries);
    let (kept, secret) = (unlocked.clone(), secret.to_owned());
    blocking(move || keep(vault.as_ref(), &kept, &seed, &secret)).await?;
    Ok(unlocked)
}

fn new_seed() -> Result<Seed, VaultError> {
    let mut seed = Seed::default();
    getrandom::fill(&mut seed).map_err(VaultError::unavailable)?;
    Ok(seed)
}

/// Asks the relay to enrol this device.
async fn ask(code: &Code, request: &EnrolRequest) -> Result<EnrolReply, EnrolError> {
    let unreachable = |error: reqwest::Error| EnrolError::Unreachable {
        url: code.url.clone(),
        why: root_cause(&error),
        source: error,
    };
    let not_a_relay = || EnrolError::NotARelay {
        url: code.url.clone(),
    };
    let client = reqwest::Client::builder()
        .timeout(TIMEOUT)
        // The address in the code is the relay's own.
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(unreachable)?;
    let sent = client
        .post(format!("{}/v1/enrol", code.url))
        .json(request)
        .send()
        .await;
    let mut response = sent.map_err(unreachable)?;
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(unreachable)? {
        body.extend_from_slice(&part);
        if body.len() > LONGEST_ANSWER {
            return Err(not_a_relay());
        }
    }
    if response.status().is_success() {
        return serde_json::from_slice(&body).map_err(|_| not_a_relay());
    }
    // A relay says why in its own words; whatever else answers is no relay.
    match serde_json::from_slice(&body) {
        Ok(Refusal {
            service,
            message,
            retry,
        }) if service == RELAY => Err(EnrolError::Refused { message, retry }),
        _ => Err(not_a_relay()),
    }
}

/// The service's name, which every answer of a relay carries.
const RELAY: &str = "tiendo-relay";

#[derive(serde::Deserialize)]
struct Refusal {
    service: String,
    message: String,
    #[serde(default)]
    retry: bool,
}

/// Who the relay says this is, if the answer proves itself.
fn verify_reply(code: &Code, key: &Keypair, reply: &EnrolReply) -> Result<Enrolment, EnrolError> {
    let directory = reply.check(code.relay, &key.public())?;
    let (id, person) = directory
        .author(&reply.enrolment)
        .ok_or(sync::enrol::EnrolError::NotEnrolled)?;
    let agency = directory.agency(&person.agency);
    Ok(Enrolment {
        enrolment: reply.enrolment.clone(),
        person: id.clone(),
        name: person.name.clone(),
        agency: person.agency.clone(),
        agency_name: agency.map_or_else(|| person.agency.to_string(), |known| known.name.clone()),
        role: person.role,
        relay_url: code.url.clone(),
        relay_key: code.relay,
    })
}

/// Stores the enrolment; `enrolment.json`, which makes it one, comes last.
fn keep(
    vault: &dyn Vault,
    unlocked: &Unlocked,
    seed: &Seed,
    secret: &str,
) -> Result<(), EnrolError> {
    if unlocked.folder.exists() {
        let folder = unlocked.folder.clone();
        return Err(EnrolError::Taken { folder });
    }
    vault.seal(&unlocked.enrolment.enrolment, seed, secret)?;
    write(&unlocked.folder.join(DIRECTORY), &unlocked.directory)?;
    write(&unlocked.folder.join("enrolment.json"), &unlocked.enrolment)
}

fn write(file: &Path, value: &impl serde::Serialize) -> Result<(), EnrolError> {
    let written = files::write_json(file, value);
    Ok(written.map_err(|source| FolderError::Write {
        path: file.to_owned(),
        source,
    })?)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}

fn root_cause(error: &dyn std::error::Error) -> String {
    let mut inner = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::{SHORTEST_PASSPHRASE, SHORTEST_PIN};

    fn code(url: &str) -> Code {
        let relay = Keypair::from_seed(&[1; 32]).public();
        Code::new(url, relay, [7; 16]).unwrap()
    }

    #[test]
    fn only_a_demonstration_is_on_this_machine() {
        for (url, here) in [
            ("http://127.0.0.1:4321", true),
            ("http://localhost:4321", true),
            ("http://[::1]:4321", true),
            ("http://10.0.0.5:4321", false),
            ("https://tiendo.soctrang.gov.vn", false),
            ("http://127.0.0.1.example.vn", false),
        ] {
            assert_eq!(is_on_this_machine(&code(url)), here, "{url}");
        }
    }

    #[test]
    fn nobody_takes_the_place_of_who_is_enrolled_already() {
        let folder = tempfile::tempdir().unwrap();
        let vault = FileVault::cheap(folder.path());
        let unlocked = crate::testing::unlocked(folder.path(), "td-an");
        keep(&vault, &unlocked, &[1; 32], "mật khẩu").unwrap();
        let before = std::fs::read(unlocked.folder.join("key.json")).unwrap();
        let taken = keep(&vault, &unlocked, &[2; 32], "mật khẩu").unwrap_err();
        assert!(matches!(taken, EnrolError::Taken { .. }), "{taken}");
        assert!(taken.to_string().contains("td-an"), "{taken}");
        let after = std::fs::read(unlocked.folder.join("key.json")).unwrap();
        assert_eq!(after, before);
    }

    /// Before anything was asked of anybody.
    #[tokio::test]
    async fn a_pin_is_refused_where_no_keystore_stands_behind_it() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let code = code("https://tiendo.soctrang.gov.vn").to_string();
        let vault = Arc::new(FileVault::alone(&home));
        for secret in ["2019", "12345678901"] {
            let error = enrol_with(Arc::clone(&vault) as _, &home, &code, "máy", secret)
                .await
                .unwrap_err();
            assert!(
                matches!(error, EnrolError::ShortPassphrase(SHORTEST_PASSPHRASE)),
                "{error}"
            );
            assert!(error.to_string().contains("mật khẩu ít nhất 12"), "{error}");
        }
        let demonstration = Arc::new(FileVault::of_demonstration(&home));
        let error = enrol_with(demonstration, &home, &code, "máy", "201")
            .await
            .unwrap_err();
        assert!(matches!(error, EnrolError::ShortPin) && SHORTEST_PIN == 4);
        assert!(!home.exists(), "something was stored");
    }
}
