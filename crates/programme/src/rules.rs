//! What an edit must be to be taken, the same wherever it is asked.

use terms::{
    AgencyId, Date, Decimal, DocId, Edit, Field, Period, Record, Role, TargetId, TaskId, Value,
    ValueType, Values, WorkStatus,
    programme::Target,
    rows::ItemKind,
    text::{self, Limit, TextError},
};

use crate::ReadModel;

/// Why an edit is refused. Each says what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The document does not hold such things.
    #[error("tài liệu này không ghi loại nội dung đó; mở đúng nhiệm vụ hoặc chỉ tiêu rồi sửa lại")]
    WrongDocument,
    /// The period is of another year than the document.
    #[error("kỳ {0} không thuộc năm của tài liệu; chọn lại kỳ báo cáo")]
    WrongYear(Period),
    /// What is said once, with a new record, can't be changed.
    #[error("«{}» chỉ ghi một lần khi thêm mới; gạch bỏ mục này rồi thêm mục khác", .0.name())]
    Fixed(Field),
    /// A new record lacks what it can't be without.
    #[error("còn thiếu «{}»; ghi đủ rồi lưu lại", .0.name())]
    Missing(Field),
    /// The person's role does not write such a field.
    #[error("«{}» do Sở Kế hoạch và Đầu tư ghi; gửi kiến nghị kèm báo cáo nếu cần sửa", .0.name())]
    Role(Field),
    /// A text that can't be stored.
    #[error("{0}")]
    Text(#[from] TextError),
    /// Nothing was written where something must be.
    #[error("nội dung còn trống; ghi nội dung rồi lưu lại")]
    Empty,
    /// A percentage below 0 or above 100.
    #[error("{} % không hợp lệ; tỷ lệ phải từ 0 đến 100", .0.format_vi())]
    Percent(Decimal),
    /// A negative figure where none can be.
    #[error("{} không hợp lệ; số liệu không được âm", .0.format_vi())]
    Negative(Decimal),
    /// A share that is none: below 0 or above 100.
    #[error("{} % không hợp lệ; chỉ tiêu này là tỷ lệ, phải từ 0 đến 100", .0.format_vi())]
    Share(Decimal),
    /// A day that can't be meant.
    #[error("ngày {} ở quá xa năm {year}; kiểm tra lại ngày", .date.format_screen())]
    Date {
        /// The day typed.
        date: Date,
        /// The document's year.
        year: u16,
    },
    /// Done without a day.
    #[error("«Hoàn thành» phải có ngày hoàn thành; ghi ngày rồi lưu lại")]
    NoDay,
    /// A day of completion without completion.
    #[error("chỉ ghi ngày hoàn thành khi chọn «Hoàn thành»")]
    DayWithoutDone,
    /// Nobody knows the task.
    #[error("chương trình không có nhiệm vụ «{0}»; đồng bộ rồi thử lại")]
    NoTask(TaskId),
    /// A heading has no progress of its own.
    #[error("đây là đề mục, không báo cáo trực tiếp; ghi vào nhiệm vụ bên dưới")]
    Heading,
    /// Nobody knows the target.
    #[error("chương trình không có chỉ tiêu «{0}»; đồng bộ rồi thử lại")]
    NoTarget(TargetId),
    /// Somebody writes for another agency and does not say why.
    #[error("đây là nội dung của đơn vị khác; ghi lý do ghi thay rồi lưu lại")]
    NoReason,
    /// Nobody knows the agency.
    #[error("danh sách không có đơn vị «{0}»; chọn đơn vị trong danh sách")]
    NoAgency(AgencyId),
}

/// Checks an edit as far as this is possible without other documents, and returns it as it is
/// stored: text in NFC, otherwise unchanged.
pub fn check(doc: &DocId, edit: &Edit) -> Result<Edit, RuleError> {
    if let Some(period) = edit.record().period() {
        check_period(doc, period)?;
    }
    match edit {
        Edit::Set { record, values } => Ok(Edit::Set {
            record: record.clone(),
            values: check_set(doc, record, values)?,
        }),
        Edit::Add { record, values } => Ok(Edit::Add {
            record: record.clone(),
            values: check_add(doc, record, values)?,
        }),
        Edit::Confirm { record, field } => {
            check_place(doc, record, *field)?;
            if !field.is_merged_text() {
                return Err(RuleError::WrongDocument);
            }
            Ok(edit.clone())
        }
    }
}

fn check_set(doc: &DocId, record: &Record, values: &Values) -> Result<Values, RuleError> {
    let fixed = values.iter().find(|(field, _)| field.declaration().fixed);
    if let Some((field, _)) = fixed {
        return Err(RuleError::Fixed(*field));
    }
    let values = check_values(doc, record, values)?;
    check_completion(&values)?;
    Ok(values)
}

fn check_add(doc: &DocId, record: &Record, values: &Values) -> Result<Values, RuleError> {
    if !record.kind().is_added() {
        return Err(RuleError::WrongDocument);
    }
    let given = |field| {
        values
            .iter()
            .any(|(given, value)| *given == field && value.is_some())
    };
    let mut required = Field::of(record.kind()).filter(|field| field.declaration().required);
    if let Some(missing) = required.find(|field| !given(*field)) {
        return Err(RuleError::Missing(missing));
    }
    check_values(doc, record, values)
}

fn check_values(doc: &DocId, record: &Record, values: &Values) -> Result<Values, RuleError> {
    let one = |(field, value): &(Field, Option<Value>)| {
        check_place(doc, record, *field)?;
        let value = value.as_ref().map(|value| check_value(doc, *field, value));
        let value = value.transpose()?;
        if value.is_none() && field.declaration().required {
            return Err(RuleError::Empty);
        }
        Ok((*field, value))
    };
    values.iter().map(one).collect()
}

/// Whether a document and a record hold a field.
fn check_place(doc: &DocId, record: &Record, field: Field) -> Result<(), RuleError> {
    let declared = field.declaration();
    if declared.record == record.kind() && declared.documents.contains(&doc.kind()) {
        Ok(())
    } else {
        Err(RuleError::WrongDocument)
    }
}

fn check_value(doc: &DocId, field: Field, value: &Value) -> Result<Value, RuleError> {
    let declared = field.declaration();
    if !declared.value.takes(value) {
        return Err(RuleError::WrongDocument);
    }
    match value {
        Value::Text(words) => {
            let ValueType::Text(limit) = declared.value else {
                return Err(RuleError::WrongDocument);
            };
            let words = text::clean(words, limit)?;
            if declared.required && text::is_blank(&words) {
                return Err(RuleError::Empty);
            }
            return Ok(Value::Text(words));
        }
        Value::Day(date) => check_date(doc, *date)?,
        Value::Period(period) => check_period(doc, *period)?,
        Value::Figure(percent) if declared.value == ValueType::Percent && !is_share(*percent) => {
            return Err(RuleError::Percent(*percent));
        }
        Value::Figure(_)
        | Value::Status(_)
        | Value::Mark(_)
        | Value::Agency(_)
        | Value::Flag(_)
        | Value::ItemKind(_)
        | Value::Task(_) => {}
    }
    Ok(value.clone())
}

/// «Hoàn thành» has its day, and nothing else has one.
fn check_completion(values: &Values) -> Result<(), RuleError> {
    let find = |wanted| {
        let mut values = values.iter().filter(move |(field, _)| *field == wanted);
        values.find_map(|(_, value)| value.as_ref())
    };
    let done = find(Field::Status) == Some(&Value::Status(WorkStatus::Done));
    match (done, find(Field::DoneOn).is_some()) {
        (true, false) => Err(RuleError::NoDay),
        (false, true) => Err(RuleError::DayWithoutDone),
        (true, true) | (false, false) => Ok(()),
    }
}

/// Checks an edit against the programme, if it is here. On a new device it may be missing; then
/// every edit passes, so that nothing that was typed is lost.
pub fn check_in(model: &ReadModel, edit: &Edit) -> Result<(), RuleError> {
    let plan = model.plan();
    if plan.tasks.is_empty() {
        return Ok(());
    }
    if let Some(task) = task_of(edit) {
        let known = plan
            .tasks
            .get(task)
            .ok_or_else(|| RuleError::NoTask(task.clone()))?;
        let comment = Some(Some(&Value::ItemKind(ItemKind::Comment)));
        if known.heading.is_some() && edit.value(Field::ItemKind) != comment {
            return Err(RuleError::Heading);
        }
    }
    if let Some(target) = edit.record().target() {
        let known = plan
            .targets
            .get(target)
            .ok_or_else(|| RuleError::NoTarget(target.clone()))?;
        for (_, value) in edit.values() {
            if let Some(Value::Figure(figure)) = value {
                check_figure(known, *figure)?;
            }
        }
    }
    match agencies_of(edit).find(|agency| !plan.agencies.contains_key(*agency)) {
        Some(unknown) => Err(RuleError::NoAgency(unknown.clone())),
        None => Ok(()),
    }
}

fn check_figure(target: &Target, value: Decimal) -> Result<(), RuleError> {
    if target.is_share() && !is_share(value) {
        return Err(RuleError::Share(value));
    }
    if value.is_negative() && !target.may_be_negative() {
        return Err(RuleError::Negative(value));
    }
    Ok(())
}

fn is_share(value: Decimal) -> bool {
    !value.is_negative() && value <= Decimal::from(100)
}

/// A reason, in NFC and on one line; none where nothing was said.
pub fn check_reason(reason: Option<&str>) -> Result<Option<String>, RuleError> {
    let given = reason.map(str::trim).filter(|reason| !reason.is_empty());
    Ok(given
        .map(|reason| text::clean(reason, Limit::LINE))
        .transpose()?)
}

/// Whoever writes what another agency says gives a reason: whatever the edit is, a choice between
/// two values as well.
pub fn check_writer(doc: &DocId, writer: &AgencyId, reason: Option<&str>) -> Result<(), RuleError> {
    let for_another = matches!(doc, DocId::Agency(_, owner) if owner != writer);
    if for_another && check_reason(reason)?.is_none() {
        return Err(RuleError::NoReason);
    }
    Ok(())
}

/// Whether a role writes the fields of an edit.
pub fn check_role(edit: &Edit, role: Role) -> Result<(), RuleError> {
    let confirmed = match edit {
        Edit::Confirm { field, .. } => Some(*field),
        Edit::Set { .. } | Edit::Add { .. } => None,
    };
    let written = edit.values().iter().map(|(field, _)| *field);
    let mut fields = written.chain(confirmed);
    match fields.find(|field| !field.declaration().roles.contains(&role)) {
        Some(field) => Err(RuleError::Role(field)),
        None => Ok(()),
    }
}

fn check_period(doc: &DocId, period: Period) -> Result<(), RuleError> {
    if period.year == doc.year() {
        Ok(())
    } else {
        Err(RuleError::WrongYear(period))
    }
}

/// A day from the year before the programme's to the year after it.
fn check_date(doc: &DocId, date: Date) -> Result<(), RuleError> {
    let year = doc.year();
    if i32::from(date.year()).abs_diff(i32::from(year)) > 1 {
        return Err(RuleError::Date { date, year });
    }
    Ok(())
}

fn task_of(edit: &Edit) -> Option<&TaskId> {
    let given = || {
        edit.values().iter().find_map(|(_, value)| match value {
            Some(Value::Task(task)) => Some(task),
            _ => None,
        })
    };
    edit.record().task().or_else(given)
}

fn agencies_of(edit: &Edit) -> impl Iterator<Item = &AgencyId> {
    let named = match edit.record() {
        Record::Supporter(_, agency) => Some(agency),
        Record::Progress(..)
        | Record::Values(..)
        | Record::Item(_)
        | Record::Milestone(_)
        | Record::Lead(_)
        | Record::Owner(_) => None,
    };
    let given = edit.values().iter().filter_map(|(_, value)| match value {
        Some(Value::Agency(agency)) => Some(agency),
        _ => None,
    });
    named.into_iter().chain(given)
}
