//! Settings: flags first, then the environment, then the file, then what is usual.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Deserialize;
use sync_server::Config;
use terms::Date;

const LISTEN: &str = "127.0.0.1:7380";
const DATABASE: &str = "sync-server.db";
const LOG: &str = "info";

/// Settings as flags; clap reads the environment for those that are not given.
#[derive(Debug, Args)]
pub(super) struct Flags {
    #[arg(
        long,
        global = true,
        env = "SYNC_SERVER_CONFIG",
        value_name = "TỆP",
        help = "Tệp thiết lập TOML"
    )]
    config: Option<PathBuf>,
    #[arg(
        long,
        env = "SYNC_SERVER_LISTEN",
        value_name = "ĐỊA CHỈ",
        help = "Địa chỉ và cổng, mặc định 127.0.0.1:7380; cổng 0 để hệ thống chọn"
    )]
    listen: Option<String>,
    #[arg(
        long,
        global = true,
        env = "SYNC_SERVER_DATABASE",
        value_name = "TỆP",
        help = "Cơ sở dữ liệu SQLite, mặc định sync-server.db"
    )]
    database: Option<PathBuf>,
    #[arg(
        long,
        env = "SYNC_SERVER_PUBLIC_URL",
        value_name = "URL",
        help = "Địa chỉ mà các máy dùng để kết nối, ghi vào mã đăng ký"
    )]
    public_url: Option<String>,
    #[arg(
        long,
        env = "SYNC_SERVER_MAX_CONNECTIONS",
        value_name = "SỐ",
        help = "Số máy kết nối cùng lúc nhiều nhất, mặc định 1000"
    )]
    max_connections: Option<String>,
    #[arg(
        long,
        env = "SYNC_SERVER_ENROL_ATTEMPTS",
        value_name = "SỐ",
        help = "Số lần thử đăng ký liên tiếp từ một địa chỉ, mặc định 10"
    )]
    enrol_attempts: Option<String>,
    #[arg(
        long,
        env = "SYNC_SERVER_TRUSTED_PROXY",
        value_name = "ĐỊA CHỈ",
        value_delimiter = ',',
        help = "Địa chỉ IP của máy chủ trung gian (reverse proxy) được tin khi ghi ai gọi đến trong \
                X-Forwarded-For; nhiều địa chỉ cách nhau bằng dấu phẩy, mặc định không tin ai"
    )]
    trusted_proxy: Option<Vec<String>>,
    #[arg(
        long,
        env = "SYNC_SERVER_LOG",
        value_name = "MỨC",
        help = "Mức nhật ký: error, warn, info, debug, trace; mặc định info"
    )]
    log: Option<String>,
    #[arg(
        long,
        global = true,
        env = "SYNC_SERVER_CLOCK",
        value_name = "NGÀY",
        help = "Coi hôm nay là ngày này (năm-tháng-ngày): chỉ để trình diễn và thử"
    )]
    clock: Option<Date>,
}

/// Settings as they stand in a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<String>,
    database: Option<PathBuf>,
    public_url: Option<String>,
    max_connections: Option<u32>,
    enrol_attempts: Option<u32>,
    trusted_proxy: Option<Vec<String>>,
    log: Option<String>,
}

/// Why settings do not serve: which one, and how to mend it.
#[derive(Debug, thiserror::Error)]
pub(super) enum SettingsError {
    #[error("không đọc được tệp thiết lập {}: {why}; hãy kiểm tra đường dẫn ở --config", path.display())]
    File { path: PathBuf, why: std::io::Error },
    #[error("tệp thiết lập {} có chỗ sai; hãy sửa dòng được chỉ ra:\n{why}", path.display())]
    Toml { path: PathBuf, why: toml::de::Error },
    #[error("thiết lập «{setting}» là «{value}», không dùng được; hãy ghi {wanted}")]
    Value {
        setting: &'static str,
        value: String,
        wanted: &'static str,
    },
}

/// Settings, read and checked.
#[derive(Debug)]
pub(super) struct Settings {
    /// For the relay.
    pub(super) config: Config,
    /// What to log.
    pub(super) log: tracing_subscriber::EnvFilter,
}

impl Settings {
    pub(super) fn read(flags: Flags) -> Result<Self, SettingsError> {
        let file = flags
            .config
            .as_deref()
            .map(read_file)
            .transpose()?
            .unwrap_or_default();
        let listen = flags
            .listen
            .or(file.listen)
            .unwrap_or_else(|| LISTEN.to_owned());
        let database = flags
            .database
            .or(file.database)
            .unwrap_or_else(|| DATABASE.into());
        let mut config = Config::new(address(&listen)?, database);
        config.public_url = flags.public_url.or(file.public_url);
        let connections = number(
            "max_connections",
            flags.max_connections,
            file.max_connections,
        )?;
        if let Some(number) = connections {
            config.max_connections = usize::try_from(number).unwrap_or(usize::MAX);
        }
        if let Some(number) = number("enrol_attempts", flags.enrol_attempts, file.enrol_attempts)? {
            config.enrol_attempts = number;
        }
        let named = flags.trusted_proxy.or(file.trusted_proxy);
        config.trusted_proxy = proxies(&named.unwrap_or_default())?;
        if let Some(day) = flags.clock {
            config.clock = sync_server::clock_on(day);
        }
        let log = flags.log.or(file.log).unwrap_or_else(|| LOG.to_owned());
        let wanted = "error, warn, info, debug hoặc trace";
        let filter = log.parse();
        let log = filter.map_err(|_| SettingsError::Value {
            setting: "log",
            value: log,
            wanted,
        })?;
        Ok(Self { config, log })
    }
}

fn read_file(path: &Path) -> Result<File, SettingsError> {
    let text = fs::read_to_string(path).map_err(|why| SettingsError::File {
        path: path.to_owned(),
        why,
    })?;
    toml::from_str(&text).map_err(|why| SettingsError::Toml {
        path: path.to_owned(),
        why,
    })
}

fn address(text: &str) -> Result<SocketAddr, SettingsError> {
    text.parse().map_err(|_| SettingsError::Value {
        setting: "listen",
        value: text.to_owned(),
        wanted: "địa chỉ IP và cổng, ví dụ 127.0.0.1:7380 hoặc 0.0.0.0:7380",
    })
}

fn proxies(named: &[String]) -> Result<Vec<IpAddr>, SettingsError> {
    let proxy = |text: &String| {
        text.trim().parse().map_err(|_| SettingsError::Value {
            setting: "trusted_proxy",
            value: text.clone(),
            wanted: "địa chỉ IP không kèm cổng, ví dụ 127.0.0.1",
        })
    };
    named.iter().map(proxy).collect()
}

fn number(
    setting: &'static str,
    typed: Option<String>,
    file: Option<u32>,
) -> Result<Option<u32>, SettingsError> {
    let wanted = "một số nguyên từ 1 trở lên";
    let number = match typed {
        Some(text) => {
            let number = text.trim().parse();
            Some(number.map_err(|_| SettingsError::Value {
                setting,
                value: text,
                wanted,
            })?)
        }
        None => file,
    };
    match number {
        Some(0) => Err(SettingsError::Value {
            setting,
            value: "0".to_owned(),
            wanted,
        }),
        number => Ok(number),
    }
}
