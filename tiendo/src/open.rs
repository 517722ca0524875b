//! Who is here, and opening one of them.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result, anyhow, bail};
use replica::{Enrolment, Replica, enrolment};
use serde_json::json;

use crate::{args::Args, show::json_text};

/// Who is enrolled on this machine.
pub(crate) fn people(data: &Path, as_json: bool) -> Result<String> {
    let enrolled = enrolment::list(data)?;
    if as_json {
        let person = |one: &Enrolment| {
            json!({ "enrolment": one.enrolment, "person": one.person, "name": one.name,
                "agency": one.agency, "role": one.role })
        };
        return json_text(&enrolled.iter().map(person).collect::<Vec<_>>());
    }
    if enrolled.is_empty() {
        return Ok(format!("Chưa có ai đăng ký trong {}.\n", data.display()));
    }
    let line = |one: &Enrolment| format!("{}\t{}\t{}\n", one.enrolment, one.name, one.agency_name);
    Ok(enrolled.iter().map(line).collect())
}

/// Enrols with a one-time code.
pub(crate) async fn enrol(args: &Args, code: &str, device: &str) -> Result<String> {
    let secret = secret(args)?;
    let unlocked = enrolment::enrol(&args.data, code, device, &secret).await?;
    let Enrolment {
        enrolment,
        name,
        agency_name,
        ..
    } = unlocked.enrolment();
    Ok(format!("Đã đăng ký {name}, {agency_name}: {enrolment}\n"))
}

/// Opens the replica of who is asked for, or of the only one there is.
pub(crate) fn replica(args: &Args) -> Result<Replica> {
    let enrolled = enrolment::list(&args.data)?;
    let who = match (&args.who, enrolled.as_slice()) {
        (Some(who), _) => who.clone(),
        (None, [only]) => only.enrolment.clone(),
        (None, []) => bail!(
            "chưa có ai đăng ký trong {}; dùng `tiendo enrol` với mã do quản trị cấp",
            args.data.display()
        ),
        (None, _) => {
            bail!("có nhiều người trên máy này; thêm --as và mã đăng ký (xem `tiendo people`)")
        }
    };
    let unlocked = enrolment::unlock(&args.data, &who, &secret(args)?)?;
    Ok(Replica::open(unlocked, Arc::new(args.clock()))?)
}

/// A secret never stands on the command line, where other users of the machine could read it.
fn secret(args: &Args) -> Result<String> {
    if let Some(file) = &args.secret_file {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("không đọc được {}", file.display()))?;
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    }
    std::env::var("TIENDO_SECRET").map_err(|_| {
        anyhow!("cần mã PIN hoặc mật khẩu: đặt biến TIENDO_SECRET hoặc dùng --secret-file")
    })
}
