//! The window's program: the screens over Tauri.

fn main() {
    console_error_panic_hook::set_once();
    tiendo_ui::app::mount(tiendo_ui::transport::Tauri::default());
}
