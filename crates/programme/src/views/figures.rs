//! A target's figures through the year, and what follows from them: cumulative figure, per cent of
//! the goal, verdict. The office's rules are told at each function.

use terms::{
    AgencyId, Bound, Decimal, DocId, Field, Goal, Kind, Period, PeriodKind, Record, TargetId,
    ValueMark, Verdict, programme::Target, rows::Register,
};

use super::roles::assigned;
use crate::{ReadModel, Viewer, field_values};

/// The figures that one agency gives for a target. A figure in conflict is none until somebody
/// has chosen.
pub(super) struct Figures<'a> {
    model: &'a ReadModel,
    id: &'a TargetId,
    target: &'a Target,
    /// Whose figures they are.
    agency: AgencyId,
}

/// The agency that owns a target: assigned, or named by the text.
pub(super) fn owner(model: &ReadModel, id: &TargetId, target: &Target) -> Option<AgencyId> {
    let assigned =
        assigned(model, &Record::Owner(id.clone()).to_string()).and_then(|authored| authored.value);
    assigned
        .map(|name| name.id)
        .or_else(|| target.owner.clone())
}

impl<'a> Figures<'a> {
    /// The owner's figures, or those of the agency at this window where nobody owns the target.
    pub(super) fn of(
        model: &'a ReadModel,
        viewer: &Viewer,
        id: &'a TargetId,
        target: &'a Target,
    ) -> Self {
        let agency = owner(model, id, target).unwrap_or_else(|| viewer.agency.clone());
        Self {
            model,
            id,
            target,
            agency,
        }
    }

    /// The owner's figures alone.
    pub(super) fn of_owner(
        model: &'a ReadModel,
        id: &'a TargetId,
        target: &'a Target,
    ) -> Option<Self> {
        Some(Self {
            model,
            id,
            target,
            agency: owner(model, id, target)?,
        })
    }

    pub(super) fn get(&self, period: Period, field: Field) -> Option<Decimal> {
        let field = self.field(period, field, field_values::decimal);
        field.agreed().copied()
    }

    fn field<T>(&self, period: Period, field: Field, read: field_values::Read<T>) -> Register<T> {
        let doc = DocId::Agency(self.model.year(), self.agency.clone());
        let path = Record::Values(self.id.clone(), period).path(field);
        field_values::field(self.model, self.model.doc(&doc), path, read)
    }

    fn actual(&self, period: Period) -> Option<Decimal> {
        self.get(period, Field::Actual)
    }

    /// The estimate for the whole period, or the actual figure where there is none. Two estimates
    /// that stand against each other are not none.
    pub(super) fn figure(&self, period: Period) -> Option<Decimal> {
        let estimate = self.field(period, Field::Estimate, field_values::decimal);
        match estimate.agreed() {
            Some(estimate) => Some(*estimate),
            None if estimate.in_conflict() => None,
            None => self.actual(period),
        }
    }

    /// What a period adds to a flow: the actual figure, and nought where it did not occur.
    fn adds(&self, period: Period) -> Option<Decimal> {
        let nought = || self.did_not_occur(period).then_some(Decimal::ZERO);
        self.actual(period).or_else(nought)
    }

    fn did_not_occur(&self, period: Period) -> bool {
        let mark = self.field(period, Field::Mark, field_values::value_mark);
        let figure = self.field(period, Field::Actual, field_values::decimal);
        mark.agreed() == Some(&ValueMark::NotOccurred) && !figure.in_conflict()
    }

    /// Of a flow: the actual figures of the year's quarters up to this one; of the year its own.
    /// Over a quarter without a figure nothing is added up: the sum would be too small.
    pub(super) fn cumulative(&self, period: Period) -> Option<Decimal> {
        if self.target.kind != Kind::Flow {
            return None;
        }
        if period.kind == PeriodKind::Year
            && let Some(year) = self.actual(period)
        {
            return Some(year);
        }
        let quarters = PeriodKind::QUARTERS.into_iter();
        quarters
            .filter(|kind| *kind <= period.kind)
            .map(|kind| self.adds(Period { kind, ..period }))
            .try_fold(Decimal::ZERO, |sum, figure| sum.checked_add(figure?))
    }

    /// What is held against the goal of the year.
    pub(super) fn judged(&self, period: Period) -> Option<Decimal> {
        match (self.target.kind, period.kind) {
            (Kind::Flow, PeriodKind::Year) => {
                self.figure(period).or_else(|| self.cumulative(period))
            }
            (Kind::Flow, _) => self.cumulative(period),
            _ => self.figure(period),
        }
    }

    /// The verdict on the sentence that states the target: all its conditions must hold.
    pub(super) fn verdict(&self, period: Period) -> Verdict {
        let others = self.other_conditions().into_iter();
        others.fold(self.own_verdict(period), |verdict, (_, other)| {
            both(verdict, other.own_verdict(period))
        })
    }

    /// The figures of the other conditions of the same sentence.
    pub(super) fn other_conditions(&self) -> Vec<(&'a TargetId, Self)> {
        let others = self.model.plan().other_conditions(self.id).into_iter();
        let figures = |(id, target)| {
            let agency = owner(self.model, id, target).unwrap_or_else(|| self.agency.clone());
            let figures = Self {
                model: self.model,
                id,
                target,
                agency,
            };
            (id, figures)
        };
        others.map(figures).collect()
    }

    /// The verdict on this condition alone. What still grows is judged before the year is over
    /// only where nothing to come can change it; what is known once a year, only for the year.
    pub(super) fn own_verdict(&self, period: Period) -> Verdict {
        let last_year = Period {
            kind: PeriodKind::Year,
            ..period
        };
        let last_year = self.get(last_year, Field::SamePeriod);
        let verdict = self.target.goal.verdict(self.judged(period), last_year);
        let over = period.kind == PeriodKind::Year
            || period.kind == PeriodKind::Q4 && self.actual(period).is_some();
        let reached = matches!(verdict, Verdict::Met | Verdict::Exceeded);
        match (self.target.kind, self.target.goal.bound()) {
            _ if verdict == Verdict::NoFigure || over => verdict,
            (Kind::Yearly | Kind::SchoolYear, _) => Verdict::Unjudged,
            (Kind::Flow, Bound::Higher) if !reached => Verdict::Unjudged,
            (Kind::Flow, Bound::Lower) if reached => Verdict::Unjudged,
            _ => verdict,
        }
    }

    /// Per cent of the goal, where more is better.
    pub(super) fn of_goal(&self, period: Period) -> Option<Decimal> {
        let whole = match &self.target.goal {
            Goal::Above { value } | Goal::AtLeast { value, .. } => *value,
            Goal::Range { low, .. } => *low,
            Goal::Below { .. }
            | Goal::About { .. }
            | Goal::ReduceTo { .. }
            | Goal::ReduceBy { .. } => return None,
        };
        self.judged(period)?.percent_of(whole, 1)
    }

    /// Index against the same period last year (108,5); of rates there is none, their difference
    /// is in points.
    pub(super) fn of_same_period(&self, period: Period) -> Option<Decimal> {
        let rate = self.target.kind == Kind::Ratio || self.target.in_per_cent();
        let same = self.get(period, Field::SamePeriod).filter(|_| !rate)?;
        self.figure(period)?.percent_of(same, 1)
    }

    /// Through the year: period, actual (of a flow nought where it did not occur), estimate.
    pub(super) fn series(&self) -> Vec<(Period, Option<Decimal>, Option<Decimal>)> {
        let period = |kind| Period {
            year: self.model.year(),
            kind,
        };
        let actual = |period| match self.target.kind {
            Kind::Flow => self.adds(period),
            _ => self.actual(period),
        };
        PeriodKind::ALL
            .into_iter()
            .map(period)
            .map(|p| (p, actual(p), self.get(p, Field::Estimate)))
            .collect()
    }
}

/// Two conditions that both must hold.
fn both(one: Verdict, other: Verdict) -> Verdict {
    use Verdict::{Exceeded, Met, NoFigure, NotMet, Unjudged};
    match (one, other) {
        (NotMet, _) | (_, NotMet) => NotMet,
        (NoFigure, _) => NoFigure,
        (Unjudged, _) | (_, Unjudged | NoFigure) => Unjudged,
        (Exceeded, Exceeded) => Exceeded,
        (Met | Exceeded, Met | Exceeded) => Met,
    }
}

/// A goal in words: «trên 2», «7,3 – 7,5».
pub(super) fn goal_text(target: &Target) -> String {
    match &target.goal {
        Goal::Above { value } => format!("trên {}", value.format_vi()),
        Goal::AtLeast {
            value,
            exceed: true,
        } => format!("đạt và vượt {}", value.format_vi()),
        Goal::AtLeast {
            value,
            exceed: false,
        } => format!("{} {}", at_least(&target.direction), value.format_vi()),
        Goal::Below { value } => format!("dưới {}", value.format_vi()),
        Goal::About { value } => format!("khoảng {}", value.format_vi()),
        Goal::Range { low, high } => format!("{} – {}", low.format_vi(), high.format_vi()),
        Goal::ReduceTo { value } => format!("giảm còn {}", value.format_vi()),
        Goal::ReduceBy { low, high } if low == high => format!("giảm {}", low.format_vi()),
        Goal::ReduceBy { low, high } => {
            format!("giảm {} – {}", low.format_vi(), high.format_vi())
        }
    }
}

/// The text's own word for «at least», which it has several of.
fn at_least(direction: &str) -> &str {
    match direction {
        "đạt" => "đạt",
        _ => "tối thiểu",
    }
}

/// A goal in words with its unit: «trên 2 triệu tấn», «dưới 2,6%»; a fall of a rate is in points.
pub(super) fn goal_with_unit(target: &Target) -> String {
    let points = matches!(target.goal, Goal::ReduceBy { .. }) && target.in_per_cent();
    let unit = if points { "điểm %" } else { &target.unit };
    with_unit(&goal_text(target), unit)
}

/// A figure or a goal with its unit.
pub(super) fn with_unit(text: &str, unit: &str) -> String {
    match unit.trim() {
        "" => text.to_owned(),
        unit if unit.starts_with('%') => format!("{text}{unit}"),
        unit => format!("{text} {unit}"),
    }
}
