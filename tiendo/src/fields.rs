//! The fields of a record as options of the command line: an option for each field that is
//! declared, by its key (`--done-on`), explained by its name.

use std::marker::PhantomData;

use anyhow::{Result, bail};
use clap::{
    Arg, ArgMatches, Command, FromArgMatches,
    builder::{PossibleValuesParser, ValueParser},
};
use terms::{Date, Decimal, Field, RecordKind, Value, ValueMark, ValueType, Values, WorkStatus};

/// Which record's fields are given.
pub(crate) trait Of: std::fmt::Debug + Clone + Send + Sync + 'static {
    /// The record.
    const RECORD: RecordKind;
}

/// Of the progress of a task.
#[derive(Debug, Clone)]
pub(crate) struct OfTask;

/// Of the figures of a target.
#[derive(Debug, Clone)]
pub(crate) struct OfTarget;

impl Of for OfTask {
    const RECORD: RecordKind = RecordKind::Progress;
}

impl Of for OfTarget {
    const RECORD: RecordKind = RecordKind::Values;
}

/// The fields given, in the order in which they are declared, with what was typed.
#[derive(Debug, Clone)]
pub(crate) struct Given<K> {
    typed: Vec<(Field, String)>,
    of: PhantomData<K>,
}

impl<K: Of> Given<K> {
    /// What was typed, as values.
    pub(crate) fn values(&self) -> Result<Values> {
        let value = |(field, typed): &(Field, String)| Ok((*field, Some(value(*field, typed)?)));
        self.typed.iter().map(value).collect()
    }

    /// What was typed, as values; `figure` reads the figures among them.
    pub(crate) fn values_with(
        &self,
        figure: impl Fn(Field, &str) -> Result<Decimal>,
    ) -> Result<Values> {
        let value = |(field, typed): &(Field, String)| {
            let value = if is_figure(*field) {
                Value::Figure(figure(*field, typed)?)
            } else {
                value(*field, typed)?
            };
            Ok((*field, Some(value)))
        };
        self.typed.iter().map(value).collect()
    }
}

fn is_figure(field: Field) -> bool {
    matches!(field.declaration().value, ValueType::Figure)
}

fn value(field: Field, typed: &str) -> Result<Value> {
    match field.declaration().value.parse(typed)? {
        Some(value) => Ok(value),
        None => bail!("--{}: chưa có số hoặc nội dung để ghi", option(field)),
    }
}

fn option(field: Field) -> String {
    field.key().replace('_', "-")
}

fn argument(field: Field) -> Arg {
    let kind = field.declaration().value;
    Arg::new(field.key())
        .long(option(field))
        .help(field.name())
        .value_name(if kind.is_number() {
            "SỐ"
        } else {
            "NỘI DUNG"
        })
        .allow_hyphen_values(kind.is_number())
        .value_parser(parser(kind))
}

/// What is chosen from a list, and a day, is checked with the call itself.
fn parser(kind: ValueType) -> ValueParser {
    match kind {
        ValueType::Status => {
            PossibleValuesParser::new(WorkStatus::ALL.map(WorkStatus::code)).into()
        }
        ValueType::Mark => PossibleValuesParser::new(ValueMark::ALL.map(ValueMark::code)).into(),
        ValueType::Day => {
            ValueParser::new(|typed: &str| Date::parse_vi(typed).map(|_| typed.to_owned()))
        }
        ValueType::Percent
        | ValueType::Figure
        | ValueType::Agency
        | ValueType::Flag
        | ValueType::Struck
        | ValueType::Text(_)
        | ValueType::ItemKind
        | ValueType::Task
        | ValueType::Period => ValueParser::string(),
    }
}

impl<K: Of> clap::Args for Given<K> {
    fn augment_args(command: Command) -> Command {
        command.args(Field::of(K::RECORD).map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<K: Of> FromArgMatches for Given<K> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let typed = |field: Field| Some((field, matches.get_one::<String>(field.key())?.clone()));
        Ok(Self {
            typed: Field::of(K::RECORD).filter_map(typed).collect(),
            of: PhantomData,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
