//! What people type, and what comes of it.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> String {
    Decimal::parse_vi(text).unwrap().to_string()
}

#[test]
fn what_people_type_is_read() {
    for (typed, canonical) in [
        ("1.234,56", "1234.56"),
        ("1234,5", "1234.5"),
        ("2 000 000", "2000000"),
        ("2\u{a0}000\u{202f}", "2000"),
        ("-3,5", "-3.5"),
        ("\u{2212}3,5", "-3.5"),
        ("1.234", "1234"),
        ("2.950", "2950"),
        ("33.500", "33500"),
        ("94,83", "94.83"),
        ("60,0", "60.0"),
        ("0", "0"),
        ("-0,0", "0.0"),
        ("03", "3"),
        ("1,234", "1.234"),
        ("  7,3\t", "7.3"),
        ("12345678901234567890", "12345678901234567890"),
        // What word processors and pages put into the clipboard.
        ("\u{2013}5", "-5"),
        ("\u{feff}33.500\u{200b}", "33500"),
        ("\u{202a}-3,5\u{202c}", "-3.5"),
    ] {
        assert_eq!(read(typed), canonical, "{typed}");
    }
}

#[test]
fn what_is_no_figure_is_refused_with_a_way_on() {
    for (typed, says) in [
        ("", "chưa có số"),
        ("   ", "chưa có số"),
        ("1.2.3", "ba chữ số"),
        ("12 34", "ba chữ số"),
        ("1234.567.890", "ba chữ số"),
        ("1.234 567", "ba chữ số"),
        ("1..234", "ba chữ số"),
        ("12a", "«a»"),
        ("47,5%", "«%»"),
        ("٣", "«٣»"),
        ("1e3", "«e»"),
        ("3.00", "3,00"),
        ("0.123", "0,123"),
        ("1234.5", "1234,5"),
        ("1,234,567.8", "1.234.567,8"),
        ("1,234.5", "1.234,5"),
        ("1,234,567", "1.234.567"),
        ("-1,234.5", "-1.234,5"),
        ("-3.00", "-3,00"),
        ("1,2,3", "một dấu phẩy"),
        ("1,23,4.5", "một dấu phẩy"),
        ("(1.234)", "-1.234"),
        ("(x)", "«(»"),
        (",5", "hai bên|trước và sau"),
        ("5,", "trước và sau"),
        (",", "trước và sau"),
        ("-", "chữ số"),
        (".", "ba chữ số"),
        ("123456789012345678901", "20 chữ số"),
        ("0,12345678901234567890", "20 chữ số"),
    ] {
        let error = Decimal::parse_vi(typed)
            .map(|d| d.to_string())
            .unwrap_err()
            .to_string();
        assert!(
            says.split('|').any(|part| error.contains(part)),
            "{typed}: {error}"
        );
    }
}

#[test]
fn a_figure_is_written_for_people() {
    for (canonical, written) in [
        ("1234.56", "1.234,56"),
        ("-1234567.80", "-1.234.567,80"),
        ("600000", "600.000"),
        ("999", "999"),
        ("0.5", "0,5"),
        ("-0.05", "-0,05"),
    ] {
        assert_eq!(canonical.parse::<Decimal>().unwrap().format_vi(), written);
    }
}

#[test]
fn only_the_canonical_form_is_stored() {
    for text in ["0", "0.0", "94.83", "-3.5", "2000000"] {
        let value: Decimal = text.parse().unwrap();
        assert_eq!(value.to_string(), text);
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), value);
    }
    for text in [
        "", "-", "+1", "1.", ".5", "01", "1,5", "1e3", "-0", "-0.0", " 1", "1.2.3", "1_000",
    ] {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
    }
    assert!(serde_json::from_str::<Decimal>("2.5").is_err());
}

#[test]
fn sums_and_shares() {
    let d = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(d("0.1").checked_add(d("0.2")), Some(d("0.3")));
    assert_eq!(
        d("5.0")
            .checked_sub(d("2"))
            .map(|x| x.to_string())
            .as_deref(),
        Some("3.0")
    );
    assert_eq!(d("99999999999999999999").checked_add(d("1")), None);
    for (part, whole, places, percent) in [
        ("2950", "3000", 1, "98.3"),
        ("1", "3", 2, "33.33"),
        ("1", "8", 1, "12.5"),
        ("1", "16", 1, "6.3"),
        ("-1", "16", 1, "-6.3"),
        ("820", "820", 1, "100.0"),
    ] {
        assert_eq!(
            d(part).percent_of(d(whole), places).unwrap().to_string(),
            percent
        );
    }
    assert_eq!(d("1").percent_of(d("0"), 1), None);
    assert_eq!(d("2.45").round(1).to_string(), "2.5");
    assert_eq!(d("-0.04").round(1).to_string(), "0.0");
    assert!(!d("-0.04").round(1).is_negative() && d("-0.1").is_negative());
}

#[test]
fn the_english_way_is_read_where_it_is_one() {
    for (typed, canonical) in [
        ("1,234.5", Some("1234.5")),
        ("33,500", Some("33500")),
        ("2.950", Some("2.950")),
        ("1234.5", Some("1234.5")),
        ("-1,234,567", Some("-1234567")),
        ("2 000", Some("2000")),
        ("7", Some("7")),
        ("1,2,3", None),
        ("94,83", None),
        ("1.234,5", None),
        ("1.234.567", None),
        ("0,123", None),
        ("", None),
        (".5", None),
        ("12a", None),
    ] {
        let read = Decimal::parse_en(typed).map(|value| value.to_string());
        assert_eq!(read.as_deref(), canonical, "{typed}");
    }
}

/// The figures that a message names as the way to write it.
fn hint(error: &DecimalError) -> Option<&str> {
    match error {
        DecimalError::PointAsComma { hint, .. }
        | DecimalError::English { hint, .. }
        | DecimalError::Parentheses { hint, .. } => Some(hint),
        DecimalError::Empty
        | DecimalError::BadCharacter { .. }
        | DecimalError::Groups { .. }
        | DecimalError::Commas { .. }
        | DecimalError::Comma { .. }
        | DecimalError::TooLong
        | DecimalError::NotCanonical(_) => None,
    }
}

proptest! {
    #[test]
    fn what_a_message_advises_is_taken(text in "[-(]?[0-9]{0,4}[.,]?[0-9]{0,4}[., ]?[0-9]{0,4}[.,]?[0-9]{0,3}[)]?") {
        if let Err(error) = Decimal::parse_vi(&text) && let Some(hint) = hint(&error) {
            let value = Decimal::parse_vi(hint);
            prop_assert!(value.is_ok(), "{}: {} is advised", text, hint);
            if let (Some(english), Ok(value)) = (Decimal::parse_en(&text), value) {
                prop_assert_eq!(english, value);
            }
        }
    }

    #[test]
    fn written_figures_read_back(mantissa in -999_999_999_999_i64..1_000_000_000_000, scale in 0_u32..8) {
        let value = bounded(Raw::new(mantissa, scale)).unwrap();
        let canonical = value.to_string();
        prop_assert_eq!(canonical.parse::<Decimal>().unwrap().to_string(), canonical.clone());
        let typed = Decimal::parse_vi(&value.format_vi());
        // «0,…» aside, what is written is what is read, to the last nought.
        prop_assert_eq!(typed.map(|d| d.to_string()), Ok(canonical));
    }

    #[test]
    fn no_text_breaks_the_reader(text in any::<String>(), figures in "[-0-9., ]{0,30}") {
        for text in [text, figures] {
            if let Ok(value) = Decimal::parse_vi(&text) {
                prop_assert_eq!(Decimal::parse_vi(&value.format_vi()), Ok(value));
            }
            let _ = text.parse::<Decimal>();
        }
    }
}
