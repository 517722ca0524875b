//! Blocks as they come out of sheets, and where their cells go.

use proptest::prelude::*;

use super::*;

const SLOTS: [Slot<'static>; 4] = [
    Slot {
        name: "Sản lượng lúa",
        number: "1",
    },
    Slot {
        name: "Tỷ lệ lúa đặc sản",
        number: "1.1",
    },
    Slot {
        name: "Thu ngân sách nhà nước trên địa bàn",
        number: "2",
    },
    Slot {
        name: "Giá trị xuất khẩu hàng hóa",
        number: "3",
    },
];

const SAME: Column = Column::Figure(Field::SamePeriod);
const ACTUAL: Column = Column::Figure(Field::Actual);
const ESTIMATE: Column = Column::Figure(Field::Estimate);

/// Pasted into the actual figures from a slot down: «1=2,1/2,3» is slot 1 with two cells, «tt!»
/// a row that goes nowhere.
fn pasted(text: &str, start: usize) -> Vec<String> {
    let placed = place(
        &split(text),
        &SLOTS,
        start,
        &[ACTUAL, ESTIMATE, Column::Note],
    );
    let code = |column: &Column| match column {
        Column::Figure(field) => &field.key()[..1],
        Column::Note => "n",
    };
    let row = |row: &Row| match row.slot {
        Ok(slot) => {
            let cells = row
                .cells
                .iter()
                .map(|(column, text)| format!("{}{text}", code(column)));
            format!("{slot}={}", cells.collect::<Vec<_>>().join("/"))
        }
        Err(why) => format!("{}! {why:?}", row.label),
    };
    placed.rows.iter().map(row).collect()
}

#[test]
fn rows_without_names_go_by_their_order() {
    let table: &[(&str, usize, &[&str])] = &[
        ("1\n2\n3", 0, &["0=a1", "1=a2", "2=a3"]),
        ("11\n\n33", 1, &["1=a11", "2=a", "3=a33"]),
        ("1\t2\t3\t4", 1, &["1=a1/e2/n3"]),
        ("1\n2\n3", 2, &["2=a1", "3=a2", "! Beyond"]),
        // A heading is no row of the table, whatever it is called.
        (
            "Thực hiện\n1\n2",
            1,
            &["Thực hiện! Heading", "1=a1", "2=a2"],
        ),
        ("Quý III\n1\n2", 1, &["Quý III! Heading", "1=a1", "2=a2"]),
        ("chưa có\n", 1, &["1=achưa có"]),
        ("-\n5", 0, &["0=a-", "1=a5"]),
    ];
    for (text, start, rows) in table {
        assert_eq!(pasted(text, *start), *rows, "{text:?}");
    }
}

#[test]
fn rows_with_names_go_by_them_wherever_it_was_pasted() {
    let table: &[(&str, &[&str])] = &[
        // In another order, with a heading, a sum, and a share between.
        (
            "Giá trị xuất khẩu hàng hóa\t820\nTrần Đề\t5\nSL lúa\t2,1\nTổng cộng\t9",
            &["3=a820", "Trần Đề! Unknown", "0=a2,1", "Tổng cộng! Unknown"],
        ),
        (
            "Chỉ tiêu\tThực hiện\tƯớc thực hiện\nSản lượng lúa\t2,1\t2,2",
            &[
                "Chỉ tiêu · Thực hiện · Ước thực hiện! Heading",
                "0=a2,1/e2,2",
            ],
        ),
        // The whole table of a report: only what is written here is taken.
        (
            "TT\tChỉ tiêu\tĐơn vị tính\tKế hoạch năm\tThực hiện cùng kỳ năm trước\tƯớc thực hiện kỳ\tThực hiện\tSo sánh (%) với kế hoạch\n\
             1\tSản lượng lúa\ttriệu tấn\ttrên 2\t1,9\t2,2\t2,1\t105\n\
             \ttrong đó:\t\t\t\t\t\t\n\
             1.1\tTỷ lệ lúa đặc sản\t%\ttrên 52\t50\t53\t52,5\t",
            &[
                "TT · Chỉ tiêu · Đơn vị tính · Kế hoạch năm · Thực hiện cùng kỳ năm trước · Ước thực hiện kỳ · Thực hiện · So sánh (%) với kế hoạch! Heading",
                "0=s1,9/e2,2/a2,1",
                "trong đó:! Unknown",
                "1=s50/e53/a52,5",
            ],
        ),
        // The unit between name and figure is no figure.
        (
            "Sản lượng lúa\ttriệu tấn\t2,1\nThu NSNN trên địa bàn\ttỷ đồng\t3.000",
            &["0=a2,1", "2=a3.000"],
        ),
        ("1\tSản lượng lúa\t2,1\n\t\t7", &["0=a2,1", "! Unnamed"]),
        (
            "Sản lượng lúa\t2,1\nSản lượng lúa\t2,2",
            &["0=a2,1", "Sản lượng lúa! Again"],
        ),
        (
            "TT\tThực hiện\n1.1\t52\n9\t5",
            &["TT · Thực hiện! Heading", "1=a52", "9! Unknown"],
        ),
    ];
    for (text, rows) in table {
        assert_eq!(pasted(text, 3), *rows, "{text:?}");
    }
}

#[test]
fn a_block_says_whether_it_went_by_names() {
    let by_name = |text| place(&split(text), &SLOTS, 0, &[SAME]).by_name;
    assert!(by_name("Sản lượng lúa\t5"));
    assert!(!by_name("5\n6"));
    let cells = place(&split("5\n6"), &SLOTS, 0, &[SAME]).rows;
    assert_eq!(cells[1].cells, [(SAME, "6".to_owned())]);
    assert_ne!(SAME, ESTIMATE);
}

proptest! {
    #[test]
    fn no_block_breaks_it(text in "[a-zđ1\"\t\n\r.,() -]{0,40}", start in 0_usize..6) {
        let rows = split(&text);
        let placed = place(&rows, &SLOTS, start, &[ACTUAL, ESTIMATE]);
        prop_assert_eq!(placed.rows.len(), rows.len());
        let slots: Vec<usize> = placed.rows.iter().filter_map(|row| row.slot.ok()).collect();
        let different: std::collections::BTreeSet<&usize> = slots.iter().collect();
        prop_assert_eq!(slots.len(), different.len());
        prop_assert!(slots.iter().all(|slot| *slot < SLOTS.len()));
    }
}
