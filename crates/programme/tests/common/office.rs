//! A small programme, a province to look at it, and every view of it at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use programme::{Document, Fact, HistoryStep, ReadModel, Viewer, import, views};
use terms::{
    AgencyClass, AgencyId, Date, DocId, Goal, Kind, Period, PeriodKind, Role, TreeFilter,
    programme::{
        Agency, AgencyGroup, Group, PeriodDays, Programme, Section, Signing, Target, Task,
    },
};

use super::{agency_doc, at, local_actor, period, task};

pub fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

pub fn programme_doc() -> DocId {
    id("programme/2019")
}

pub fn today() -> Date {
    id("2019-09-11")
}

pub fn a_task(name: &str, leads: &[&str]) -> Task {
    Task {
        id: id(name),
        section: Some(id("m-1")),
        clause: format!("II.1.a, {name}"),
        clause_in_words: String::new(),
        parent: None,
        title: format!("Nhiệm vụ {name} của đường sá"),
        heading: None,
        leads: leads.iter().map(|lead| id(lead)).collect(),
        lead_groups: Vec::new(),
        joint: leads.len() > 1,
        lead_text: None,
        supporting: Vec::new(),
        supporting_groups: Vec::new(),
        supporting_unnamed: false,
        citations: Vec::new(),
        may_be_secret: false,
    }
}

pub fn a_target(name: &str, goal: Goal, kind: Kind, owner: Option<&str>) -> Target {
    Target {
        id: id(name),
        name: format!("Chỉ tiêu {name}"),
        unit: "tấn".to_owned(),
        goal,
        direction: String::new(),
        kind,
        owner: owner.map(id),
        contributors: Vec::new(),
        part_of: None,
        together_with: None,
        denominator: None,
        stated: vec![task()],
    }
}

fn an_agency(name: &str, class: AgencyClass) -> Agency {
    Agency {
        id: id(name),
        name: format!("UBND {name}"),
        short: name.to_owned(),
        class,
    }
}

fn a_period(kind: PeriodKind, deadline: &str) -> PeriodDays {
    PeriodDays {
        period: Period { year: 2019, kind },
        name: String::new(),
        paper_name: String::new(),
        from: id("2018-12-15"),
        to: id("2019-12-14"),
        deadline: id(deadline),
    }
}

/// Tasks nv-1 (Trần Đề), nv-2 (Trần Đề and Kế Sách), nv-3 (cấp huyện, heading nv-0 above it).
pub fn content() -> Programme {
    let heading = Task {
        heading: Some("Đề mục".to_owned()),
        ..a_task("nv-0", &[])
    };
    let group_led = Task {
        lead_groups: vec!["cap-huyen".to_owned()],
        parent: Some(id("nv-0")),
        ..a_task("nv-3", &[])
    };
    let supported = Task {
        supporting: vec![id("so-y-te")],
        ..a_task("nv-1", &["huyen-tran-de"])
    };
    Programme {
        name: "Chương trình năm 2019".to_owned(),
        short_name: "Chương trình".to_owned(),
        province: "Sóc Trăng".to_owned(),
        ends: id("2019-12-31"),
        signing: Signing {
            authority: "UBND tỉnh Sóc Trăng".to_owned(),
            form: "TM. ỦY BAN NHÂN DÂN".to_owned(),
            position: "CHỦ TỊCH".to_owned(),
            name: "Trần Văn Chuyện".to_owned(),
        },
        recipients: Vec::new(),
        agencies: agencies(),
        agency_groups: vec![AgencyGroup {
            id: "cap-huyen".to_owned(),
            name: "cấp huyện".to_owned(),
            members: vec![id("huyen-tran-de"), id("huyen-ke-sach")],
        }],
        groups: vec![Group {
            id: id("n-1"),
            number: "1".to_owned(),
            title: "Nhóm".to_owned(),
        }],
        sections: vec![Section {
            id: id("m-1"),
            group: id("n-1"),
            letter: "đ".to_owned(),
            title: "Mục".to_owned(),
        }],
        tasks: vec![
            supported,
            a_task("nv-2", &["huyen-tran-de", "huyen-ke-sach"]),
            heading,
            group_led,
        ],
        targets: targets(),
        milestones: Vec::new(),
        assigned_tasks: BTreeMap::new(),
        assigned_targets: BTreeMap::new(),
        citations: Vec::new(),
        periods: periods(),
    }
}

/// The programme's document, imported by the reviewer.
pub fn programme(content: &Programme) -> Document {
    let mut doc = Document::new(programme_doc());
    import(&mut doc, &local_actor(9), content, at(0)).unwrap();
    doc
}

/// A read model that knows the programme.
pub fn model(content: &Programme) -> ReadModel {
    let mut model = ReadModel::new(2019);
    let doc = programme(content);
    model.set_facts(doc.id(), doc.heads(), doc.facts());
    model
}

/// The document of [`content`], made once.
pub fn small_programme() -> Document {
    static MADE: OnceLock<Document> = OnceLock::new();
    MADE.get_or_init(|| programme(&content())).clone()
}

/// The world of [`content`], made once.
pub fn small_world() -> ReadModel {
    static MADE: OnceLock<ReadModel> = OnceLock::new();
    MADE.get_or_init(|| model(&content())).clone()
}

pub fn viewer(agency: &str) -> Viewer {
    let agency: AgencyId = id(agency);
    Viewer {
        enrolment: local_actor(1).author,
        writable: BTreeSet::from([DocId::Agency(2019, agency.clone())]),
        agency,
        role: Role::Officer,
    }
}

/// Everything that anybody could look at, as one text.
pub fn all_views(model: &ReadModel, history: &[HistoryStep]) -> String {
    let (period, today) = (period(), today());
    let mut all = Vec::new();
    for who in ["huyen-tran-de", "so-khdt", "huyen-ke-sach"] {
        let viewer = viewer(who);
        let search = TreeFilter {
            search: "duong".to_owned(),
            ..Default::default()
        };
        all.push(format!(
            "{:?}",
            views::my_work(model, &viewer, period, today, &BTreeMap::new())
        ));
        all.push(format!(
            "{:?}",
            views::tree(model, &viewer, &search, &BTreeSet::new(), period, today)
        ));
        for task in ["nv-1", "nv-2", "nv-3", "nv-0", "nv-none"] {
            all.push(format!(
                "{:?}",
                views::task(model, &viewer, &id(task), period, today)
            ));
        }
        all.push(format!(
            "{:?}",
            views::targets(model, &viewer, period, false)
        ));
        all.push(format!("{:?}", views::conflicts(model, &viewer)));
    }
    let news = history
        .iter()
        .filter_map(|step| views::news(model, &agency_doc(), step));
    all.push(format!(
        "{:?}",
        views::overview(model, period, today, news.collect())
    ));
    let mut rows: Vec<String> = history
        .iter()
        .map(|step| format!("{:?}", views::history_row(model, step)))
        .collect();
    rows.sort();
    all.extend(rows);
    all.join("\n")
}

/// Facts as they are gathered from what each change said it did.
#[derive(Default, Clone)]
pub struct Gathered {
    pub facts: BTreeMap<String, Fact>,
    pub history: Vec<HistoryStep>,
}

impl Gathered {
    pub fn take(&mut self, applied: &programme::Applied) {
        for fact in &applied.facts {
            self.facts.insert(fact.path.clone(), fact.clone());
        }
        self.history.extend(applied.steps.iter().cloned());
    }

    pub fn facts(&self) -> Vec<Fact> {
        self.facts
            .values()
            .filter(|fact| !fact.values.is_empty())
            .cloned()
            .collect()
    }
}

fn agencies() -> Vec<Agency> {
    vec![
        an_agency("so-khdt", AgencyClass::SoNganh),
        an_agency("so-y-te", AgencyClass::SoNganh),
        an_agency("huyen-tran-de", AgencyClass::CapHuyen),
        an_agency("huyen-ke-sach", AgencyClass::CapHuyen),
    ]
}

fn targets() -> Vec<Target> {
    let goal = |value: &str| Goal::AtLeast {
        value: id(value),
        exceed: true,
    };
    vec![
        a_target("ct-1", goal("100"), Kind::Flow, Some("huyen-tran-de")),
        Target {
            part_of: Some(id("ct-1")),
            ..a_target("ct-2", Goal::Below { value: id("2.6") }, Kind::Level, None)
        },
        a_target(
            "ct-3",
            Goal::Above { value: id("2") },
            Kind::Yearly,
            Some("so-y-te"),
        ),
    ]
}

fn periods() -> Vec<PeriodDays> {
    vec![
        a_period(PeriodKind::Q1, "2019-03-15"),
        a_period(PeriodKind::Q2, "2019-06-15"),
        a_period(PeriodKind::Q3, "2019-09-15"),
        a_period(PeriodKind::Q4, "2019-12-15"),
        a_period(PeriodKind::Year, "2019-11-14"),
    ]
}
