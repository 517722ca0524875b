//! What a programme's text says, as plain data.

use terms::{AgencyClass, AgencyId, CitationId, Date, Period, TaskId};

use crate::{Clause, Group, Section, Target, Task};

/// A programme of one province and year, checked: every id that is pointed to exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// The year.
    pub year: u16,
    /// Its name in full.
    pub name: String,
    /// Its name in a header.
    pub short_name: String,
    /// The province.
    pub province: String,
    /// The last day of the programme: tasks without a milestone are due then.
    pub ends: Date,
    /// Who signs.
    pub signing: Signing,
    /// Mục I: the objective.
    pub objective: Words,
    /// The opening of Mục II, by which an agency may be assigned by function.
    pub opening: Words,
    /// The grounds, in the text's order.
    pub grounds: Vec<Ground>,
    /// The recipients, in the text's order.
    pub recipients: Vec<Recipient>,
    /// Agencies: named by the text, or members of a group that it names.
    pub agencies: Vec<Agency>,
    /// «các Sở, ngành» and «cấp huyện».
    pub agency_groups: Vec<AgencyGroup>,
    /// The numbered groups, in the text's order.
    pub groups: Vec<Group>,
    /// The lettered sections, in the text's order.
    pub sections: Vec<Section>,
    /// The tasks, in the text's order.
    pub tasks: Vec<Task>,
    /// The numeric targets, each once.
    pub targets: Vec<Target>,
    /// The documents cited.
    pub citations: Vec<Citation>,
    /// The four quarters and the year.
    pub periods: Vec<PeriodRow>,
    /// The decree by which figures close.
    pub closing_source: String,
    /// What happens to a deadline at a weekend.
    pub weekend_rule: String,
    /// Part two: who does what, and reports what to whom.
    pub duties: Vec<Duty>,
    /// What the scan said and what was read.
    pub readings: Vec<Reading>,
    /// Figures of the text that are no targets.
    pub not_targets: Vec<Figure>,
}

/// Who signs the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// «UBND tỉnh Sóc Trăng».
    pub authority: String,
    /// «TM. ỦY BAN NHÂN DÂN».
    pub form: String,
    /// «CHỦ TỊCH».
    pub position: String,
    /// The name under the signature.
    pub name: String,
}

/// A part of the text that is neither a task nor a target, in our own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Where it stands.
    pub clause: Clause,
    /// What it says.
    pub text: String,
}

/// A ground of the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A document.
    Citation(CitationId),
    /// Something without a number.
    Text(String),
}

/// A line of «Nơi nhận».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// As written.
    pub text: String,
    /// The class of agency that it means, if one.
    pub class: Option<AgencyClass>,
    /// «Lưu: …», always last.
    pub archive: bool,
}

/// An agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// The id: `huyen-tran-de`.
    pub id: AgencyId,
    /// «UBND huyện Trần Đề».
    pub name: String,
    /// «Huyện Trần Đề»: no two are alike.
    pub short: String,
    /// Which of the four classes.
    pub class: AgencyClass,
    /// Whether the text names it.
    pub named: bool,
    /// The text's own words for it.
    pub as_written: Vec<String>,
    /// What else should be known.
    pub note: Option<String>,
}

/// A named group of agencies whose members are frozen with the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyGroup {
    /// The id: `cap-huyen`.
    pub id: String,
    /// «cấp huyện».
    pub name: String,
    /// The members.
    pub members: Vec<AgencyId>,
    /// What else should be known.
    pub note: Option<String>,
}

/// A document that the text cites. What the text lacks stays empty; numbers recur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The id.
    pub id: CitationId,
    /// «Nghị quyết», «Kế hoạch», «Luật» …
    pub kind: String,
    /// «48/KH-UBND», «03-NQ/TU»: each stroke as written.
    pub number: Option<String>,
    /// The date.
    pub date: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about, in our own words or by its name.
    pub title: Option<String>,
}

/// A reporting period and its deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRow {
    /// Which.
    pub period: Period,
    /// «quý II năm 2019».
    pub name: String,
    /// «6 tháng đầu năm 2019».
    pub paper_name: String,
    /// The first day whose figures count.
    pub from: Date,
    /// The last day whose figures count.
    pub to: Date,
    /// The last valid day for the report.
    pub deadline: Date,
    /// The text's words for the deadline.
    pub wording: String,
    /// Where it stands.
    pub clause: Clause,
    /// What else should be known.
    pub note: Option<String>,
}

/// A duty of part two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The id.
    pub id: TaskId,
    /// Where it stands.
    pub clause: Clause,
    /// Our short title.
    pub title: String,
    /// Agencies that do it.
    pub leads: Vec<AgencyId>,
    /// Groups that do it.
    pub lead_groups: Vec<String>,
    /// Groups that support.
    pub supporting_groups: Vec<String>,
    /// Whom it goes up to.
    pub to: Option<String>,
    /// The agency that it goes up to, where it is one of ours.
    pub to_agency: Option<AgencyId>,
    /// «hàng quý và năm», «khi phát sinh».
    pub frequency: Option<String>,
    /// The text's words for when.
    pub deadline: Option<String>,
}

/// What the scan said, and what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// As scanned.
    pub said: String,
    /// As read.
    pub read: String,
    /// Where.
    pub clause: Clause,
    /// Left as scanned, to be compared with the paper.
    pub doubt: bool,
    /// Why.
    pub note: Option<String>,
}

/// A figure of the text that is no target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The few words that hold it.
    pub text: String,
    /// Where; a place as often as the words stand there.
    pub clauses: Vec<Clause>,
    /// Why it is no target.
    pub why: String,
}
