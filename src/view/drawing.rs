//! Markup in the page.

use leptos::prelude::*;
use leptos::tachys::renderer::{Rndr, types};

use super::markup::Parts;
use super::piece::{Piece, PieceState};
use super::template::{END, HOLE, Items, NAME, Place, SITE, SVG, TAG, TEXT, VALUE, numbered};

const SVG_NAMES: &str = "http://www.w3.org/2000/svg";

pub struct Drawing {
    template: &'static str,
    roots: Vec<Root>,
    /// By number; none only while it is drawn.
    pieces: Vec<Option<PieceState>>,
}

enum Root {
    Text(types::Text),
    Element(types::Element),
    /// The view that is the piece of this number.
    Hole(usize),
}

impl Drawing {
    pub(super) fn new(parts: Parts) -> Self {
        let Parts { template, pieces } = parts;
        let mut pen = Pen {
            items: Items(template),
            drawn: pieces.iter().map(|_| None).collect(),
            pieces: pieces.into_iter().map(Some).collect(),
        };
        Self {
            template,
            roots: pen.draw(None),
            pieces: pen.drawn,
        }
    }

    /// Draws the same again with other pieces, or something else in its place.
    pub(super) fn again(&mut self, parts: Parts) {
        if parts.template != self.template {
            let mut new = Self::new(parts);
            self.insert_before_this(&mut new);
            self.unmount();
            *self = new;
            return;
        }
        for (piece, state) in parts.pieces.into_iter().zip(&mut self.pieces) {
            *state = match (piece, state.take()) {
                (Piece::View(view), Some(PieceState::View(mut before))) => {
                    view.rebuild(&mut before);
                    Some(PieceState::View(before))
                }
                (piece, Some(PieceState::At(node, place, name, before))) => {
                    let held = piece.put(&node, place, name, Some(before));
                    Some(PieceState::At(node, place, name, held))
                }
                (_, before) => before,
            };
        }
    }

    pub(super) fn roots(&self) -> impl Iterator<Item = &dyn Mountable> {
        self.roots.iter().filter_map(|root| -> Option<&dyn Mountable> {
            match root {
                Root::Text(node) => Some(node),
                Root::Element(node) => Some(node),
                Root::Hole(number) => match self.pieces.get(*number) {
                    Some(Some(PieceState::View(view))) => Some(view),
                    _ => None,
                },
            }
        })
    }

    pub(super) fn each_mut(&mut self, act: &mut dyn FnMut(&mut dyn Mountable)) {
        for root in &mut self.roots {
            match root {
                Root::Text(node) => act(node),
                Root::Element(node) => act(node),
                Root::Hole(number) => {
                    if let Some(Some(PieceState::View(view))) = self.pieces.get_mut(*number) {
                        act(view);
                    }
                }
            }
        }
    }
}

/// Draws a template once.
struct Pen {
    items: Items,
    pieces: Vec<Option<Piece>>,
    drawn: Vec<Option<PieceState>>,
}

impl Pen {
    /// Draws what stands in an element, or what stands in none, which is handed back.
    fn draw(&mut self, element: Option<&types::Element>) -> Vec<Root> {
        let mut roots = Vec::new();
        let mut attribute = "";
        while let Some((item, text)) = self.items.next() {
            let root = match (item, element) {
                (END | SITE, _) => break,
                (TEXT, _) => Root::Text(Rndr::create_text_node(text)),
                (TAG | SVG, _) => {
                    let node = Rndr::create_element(text, (item == SVG).then_some(SVG_NAMES));
                    self.draw(Some(&node));
                    Root::Element(node)
                }
                (HOLE, _) => {
                    let (number, _) = numbered(text);
                    if let Some(Piece::View(view)) = self.take(number) {
                        self.drawn[number] = Some(PieceState::View(view.build()));
                    }
                    Root::Hole(number)
                }
                (NAME, _) => {
                    attribute = text;
                    continue;
                }
                (VALUE, Some(node)) => {
                    Rndr::set_attribute(node, attribute, text);
                    continue;
                }
                (place, Some(node)) => {
                    let ((number, name), place) = (numbered(text), Place::of(place));
                    if let Some(piece) = self.take(number) {
                        let held = piece.put(node, place, name, None);
                        self.drawn[number] = Some(PieceState::At(node.clone(), place, name, held));
                    }
                    continue;
                }
                (_, None) => continue,
            };
            match (root, element) {
                (root, None) => roots.push(root),
                (Root::Text(mut child), Some(node)) => child.mount(node, None),
                (Root::Element(mut child), Some(node)) => child.mount(node, None),
                (Root::Hole(number), Some(node)) => {
                    if let Some(PieceState::View(view)) = &mut self.drawn[number] {
                        view.mount(node, None);
                    }
                }
            }
        }
        roots
    }

    fn take(&mut self, number: usize) -> Option<Piece> {
        self.pieces.get_mut(number)?.take()
    }
}
