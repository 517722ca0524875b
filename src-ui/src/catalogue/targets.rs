//! What «Chỉ tiêu» says.

/// The texts of «Chỉ tiêu».
pub struct Targets {
    /// The heading.
    pub heading: &'static str,
}

/// Vietnamese.
pub static VI: Targets = Targets {
    heading: "Chỉ tiêu",
};
