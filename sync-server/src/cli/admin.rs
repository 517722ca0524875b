//! `sync-server admin …`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use sync::directory::{Right, Subject};
use sync_server::admin::{Admin, CODE_HOURS, Shared};
use terms::{AgencyClass, AgencyId, DocId, EnrolmentId, PersonId, Role};

use super::{
    list::{self, What},
    settings::Settings,
    words,
};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(about = "Đơn vị")]
    Agency {
        #[command(subcommand)]
        command: Agency,
    },
    #[command(about = "Người")]
    Person {
        #[command(subcommand)]
        command: Person,
    },
    #[command(about = "Mã đăng ký dùng một lần")]
    Code {
        #[command(subcommand)]
        command: Code,
    },
    #[command(about = "Thu hồi một thiết bị; có hiệu lực ngay và không đảo lại được")]
    Revoke {
        #[arg(long, help = "Mã đăng ký thiết bị, xem «admin list enrolments»")]
        enrolment: EnrolmentId,
        #[arg(long, help = "Lý do; người dùng thiết bị sẽ đọc thấy")]
        why: String,
    },
    #[command(about = "Cấp một quyền")]
    Grant(Grant),
    #[command(about = "Thu lại một quyền đã cấp")]
    Ungrant(Grant),
    #[command(about = "Năm chương trình")]
    Year {
        #[command(subcommand)]
        command: Year,
    },
    #[command(about = "Xem danh sách")]
    List {
        #[arg(value_enum, help = "Danh sách nào")]
        what: What,
        #[arg(long, help = "In JSON thay cho bảng")]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Agency {
    #[command(about = "Thêm đơn vị, hoặc ghi lại tên của đơn vị đã có")]
    Add {
        #[arg(long, help = "Mã, ví dụ huyen-tran-de")]
        id: AgencyId,
        #[arg(long, help = "Tên đầy đủ, ví dụ «UBND huyện Trần Đề»")]
        name: String,
        #[arg(long, help = "Tên ngắn, ví dụ «Huyện Trần Đề»")]
        short: String,
        #[arg(long, value_parser = words::class, help = "so-nganh, trung-uong, truc-thuoc-ubnd hoặc cap-huyen")]
        class: AgencyClass,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Person {
    #[command(about = "Thêm người, hoặc ghi lại đơn vị và vai trò của người đã có")]
    Add {
        #[arg(long, help = "Mã, ví dụ nguyen-van-an")]
        id: PersonId,
        #[arg(long, help = "Họ và tên")]
        name: String,
        #[arg(long, help = "Mã đơn vị")]
        agency: AgencyId,
        #[arg(long, value_parser = words::role, help = "officer, head, reviewer, leader hoặc administrator")]
        role: Role,
        #[arg(long, help = "Chức vụ, ví dụ «Phó Chủ tịch»")]
        position: String,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Code {
    #[command(about = "Cấp mã cho một thiết bị của một người; in mã ra màn hình")]
    Issue {
        #[arg(long, help = "Mã người")]
        person: PersonId,
        #[arg(long, help = "Tên thiết bị, ví dụ «máy tính xách tay»")]
        device: String,
        #[arg(long, default_value_t = CODE_HOURS, help = "Số giờ mã còn dùng được")]
        hours: u32,
        #[arg(
            long,
            help = "Địa chỉ máy chủ; mặc định là địa chỉ của lần chạy gần nhất"
        )]
        url: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Grant {
    #[arg(long, value_parser = words::subject, help = "person:MÃ, agency:MÃ, role:VAI hoặc role:VAI@ĐƠN-VỊ")]
    subject: Subject,
    #[arg(
        long,
        help = "Tài liệu: programme/NĂM, agency/NĂM/ĐƠN-VỊ hoặc review/NĂM/ĐƠN-VỊ"
    )]
    doc: DocId,
    #[arg(long, value_parser = words::right, help = "read hoặc write")]
    right: Right,
}

#[derive(Debug, Subcommand)]
pub(super) enum Year {
    #[command(about = "Cấp các quyền thường lệ của một năm cho mọi đơn vị trong danh bạ")]
    Open {
        #[arg(long, help = "Năm")]
        year: u16,
        #[arg(
            long,
            value_name = "TỆP",
            help = "Tệp JSON {\"đơn-vị\": [\"đơn-vị khác\", …]}: đọc thêm tài liệu của ai"
        )]
        shared: Option<PathBuf>,
    },
}

/// Carries a command out on the database.
pub(super) fn run(command: Command, settings: &Settings) -> anyhow::Result<()> {
    let config = &settings.config;
    let mut admin = Admin::open(&config.database, config.clock.clone())?;
    match command {
        Command::Agency {
            command:
                Agency::Add {
                    id,
                    name,
                    short,
                    class,
                },
        } => {
            said(
                admin.add_agency(&id, &name, &short, class)?,
                &format!("đơn vị {id}"),
            );
        }
        Command::Person {
            command:
                Person::Add {
                    id,
                    name,
                    agency,
                    role,
                    position,
                },
        } => {
            said(
                admin.add_person(&id, &name, &agency, role, &position)?,
                &format!("người {id}"),
            );
        }
        Command::Code { command } => issue(&command, &mut admin)?,
        Command::Revoke { enrolment, why } => {
            said(
                admin.revoke(&enrolment, &why)?,
                &format!("thu hồi {enrolment}"),
            );
        }
        Command::Grant(Grant {
            subject,
            doc,
            right,
        }) => {
            said(
                admin.grant(&subject, &doc, right)?,
                &format!("quyền trên {doc}"),
            );
        }
        Command::Ungrant(Grant {
            subject,
            doc,
            right,
        }) => {
            admin.ungrant(&subject, &doc, right)?;
            said(true, &format!("thu lại quyền trên {doc}"));
        }
        Command::Year { command } => open_year(command, &mut admin)?,
        Command::List { what, json } => print!("{}", list::list(what, json, &mut admin)?),
    }
    Ok(())
}

fn issue(
    Code::Issue {
        person,
        device,
        hours,
        url,
    }: &Code,
    admin: &mut Admin,
) -> anyhow::Result<()> {
    let code = admin.issue_code(person, device, *hours, url.as_deref())?;
    // The code alone on the standard output, for scripts.
    eprintln!(
        "Mã cho {person}, dùng một lần trong {hours} giờ, máy chủ {}:",
        code.url
    );
    println!("{code}");
    Ok(())
}

fn open_year(Year::Open { year, shared }: Year, admin: &mut Admin) -> anyhow::Result<()> {
    let shared = shared
        .as_deref()
        .map(read_shared)
        .transpose()?
        .unwrap_or_default();
    let new = admin.open_year(year, &shared)?;
    eprintln!("Đã mở năm {year}: thêm {new} quyền.");
    Ok(())
}

fn said(new: bool, what: &str) {
    let so = if new {
        "Đã ghi"
    } else {
        "Đã có sẵn, không ghi gì thêm"
    };
    eprintln!("{so}: {what}.");
}

fn read_shared(path: &Path) -> anyhow::Result<Shared> {
    let shown = path.display();
    let text = fs::read_to_string(path)
        .with_context(|| format!("không đọc được tệp {shown}; hãy kiểm tra --shared"))?;
    serde_json::from_str(&text)
        .with_context(|| format!("tệp {shown} sai dạng; hãy sửa chỗ được chỉ ra"))
}
