//! A programme from its TOML files into its document.

use std::path::Path;

use anyhow::{Result, bail};
use replica::Replica;

/// Reads, checks and imports the programme in the folder `seeds`; all faults are printed at once.
pub(crate) async fn import(replica: &Replica, seeds: &Path) -> Result<String> {
    let programme = match seeds::load(seeds) {
        Ok(programme) => programme,
        Err(faults) => {
            for fault in &faults {
                eprintln!("{fault}");
            }
            bail!(
                "{} có {} lỗi; sửa rồi nạp lại, chưa có gì được ghi",
                seeds.display(),
                faults.len()
            );
        }
    };
    let (tasks, targets) = (programme.tasks.len(), programme.targets.len());
    replica.import(programme.content()).await?;
    Ok(format!(
        "Đã nạp {tasks} nhiệm vụ và mục, {targets} chỉ tiêu; đã lưu trên máy.\n"
    ))
}
