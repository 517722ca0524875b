//! What an edit writes, as paths and values.

use terms::{Edit, Field, FieldPath, Record, Value};

use crate::Scalar;

/// What an edit comes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writing {
    /// The birth changes that must be there, each after those it builds on.
    pub(crate) births: Vec<String>,
    /// The map that must be new.
    pub(crate) fresh: Option<String>,
    /// The map that must be there.
    pub(crate) known: Option<String>,
    /// The fields that the writer looked at: what others wrote there unseen stands against it.
    pub(crate) observed: Vec<String>,
    /// Single values.
    pub(crate) puts: Vec<Put>,
    /// Texts, by their paths.
    pub(crate) texts: Vec<(String, String)>,
    /// The text that is confirmed as merged.
    pub(crate) confirm: Option<Confirm>,
}

/// A single value under a key of a map.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) map: String,
    pub(crate) key: String,
    pub(crate) value: Scalar,
}

/// A text that somebody has read as it was merged.
#[derive(Debug, Clone)]
pub(crate) struct Confirm {
    /// The path of the text.
    pub(crate) text: String,
    /// The path that says at which changes it was read.
    pub(crate) read: String,
}

impl Put {
    pub(crate) fn path(&self) -> String {
        match self.map.as_str() {
            "" => self.key.clone(),
            map => format!("{map}/{}", self.key),
        }
    }

    /// In which map, and under which key of it, a field stands.
    fn at(record: &Record, field: Field, value: Scalar) -> Self {
        let (map, key) = match record {
            // The agencies named for all tasks share one map.
            Record::Supporter(task, agency) => ("named".to_owned(), format!("{task}/{agency}")),
            Record::Lead(task) => ("assigned/tasks".to_owned(), task.to_string()),
            Record::Owner(target) => ("assigned/targets".to_owned(), target.to_string()),
            Record::Progress(..) | Record::Values(..) | Record::Item(_) | Record::Milestone(_) => {
                (record.to_string(), field.key().to_owned())
            }
        };
        Self { map, key, value }
    }
}

impl Confirm {
    /// Of the text at a path; none where no text of ours stands.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let at = FieldPath::parse(path)?;
        let read = at.record.read_path(at.field)?;
        let text = path.to_owned();
        Some(Self { text, read })
    }
}

impl Writing {
    /// Reads an edit. Whether it is allowed is for [`rules`](crate::rules) to say.
    pub(crate) fn of(edit: &Edit) -> Self {
        let record = edit.record();
        let mut writing = match edit {
            Edit::Add { .. } => Self {
                fresh: Some(record.to_string()),
                ..Self::default()
            },
            Edit::Set { .. } | Edit::Confirm { .. } if record.kind().is_added() => Self {
                known: Some(record.to_string()),
                observed: changeable(record).map(|field| record.path(field)).collect(),
                ..Self::default()
            },
            Edit::Set { .. } | Edit::Confirm { .. } => Self::default(),
        };
        for (field, value) in edit.values() {
            writing.write(record, *field, value.as_ref());
        }
        if let Edit::Confirm { record, field } = edit {
            writing.confirm(record, *field);
        }
        writing
    }

    fn write(&mut self, record: &Record, field: Field, value: Option<&Value>) {
        self.looks_at(record, field);
        if field.is_merged_text() {
            let text = value.map(Value::to_string).unwrap_or_default();
            self.texts.push((record.path(field), text));
        } else {
            self.puts.push(Put::at(record, field, scalar(value)));
        }
    }

    fn confirm(&mut self, record: &Record, field: Field) {
        self.looks_at(record, field);
        self.confirm = Confirm::of(&record.path(field));
    }

    fn looks_at(&mut self, record: &Record, field: Field) {
        self.observed.push(record.path(field));
        for birth in record.births(field) {
            if !self.births.contains(&birth) {
                self.births.push(birth);
            }
        }
    }
}

/// The fields of a record that can be written after it was added.
fn changeable(record: &Record) -> impl Iterator<Item = Field> {
    Field::of(record.kind()).filter(|field| !field.declaration().fixed)
}

/// A value as it stands in documents; `None` is the marker for cleared.
fn scalar(value: Option<&Value>) -> Scalar {
    match value {
        None => Scalar::Null,
        Some(Value::Flag(yes)) => Scalar::Bool(*yes),
        Some(value) => Scalar::Text(value.to_string()),
    }
}
