//! Agencies' classes and people's roles.

use serde::{Deserialize, Serialize};

/// The four classes of agency, as in the programme's own list of recipients («Nơi nhận»).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyClass {
    /// Sở, ban, ngành tỉnh: departments and boards of the province.
    SoNganh,
    /// Cơ quan Trung ương đóng trên địa bàn: central agencies in the province.
    TrungUong,
    /// Đơn vị trực thuộc UBND tỉnh.
    TrucThuocUbnd,
    /// UBND huyện, thị xã, thành phố.
    CapHuyen,
}

impl AgencyClass {
    const ALL: [Self; 4] = [
        Self::SoNganh,
        Self::TrungUong,
        Self::TrucThuocUbnd,
        Self::CapHuyen,
    ];

    /// As it stands in documents and in a programme's files.
    pub fn code(self) -> &'static str {
        match self {
            Self::SoNganh => "so-nganh",
            Self::TrungUong => "trung-uong",
            Self::TrucThuocUbnd => "truc-thuoc-ubnd",
            Self::CapHuyen => "cap-huyen",
        }
    }

    /// The reverse of [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }
}

/// A person's position, which decides what they may write (ARCHITECTURE.md, Who may do what). Only
/// the directory says who has it, never a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Cán bộ: writes the agency's own document.
    Officer,
    /// Thủ trưởng đơn vị: also signs and submits.
    Head,
    /// Chuyên viên tổng hợp, Sở KH&ĐT: reads and writes all, with a reason.
    Reviewer,
    /// Lãnh đạo UBND tỉnh: reads all, decides.
    Leader,
    /// Quản trị: enrols, grants, revokes.
    Administrator,
}
