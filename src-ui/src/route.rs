//! Where the person is: a path after `#`, so that reload and «back» work without a server.

use leptos::{
    ev,
    prelude::{
        Get, ReadSignal, RwSignal, Set, expect_context, provide_context, window_event_listener,
    },
};
use terms::{OfficialStatus, TargetId, TaskId, TreeFilter};

/// A place in the app.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// «Việc của tôi», with a task beside it.
    MyWork(Option<TaskId>),
    /// «Chương trình», with a task beside it.
    Tree(Option<TaskId>),
    /// «Chương trình», narrowed: where a number of «Tổng quan» comes from.
    Narrowed(TreeFilter),
    /// «Chỉ tiêu», with a target beside it.
    Targets(Option<TargetId>),
    /// «Tổng quan».
    Overview,
}

/// The official statuses as addresses write them.
const STATUSES: [(OfficialStatus, &str); 4] = [
    (OfficialStatus::DoneOnTime, "xong-dung-han"),
    (OfficialStatus::DoneLate, "xong-qua-han"),
    (OfficialStatus::OpenInTime, "trong-han"),
    (OfficialStatus::OpenLate, "qua-han"),
];

impl Route {
    /// Reads what stands after the address; anything unknown is the first screen.
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        let (place, id) = path.split_once('/').unwrap_or((path, ""));
        match place {
            "chuong-trinh" if id.is_empty() => Self::Tree(None),
            "chuong-trinh" => Self::Narrowed(filter(id)),
            "nhiem-vu" => Self::Tree(id.parse().ok()),
            "chi-tieu" => Self::Targets(id.parse().ok()),
            "tong-quan" => Self::Overview,
            _ => Self::MyWork(id.parse().ok()),
        }
    }

    /// The link to it.
    pub fn href(&self) -> String {
        match self {
            Self::MyWork(None) => "#/viec".into(),
            Self::MyWork(Some(task)) => format!("#/viec/{task}"),
            Self::Tree(None) => "#/chuong-trinh".into(),
            Self::Tree(Some(task)) => format!("#/nhiem-vu/{task}"),
            Self::Narrowed(narrow) => format!("#/chuong-trinh/{}", filter_href(narrow)),
            Self::Targets(None) => "#/chi-tieu".into(),
            Self::Targets(Some(target)) => format!("#/chi-tieu/{target}"),
            Self::Overview => "#/tong-quan".into(),
        }
    }

    /// Whether both stand on the same screen, whatever is open beside it.
    pub fn same_screen(&self, other: &Self) -> bool {
        self.screen() == other.screen()
    }

    /// The screen without anything beside it: where «back» leads.
    pub fn screen(&self) -> Self {
        match self {
            Self::MyWork(_) => Self::MyWork(None),
            Self::Tree(_) | Self::Narrowed(_) => Self::Tree(None),
            Self::Targets(_) => Self::Targets(None),
            Self::Overview => Self::Overview,
        }
    }
}

/// The window's place, as a signal.
#[derive(Clone, Copy)]
pub struct Router(RwSignal<Route>);

/// The router of this window.
pub fn use_router() -> Router {
    expect_context()
}

impl Router {
    /// Follows the address from now on.
    pub fn provide() -> Self {
        let here = RwSignal::new(Route::parse(&hash()));
        let listener = window_event_listener(ev::hashchange, move |_| {
            let now = Route::parse(&hash());
            here.set(now);
        });
        leptos::prelude::on_cleanup(move || listener.remove());
        let router = Self(here);
        provide_context(router);
        router
    }

    /// Where the person is.
    pub fn here(self) -> ReadSignal<Route> {
        self.0.read_only()
    }

    /// Where the person is, now.
    pub fn get(self) -> Route {
        self.0.get()
    }

    /// Goes somewhere.
    pub fn go(self, route: &Route) {
        if let Some(window) = web_sys::window() {
            let _ = window.location().set_hash(&route.href());
        }
    }
}

/// A filter as an address writes it. Words are typed on the screen and stand in no address.
fn filter(text: &str) -> TreeFilter {
    let mut filter = TreeFilter::default();
    for part in text.split('&') {
        match part.split_once('=').unwrap_or((part, "")) {
            ("nhom", id) => filter.group = id.parse().ok(),
            ("don-vi", id) => filter.agency = id.parse().ok(),
            ("tinh-trang", code) => {
                let status = STATUSES.iter().find(|(_, c)| *c == code);
                filter.status = status.map(|(status, _)| *status);
            }
            ("vuong-mac", _) => filter.obstacles = true,
            ("chua-cap-nhat", _) => filter.not_updated = true,
            _ => {}
        }
    }
    filter
}

fn filter_href(filter: &TreeFilter) -> String {
    let TreeFilter {
        group,
        agency,
        status,
        obstacles,
        not_updated,
        search: _,
    } = filter;
    let code = |status| STATUSES.iter().find(|(s, _)| *s == status);
    let status = status.and_then(code);
    let parts = [
        group.as_ref().map(|id| format!("nhom={id}")),
        agency.as_ref().map(|id| format!("don-vi={id}")),
        status.map(|(_, code)| format!("tinh-trang={code}")),
        obstacles.then(|| "vuong-mac".to_owned()),
        not_updated.then(|| "chua-cap-nhat".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("&")
}

fn hash() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_read_back() {
        let task: TaskId = "nv-1".parse().unwrap();
        let target: TargetId = "ct-1".parse().unwrap();
        for route in [
            Route::MyWork(None),
            Route::MyWork(Some(task.clone())),
            Route::Tree(None),
            Route::Tree(Some(task)),
            Route::Narrowed(TreeFilter {
                agency: Some("huyen-tran-de".parse().unwrap()),
                ..TreeFilter::default()
            }),
            Route::Narrowed(TreeFilter {
                group: Some("n-1".parse().unwrap()),
                agency: Some("so-y-te".parse().unwrap()),
                status: Some(OfficialStatus::OpenLate),
                obstacles: true,
                not_updated: true,
                search: String::new(),
            }),
            Route::Targets(None),
            Route::Targets(Some(target)),
            Route::Overview,
        ] {
            assert_eq!(Route::parse(&route.href()), route);
        }
    }

    #[test]
    fn a_strange_address_is_the_first_screen() {
        for hash in ["", "#", "#/", "#/nowhere", "#/viec/", "#/viec/KHÔNG", "//"] {
            assert_eq!(Route::parse(hash), Route::MyWork(None), "{hash}");
        }
        assert_eq!(Route::parse("#/nhiem-vu/<script>"), Route::Tree(None));
    }
}
