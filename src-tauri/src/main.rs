//! Tiến Độ on a computer.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> anyhow::Result<()> {
    tiendo_app::main()
}
