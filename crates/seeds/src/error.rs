//! What is wrong with a file, where, and what to do about it.

use std::fmt;

use terms::{DecimalError, IdError, date::DateError, text::TextError};

use crate::{ClauseError, UnknownDirection};

/// A fault in a programme's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what to do.
    pub problem: Problem,
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, dòng {}, cột {}: {}",
            self.file, self.line, self.column, self.problem
        )
    }
}

impl std::error::Error for SeedError {}

/// What is wrong; its words say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not TOML.
    #[error(
        "không đúng cú pháp TOML; xem lại dấu ngoặc kép, ngoặc vuông, dấu bằng và tên trường ghi hai lần ở dòng này (bộ đọc báo: {0})"
    )]
    Syntax(String),
    /// A file of the set is not there.
    #[error("thiếu tệp này; đặt tệp vào thư mục, dù chưa có mục nào")]
    MissingFile,
    /// A file that does not belong to the set.
    #[error("tệp lạ; đổi tên (tệp nhiệm vụ là tasks-1.toml, tasks-2.toml …) hoặc bỏ khỏi thư mục")]
    UnknownFile,
    /// The disk, or not UTF-8.
    #[error("không đọc được tệp ({0}); kiểm tra tệp có tồn tại và lưu ở dạng UTF-8")]
    Unreadable(String),
    /// A field is missing.
    #[error("thiếu «{0}»; thêm dòng {0} = … cho mục này")]
    MissingField(&'static str),
    /// A table is missing.
    #[error("thiếu mục [{0}]; thêm dòng [{0}] và các trường của mục bên dưới")]
    MissingTable(&'static str),
    /// A field that nobody reads.
    #[error("không có trường «{0}»; sửa tên trường hoặc xóa dòng này")]
    UnknownField(String),
    /// A field of another type.
    #[error("«{field}» phải là {want}")]
    WrongType {
        /// The field.
        field: &'static str,
        /// What it should be.
        want: &'static str,
    },
    /// A field without content.
    #[error("«{0}» để trống; ghi nội dung, hoặc xóa dòng nếu văn bản không có")]
    Empty(&'static str),
    /// A text that cannot stand.
    #[error("«{0}»: {1}")]
    Text(&'static str, TextError),
    /// A string that is no id.
    #[error("{0}")]
    Id(IdError),
    /// An id without its prefix.
    #[error("mã «{id}» phải có dạng «{prefix}» và ít nhất bốn ký tự, ví dụ {prefix}k7q2")]
    IdForm {
        /// The id.
        id: String,
        /// What it should begin with.
        prefix: &'static str,
    },
    /// An id used twice.
    #[error("mã «{id}» đã dùng ở {first}; đặt một mã khác chưa dùng")]
    DuplicateId {
        /// The id.
        id: String,
        /// Where it was used first.
        first: String,
    },
    /// Something else that may stand once only.
    #[error("{what} «{value}» đã có; mỗi giá trị chỉ ghi một lần")]
    Repeated {
        /// What it is.
        what: &'static str,
        /// Its value.
        value: String,
    },
    /// An id that points nowhere.
    #[error("không có {what} «{id}»; sửa mã cho đúng hoặc khai báo mã này trong {file}")]
    Unknown {
        /// What it should be.
        what: &'static str,
        /// The id.
        id: String,
        /// Where such things are declared.
        file: &'static str,
    },
    /// Not one of the words allowed.
    #[error("«{0}» không dùng được ở đây; ghi một trong: {1}")]
    Word(String, &'static str),
    /// A string that names no place.
    #[error("{0}")]
    Clause(ClauseError),
    /// A group's number is not that of its file.
    #[error("«number» không khớp tên tệp; ghi number = {0}, hoặc đổi tên tệp")]
    GroupNumber(u8),
    /// A ground that is both, or nothing.
    #[error("mỗi căn cứ ghi «citation» hoặc «text», chỉ một trong hai")]
    Ground,
    /// A clause of another section.
    #[error("điều khoản «{clause}» không thuộc điểm {section}; sửa «clause» hoặc «section»")]
    ClauseElsewhere {
        /// The clause.
        clause: String,
        /// The section, as «II.3.đ».
        section: String,
    },
    /// A target without its direction.
    #[error("chỉ tiêu thiếu «direction»; ghi một trong: {all}", all = crate::Direction::ALL_WORDS)]
    NoDirection,
    /// A direction that is none.
    #[error("{0}")]
    Direction(UnknownDirection),
    /// A figure that is none.
    #[error("«{0}»: {1}")]
    Figure(&'static str, DecimalError),
    /// A figure that does not go with the target's direction.
    #[error("hướng «{0}» cần {1}")]
    FigureForDirection(&'static str, &'static str),
    /// The lower end lies above the upper.
    #[error("«low» lớn hơn «high»; đổi chỗ hai số")]
    RangeReversed,
    /// The words of the text do not hold the figure.
    #[error("«wording» không có con số {0} của chỉ tiêu; chép lại mấy chữ của văn bản có số đó")]
    Wording(String),
    /// A day that is none.
    #[error("«{0}»: {1}")]
    Date(&'static str, DateError),
    /// A period that is none, or of another year.
    #[error("{0}")]
    Period(String),
    /// Two days the wrong way round.
    #[error("«{0}» sau «{1}»; sửa lại ngày")]
    DatesReversed(&'static str, &'static str),
    /// Several lead, and it does not say that they do so together.
    #[error("có nhiều đơn vị hoặc một nhóm chủ trì; thêm dòng joint = true")]
    JointMissing,
    /// One leads, and it says that several do.
    #[error("chỉ một đơn vị chủ trì; bỏ dòng joint = true")]
    JointAlone,
    /// Nobody leads, not even in the text's words.
    #[error(
        "nhiệm vụ chưa có chủ trì; ghi leads, lead_groups, hoặc lead_text nếu văn bản không nêu đơn vị"
    )]
    NoLead,
    /// An agency leads and supports.
    #[error("«{0}» vừa chủ trì vừa phối hợp; chỉ ghi một chỗ")]
    LeadSupports(String),
    /// A heading lacks what makes one, or a task has it.
    #[error("{0}")]
    Heading(&'static str),
    /// A part of a part, or of itself.
    #[error(
        "chỉ tiêu bộ phận phải thuộc một chỉ tiêu khác, và chỉ tiêu đó không là bộ phận; sửa «part_of»"
    )]
    PartOfPart,
    /// A document that nothing cites.
    #[error(
        "không điều khoản nào viện dẫn văn bản này; thêm vào «citations» của nhiệm vụ hoặc bỏ đi"
    )]
    NeverCited,
    /// A document without number and title.
    #[error("văn bản phải có «number» hoặc «title»")]
    Nameless,
}
