//! Sending and receiving until nothing waits.

use std::time::Duration;

use anyhow::{Result, bail};
use replica::{Connection, Replica, Status};
use tokio::{runtime::Handle, time::timeout};

/// Goes online and waits, at most `seconds`, until everything is exchanged.
pub(crate) async fn sync(replica: &Replica, seconds: u64) -> Result<()> {
    let mut changed = replica.watch();
    replica.go_online(&Handle::current());
    let done = async {
        loop {
            changed.mark_unchanged();
            let status = replica.status();
            if let Connection::Refused { message } = status.connection {
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
        Ok(done) => {
            println!("Đã lên tỉnh; bị từ chối: {}.", done?.quarantined);
            Ok(())
        }
        Err(_) => bail!(
            "chưa gửi hết sau {seconds} giây: còn chờ {}; đã lưu trên máy",
            replica.status().pending
        ),
    }
}

fn exchanged(status: &Status) -> bool {
    status.connection == Connection::Live && status.pending == 0
}
