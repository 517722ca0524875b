//! Reads base64, as pictures come from WebDriver.

use anyhow::bail;

/// The bytes that a text stands for.
pub(super) fn decode(text: &str) -> anyhow::Result<Vec<u8>> {
    let sextets: Vec<u32> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=')
        .map(sextet)
        .collect::<anyhow::Result<_>>()?;
    let mut bytes = Vec::with_capacity(sextets.len() * 3 / 4);
    for four in sextets.chunks(4) {
        let filled = four.iter().fold(0, |bits, sextet| bits << 6 | sextet);
        let bits = filled << (6 * (4 - four.len()));
        // Four sextets are three bytes; two or three at the end are one or two.
        bytes.extend_from_slice(&bits.to_be_bytes()[1..four.len()]);
    }
    Ok(bytes)
}

fn sextet(character: u8) -> anyhow::Result<u32> {
    Ok(u32::from(match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        other => bail!("«{}» is not base64", char::from(other)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_any_length_is_read() {
        let table = [
            ("", ""),
            ("VA==", "T"),
            ("VGk=", "Ti"),
            ("VGnhur9u", "Tiến"),
            ("Pz8/Pg==", "???>"),
        ];
        for (encoded, plain) in table {
            assert_eq!(decode(encoded).unwrap(), plain.as_bytes(), "{encoded}");
        }
        assert!(decode("a-b_").is_err());
    }
}
