//! What only the whole can say: headings, parts, periods, documents that nothing cites.

use terms::{PeriodKind, TaskId};

use crate::{PeriodRow, Problem, Target, Task, log::Log, reader::Table};

/// Headings have tasks below, in their own section; tasks stand below headings.
pub(crate) fn headings(tasks: &[Task], log: &Log) {
    let fault = |id: &TaskId, problem: &'static str| {
        if let Some(mark) = log.declared_at(id.as_str()) {
            log.fault(mark, Problem::Heading(problem));
        }
    };
    for task in tasks {
        let below = tasks
            .iter()
            .any(|other| other.parent.as_ref() == Some(&task.id));
        if task.heading.is_some() && !below {
            fault(
                &task.id,
                "đề mục chưa có nhiệm vụ nào bên dưới; trỏ «parent» về nó, hoặc bỏ heading",
            );
        }
        let Some(parent) = tasks
            .iter()
            .find(|other| task.parent.as_ref() == Some(&other.id))
        else {
            continue;
        };
        if parent.heading.is_none() {
            fault(&task.id, "«parent» phải là một đề mục (heading = true)");
        } else if parent.section != task.section || parent.id == task.id || parent.parent.is_some()
        {
            fault(
                &task.id,
                "«parent» phải là đề mục khác, cùng điểm, không nằm dưới đề mục nào",
            );
        }
    }
}

/// A part belongs to a whole that is none itself; two conditions are two targets.
pub(crate) fn parts(targets: &[Target], log: &Log) {
    for target in targets {
        let alone = target.together_with.as_ref() == Some(&target.id);
        let nested = |whole: &Target| whole.id == target.id || whole.part_of.is_some();
        let mut wholes = targets
            .iter()
            .filter(|whole| target.part_of.as_ref() == Some(&whole.id));
        if (alone || wholes.any(nested))
            && let Some(mark) = log.declared_at(target.id.as_str())
        {
            log.fault(mark, Problem::PartOfPart);
        }
    }
}

/// Four quarters and the year, each once.
pub(crate) fn periods(rows: &[PeriodRow], root: &Table) {
    for kind in PeriodKind::ALL {
        match rows.iter().filter(|row| row.period.kind == kind).count() {
            1 => {}
            0 => root.fault(Problem::Period(format!(
                "thiếu kỳ {kind:?}; ghi đủ q1, q2, q3, q4 và year"
            ))),
            _ => root.fault(Problem::Repeated {
                what: "kỳ",
                value: format!("{kind:?}"),
            }),
        }
    }
}

/// Something cites every document.
pub(crate) fn cited(ids: impl IntoIterator<Item = String>, log: &Log) {
    for id in ids {
        if !log.is_pointed_to(&id)
            && let Some(mark) = log.declared_at(&id)
        {
            log.fault(mark, Problem::NeverCited);
        }
    }
}
