//! Days as people type and read them.

use proptest::prelude::*;

use super::*;

#[test]
fn days_are_read_as_typed() {
    for (typed, iso) in [
        ("15/03/2019", "2019-03-15"),
        ("15/3/2019", "2019-03-15"),
        (" 5/2/2019 ", "2019-02-05"),
        ("05-02-2019", "2019-02-05"),
        ("29.2.2020", "2020-02-29"),
    ] {
        assert_eq!(Date::parse_vi(typed).unwrap().to_string(), iso, "{typed}");
    }
}

#[test]
fn what_is_no_day_is_refused_with_a_way_on() {
    for (typed, says) in [
        ("", "chưa có ngày"),
        ("hôm nay", "không phải ngày"),
        ("15/03", "không phải ngày"),
        ("15/03-2019", "không phải ngày"),
        ("015/03/2019", "không phải ngày"),
        ("15/03/19", "bốn chữ số"),
        ("15/03/0019", "bốn chữ số"),
        ("2019-03-15", "không phải ngày"),
        ("30/02/2019", "không có ngày này"),
        ("29/02/2019", "không có ngày này"),
        ("03/15/2019", "không có ngày này"),
        ("15/+3/2019", "không phải ngày"),
    ] {
        let error = Date::parse_vi(typed).unwrap_err().to_string();
        assert!(error.contains(says), "{typed}: {error}");
    }
}

#[test]
fn days_are_written_for_screens_and_papers() {
    for (iso, screen, paper, weekday) in [
        ("2019-03-15", "15/03/2019", "15/3/2019", "thứ Sáu"),
        ("2019-02-05", "05/02/2019", "05/02/2019", "thứ Ba"),
        ("2019-01-24", "24/01/2019", "24/01/2019", "thứ Năm"),
        ("2019-06-15", "15/06/2019", "15/6/2019", "thứ Bảy"),
        ("2019-12-15", "15/12/2019", "15/12/2019", "Chủ nhật"),
    ] {
        let date: Date = iso.parse().unwrap();
        let is = (date.format_screen(), date.format_paper(), date.weekday());
        assert_eq!(
            (is.0.as_str(), is.1.as_str(), is.2),
            (screen, paper, weekday)
        );
        assert_eq!(
            date.is_weekend(),
            ["thứ Bảy", "Chủ nhật"].contains(&weekday)
        );
    }
}

#[test]
fn only_iso_is_stored() {
    for bad in [
        "",
        "2019-3-15",
        "2019-02-30",
        "0000-01-01",
        "+019-01-01",
        "15/03/2019",
        "2019-01-0ế",
    ] {
        assert!(bad.parse::<Date>().is_err(), "{bad}");
    }
    let date: Date = serde_json::from_str("\"2019-11-14\"").unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), "\"2019-11-14\"");
}

#[test]
fn days_are_counted() {
    let day = |iso: &str| iso.parse::<Date>().unwrap();
    assert_eq!(day("2019-03-15").days_until(day("2019-03-15")), 0);
    assert_eq!(day("2018-12-15").days_until(day("2019-12-14")), 364);
    assert_eq!(day("2019-03-15").days_until(day("2019-03-01")), -14);
    assert_eq!(day("2019-02-28").plus_days(1), day("2019-03-01"));
    assert_eq!(day("2019-02-28").plus_days(i64::MAX), day("9999-12-31"));
    assert_eq!(day("2019-02-28").plus_days(i64::MIN), day("0001-01-01"));
}

#[test]
fn moments_are_shown_at_vietnams_time() {
    for (seconds, time, both, iso) in [
        (0, "07:00", "01/01 07:00", "1970-01-01"),
        (-7 * 3600 - 1, "23:59", "31/12 23:59", "1969-12-31"),
        (1_552_667_520, "23:32", "15/03 23:32", "2019-03-15"),
        (1_552_669_200, "00:00", "16/03 00:00", "2019-03-16"),
    ] {
        let at = Timestamp::from_seconds(seconds);
        assert_eq!(
            (at.format_time(), at.format_day_time()),
            (time.into(), both.into())
        );
        assert_eq!(at.date().to_string(), iso);
    }
}

proptest! {
    #[test]
    fn days_read_back(day in FIRST_DAY..=LAST_DAY, later in -3_000_000_i64..3_000_000) {
        let date = from_epoch_day(day);
        prop_assert_eq!(date.to_string().parse::<Date>(), Ok(date));
        if (1900..2200).contains(&date.year()) {
            prop_assert_eq!(Date::parse_vi(&date.format_screen()), Ok(date));
            prop_assert_eq!(Date::parse_vi(&date.format_paper()), Ok(date));
        }
        let end = date.plus_days(later);
        prop_assert_eq!(date.days_until(end), (day + later).clamp(FIRST_DAY, LAST_DAY) - day);
    }

    #[test]
    fn nothing_breaks_the_readers(text in any::<String>(), like in "[0-9/.-]{0,12}", at in any::<i64>()) {
        for text in [text, like] {
            let _ = (Date::parse_vi(&text), text.parse::<Date>());
        }
        let at = Timestamp(at);
        let _ = (at.format_time(), at.format_day_time());
    }
}
