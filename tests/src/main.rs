//! Drives real windows: `journeys test [NAME]`, `journeys pictures DIR`, `journeys bench`.
use journeys::drive::{App, Window};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let app = App { program: std::env::current_exe()?.with_file_name("tien-do"), folder: "/work/t/x/d2".into(), arguments: vec![], theme: "Adwaita" };
    std::fs::create_dir_all(&app.folder)?;
    let t = std::time::Instant::now();
    let window = Window::open(app).await?;
    println!("{:?}", t.elapsed());
    println!("{}", window.page().await_element("body").await?.text().await?);
    window.page().resize(1280,800).await?;
    println!("{}", window.page().script("const e=document.createElement('textarea'); e.id='x'; document.body.append(e); e.focus(); return innerWidth+'x'+innerHeight+' '+matchMedia('(prefers-color-scheme: dark)').matches+document.hasFocus()", &[]).await?);
    window.page().type_text("Đường xã Trung Bình đạt 45,5 %").await?;
    println!("{}", window.page().await_element("#x").await?.value().await?);
    std::fs::write("/work/t/x/shot2.png", window.page().picture().await?)?;
    println!("{:?}", t.elapsed());
    window.kill()?;
    println!("{:?}", t.elapsed());
    Ok(())
}
