//! The app's `view!`: the syntax is Leptos', and components are left to Leptos' own macro, but all
//! elements become a template, which is a text, with pieces put into it (`ev_portal::view`). Leptos' macro gives
//! each shape of element, attribute and closure a type of its own, with code of its own.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::{Error, Expr, Result, Stmt};

type Tag = NodeElement<rstml::Infallible>;

/// Markup: elements, texts, `{expressions}` and components.
#[proc_macro]
pub fn view(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let written = rstml::parse(tokens).and_then(|nodes| match nodes.as_slice() {
        [Node::Element(tag)] if is_component(tag) => component(tag),
        nodes => markup(nodes),
    });
    let view = written.unwrap_or_else(|error| error.to_compile_error());
    quote! { { #[allow(unused_braces)] { #view } } }.into()
}

/// A template, whose form `src/view/template.rs` says, and the calls that add its pieces.
fn markup(nodes: &[Node]) -> Result<TokenStream> {
    let mut writer = Writer::default();
    let mut template = writer.slots(nodes)? + "\u{8}";
    template += &site(&template);
    let pieces = writer.pieces;
    Ok(quote! { ::ev_portal::view::Markup::new(#template) #pieces })
}

/// What tells a template from others of the same words, which stand elsewhere: how many there were before it.
fn site(template: &str) -> String {
    static SEEN: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let before = seen.entry(template.to_owned()).or_default();
    *before += 1;
    match *before {
        1 => String::new(),
        before => before.to_string(),
    }
}

/// Leptos' macro makes the component; its children are made here.
fn component(tag: &Tag) -> Result<TokenStream> {
    let (name, attributes) = (tag.name(), tag.attributes());
    Ok(match tag.children() {
        [] => quote! { ::leptos::view! { <#name #(#attributes)* /> } },
        [Node::Text(text)] => quote! { ::leptos::view! { <#name #(#attributes)*>#text</#name> } },
        [Node::Block(block)] if may_be_live(block) => quote! {
            ::leptos::view! { <#name #(#attributes)*>{::ev_portal::view::IntoChild::into_child(#block)}</#name> }
        },
        [Node::Block(block)] => quote! { ::leptos::view! { <#name #(#attributes)*>#block</#name> } },
        children => {
            let markup = markup(children)?;
            quote! { ::leptos::view! { <#name #(#attributes)*>{#markup}</#name> } }
        }
    })
}

/// Collects the pieces while it writes the template.
#[derive(Default)]
struct Writer {
    pieces: TokenStream,
    count: u32,
}

impl Writer {
    fn slots(&mut self, nodes: &[Node]) -> Result<String> {
        nodes.iter().map(|node| self.slot(node)).collect()
    }

    fn slot(&mut self, node: &Node) -> Result<String> {
        let piece = match node {
            Node::Comment(_) => return Ok(String::new()),
            Node::Fragment(fragment) => return self.slots(&fragment.children),
            Node::Text(text) => return item(5, &text.value_string(), text),
            Node::Element(tag) if is_component(tag) => {
                let component = component(tag)?;
                quote! { .component(#component) }
            }
            Node::Element(tag) => return self.tag(tag),
            Node::Block(block) => quote! { .child(#block) },
            other => return Err(Error::new_spanned(other, "not supported")),
        };
        Ok(format!("\u{6}{}", self.piece(piece)))
    }

    /// The children come before the attributes, as in Leptos: what is moved into which is the same.
    fn tag(&mut self, tag: &Tag) -> Result<String> {
        let name = tag.name().to_string();
        let svg = matches!(name.as_str(), "svg" | "path" | "rect");
        let children = self.slots(tag.children())?;
        let mut written = item(if svg { 2 } else { 1 }, &name, tag)?;
        for attribute in tag.attributes() {
            let NodeAttribute::Attribute(attribute) = attribute else {
                return Err(Error::new_spanned(attribute, "not supported"));
            };
            let key = attribute.key.to_string();
            match literal(attribute) {
                Some(text) if !key.contains(':') => {
                    written += &(item(3, &key, attribute)? + &item(4, &text, attribute)?);
                }
                _ => written += &self.part(&name, &key, attribute)?,
            }
        }
        Ok(written + &children + "\u{7}")
    }

    fn part(&mut self, tag: &str, key: &str, attribute: &KeyedAttribute) -> Result<String> {
        let value = attribute
            .value()
            .ok_or_else(|| Error::new_spanned(attribute, "has no value"))?;
        let mut words = key.split(':');
        let words = (words.next(), words.next(), words.next());
        let (place, name, piece) = match words {
            (Some("node_ref"), None, _) => (21, "", quote! { .node_ref(#value) }),
            (Some("on"), Some(event), None) => {
                let name = Ident::new(event, Span::call_site());
                (20, event, quote! { .on(::leptos::ev::#name, #value) })
            }
            (Some("on"), Some(event), Some("target")) => {
                let (name, target) = (Ident::new(event, Span::call_site()), interface(tag));
                let piece = quote! { .on_target::<::web_sys::#target, _>(::leptos::ev::#name, #value) };
                (20, event, piece)
            }
            (Some("class"), Some(name), None) => (17, name, quote! { .value(#value) }),
            (Some("prop"), Some("value"), None) => (19, "value", quote! { .value(#value) }),
            (Some("prop"), Some(name), None) => (18, name, quote! { .value(#value) }),
            (Some(name), None, _) => (16, name, quote! { .value(#value) }),
            _ => return Err(Error::new_spanned(attribute, "not supported")),
        };
        item(place, &format!("{}{name}", self.piece(piece)), attribute)
    }

    /// Adds a piece; its number, as a character from the space on.
    fn piece(&mut self, call: TokenStream) -> char {
        self.pieces.extend(call);
        self.count += 1;
        char::from_u32(self.count + 0x1f).unwrap_or_default()
    }
}

/// An item of a template.
fn item(kind: u8, text: &str, written: &dyn ToTokens) -> Result<String> {
    match text.contains(|letter| letter < ' ') {
        true => Err(Error::new_spanned(
            written,
            "holds control characters, which divide templates",
        )),
        false => Ok(format!("{}{text}", char::from(kind))),
    }
}

/// What an event's target is at an element.
fn interface(tag: &str) -> Ident {
    let name = match tag {
        "details" => "HtmlDetailsElement",
        "input" => "HtmlInputElement",
        "select" => "HtmlSelectElement",
        "textarea" => "HtmlTextAreaElement",
        _ => "HtmlElement",
    };
    Ident::new(name, Span::call_site())
}

/// The text of an attribute that is a literal or only a name.
fn literal(attribute: &KeyedAttribute) -> Option<String> {
    match attribute.possible_value.to_value() {
        None => Some(String::new()),
        Some(value) => value.value_literal_string(),
    }
}

/// A closure, or a name that may stand for one.
fn may_be_live(block: &NodeBlock) -> bool {
    let stmts = block.try_block().map(|block| block.stmts.as_slice());
    matches!(stmts, Some([Stmt::Expr(Expr::Closure(_) | Expr::Path(_), None)]))
}

/// Components begin with a capital letter.
fn is_component(tag: &Tag) -> bool {
    let last = match tag.name() {
        NodeName::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        other => Some(other.to_token_stream().to_string()),
    };
    last.is_some_and(|name| name.starts_with(char::is_uppercase))
}
