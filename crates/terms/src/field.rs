//! Every field that people edit, declared once.
//!
//! A field is added by one line in the table below: the rules, the paths in documents, history,
//! search, the command line and the task's screen read it from here. A text that people merge and
//! that is newer than its record's birth change is born by a change of its own
//! ([`TextBirth::Own`]), so the bytes of the older births stay as they are.

use serde::{Deserialize, Serialize};

use crate::{DocKind, RecordKind, Role, text::Limit, value::ValueType};

/// What is true of a field wherever it is written, stored or shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The kind of record that has it. A progress belongs to a task and a period, values to a
    /// target and a period.
    pub record: RecordKind,
    /// Its key in the record's map; empty where the record is the value.
    pub key: &'static str,
    /// What its values are, with their limits.
    pub value: ValueType,
    /// How two people's writing comes together.
    pub merge: Merge,
    /// What people call it.
    pub name: &'static str,
    /// The kinds of document that hold it.
    pub documents: &'static [DocKind],
    /// Who writes it. Whether a person may write in the document at all is a grant of its own.
    pub roles: &'static [Role],
    /// Whether an empty value is refused.
    pub required: bool,
    /// Whether it is said once, with a new record, and never changed.
    pub fixed: bool,
    /// Whether its words are found by search.
    pub searched: bool,
    /// When a change of it is told to others as news.
    pub news: News,
}

/// How two people's writing in one field comes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// A single value: different values set at once are both kept until somebody chooses.
    Register,
    /// A text: what both typed is merged, and marked to be read again.
    Text {
        /// The change that creates the text.
        birth: TextBirth,
        /// The key of «đã đọc lại»: which changes the text was merged from when somebody read it.
        read: &'static str,
    },
}

/// Which change creates a merged text. A text created twice would be two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextBirth {
    /// The birth change of its record.
    Record,
    /// A birth change of its own: the record's bytes are older than the text and never change.
    Own,
    /// The change that adds the record, which only one person makes.
    Added,
}

/// When a change of a field is told to others as news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Always.
    Always,
    /// When something stood there before: what comes with a new record is told by the record.
    Replaced,
    /// When one value took the place of another: the day of a status is told by the status.
    Corrected,
    /// Never.
    Never,
}

const PLAIN: Declaration = Declaration {
    record: RecordKind::Progress,
    key: "",
    value: ValueType::Text(Limit::LINE),
    merge: Merge::Register,
    name: "",
    documents: &[DocKind::Agency],
    roles: &[Role::Officer, Role::Head, Role::Reviewer],
    required: false,
    fixed: false,
    searched: false,
    news: News::Always,
};

/// A single value of a task's progress.
const fn progress(key: &'static str, value: ValueType) -> Declaration {
    Declaration {
        key,
        value,
        ..PLAIN
    }
}

/// A single value of a target's values.
const fn figure(key: &'static str, value: ValueType) -> Declaration {
    Declaration {
        record: RecordKind::Values,
        key,
        value,
        ..PLAIN
    }
}

/// A single value of an obstacle, a proposal or a comment.
const fn item(key: &'static str, value: ValueType) -> Declaration {
    Declaration {
        record: RecordKind::Item,
        key,
        value,
        documents: &[DocKind::Agency, DocKind::Review],
        ..PLAIN
    }
}

/// A single value of a milestone.
const fn milestone(key: &'static str, value: ValueType) -> Declaration {
    Declaration {
        record: RecordKind::Milestone,
        key,
        value,
        documents: &[DocKind::Agency, DocKind::Programme],
        ..PLAIN
    }
}

/// Who answers for something: the record is the value.
const fn responsible(record: RecordKind, value: ValueType) -> Declaration {
    Declaration {
        record,
        value,
        name: "Đơn vị chủ trì, phối hợp",
        ..PLAIN
    }
}

const fn merged(birth: TextBirth, read: &'static str) -> Merge {
    Merge::Text { birth, read }
}

const NOTE: ValueType = ValueType::Text(Limit::NOTE);
const LINE: ValueType = ValueType::Text(Limit::LINE);

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident => $declaration:expr;)*) => {
        /// A field that people edit.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum Field {
            $($(#[$doc])* $field,)*
        }

        impl Field {
            /// All fields, in the order in which a record shows them.
            pub const ALL: &'static [Self] = &[$(Self::$field,)*];

            /// What is true of the field everywhere.
            pub const fn declaration(self) -> &'static Declaration {
                match self {
                    $(Self::$field => {
                        const DECLARED: Declaration = $declaration;
                        &DECLARED
                    })*
                }
            }
        }
    };
}

fields! {
    /// How far the agency's part of a task is; «Hoàn thành» goes with [`Field::DoneOn`].
    Status => Declaration { name: "Tình trạng", ..progress("status", ValueType::Status) };
    /// The day of completion.
    DoneOn => Declaration {
        name: "Ngày hoàn thành",
        news: News::Corrected,
        ..progress("done_on", ValueType::Day)
    };
    /// How far, from 0 to 100, where that makes sense.
    Percent => Declaration { name: "Tiến độ (%)", ..progress("percent", ValueType::Percent) };
    /// What has been done until now.
    Narrative => Declaration {
        name: "Kết quả đến nay",
        merge: merged(TextBirth::Record, "read"),
        searched: true,
        ..progress("narrative", ValueType::Text(Limit::NARRATIVE))
    };
    /// What the agency will do next.
    Solution => Declaration {
        name: "Giải pháp",
        merge: merged(TextBirth::Own, "solution_read"),
        searched: true,
        ..progress("solution", NOTE)
    };
    /// Where the money comes from: plans and annexes name it.
    Funding => Declaration {
        name: "Nguồn kinh phí",
        searched: true,
        ..progress("funding", LINE)
    };

    /// Thực hiện, to the closing date.
    Actual => Declaration { name: "Thực hiện", ..figure("actual", ValueType::Figure) };
    /// Ước thực hiện, for the whole period.
    Estimate => Declaration { name: "Ước thực hiện", ..figure("estimate", ValueType::Figure) };
    /// Thực hiện cùng kỳ năm trước; of the year's period, last year's level.
    SamePeriod => Declaration {
        name: "Cùng kỳ năm trước",
        ..figure("same_period", ValueType::Figure)
    };
    /// Why there is no figure.
    Mark => Declaration { name: "Lý do chưa có số", ..figure("mark", ValueType::Mark) };
    /// The note beside a target's figures.
    Note => Declaration {
        name: "Ghi chú",
        merge: merged(TextBirth::Record, "read"),
        searched: true,
        ..figure("note", NOTE)
    };

    /// Whether an item is an obstacle, a proposal or a comment.
    ItemKind => Declaration {
        name: "Loại",
        required: true,
        fixed: true,
        news: News::Never,
        ..item("kind", ValueType::ItemKind)
    };
    /// The text of an obstacle, a proposal or a comment.
    ItemText => Declaration {
        name: "Nội dung",
        merge: merged(TextBirth::Added, "read"),
        required: true,
        searched: true,
        ..item("text", NOTE)
    };
    /// The task that an item is about.
    ItemTask => Declaration {
        name: "Nhiệm vụ",
        fixed: true,
        news: News::Never,
        ..item("task", ValueType::Task)
    };
    /// The period in which an obstacle or a proposal is first reported.
    ItemPeriod => Declaration {
        name: "Kỳ báo cáo",
        documents: &[DocKind::Agency],
        fixed: true,
        news: News::Never,
        ..item("period", ValueType::Period)
    };
    /// Who is asked to act on an obstacle.
    WaitsFor => Declaration {
        name: "Đề nghị đơn vị xử lý",
        documents: &[DocKind::Agency],
        news: News::Replaced,
        ..item("waits_for", ValueType::Agency)
    };
    /// Since when an obstacle is out of the way.
    ResolvedOn => Declaration {
        name: "Ngày tháo gỡ",
        documents: &[DocKind::Agency],
        ..item("resolved_on", ValueType::Day)
    };
    /// Struck out, or put back. It stays in history.
    ItemRemoved => Declaration { name: "Gạch bỏ", ..item("removed", ValueType::Struck) };

    /// The task of a milestone.
    MilestoneTask => Declaration {
        name: "Nhiệm vụ",
        required: true,
        fixed: true,
        news: News::Never,
        ..milestone("task", ValueType::Task)
    };
    /// What is due.
    MilestoneTitle => Declaration {
        name: "Mốc: việc phải xong",
        required: true,
        searched: true,
        ..milestone("title", LINE)
    };
    /// The last valid day of a milestone.
    MilestoneDue => Declaration {
        name: "Mốc: ngày cuối",
        required: true,
        news: News::Replaced,
        ..milestone("due", ValueType::Day)
    };
    /// The paper or decision that sets a milestone.
    MilestoneSource => Declaration {
        name: "Mốc: căn cứ",
        news: News::Replaced,
        ..milestone("source", LINE)
    };
    /// The day on which a milestone was reached.
    MilestoneDone => Declaration { name: "Mốc: ngày đạt", ..milestone("done_on", ValueType::Day) };
    /// Struck out, or put back. It stays in history.
    MilestoneRemoved => Declaration {
        name: "Mốc: gạch bỏ",
        ..milestone("removed", ValueType::Struck)
    };

    /// The lead names a supporter that the text leaves unnamed.
    Supporter => responsible(RecordKind::Supporter, ValueType::Flag);
    /// Sở KH&ĐT assigns a task that the text leaves joint or unnamed («phân công»).
    Lead => Declaration {
        documents: &[DocKind::Programme],
        roles: &[Role::Reviewer],
        ..responsible(RecordKind::Lead, ValueType::Agency)
    };
    /// Sở KH&ĐT assigns a target whose agency the text does not name.
    Owner => Declaration {
        documents: &[DocKind::Programme],
        roles: &[Role::Reviewer],
        ..responsible(RecordKind::Owner, ValueType::Agency)
    };
}

impl Field {
    /// What people call it.
    pub fn name(self) -> &'static str {
        self.declaration().name
    }

    /// Its key in its record's map.
    pub fn key(self) -> &'static str {
        self.declaration().key
    }

    /// Whether people's writing in it is merged as text.
    pub fn is_merged_text(self) -> bool {
        matches!(self.declaration().merge, Merge::Text { .. })
    }

    /// The fields of a kind of record, in the order in which they are shown.
    pub fn of(record: RecordKind) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |field| field.declaration().record == record)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_fields_of_a_record_share_a_key() {
        let mut keys = BTreeSet::new();
        for field in Field::ALL {
            let declared = field.declaration();
            assert!(keys.insert((declared.record, declared.key)), "{field:?}");
            if let Merge::Text { read, .. } = declared.merge {
                assert!(keys.insert((declared.record, read)), "{field:?}: {read}");
            }
        }
    }

    /// The birth changes of records are frozen with the texts in them: a text that is declared
    /// later has a birth change of its own, or two people would create two texts.
    #[test]
    fn only_the_first_texts_are_born_with_their_records() {
        let with_record = |field: &&Field| {
            let birth = TextBirth::Record;
            matches!(field.declaration().merge, Merge::Text { birth: is, .. } if is == birth)
        };
        let born: Vec<&Field> = Field::ALL.iter().filter(with_record).collect();
        assert_eq!(born, [&Field::Narrative, &Field::Note]);
    }

    #[test]
    fn every_field_has_a_name_a_document_and_a_writer() {
        for field in Field::ALL {
            let declared = field.declaration();
            assert!(!declared.name.is_empty(), "{field:?}");
            assert!(!declared.documents.is_empty(), "{field:?}");
            assert!(!declared.roles.is_empty(), "{field:?}");
            assert!(!declared.searched || declared.value.is_text(), "{field:?}");
            assert!(
                !field.is_merged_text() || declared.value.is_text(),
                "{field:?}"
            );
        }
    }
}
