//! What an edit must be to be taken, the same wherever it is asked.

use terms::{
    AgencyId, Date, Decimal, DocId, Edit, Period, TargetId, TaskId, WorkStatus,
    programme::Target,
    text::{self, Limit, TextError},
};

use crate::{World, writing};

/// Why an edit is refused. Each says what to do instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The document does not hold such things.
    #[error("tài liệu này không ghi loại nội dung đó; mở đúng nhiệm vụ hoặc chỉ tiêu rồi sửa lại")]
    WrongDocument,
    /// The period is of another year than the document.
    #[error("kỳ {0} không thuộc năm của tài liệu; chọn lại kỳ báo cáo")]
    WrongYear(Period),
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

/// Holds an edit against everything that can be told without other documents, and returns it as
/// it may be stored: text in NFC, otherwise unchanged.
pub fn check(doc: &DocId, edit: &Edit) -> Result<Edit, RuleError> {
    if !writing::belongs(doc, edit) {
        return Err(RuleError::WrongDocument);
    }
    let mut edit = edit.clone();
    clean(&mut edit)?;
    check_period(doc, &edit)?;
    check_dates(doc, &edit)?;
    match &edit {
        Edit::SetStatus {
            status: Some(WorkStatus::Done),
            done_on: None,
            ..
        } => {
            return Err(RuleError::NoDay);
        }
        Edit::SetStatus {
            status,
            done_on: Some(_),
            ..
        } if *status != Some(WorkStatus::Done) => {
            return Err(RuleError::DayWithoutDone);
        }
        Edit::SetPercent {
            percent: Some(percent),
            ..
        } if !is_share(*percent) => {
            return Err(RuleError::Percent(*percent));
        }
        _ => {}
    }
    Ok(edit)
}

/// Holds a checked edit against the programme, as far as it is here. While it is not, as on a
/// new device, everything passes: what a document says is never thrown away for what it is about.
pub fn check_in(world: &World, edit: &Edit) -> Result<(), RuleError> {
    let plan = world.plan();
    if plan.tasks.is_empty() {
        return Ok(());
    }
    if let Some(task) = task_of(edit) {
        let known = plan
            .tasks
            .get(task)
            .ok_or_else(|| RuleError::NoTask(task.clone()))?;
        if known.heading.is_some() && !matches!(edit, Edit::AddComment { .. }) {
            return Err(RuleError::Heading);
        }
    }
    if let Some(target) = target_of(edit) {
        let known = plan
            .targets
            .get(target)
            .ok_or_else(|| RuleError::NoTarget(target.clone()))?;
        if let Edit::SetValue {
            value: Some(value), ..
        } = edit
        {
            check_figure(known, *value)?;
        }
    }
    match agency_of(edit) {
        Some(agency) if !plan.agencies.contains_key(agency) => {
            Err(RuleError::NoAgency(agency.clone()))
        }
        _ => Ok(()),
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

fn clean(edit: &mut Edit) -> Result<(), RuleError> {
    let (text, limit, needed) = match edit {
        Edit::SetNarrative { text, .. } => (text, Limit::NARRATIVE, false),
        Edit::SetValueNote { text, .. } => (text, Limit::NOTE, false),
        Edit::AddObstacle { text, .. }
        | Edit::SetObstacleText { text, .. }
        | Edit::AddProposal { text, .. }
        | Edit::AddComment { text, .. } => (text, Limit::NOTE, true),
        Edit::SetMilestoneTitle { title, .. } => (title, Limit::LINE, true),
        Edit::SetMilestoneSource { source, .. } => (source, Limit::LINE, false),
        Edit::AddMilestone { title, source, .. } => {
            *source = text::clean(source, Limit::LINE)?;
            (title, Limit::LINE, true)
        }
        _ => return Ok(()),
    };
    *text = text::clean(text, limit)?;
    if needed && text.trim().is_empty() {
        Err(RuleError::Empty)
    } else {
        Ok(())
    }
}

/// A reason, in NFC and on one line; none where nothing was said.
pub fn check_reason(reason: Option<&str>) -> Result<Option<String>, RuleError> {
    let said = reason.map(str::trim).filter(|reason| !reason.is_empty());
    Ok(said
        .map(|reason| text::clean(reason, Limit::LINE))
        .transpose()?)
}

/// Whoever writes what another agency says gives a reason (design §7): whatever the edit is, a
/// choice between two values as well.
pub fn check_writer(doc: &DocId, writer: &AgencyId, reason: Option<&str>) -> Result<(), RuleError> {
    let for_another = matches!(doc, DocId::Agency(_, owner) if owner != writer);
    if for_another && check_reason(reason)?.is_none() {
        return Err(RuleError::NoReason);
    }
    Ok(())
}

fn check_period(doc: &DocId, edit: &Edit) -> Result<(), RuleError> {
    match period_of(edit) {
        Some(period) if period.year != doc.year() => Err(RuleError::WrongYear(period)),
        _ => Ok(()),
    }
}

/// A day from the year before the programme's to the year after it.
fn check_dates(doc: &DocId, edit: &Edit) -> Result<(), RuleError> {
    let date = match edit {
        Edit::SetStatus { done_on, .. } | Edit::SetMilestoneDone { done_on, .. } => *done_on,
        Edit::SetObstacleResolved { resolved_on, .. } => *resolved_on,
        Edit::AddMilestone { due, .. } | Edit::SetMilestoneDue { due, .. } => Some(*due),
        _ => None,
    };
    match date {
        Some(date) if i32::from(date.year()).abs_diff(i32::from(doc.year())) > 1 => {
            Err(RuleError::Date {
                date,
                year: doc.year(),
            })
        }
        _ => Ok(()),
    }
}

fn period_of(edit: &Edit) -> Option<Period> {
    match edit {
        Edit::SetStatus { period, .. }
        | Edit::SetPercent { period, .. }
        | Edit::SetNarrative { period, .. }
        | Edit::ConfirmNarrative { period, .. }
        | Edit::AddObstacle { period, .. }
        | Edit::AddProposal { period, .. }
        | Edit::SetValue { period, .. }
        | Edit::SetValueMark { period, .. }
        | Edit::SetValueNote { period, .. }
        | Edit::ConfirmValueNote { period, .. } => Some(*period),
        _ => None,
    }
}

fn task_of(edit: &Edit) -> Option<&TaskId> {
    match edit {
        Edit::SetStatus { task, .. }
        | Edit::SetPercent { task, .. }
        | Edit::SetNarrative { task, .. }
        | Edit::ConfirmNarrative { task, .. }
        | Edit::AddObstacle { task, .. }
        | Edit::AddProposal {
            task: Some(task), ..
        }
        | Edit::AddComment { task, .. }
        | Edit::AddMilestone { task, .. }
        | Edit::NameSupporter { task, .. }
        | Edit::AssignLead { task, .. } => Some(task),
        _ => None,
    }
}

fn target_of(edit: &Edit) -> Option<&TargetId> {
    match edit {
        Edit::SetValue { target, .. }
        | Edit::SetValueMark { target, .. }
        | Edit::SetValueNote { target, .. }
        | Edit::ConfirmValueNote { target, .. }
        | Edit::AssignTarget { target, .. } => Some(target),
        _ => None,
    }
}

fn agency_of(edit: &Edit) -> Option<&AgencyId> {
    match edit {
        Edit::AddObstacle { waits_for, .. } | Edit::SetObstacleWaitsFor { waits_for, .. } => {
            waits_for.as_ref()
        }
        Edit::NameSupporter { agency, .. } => Some(agency),
        Edit::AssignLead { agency, .. } | Edit::AssignTarget { agency, .. } => agency.as_ref(),
        _ => None,
    }
}
