//! Every text that the app shows, typed: a text that is missing in a language does not compile.
//!
//! A section is a struct of texts and lives in a file of its own with its Vietnamese. A second
//! language is a second static beside each `VI` and one more [`Catalogue`] here. Texts with a
//! number or a name in them are functions, because languages put those in different places.

pub mod common;
pub mod enter;
pub mod field;
pub mod frame;
pub mod my_work;
pub mod overview;
pub mod paste;
pub mod targets;
pub mod task;
pub mod tree;
pub mod value;

/// All texts of one language.
pub struct Catalogue {
    /// The language's code, for `<html lang>`.
    pub lang: &'static str,
    /// What several screens say: statuses, periods, fields, agencies.
    pub common: &'static common::Common,
    /// Navigation, header, search, status line.
    pub frame: &'static frame::Frame,
    /// Fields that keep themselves.
    pub field: &'static field::Field,
    /// «Vào ứng dụng».
    pub enter: &'static enter::Enter,
    /// «Việc của tôi».
    pub my_work: &'static my_work::MyWork,
    /// «Chương trình».
    pub tree: &'static tree::Tree,
    /// Who said a value, its history, a choice between several.
    pub value: &'static value::Value,
    /// «Nhiệm vụ».
    pub task: &'static task::Task,
    /// «Chỉ tiêu».
    pub targets: &'static targets::Targets,
    /// Figures that are typed and pasted.
    pub paste: &'static paste::Paste,
    /// «Tổng quan».
    pub overview: &'static overview::Overview,
}

static VI: Catalogue = Catalogue {
    lang: "vi",
    common: &common::VI,
    frame: &frame::VI,
    field: &field::VI,
    enter: &enter::VI,
    my_work: &my_work::VI,
    tree: &tree::VI,
    value: &value::VI,
    task: &task::VI,
    targets: &targets::VI,
    paste: &paste::VI,
    overview: &overview::VI,
};

/// The texts of the person's language.
pub fn words() -> &'static Catalogue {
    &VI
}
