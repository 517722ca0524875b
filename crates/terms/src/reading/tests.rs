//! Figures as people paste them, held against the figures that a target has.

use proptest::prelude::*;

use super::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A target with this goal and these figures before.
fn expected(goal: &[&str], last: &[&str]) -> Expected {
    let last = last.iter().map(|value| Last {
        period: None,
        value: d(value),
    });
    Expected {
        goal: goal.iter().map(|value| d(value)).collect(),
        last: last.collect(),
        percent: false,
    }
}

fn shown(reading: &Reading) -> String {
    match reading {
        Reading::Figure(value) => value.format_vi(),
        Reading::Asked(ways) => {
            let ways = ways.iter().map(|(_, value)| value.format_vi());
            format!("{}?", ways.collect::<Vec<_>>().join(" | "))
        }
        Reading::Refused(error) => error.to_string(),
    }
}

#[test]
fn a_figure_with_two_readings_is_asked_about_unless_the_target_tells() {
    // text, goal, last figures → what comes of it
    let table: &[(&str, &[&str], &[&str], &str)] = &[
        // An English thousand, where the target has thousands.
        ("1,234", &["1300"], &[], "1,234 | 1.234?"),
        ("33,500", &["33500"], &["8100"], "33,500 | 33.500?"),
        ("600,000", &["600000"], &[], "600,000 | 600.000?"),
        // A Vietnamese thousand where English decimals were meant.
        ("2.950", &["2.6"], &[], "2.950 | 2,950?"),
        ("-1.234", &["1.3"], &[], "-1.234 | -1,234?"),
        // Genuine Vietnamese figures: all that is known speaks for them.
        ("18,062", &["17.5"], &["17.911"], "18,062"),
        ("2.950", &["2950"], &[], "2.950"),
        ("33.500", &["33500"], &["8100", "31000"], "33.500"),
        ("7,125", &["7.3", "7.5"], &[], "7,125"),
        // The goal and the last figure contradict each other; or nothing is known.
        ("1,234", &["1.3"], &["1250"], "1,234 | 1.234?"),
        ("33,500", &[], &[], "33,500 | 33.500?"),
        ("1,234", &["0"], &[], "1,234 | 1.234?"),
        // One reading only, near or far.
        ("33.500,5", &["33500"], &[], "33.500,5"),
        ("94,83", &["94.83"], &[], "94,83"),
        ("55", &["600000"], &[], "55?"),
        ("18062", &["17.5"], &["17.9"], "18.062?"),
        ("0,05", &["2"], &["0.08"], "0,05"),
        ("0", &["600000"], &[], "0"),
        ("55", &[], &[], "55"),
    ];
    for (text, goal, last, comes) in table {
        let is = read(text, &expected(goal, last));
        assert_eq!(shown(&is), *comes, "{text} {goal:?} {last:?}");
    }
}

#[test]
fn a_sign_of_per_cent_belongs_to_per_cent_only() {
    let of_rates = Expected {
        percent: true,
        ..expected(&["62"], &[])
    };
    assert_eq!(shown(&read("62,5 %", &of_rates)), "62,5");
    assert_eq!(shown(&read("45%", &of_rates)), "45");
    assert!(shown(&read("45%", &expected(&["62"], &[]))).contains("«%»"));
}

#[test]
fn a_block_is_judged_by_all_its_figures() {
    use Marks::{Mixed, Sure, Unclear};
    use Way::{English, Vietnamese};
    let thousands = expected(&["33500"], &[]);
    let units = expected(&["17.5"], &["17.911"]);
    let table: &[(&[(&str, &Expected)], Marks)] = &[
        // One figure that can only be English makes all English.
        (
            &[("33,500", &thousands), ("1,234.5", &thousands)],
            Sure(English),
        ),
        (&[("33,500", &thousands), ("12.5", &units)], Sure(English)),
        // One that can only be Vietnamese makes all Vietnamese.
        (
            &[("33.500", &thousands), ("18,06", &units)],
            Sure(Vietnamese),
        ),
        (
            &[("18,062", &units), ("1.234,5", &thousands)],
            Sure(Vietnamese),
        ),
        // Nothing tells but the targets' own figures.
        (&[("33,500", &thousands)], Unclear),
        (&[("18,062", &units)], Sure(Vietnamese)),
        (&[("18,062", &units), ("33,500", &thousands)], Unclear),
        (
            &[("33500", &thousands), ("", &units), ("-", &units)],
            Sure(Vietnamese),
        ),
        (&[("1,234.5", &thousands), ("18,06", &units)], Mixed),
        (&[("12a", &thousands)], Sure(Vietnamese)),
    ];
    for (cells, marks) in table {
        assert_eq!(judge(cells.iter().copied()), *marks, "{cells:?}");
    }
}

#[test]
fn a_cell_is_read_as_its_block_is_written() {
    let thousands = expected(&["33500"], &["31000"]);
    let rates = expected(&["2.6"], &[]);
    let table = [
        ("33,500", &thousands, Some(Way::English), "33.500"),
        ("33,500", &thousands, None, "33,500 | 33.500?"),
        // Far off even so: asked, the block's own reading first.
        (
            "33,500",
            &thousands,
            Some(Way::Vietnamese),
            "33,500 | 33.500?",
        ),
        ("2.950", &rates, Some(Way::Vietnamese), "2.950 | 2,950?"),
        ("2.950", &rates, Some(Way::English), "2,950"),
        ("33.500", &thousands, Some(Way::English), "33,500 | 33.500?"),
        ("7", &thousands, Some(Way::English), "7?"),
    ];
    for (text, expected, chosen, comes) in table {
        let is = read_in(Marks::Unclear, chosen, text, expected);
        assert_eq!(shown(&is), comes, "{text} {chosen:?}");
    }
    let refused = read_in(Marks::Sure(Way::English), None, "12,5", &rates);
    assert!(matches!(refused, Reading::Refused(_)), "{refused:?}");
}

proptest! {
    #[test]
    fn what_the_app_writes_is_read_back_beside_itself(mantissa in -999_999_999_i64..1_000_000_000, scale in 0_u32..6) {
        let digits = usize::try_from(scale).unwrap() + 1;
        let digits = format!("{:0digits$}", mantissa.abs());
        let (whole, places) = digits.split_at(digits.len() - usize::try_from(scale).unwrap());
        let sign = if mantissa < 0 { "-" } else { "" };
        let text = if places.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{places}") };
        let value = d(&text);
        let known = expected(&[&text], &[&text]);
        if !value.is_zero() {
            prop_assert_eq!(read(&value.format_vi(), &known), Reading::Figure(value));
            let written = value.format_vi();
            let marks = judge([(written.as_str(), &known)]);
            prop_assert_eq!(read_in(marks, None, &written, &known), Reading::Figure(value));
        }
    }

    #[test]
    fn no_text_breaks_it(text in any::<String>(), figures in "[-0-9., %]{0,12}", goal in 0_i32..100_000) {
        let known = Expected { goal: vec![Decimal::from(goal)], last: vec![], percent: true };
        for text in [text, figures] {
            let _ = read(&text, &known);
            let marks = judge([(text.as_str(), &known)]);
            for chosen in [None, Some(Way::English), Some(Way::Vietnamese)] {
                if let Reading::Asked(ways) = read_in(marks, chosen, &text, &known) {
                    prop_assert!((1..=2).contains(&ways.len()));
                }
            }
        }
    }
}
