//! What can be asked of `tiendo` on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use replica::{Clock as _, ShiftedClock};
use terms::{AgencyId, Date, EnrolmentId, Period, TargetId, TaskId};

use crate::fields::{Given, OfTarget, OfTask};

/// What stands under `--help`.
const AFTER: &str = "\
Ví dụ:
  export TIENDO_DATA=~/.local/share/tien-do TIENDO_SECRET='mật khẩu của tôi'
  tiendo list --period 2019-q3 --not-updated
  tiendo progress nv-8fp1 --period 2019-q3 --status in-progress --percent 62,5
  tiendo value ct-gdp --period 2019-q3 --actual 1.234,5 --estimate 1.300
  tiendo progress nv-8fp1 --period 2019-q3 --percent 60 --for huyen-tran-de --reason 'Theo biên bản'
  tiendo sync && tiendo export json /tmp/chuong-trinh.json

Số ghi theo kiểu Việt Nam: 1.234,56. Thư mục dữ liệu đang mở trong ứng dụng thì đóng ứng dụng trước.

Mã thoát:
  0  đã xong
  1  bị từ chối: nội dung, quyền hoặc tệp không dùng được; làm lại y như vậy cũng không được
  2  sai cách gọi lệnh
  3  chưa được lúc này: mạng, máy chủ, ổ đĩa hoặc dữ liệu đang mở ở nơi khác; gọi lại sau";

/// Bản sao chương trình của một người trên một máy, không cửa sổ.
#[derive(Debug, Parser)]
#[command(name = "tiendo", version, after_help = AFTER)]
pub(crate) struct Args {
    /// Thư mục dữ liệu, cùng thư mục với ứng dụng có cửa sổ
    #[arg(long, env = "TIENDO_DATA")]
    pub(crate) data: PathBuf,
    /// Ai làm: mã đăng ký; bỏ trống khi thư mục chỉ có một người
    #[arg(long = "as", env = "TIENDO_AS")]
    pub(crate) who: Option<EnrolmentId>,
    /// Tệp chứa mã PIN hoặc cụm mật khẩu; không có thì đọc biến `TIENDO_SECRET`
    #[arg(long)]
    pub(crate) secret_file: Option<PathBuf>,
    /// In JSON thay cho chữ
    #[arg(long)]
    pub(crate) json: bool,
    /// Coi hôm nay là ngày này (năm-tháng-ngày): chỉ để trình diễn và thử
    #[arg(long, env = "TIENDO_CLOCK", value_name = "NGÀY")]
    pub(crate) clock: Option<Date>,
    #[command(subcommand)]
    pub(crate) task: Task,
}

/// The tasks.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Ai đã đăng ký trên máy này
    People,
    /// Đăng ký bằng mã dùng một lần
    Enrol {
        /// Mã do quản trị cấp
        #[arg(long)]
        code: String,
        /// Tên máy ghi trong danh bạ
        #[arg(long)]
        device: String,
    },
    /// Đã gửi đến đâu, còn chờ gì
    Status,
    /// Nhiệm vụ của đơn vị trong một kỳ
    List {
        /// Kỳ báo cáo, ví dụ 2019-q3
        #[arg(long)]
        period: Period,
        /// Chỉ nhiệm vụ chưa cập nhật
        #[arg(long)]
        not_updated: bool,
    },
    /// Một nhiệm vụ: ai nói gì
    Show {
        /// Mã nhiệm vụ
        task: TaskId,
        /// Kỳ báo cáo
        #[arg(long)]
        period: Period,
    },
    /// Tìm trong nhiệm vụ, chỉ tiêu, đơn vị và lời văn; không cần dấu
    Search {
        /// Từ cần tìm
        words: String,
    },
    /// Ghi tiến độ một nhiệm vụ
    Progress(Progress),
    /// Ghi số liệu một chỉ tiêu
    Value(Figures),
    /// Gửi và nhận cho đến khi không còn gì chờ
    Sync {
        /// Chờ tối đa bao nhiêu giây
        #[arg(long, default_value_t = 60)]
        wait: u64,
    },
    /// Xuất toàn bộ dữ liệu
    Export {
        /// Dạng xuất
        form: Form,
        /// Tệp (json) hoặc thư mục (automerge)
        to: PathBuf,
    },
    /// Nạp một chương trình từ thư mục TOML (chỉ Sở KH&ĐT)
    Import {
        /// Thư mục, ví dụ seeds/soc-trang-2019
        seeds: PathBuf,
    },
}

/// What to write of a task.
#[derive(Debug, clap::Args)]
pub(crate) struct Progress {
    /// Mã nhiệm vụ
    pub(crate) task: TaskId,
    /// Kỳ báo cáo
    #[arg(long)]
    pub(crate) period: Period,
    #[command(flatten)]
    pub(crate) fields: Given<OfTask>,
    #[command(flatten)]
    pub(crate) whose: Whose,
}

/// Whose document is written.
#[derive(Debug, clap::Args)]
pub(crate) struct Whose {
    /// Ghi thay đơn vị này (chỉ Sở KH&ĐT), ví dụ huyen-tran-de
    #[arg(long = "for", value_name = "ĐƠN VỊ")]
    pub(crate) agency: Option<AgencyId>,
    /// Lý do ghi thay: đi cùng mỗi sửa đổi
    #[arg(long, value_name = "LÝ DO")]
    pub(crate) reason: Option<String>,
}

/// What to write of a target.
#[derive(Debug, clap::Args)]
pub(crate) struct Figures {
    /// Mã chỉ tiêu
    pub(crate) target: TargetId,
    /// Kỳ báo cáo
    #[arg(long)]
    pub(crate) period: Period,
    #[command(flatten)]
    pub(crate) fields: Given<OfTarget>,
    /// Cách đọc số, cần khi một số có hai cách đọc hoặc chênh xa các số trước
    #[arg(long, value_name = "CÁCH")]
    pub(crate) read_as: Option<ReadAs>,
    #[command(flatten)]
    pub(crate) whose: Whose,
}

/// The ways of writing figures.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ReadAs {
    /// Lối Việt Nam: 1.234,5
    Vi,
    /// Lối tiếng Anh: 1,234.5
    En,
}

/// The forms of an export.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Form {
    /// Một tệp JSON
    Json,
    /// Mỗi tài liệu một tệp .automerge
    Automerge,
}

impl Args {
    /// The clock handed in, or the machine's.
    pub(crate) fn clock(&self) -> ShiftedClock {
        self.clock
            .map_or_else(ShiftedClock::default, ShiftedClock::on)
    }

    /// The day it is.
    pub(crate) fn today(&self) -> Date {
        self.clock().now().date()
    }
}
