//! Sending and receiving until nothing waits.

use std::time::Duration;

use anyhow::{Result, bail};
use replica::{ConnectionStatus, Replica, Status};
use tokio::{runtime::Handle, time::timeout};

/// Goes online and waits, at most `seconds`, until everything is exchanged.
pub(crate) async fn sync(replica: &Replica, seconds: u64) -> Result<String> {
    let mut changed = replica.watch();
    replica.go_online(&Handle::current());
    let done = async {
        loop {
            changed.mark_unchanged();
            let status = replica.status();
            if let ConnectionStatus::Refused(message) = status.connection {
                bail!("{message}");
            }
            if exchanged(&status) {
                return Ok(status);
            }
            if changed.changed().await.is_err() {
                bail!("dữ liệu đã đóng");
            }
        }
    };
    match timeout(Duration::from_secs(seconds), done).await {
        Ok(done) => Ok(match done?.quarantined {
            0 => "Đã lên tỉnh; bị từ chối: 0.\n".to_owned(),
            refused => format!("Đã gửi nhận xong; bị từ chối: {refused}. Xem `tiendo status`.\n"),
        }),
        Err(_) => Err(NotYet {
            seconds,
            pending: replica.status().pending,
        }
        .into()),
    }
}

/// Nothing is wrong, but it takes longer.
#[derive(Debug, thiserror::Error)]
#[error(
    "chưa gửi nhận hết sau {seconds} giây: còn chờ {pending}, đã lưu trên máy; hãy kiểm tra mạng rồi gọi lại"
)]
pub(crate) struct NotYet {
    seconds: u64,
    pending: usize,
}

fn exchanged(status: &Status) -> bool {
    status.connection == ConnectionStatus::Live && status.pending == 0
}
