//! Who is here, and opening one of them.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result, anyhow, bail};
use replica::{Enrolment, Replica, enrolment};

use crate::args::Args;

/// Prints who is enrolled on this machine.
pub(crate) fn people(data: &Path) -> Result<()> {
    let enrolled = enrolment::list(data)?;
    if enrolled.is_empty() {
        println!("Chưa có ai đăng ký trong {}.", data.display());
    }
    for person in enrolled {
        println!(
            "{}\t{}\t{}",
            person.enrolment, person.name, person.agency_name
        );
    }
    Ok(())
}

/// Enrols with a one-time code.
pub(crate) async fn enrol(args: &Args, code: &str, device: &str) -> Result<()> {
    let secret = secret(args)?;
    let unlocked =
        enrolment::enrol(&args.data, code, device, &secret, Arc::new(args.clock())).await?;
    let Enrolment {
        enrolment,
        name,
        agency_name,
        ..
    } = unlocked.enrolment();
    println!("Đã đăng ký {name}, {agency_name}: {enrolment}");
    Ok(())
}

/// Opens the replica of who is asked for, or of the only one there is.
pub(crate) fn replica(args: &Args) -> Result<Replica> {
    let enrolled = enrolment::list(&args.data)?;
    let who = match (&args.who, enrolled.as_slice()) {
        (Some(who), _) => who.clone(),
        (None, [only]) => only.enrolment.clone(),
        (None, []) => bail!("chưa có ai đăng ký trong {}", args.data.display()),
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
    std::env::var("TIENDO_SECRET")
        .map_err(|_| anyhow!("cần mã PIN: đặt biến TIENDO_SECRET hoặc dùng --secret-file"))
}
