//! Short messages that something happened: seen at the edge of the page and spoken by readers.

use std::cell::RefCell;
use std::time::Duration;

use domain::problem::Problem;

use crate::prelude::*;

use super::badge::Tone;
use super::button::{Button, IconButton, Look};
use super::icon::{Icon, Symbol};

/// How long a toast without an action stays.
const STAY: Duration = Duration::from_secs(8);
/// How many are seen at once.
const MOST: usize = 3;
/// A dialog that is just closing hides the page from readers; speak when it is gone.
const AFTER_DIALOG: Duration = Duration::from_millis(100);

thread_local! {
    static TOASTS: RefCell<Vec<Toast>> = const { RefCell::new(vec![]) };
    /// Changes with the toasts.
    static CHANGED: ArcRwSignal<()> = ArcRwSignal::new(());
    static SPOKEN: ArcRwSignal<String> = ArcRwSignal::new(String::new());
}

/// A message, perhaps with one way on, for example *Undo*.
#[derive(Clone)]
pub struct Toast {
    id: usize,
    text: String,
    tone: Tone,
    action: Option<(String, Callback<()>)>,
}

impl Toast {
    /// What happened, as a sentence.
    pub fn new(text: impl Into<String>) -> Self {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Self {
            id,
            text: text.into(),
            tone: Tone::Good,
            action: None,
        }
    }

    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// A toast with an action stays until it is used or dismissed.
    pub fn action(mut self, label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        self.action = Some((label.into(), Callback::new(move |()| run())));
        self
    }

    /// Shows it and speaks it.
    pub fn show(self) {
        speak(self.text.clone());
        let (id, stays) = (self.id, self.action.is_some());
        change(|toasts| {
            toasts.push(self);
            let over = toasts.len().saturating_sub(MOST);
            toasts.drain(..over);
        });
        if !stays {
            set_timeout(move || dismiss(id), STAY);
        }
    }
}

/// Says out loud, and shows, what just happened: for example a change of visibility.
pub fn announce(text: impl Into<String>) {
    Toast::new(text).show();
}

/// Says something to readers only.
pub fn speak(text: impl Into<String>) {
    let text = text.into();
    let spoken = SPOKEN.with(Clone::clone);
    // Emptied first: the same words twice are spoken twice.
    spoken.set(String::new());
    set_timeout(move || spoken.set(text), AFTER_DIALOG);
}

/// Says what went wrong where no form is left that could.
pub fn failed(problem: &Problem) {
    let words = [&problem.title, ". ", &problem.detail].concat();
    Toast::new(words).tone(Tone::Bad).show();
}

fn change(change: impl FnOnce(&mut Vec<Toast>)) {
    TOASTS.with_borrow_mut(change);
    CHANGED.with(Clone::clone).set(());
}

fn dismiss(id: usize) {
    change(|toasts| toasts.retain(|toast| toast.id != id));
}

/// Where toasts are seen and heard; once in the app.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let changed = CHANGED.with(Clone::clone);
    let spoken = SPOKEN.with(Clone::clone);
    let shown = move || {
        let item = |toast: Toast| Keyed {
            key: toast.id as u64,
            draw: Box::new(move || view! { <Shown toast /> }.into_any()),
        };
        changed.track();
        let toasts = TOASTS.with_borrow(Clone::clone);
        toasts.into_iter().map(item).collect()
    };
    view! {
        <div class="visually-hidden" role="status" aria-live="polite">{move || spoken.get()}</div>
        <div class="toasts" role="region" aria-label="Messages">
            {each(shown)}
        </div>
    }
}

#[component]
fn Shown(toast: Toast) -> impl IntoView {
    let id = toast.id;
    let symbol = if matches!(toast.tone, Tone::Bad | Tone::Attention) {
        Symbol::Alert
    } else {
        Symbol::Check
    };
    let action = toast.action.map(|(label, run)| {
        let press = move |()| {
            dismiss(id);
            run.run(());
        };
        view! { <Button look=Look::Quiet small=true on_press=press>{label}</Button> }
    });
    view! {
        <div class="toast" data-tone=toast.tone.key()>
            <Icon symbol />
            <p>{toast.text}</p>
            {action}
            <IconButton icon=Symbol::Close label="Dismiss" on_press=move |()| dismiss(id) />
        </div>
    }
}
