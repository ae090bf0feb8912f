//! Markup in the page.

use leptos::prelude::*;
use leptos::tachys::renderer::{Rndr, types};

use super::markup::Parts;
use super::piece::{Piece, PieceState};
use super::template::{Slot, Tag, Template};

const SVG: &str = "http://www.w3.org/2000/svg";

pub struct Drawing {
    template: &'static Template,
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
            drawn: pieces.iter().map(|_| None).collect(),
            pieces: pieces.into_iter().map(Some).collect(),
        };
        Self {
            template,
            roots: template.roots.iter().map(|slot| pen.slot(slot)).collect(),
            pieces: pen.drawn,
        }
    }

    /// Draws the same again with other pieces, or something else in its place.
    pub(super) fn again(&mut self, parts: Parts) {
        let same = std::ptr::eq(parts.template, self.template) || parts.template == self.template;
        if !same {
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
    pieces: Vec<Option<Piece>>,
    drawn: Vec<Option<PieceState>>,
}

impl Pen {
    fn slot(&mut self, slot: &'static Slot) -> Root {
        match slot {
            Slot::Text(text) => Root::Text(Rndr::create_text_node(text)),
            Slot::Tag(tag) => Root::Element(self.tag(tag)),
            Slot::Hole(number) => {
                if let Some(Piece::View(view)) = self.take(*number) {
                    self.drawn[*number] = Some(PieceState::View(view.build()));
                }
                Root::Hole(*number)
            }
        }
    }

    fn tag(&mut self, tag: &'static Tag) -> types::Element {
        let node = Rndr::create_element(tag.name, tag.svg.then_some(SVG));
        for (name, text) in tag.attributes {
            Rndr::set_attribute(&node, name, text);
        }
        for (place, name, number) in tag.parts {
            if let Some(piece) = self.take(*number) {
                let held = piece.put(&node, *place, name, None);
                self.drawn[*number] = Some(PieceState::At(node.clone(), *place, name, held));
            }
        }
        for slot in tag.children {
            match self.slot(slot) {
                Root::Text(mut child) => child.mount(&node, None),
                Root::Element(mut child) => child.mount(&node, None),
                Root::Hole(number) => {
                    if let Some(PieceState::View(view)) = &mut self.drawn[number] {
                        view.mount(&node, None);
                    }
                }
            }
        }
        node
    }

    fn take(&mut self, number: usize) -> Option<Piece> {
        self.pieces.get_mut(number)?.take()
    }
}
