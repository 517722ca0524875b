//! Ids, a table's own and those that point to something, and days.

use std::str::FromStr;

use terms::{Date, IdError};

use crate::{
    Problem,
    log::Named,
    reader::{At, Table},
};

impl<'a> Table<'a> {
    /// The table's own id, declared for others to point to.
    pub(crate) fn id<T: FromStr<Err = IdError> + ToString>(&self, named: Named) -> Option<T> {
        let at = self.need_parsed::<T>("id", Problem::Id)?;
        let id = at.value.to_string();
        let prefix = named.prefix();
        if id
            .strip_prefix(prefix)
            .is_none_or(|rest| !prefix.is_empty() && rest.len() < 4)
        {
            self.log.fault(
                at.mark,
                Problem::IdForm {
                    id: id.clone(),
                    prefix,
                },
            );
        }
        self.log.declare(named, &id, at.mark);
        Some(at.value)
    }

    /// An id that points to something, if it is there.
    pub(crate) fn pointer<T: FromStr<Err = IdError> + ToString>(
        &self,
        field: &'static str,
        named: Named,
    ) -> Option<T> {
        let at = self.parsed::<T>(field, Problem::Id)?;
        self.log.point(named, at.value.to_string(), at.mark);
        Some(at.value)
    }

    /// An id that points to something and must be there.
    pub(crate) fn need_pointer<T: FromStr<Err = IdError> + ToString>(
        &self,
        field: &'static str,
        named: Named,
    ) -> Option<T> {
        self.missing(field, self.pointer(field, named))
    }

    /// A list of ids that point to something, each once.
    pub(crate) fn pointers<T: FromStr<Err = IdError> + ToString + PartialEq>(
        &self,
        field: &'static str,
        named: Named,
    ) -> Vec<T> {
        let mut out: Vec<T> = Vec::new();
        for at in self.list(field) {
            match at.value.parse::<T>() {
                Ok(id) if out.contains(&id) => {
                    self.log.fault(
                        at.mark,
                        Problem::Repeated {
                            what: field,
                            value: at.value,
                        },
                    );
                }
                Ok(id) => {
                    self.log.point(named, at.value, at.mark);
                    out.push(id);
                }
                Err(error) => self.log.fault(at.mark, Problem::Id(error)),
            }
        }
        out
    }

    /// A day that may be missing, written `"2019-03-15"`.
    pub(crate) fn optional_date(&self, field: &'static str) -> Option<At<'a, Date>> {
        let at = self.text_at(field)?;
        match at.value.parse() {
            Ok(value) => Some(At {
                value,
                mark: at.mark,
            }),
            Err(error) => {
                self.log.fault(at.mark, Problem::Date(field, error));
                None
            }
        }
    }

    /// A day that must be there.
    pub(crate) fn date(&self, field: &'static str) -> Option<At<'a, Date>> {
        self.missing(field, self.optional_date(field))
    }
}
