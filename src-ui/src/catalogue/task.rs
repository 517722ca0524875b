//! What «Nhiệm vụ» says.

/// The texts of «Nhiệm vụ».
pub struct Task {
    /// The heading.
    pub heading: &'static str,
}

/// Vietnamese.
pub static VI: Task = Task {
    heading: "Nhiệm vụ",
};
