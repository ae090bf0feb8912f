//! What Leptos wants of a view beside drawing it.

/// Attributes stand at their elements; components pass none on. The app is drawn in the browser only: what is
/// for servers does nothing.
macro_rules! in_browser_only {
    ($view:ty) => {
        impl leptos::prelude::AddAnyAttr for $view {
            type Output<A: leptos::attr::Attribute> = Self;

            fn add_any_attr<A: leptos::attr::Attribute>(self, _: A) -> Self {
                self
            }
        }

        impl leptos::prelude::RenderHtml for $view {
            type AsyncOutput = Self;
            type Owned = Self;

            const MIN_LENGTH: usize = 0;

            fn dry_resolve(&mut self) {}

            async fn resolve(self) -> Self {
                self
            }

            fn to_html_with_buf(
                self,
                _: &mut String,
                _: &mut leptos::tachys::view::Position,
                _: bool,
                _: bool,
                _: Vec<leptos::attr::any_attribute::AnyAttribute>,
            ) {
            }

            fn hydrate<const FROM_SERVER: bool>(
                self,
                _: &leptos::tachys::hydration::Cursor,
                _: &leptos::tachys::view::PositionState,
            ) -> Self::State {
                self.build()
            }

            fn into_owned(self) -> Self {
                self
            }
        }
    };
}

pub(super) use in_browser_only;
