//! Bytes as hexadecimal digits, for the JSON files of a data folder.

pub(crate) fn encode(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn digits_read_back_and_nothing_else_is_read() {
        assert_eq!(
            super::decode(&super::encode(&[0, 165, 255])),
            Some(vec![0, 165, 255])
        );
        for bad in ["a", "zz", "+5", "ế"] {
            assert_eq!(super::decode(bad), None, "{bad}");
        }
    }
}
