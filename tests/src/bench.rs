//! Figures.
use crate::world::Programs;
/// Measures.
pub async fn measure(_programs: Programs) -> anyhow::Result<()> {
    Ok(())
}
