//! What «Tổng quan» says.

/// The texts of «Tổng quan».
pub struct Overview {
    /// The heading.
    pub heading: &'static str,
}

/// Vietnamese.
pub static VI: Overview = Overview {
    heading: "Tổng quan",
};
