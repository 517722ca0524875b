//! What went wrong further down, as the window shows it.

use ipc::{Problem, ProblemKind};
use replica::{
    EditProblem, OpenError, StoreError,
    enrolment::{EnrolError, FolderError, UnlockError},
};

/// An error that a person can be told. Its own `Display` says what happened and what to do next.
pub(crate) trait IntoProblem: std::error::Error + Sized + 'static {
    /// Where it belongs.
    fn kind(&self) -> ProblemKind;

    /// Whether the same request may succeed later.
    fn may_retry(&self) -> bool;

    /// For the window, as a sentence; what led to it goes to the log.
    fn into_problem(self) -> Problem {
        if self.source().is_some() {
            tracing::warn!(error = %replica::causes(&self), "told to the window");
        }
        Problem {
            kind: self.kind(),
            message: sentence(&self.to_string()),
            retry: self.may_retry(),
        }
    }
}

macro_rules! problems {
    ($($error:ty => $kind:expr;)*) => {$(
        impl IntoProblem for $error {
            fn kind(&self) -> ProblemKind {
                #[allow(clippy::redundant_closure_call)]
                ($kind)(self)
            }

            fn may_retry(&self) -> bool {
                self.retry()
            }
        }
    )*};
}

problems! {
    StoreError => |_: &_| ProblemKind::Storage;
    FolderError => |_: &_| ProblemKind::Storage;
    OpenError => |_: &_| ProblemKind::Storage;
    UnlockError => unlock;
    EnrolError => enrol;
    EditProblem => edit;
}

fn unlock(error: &UnlockError) -> ProblemKind {
    match error {
        UnlockError::WrongSecret { .. } | UnlockError::Wait { .. } | UnlockError::NotEnrolled => {
            ProblemKind::Locked
        }
        UnlockError::Vault(_) | UnlockError::Folder(_) => ProblemKind::Storage,
    }
}

fn enrol(error: &EnrolError) -> ProblemKind {
    match error {
        EnrolError::Code(_)
        | EnrolError::ShortPin
        | EnrolError::ShortPassphrase(_)
        | EnrolError::NoDevice => ProblemKind::Input,
        EnrolError::Unreachable { .. } => ProblemKind::Offline,
        EnrolError::NotBelieved(_) | EnrolError::NotARelay { .. } | EnrolError::Refused { .. } => {
            ProblemKind::Denied
        }
        EnrolError::Taken { .. } | EnrolError::Vault(_) | EnrolError::Folder(_) => {
            ProblemKind::Storage
        }
    }
}

fn edit(error: &EditProblem) -> ProblemKind {
    match error {
        EditProblem::Rule(_) => ProblemKind::Input,
        EditProblem::Denied(_) => ProblemKind::Denied,
        EditProblem::Store(_) => ProblemKind::Storage,
    }
}

/// Libraries write messages that can be joined; a person reads a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    let mut sentence = first.unwrap_or_default() + letters.as_str();
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_reads_as_a_sentence() {
        assert_eq!(
            sentence("đĩa đã đầy; hãy xóa bớt"),
            "Đĩa đã đầy; hãy xóa bớt."
        );
        assert_eq!(sentence("Xong."), "Xong.");
        assert_eq!(sentence(""), ".");
    }

    #[test]
    fn a_wrong_pin_is_told_at_the_door_and_can_be_typed_again() {
        let problem = UnlockError::WrongSecret { wait: 0 }.into_problem();
        assert_eq!(problem.kind, ProblemKind::Locked);
        assert!(problem.message.starts_with("Mã PIN"), "{}", problem.message);
    }
}
