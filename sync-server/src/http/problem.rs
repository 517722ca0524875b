//! Answers that are none.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::SERVICE;
use crate::enrol::EnrolError;

/// An answer that is none: a word for programs, and what happened and what to do next for people.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    service: &'static str,
    #[serde(skip)]
    status: StatusCode,
    code: &'static str,
    message: String,
    /// Whether the same request can succeed later.
    retry: bool,
}

impl Problem {
    pub(super) fn unknown() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "unknown",
            "đây là máy chủ đồng bộ Tiến Độ, không có trang này; hãy mở ứng dụng Tiến Độ và nhập \
             mã đăng ký",
        )
    }

    pub(super) fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "wrong-method",
            "máy chủ đồng bộ Tiến Độ không nhận yêu cầu kiểu này; hãy cập nhật ứng dụng",
        )
    }

    pub(super) fn not_a_websocket() -> Self {
        Self::new(
            StatusCode::UPGRADE_REQUIRED,
            "not-a-websocket",
            "địa chỉ này chỉ dành cho kết nối trực tiếp của ứng dụng Tiến Độ; nếu có máy chủ \
             trung gian, hãy cho phép WebSocket",
        )
    }

    pub(super) fn full() -> Self {
        let message = "máy chủ đang có quá nhiều kết nối; ứng dụng sẽ tự thử lại";
        Self {
            retry: true,
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "full", message)
        }
    }

    pub(super) fn no_ticket() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "no-ticket",
            "yêu cầu này chỉ dành cho thiết bị đang kết nối; ứng dụng sẽ tự kết nối rồi hỏi lại",
        )
    }

    pub(super) fn not_granted() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not-granted",
            "thiết bị này không có quyền đọc tài liệu đó; hãy liên hệ quản trị",
        )
    }

    pub(super) fn no_snapshot() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no-snapshot",
            "tài liệu này không có bản chụp; ứng dụng sẽ tự đọc từng thay đổi",
        )
    }

    pub(super) fn trouble() -> Self {
        let message = "máy chủ tạm thời không đọc được dữ liệu; ứng dụng sẽ tự thử lại";
        Self {
            retry: true,
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "trouble", message)
        }
    }

    fn new(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self {
            service: SERVICE,
            status,
            code,
            message: message.to_owned(),
            retry: false,
        }
    }
}

impl From<EnrolError> for Problem {
    fn from(error: EnrolError) -> Self {
        let status = match error {
            EnrolError::TooOften => StatusCode::TOO_MANY_REQUESTS,
            EnrolError::Unreadable | EnrolError::NotProved | EnrolError::DeviceName(_) => {
                StatusCode::BAD_REQUEST
            }
            EnrolError::WrongCode => StatusCode::FORBIDDEN,
            EnrolError::UsedCode | EnrolError::ExpiredCode => StatusCode::GONE,
            EnrolError::KnownKey => StatusCode::CONFLICT,
            EnrolError::Trouble => StatusCode::SERVICE_UNAVAILABLE,
        };
        let retry = error.retry();
        Self {
            retry,
            ..Self::new(status, error.code(), &error.to_string())
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status, Json(self)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}
