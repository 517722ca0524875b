//! Facts as rows show them: typed values with who, when and how safe they are.

use terms::{
    Date, Decimal, ValueMark, WorkStatus,
    rows::{AgencyName, Authored as Value, ItemKind, Register, TextField},
};

use crate::{ReadModel, Scalar, Stamp, read_model::DocumentFacts};

/// Reads a value of a field; `None` is for words of a newer version.
pub(crate) type Read<T> = fn(&ReadModel, &str) -> Option<T>;

pub(crate) fn status(_: &ReadModel, text: &str) -> Option<WorkStatus> {
    WorkStatus::from_code(text)
}

pub(crate) fn date(_: &ReadModel, text: &str) -> Option<Date> {
    text.parse().ok()
}

pub(crate) fn decimal(_: &ReadModel, text: &str) -> Option<Decimal> {
    text.parse().ok()
}

pub(crate) fn words(_: &ReadModel, text: &str) -> Option<String> {
    text.parse().ok()
}

pub(crate) fn agency(model: &ReadModel, text: &str) -> Option<AgencyName> {
    Some(model.plan().agency_name(&text.parse().ok()?))
}

pub(crate) fn value_mark(_: &ReadModel, text: &str) -> Option<ValueMark> {
    ValueMark::from_code(text)
}

/// A field of single values. A value that this version can't read is left out, unless somebody
/// cleared the field: that is a value too, when it stands against another.
pub(crate) fn field<T>(
    model: &ReadModel,
    document: Option<&DocumentFacts>,
    path: String,
    read: Read<T>,
) -> Register<T> {
    let stamps = document.map_or(&[][..], |document| document.at(&path));
    let values = stamps.iter().filter_map(|stamp| match &stamp.value {
        Scalar::Null => Some(value(model, stamp, None)),
        Scalar::Text(text) | Scalar::Merged(text) => {
            Some(value(model, stamp, Some(read(model, text)?)))
        }
        Scalar::Bool(_) => None,
    });
    Register {
        values: values.collect(),
        path,
    }
}

/// A field of yes or no.
pub(crate) fn flag(
    model: &ReadModel,
    document: Option<&DocumentFacts>,
    path: String,
) -> Register<bool> {
    let stamps = document.map_or(&[][..], |document| document.at(&path));
    let values = stamps.iter().filter_map(|stamp| match &stamp.value {
        Scalar::Null => Some(value(model, stamp, None)),
        Scalar::Bool(yes) => Some(value(model, stamp, Some(*yes))),
        Scalar::Text(_) | Scalar::Merged(_) => None,
    });
    Register {
        values: values.collect(),
        path,
    }
}

/// A text that several people write.
pub(crate) fn text(model: &ReadModel, document: Option<&DocumentFacts>, path: String) -> TextField {
    let stamps = document.map_or(&[][..], |document| document.at(&path));
    let merged = |stamp: &&Stamp| matches!(stamp.value, Scalar::Merged(_));
    let texts: Vec<&Stamp> = stamps.iter().filter(merged).collect();
    TextField {
        text: joined(&texts),
        tips: texts
            .iter()
            .map(|stamp| value(model, stamp, Some(())))
            .collect(),
        path,
    }
}

/// The text; normally one, and all of them should a strange change have made several.
fn joined(texts: &[&Stamp]) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for text in texts.iter().filter_map(|stamp| stamp.value.as_str()) {
        if !parts.contains(&text) {
            parts.push(text);
        }
    }
    parts.join("\n")
}

fn value<T>(model: &ReadModel, stamp: &Stamp, value: Option<T>) -> Value<T> {
    Value {
        value,
        by: model.author(stamp.author.as_ref()),
        at: stamp.time,
        change: stamp.change,
        saved: model.saved(&stamp.change),
    }
}

/// The first value at a path, where others can't be shown beside it.
pub(crate) fn first<T: std::str::FromStr>(document: &DocumentFacts, path: &str) -> Option<T> {
    document.at(path).first()?.value.as_str()?.parse().ok()
}

/// What an item is, from the stamps of its kind.
pub(crate) fn item_kind(stamps: &[Stamp]) -> Option<ItemKind> {
    ItemKind::from_code(stamps.first()?.value.as_str()?)
}
