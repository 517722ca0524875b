//! The command line.

mod admin;
mod list;
mod serve;
mod settings;
mod words;

use clap::{Parser, Subcommand};

use self::settings::{Flags, Settings};

/// What can be typed.
#[derive(Debug, Parser)]
#[command(
    name = "sync-server",
    version,
    about = "Máy chủ đồng bộ Tiến Độ: giữ nhật ký thay đổi, kiểm tra quyền, chuyển cho các máy",
    after_help = "Không kèm lệnh: chạy máy chủ. Mọi thiết lập đều ghi được bằng tham số, biến môi \
                  trường SYNC_SERVER_… hoặc tệp TOML (--config); tham số thắng biến môi trường, \
                  biến môi trường thắng tệp."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = "Quản trị: đơn vị, người, mã đăng ký, quyền, thu hồi")]
    Admin {
        #[command(subcommand)]
        command: admin::Command,
    },
}

impl Cli {
    /// Does it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let settings = Settings::read(self.flags)?;
        match self.command {
            None => serve::serve(settings),
            Some(Command::Admin { command }) => admin::run(command, &settings),
        }
    }
}
