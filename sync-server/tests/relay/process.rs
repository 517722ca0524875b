//! The program itself: started, stopped, killed, and its command line.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use sync::{Refusal, code::Code, frame::RelayFrame};
use sync_server::admin::Admin;
use tempfile::TempDir;

use crate::{
    support::{Device, TRAN_DE, furnish},
    test_document::{TestDocument, log_of, only_changes},
};

/// The program, serving a database in `folder`; killed at the end of the test.
struct Program {
    child: Child,
    addr: SocketAddr,
}

impl Program {
    fn start(folder: &TempDir) -> Self {
        let mut child = command(folder.path())
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.path().join("relay.log")).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let addr = line
            .trim()
            .strip_prefix("listening http://")
            .expect(&line)
            .parse()
            .unwrap();
        Self { child, addr }
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sync-server"));
    command
        .current_dir(folder)
        .env("SYNC_SERVER_DATABASE", folder.join("relay.db"));
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder).args(args).output().unwrap()
}

fn said(output: &Output) -> (bool, String) {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

/// What the program has written to its log.
fn log(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("relay.log")).unwrap()
}

/// A relay that really runs, with an officer's device enrolled by a code from the command line.
/// The device's clock is the real one, as the program's is.
async fn program_and_device() -> (TempDir, Program, Device) {
    let (folder, program, device, _) = program_device_and_code().await;
    (folder, program, device)
}

async fn program_device_and_code() -> (TempDir, Program, Device, String) {
    let folder = TempDir::new().unwrap();
    let clock = sync_server::system_clock();
    furnish(&mut Admin::open(&folder.path().join("relay.db"), clock).unwrap());
    let program = Program::start(&folder);
    let args = [
        "admin", "code", "issue", "--person", "an", "--device", "máy",
    ];
    let issued = run(folder.path(), &args);
    let text = String::from_utf8(issued.stdout).unwrap();
    let code: Code = text.parse().unwrap();
    let device = Device::enrol(&code).await;
    (folder, program, device, text)
}

#[tokio::test]
async fn it_stops_cleanly_when_told() {
    let (folder, mut program, device) = program_and_device().await;
    let now = (sync_server::system_clock())();
    let mut connection = device.knock_at(program.addr, now).await;
    connection.follow(&[TRAN_DE]).await;
    program.signal("-TERM");
    assert_eq!(connection.refusal().await, Refusal::Stopping);
    assert!(program.child.wait().unwrap().success());
    assert!(
        !folder.path().join("relay.db-wal").exists(),
        "everything is in the one file"
    );
}

#[tokio::test]
async fn told_to_stop_in_the_middle_it_finishes_what_it_has_begun() {
    let (folder, mut program, device) = program_and_device().await;
    let now = (sync_server::system_clock())();
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &device);
    let mut connection = device.knock_at(program.addr, now).await;
    connection.push(TRAN_DE, vec![root]).await;
    let (mut pushed, mut acknowledged, mut told) = (1, 0, None);
    while let Some(frame) = connection.maybe().await {
        match frame {
            RelayFrame::Known { changes, .. } => acknowledged += changes.len(),
            RelayFrame::Refused(refusal) => told = Some(refusal),
            _ => {}
        }
        if acknowledged == 20 {
            program.signal("-TERM");
        }
        let edit = only_changes(&test_document.write(&format!("Lần {pushed}")));
        pushed += edit.len();
        let doc = TRAN_DE.parse().unwrap();
        let push = sync::frame::ClientFrame::Push { doc, changes: edit };
        connection.try_send(&push).await;
    }
    assert_eq!(
        told,
        Some(Refusal::Stopping),
        "whoever is connected is told"
    );
    assert!(program.child.wait().unwrap().success());
    let log = log_of(folder.path().join("relay.db"), TRAN_DE);
    assert!(acknowledged >= 20 && log.len() >= acknowledged);
}

#[tokio::test]
async fn its_log_is_lines_of_json_without_secrets() {
    let (folder, mut program, device, code) = program_device_and_code().await;
    let now = (sync_server::system_clock())();
    device
        .knock_at(program.addr, now)
        .await
        .follow(&[TRAN_DE])
        .await;
    program.signal("-TERM");
    program.child.wait().unwrap();
    let text = log(&folder);
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();
    let line = |message: &str| {
        let found = lines.iter().find(|line| line["message"] == message);
        found.unwrap_or_else(|| panic!("no «{message}» in {text}"))
    };
    for message in [
        "relay started",
        "enrolled",
        "authenticated",
        "stopping",
        "stopped",
    ] {
        assert!(line(message)["timestamp"].is_string() && line(message)["level"].is_string());
    }
    assert_eq!(line("enrolled")["enrolment"], device.enrolment.as_str());
    // Neither the code nor the key of anybody; the code's letters, whatever their case.
    let secret = code.trim().to_lowercase().replace('-', "");
    assert!(
        !text
            .to_lowercase()
            .replace('-', "")
            .contains(&secret[60..80])
    );
    assert!(!text.contains("seed"));
}

#[tokio::test]
async fn what_it_acknowledged_survives_being_killed() {
    let (folder, mut program, device) = program_and_device().await;
    let now = (sync_server::system_clock())();
    let (mut test_document, root) = TestDocument::new(TRAN_DE, &device);
    let mut acknowledged = Vec::new();
    let mut pushed = 0;
    for round in 0..3 {
        let mut connection = device.knock_at(program.addr, now).await;
        connection.push(TRAN_DE, vec![root.clone()]).await;
        let mut here = 0;
        // Killed while more is under way than is acknowledged.
        while let Some(frame) = connection.maybe().await {
            if let RelayFrame::Known { changes, .. } = frame {
                acknowledged.extend(changes.into_iter().map(|(_, id)| id));
                here += 1;
            }
            for _ in 0..3 {
                let edit = only_changes(&test_document.write(&format!("Lần {pushed}")));
                let doc = TRAN_DE.parse().unwrap();
                let push = sync::frame::ClientFrame::Push { doc, changes: edit };
                pushed += 1;
                if !connection.try_send(&push).await {
                    break;
                }
            }
            if here == 5 + round * 3 {
                program.signal("-KILL");
            }
        }
        program.child.wait().unwrap();
        // Where the relay lost what was not acknowledged, this device begins again.
        let log = log_of(folder.path().join("relay.db"), TRAN_DE);
        for id in &acknowledged {
            assert!(log.contains(id), "{id} was acknowledged");
        }
        test_document = TestDocument::new(TRAN_DE, &device).0;
        program = Program::start(&folder);
    }
    assert!(acknowledged.len() >= 5 + 8 + 11);
}

#[tokio::test]
async fn a_revocation_from_the_command_line_closes_the_connection() {
    let (folder, program, device) = program_and_device().await;
    let now = (sync_server::system_clock())();
    let mut connection = device.knock_at(program.addr, now).await;
    let enrolment = device.enrolment.to_string();
    let args = [
        "admin",
        "revoke",
        "--enrolment",
        &enrolment,
        "--why",
        "nghỉ hưu",
    ];
    assert_eq!(
        said(&run(folder.path(), &args)).1,
        format!("Đã ghi: thu hồi {enrolment}.\n")
    );
    assert_eq!(
        connection.refusal().await,
        Refusal::Revoked {
            why: "nghỉ hưu".to_owned()
        }
    );
}

/// Commands after `admin`, their words separated by bars; whether each works, what it says.
const COMMANDS: &[(&str, bool, &str)] = &[
    ("list|people", true, "MÃ  HỌ TÊN"),
    (
        "person|add|--id|an|--name|An|--agency|x|--role|officer|--position|CV",
        false,
        "đơn vị «x»",
    ),
    ("year|open|--year|2019", false, "chưa có đơn vị"),
    (
        "agency|add|--id|Huyện|--name|a|--short|b|--class|cap-huyen",
        false,
        "chữ thường",
    ),
    (
        "agency|add|--id|x|--name|X|--short|X|--class|town",
        false,
        "cap-huyen",
    ),
    (
        "agency|add|--id|x|--name| |--short|X|--class|cap-huyen",
        false,
        "«name» để trống",
    ),
    (
        "agency|add|--id|x|--name|Huyện X|--short|X|--class|cap-huyen",
        true,
        "Đã ghi",
    ),
    (
        "agency|add|--id|x|--name|Huyện X|--short|X|--class|cap-huyen",
        true,
        "Đã có sẵn",
    ),
    (
        "person|add|--id|an|--name|Lê An|--agency|x|--role|king|--position|CV",
        false,
        "officer",
    ),
    (
        "person|add|--id|an|--name|Lê An|--agency|x|--role|officer|--position|CV",
        true,
        "Đã ghi",
    ),
    ("code|issue|--person|an|--device|máy", false, "--url"),
    (
        "code|issue|--person|ai|--device|máy|--url|http://a",
        false,
        "người «ai»",
    ),
    (
        "code|issue|--person|an|--device|máy|--url|a",
        false,
        "địa chỉ máy chủ",
    ),
    (
        "code|issue|--person|an|--device|máy|--url|http://a|--hours|0",
        false,
        "giờ",
    ),
    (
        "code|issue|--person|an|--device|máy|--url|http://a",
        true,
        "dùng một lần",
    ),
    ("year|open|--year|2019", true, "thêm 12 quyền"),
    ("year|open|--year|2019", true, "thêm 0 quyền"),
    (
        "grant|--subject|agency:y|--doc|programme/2019|--right|read",
        false,
        "đơn vị «y»",
    ),
    (
        "grant|--subject|person:an|--doc|programme/19|--right|read",
        false,
        "năm phải",
    ),
    (
        "grant|--subject|person:an|--doc|programme/2019|--right|read",
        true,
        "Đã ghi",
    ),
    (
        "ungrant|--subject|person:an|--doc|programme/2019|--right|read",
        true,
        "Đã ghi",
    ),
    (
        "ungrant|--subject|person:an|--doc|programme/2019|--right|read",
        false,
        "list grants",
    ),
    ("revoke|--enrolment|e1|--why|mất", false, "list enrolments"),
    ("list|people", true, "an  Lê An   x"),
    ("list|agencies|--json", true, r#""name": "Huyện X""#),
    ("list|grants", true, "agency/2019/x   role:officer@x"),
    ("list|codes|--json", true, r#""used_at": """#),
    ("list|enrolments", true, "THU HỒI LÚC"),
];

#[test]
fn an_administrator_sets_a_relay_up_from_nothing() {
    let folder = TempDir::new().unwrap();
    let words = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
    for &(line, works, says) in COMMANDS {
        let args = words(&format!("admin|{line}"));
        let output = run(
            folder.path(),
            &args.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        let (worked, text) = said(&output);
        assert!(worked == works && text.contains(says), "{line}: {text}");
    }
}

#[test]
fn a_setting_that_does_not_serve_is_named_with_the_way_to_mend_it() {
    let folder = TempDir::new().unwrap();
    let file = |text: &str| fs::write(folder.path().join("relay.toml"), text).unwrap();
    // file, flags → what the message says
    let table: [(&str, &[&str], &[&str]); 10] = [
        (
            "",
            &["--listen", "here"],
            &["«listen»", "«here»", "127.0.0.1:7380"],
        ),
        ("listen = \"here\"", &[], &["«listen»", "«here»"]),
        ("listne = \"a\"", &[], &["relay.toml", "line 1", "listne"]),
        ("listen = ", &[], &["relay.toml", "line 1"]),
        ("max_connections = 0", &[], &["«max_connections»", "từ 1"]),
        (
            "",
            &["--enrol-attempts", "nhiều"],
            &["«enrol_attempts»", "«nhiều»"],
        ),
        (
            "trusted_proxy = [\"127.0.0.1\", \"cổng\"]",
            &[],
            &["«trusted_proxy»", "«cổng»"],
        ),
        (
            "",
            &["--trusted-proxy", "127.0.0.1,127.0.0.1:80"],
            &["«trusted_proxy»", "«127.0.0.1:80»", "không kèm cổng"],
        ),
        ("log = \"a=b=c\"", &[], &["«log»", "debug"]),
        (
            "public_url = \"tiendo\"\nlisten = \"127.0.0.1:0\"",
            &[],
            &["«public_url»", "https://"],
        ),
    ];
    for (text, flags, says) in table {
        file(text);
        let args = [&["--config", "relay.toml"], flags].concat();
        let (worked, message) = said(&run(folder.path(), &args));
        assert!(!worked, "{text} {flags:?}");
        for part in says {
            assert!(message.contains(part), "{part}: {message}");
        }
    }
    let (worked, message) = said(&run(folder.path(), &["--config", "nowhere.toml"]));
    assert!(!worked && message.contains("nowhere.toml") && message.contains("--config"));
}
