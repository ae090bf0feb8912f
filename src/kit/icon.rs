//! The icons: inline SVG, 16 units square, drawn with the text's colour.

use crate::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    Alert,
    ArrowDown,
    ArrowUp,
    Bars,
    Bolt,
    Box,
    Building,
    Calendar,
    Car,
    Card,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Clock,
    Close,
    Columns,
    Copy,
    Download,
    Edit,
    Eye,
    EyeOff,
    File,
    Filter,
    Gauge,
    Globe,
    Inbox,
    Info,
    Link,
    Lock,
    Menu,
    Moon,
    More,
    Open,
    People,
    Person,
    Pin,
    Plug,
    Plus,
    Receipt,
    Refresh,
    Search,
    Sidebar,
    Sort,
    Sun,
    System,
    Trash,
    Tree,
    Upload,
}

impl Symbol {
    /// The path on a 16 by 16 grid, to be stroked.
    fn path(self) -> &'static str {
        match self {
            Self::Alert => "M8 2 1.5 13.5h13zM8 6.5v3M8 11.6v.1",
            Self::ArrowDown => "M8 3v10M4 9l4 4 4-4",
            Self::ArrowUp => "M8 13V3M4 7l4-4 4 4",
            Self::Bars => "M2.5 13.5v-4M6.2 13.5v-9M9.8 13.5v-6M13.5 13.5v-11",
            Self::Bolt => "M9 1.5 3 9h4.5L7 14.5 13 7H8.5z",
            Self::Box => "M2.5 4.8 8 1.8l5.5 3v6.4l-5.5 3-5.5-3zM2.5 4.8l5.5 3 5.5-3M8 7.8v6.4",
            Self::Building => "M3 14.5v-13h7v13M10 6h3.5v8.5M1.5 14.5h13M5.5 4.5h2M5.5 7.5h2M5.5 10.5h2",
            Self::Calendar => "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 1.8v3M10.5 1.8v3",
            Self::Car => "M2 9.5 3.5 5h9L14 9.5v3H2zM2 9.5h12M4.5 12.5V14M11.5 12.5V14",
            Self::Card => {
                "M1.5 4.5a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1zM1.5 6.5h13M4 10h3"
            }
            Self::Check => "m3 8.5 3.5 3.5L13 4.5",
            Self::ChevronDown => "m4 6 4 4 4-4",
            Self::ChevronLeft => "m10 4-4 4 4 4",
            Self::ChevronRight => "m6 4 4 4-4 4",
            Self::Clock => "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 4.5V8l2.5 1.5",
            Self::Close => "m4 4 8 8M12 4l-8 8",
            Self::Columns => "M2 3h12v10H2zM6 3v10M10 3v10",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Download => "M8 2v8M4.5 6.5 8 10l3.5-3.5M2.5 13.5h11",
            Self::Edit => "m10.5 3 2.5 2.5L6 12.5l-3.3.8.8-3.3z",
            Self::Eye => {
                "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
            }
            Self::EyeOff => {
                "M6.4 3.7A7 7 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a11 11 0 0 1-1.9 2.4M4 4.9A11 11 0 0 0 1.5 8S4 12.5 8 12.5a6.6 6.6 0 0 0 3.3-.9M2 2l12 12"
            }
            Self::File => "M9 1.5H4a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V5.5zM9 1.5v4h4",
            Self::Filter => "M2 3h12L9.5 8.5v5l-3-2v-3z",
            Self::Gauge => "M2.7 12.5a6.5 6.5 0 1 1 10.6 0M8 9.5l3-3.5",
            Self::Globe => {
                "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM1.5 8h13M8 1.5c-4 4-4 9 0 13M8 1.5c4 4 4 9 0 13"
            }
            Self::Inbox => "M2 9l2-6h8l2 6v4H2zM2 9h3.5l1 2h3l1-2H14",
            Self::Info => "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 7.5v3.5M8 5v.1",
            Self::Link => "M6.5 9.5l3-3M7 4.5 9 2.5a3 3 0 0 1 4.5 4.5l-2 2M9 11.5l-2 2A3 3 0 0 1 2.5 9l2-2",
            Self::Lock => "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
            Self::Menu => "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
            Self::Moon => "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z",
            Self::More => "M3.5 8h.1M8 8h.1M12.5 8h.1",
            Self::Open => "M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.5 2.5 7.5 8.5",
            Self::People => {
                "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 2.8a2.5 2.5 0 0 1 0 4.4M12 9.8c1.6.5 2.5 1.8 2.5 3.7"
            }
            Self::Person => "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14c.4-3 2.5-4.5 5.5-4.5s5.1 1.5 5.5 4.5",
            Self::Pin => {
                "M8 14.5S3 10 3 6.5a5 5 0 0 1 10 0C13 10 8 14.5 8 14.5zM6.3 6.5a1.7 1.7 0 1 0 3.4 0 1.7 1.7 0 1 0-3.4 0"
            }
            Self::Plug => "M5.5 1.5v4M10.5 1.5v4M3.5 5.5h9v2a4.5 4.5 0 0 1-9 0zM8 12v2.5",
            Self::Plus => "M8 3.5v9M3.5 8h9",
            Self::Receipt => "M3.5 1.5h9v13l-2-1.5-2.5 1.5L5.5 13l-2 1.5zM6 5h4M6 8h4",
            Self::Refresh => "M13.5 8a5.5 5.5 0 1 1-1.7-4M13.5 2v3h-3",
            Self::Search => "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5l3.5 3.5",
            Self::Sidebar => "M2 3h12v10H2zM6 3v10",
            Self::Sort => "m5 6 3-3 3 3M5 10l3 3 3-3",
            Self::Sun => {
                "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"
            }
            Self::System => "M2 3h12v8H2zM6 14h4M8 11v3",
            Self::Trash => "M2.5 4h11M6 4V2.5h4V4M4 4l.5 9.5h7L12 4M6.7 6.5v4.5M9.3 6.5v4.5",
            Self::Tree => "M6 1.5h4v3H6zM1.5 11h4v3h-4zM10.5 11h4v3h-4zM8 4.5V8M3.5 11V8h9v3",
            Self::Upload => "M8 10V2M4.5 5.5 8 2l3.5 3.5M2.5 13.5h11",
        }
    }
}

/// An icon beside words; alone it needs a label on what holds it, since it is hidden from readers.
#[component]
pub fn Icon(
    /// What it shows.
    symbol: Symbol,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=symbol.path() />
        </svg>
    }
}
