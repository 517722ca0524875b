//! The one-time code that enrols a device: the relay's address, the relay's key, and a secret.
//!
//! It carries the key so that the first contact cannot be imposed upon. It is written in groups of
//! five letters and digits that a person can type or paste: case, spaces and hyphens do not
//! matter, and O, I and L are read as 0, 1 and 1. The relay stores only the hash of the secret.

use std::{fmt, str::FromStr};

use sha2::{Digest, Sha256};

use crate::PublicKey;

/// The longest address in a code, in bytes.
pub const MAX_URL: usize = 200;

const VERSION: u8 = 1;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP: usize = 5;
const CHECK: usize = 4;

/// What a code says.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    /// Where the relay is: `https://tiendo.soctrang.gov.vn`.
    pub url: String,
    /// The relay's key.
    pub relay: PublicKey,
    /// What the relay knows the code by: random bytes.
    pub secret: Secret,
}

/// The secret of a code. It is shown in no log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret(pub [u8; 16]);

impl Secret {
    /// What the relay stores instead of the secret.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(b"tiendo code 1\0")
            .chain_update(self.0)
            .finalize()
            .into()
    }
}

/// Why a text is no code: what happened and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing was typed.
    #[error("chưa nhập mã đăng ký; hãy nhập mã do quản trị cấp")]
    Empty,
    /// A character that no code has.
    #[error("mã đăng ký không dùng ký tự «{0}»; hãy xem lại mã")]
    Character(char),
    /// It ends too early or is too long.
    #[error("mã đăng ký thiếu hoặc thừa ký tự; hãy chép lại toàn bộ mã")]
    Length,
    /// The checksum is another one.
    #[error("mã đăng ký gõ nhầm ở đâu đó; hãy so lại từng nhóm")]
    Checksum,
    /// Made for another version of the application.
    #[error("mã đăng ký thuộc phiên bản khác; hãy cập nhật ứng dụng")]
    Version,
    /// The address is none.
    #[error("địa chỉ máy chủ trong mã không hợp lệ; hãy xin quản trị mã mới")]
    Url,
}

impl Code {
    /// A code, if the address fits into one: `http://` or `https://`, at most [`MAX_URL`] bytes.
    pub fn new(url: &str, relay: PublicKey, secret: [u8; 16]) -> Result<Self, CodeError> {
        let url = url.trim().trim_end_matches('/');
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        let host = rest.filter(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace));
        if host.is_none() || url.len() > MAX_URL || url.chars().any(char::is_control) {
            return Err(CodeError::Url);
        }
        Ok(Self {
            url: url.to_owned(),
            relay,
            secret: Secret(secret),
        })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&self.relay.0);
        bytes.extend_from_slice(&self.secret.0);
        bytes.extend_from_slice(self.url.as_bytes());
        bytes.extend_from_slice(&checksum(&bytes));
        for (index, letter) in to_letters(&bytes).enumerate() {
            if index > 0 && index % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Code {
    /// Without the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({}, {:?})", self.url, self.relay)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl FromStr for Code {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let bytes = to_bytes(text)?;
        let (body, check) = bytes.split_last_chunk::<CHECK>().ok_or(CodeError::Length)?;
        if body.len() <= 1 + 32 + 16 || body.len() > 1 + 32 + 16 + MAX_URL {
            return Err(CodeError::Length);
        }
        if checksum(body) != *check {
            return Err(CodeError::Checksum);
        }
        let (&version, body) = body.split_first().ok_or(CodeError::Length)?;
        if version != VERSION {
            return Err(CodeError::Version);
        }
        let (relay, body) = body.split_first_chunk::<32>().ok_or(CodeError::Length)?;
        let (secret, url) = body.split_first_chunk::<16>().ok_or(CodeError::Length)?;
        let url = std::str::from_utf8(url).map_err(|_| CodeError::Url)?;
        Self::new(url, PublicKey(*relay), *secret)
    }
}

fn checksum(bytes: &[u8]) -> [u8; CHECK] {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn to_letters(bytes: &[u8]) -> impl Iterator<Item = char> {
    (0..(bytes.len() * 8).div_ceil(5)).map(|letter| {
        let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
        let value = (letter * 5..letter * 5 + 5).fold(0, |value, at| value << 1 | bit(at));
        char::from(ALPHABET[usize::from(value)])
    })
}

fn to_bytes(text: &str) -> Result<Vec<u8>, CodeError> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    let typed = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '_' | '.'));
    for letter in typed {
        let value = match letter.to_ascii_uppercase() {
            'O' => 0,
            'I' | 'L' => 1,
            upper => ALPHABET
                .iter()
                .position(|known| char::from(*known) == upper)
                .ok_or(CodeError::Character(letter))?,
        };
        bits = bits << 5 | u32::try_from(value).unwrap_or_default();
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held).unwrap_or_default());
            bits &= (1 << held) - 1;
        }
        if bytes.len() > 1 + 32 + 16 + MAX_URL + CHECK {
            return Err(CodeError::Length);
        }
    }
    match (bytes.is_empty() && held == 0, bits) {
        (true, _) => Err(CodeError::Empty),
        // Whole bytes were written: what is left over is nought, and less than a letter.
        (false, 0) if held < 5 => Ok(bytes),
        (false, _) => Err(CodeError::Length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> Code {
        let relay = crate::Keypair::from_seed(&[1; 32]).public();
        Code::new("https://tiendo.soctrang.gov.vn/", relay, [7; 16]).unwrap()
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let text = code().to_string();
        let typed = [
            text.clone(),
            text.to_lowercase(),
            text.replace('-', " "),
            text.replace('-', ""),
            format!("  {}\n", text.replace('-', "\n")),
            text.replace('0', "O").replace('1', "l"),
        ];
        for text in typed {
            assert_eq!(text.parse(), Ok(code()), "{text}");
        }
    }

    #[test]
    fn other_texts_are_refused_with_a_reason() {
        let text = code().to_string();
        let cut = text[..text.len() - 8].to_owned();
        let table = [
            (String::new(), CodeError::Empty),
            (" - - ".to_owned(), CodeError::Empty),
            (format!("{text}-ế"), CodeError::Character('ế')),
            (text.replacen('-', "U", 1), CodeError::Character('U')),
            ("ABCDE".to_owned(), CodeError::Length),
            (text.repeat(20), CodeError::Length),
        ];
        for (text, error) in table {
            assert_eq!(text.parse::<Code>(), Err(error), "{text}");
        }
        assert!(cut.parse::<Code>().is_err());
    }

    #[test]
    fn one_letter_mistyped_anywhere_is_noticed() {
        let text = code().to_string();
        for at in 0..text.len() {
            let mut letters: Vec<char> = text.chars().collect();
            letters[at] = match letters[at] {
                '-' => continue,
                'Z' => 'Y',
                _ => 'Z',
            };
            let mistyped: String = letters.into_iter().collect();
            assert!(mistyped.parse::<Code>().is_err(), "{mistyped}");
        }
    }

    #[test]
    fn an_address_that_is_none_makes_no_code() {
        let relay = code().relay;
        for url in [
            "",
            "tiendo.vn",
            "ftp://x",
            "https://",
            "https://a b",
            "javascript:alert(1)",
        ] {
            assert_eq!(Code::new(url, relay, [0; 16]), Err(CodeError::Url), "{url}");
        }
    }

    #[test]
    fn a_log_shows_no_secret() {
        assert!(!format!("{:?}", code()).contains("07"));
    }
}
