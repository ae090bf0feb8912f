//! The bodies of functions.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::bytes::{Bytes, Read, number};

/// A part of an expression.
pub enum Part<'a> {
    Plain(&'a [u8]),
    /// The number of a function.
    Function(u32),
    /// The number of a local.
    Local(u32),
}

/// A function's body.
pub struct Code<'a> {
    /// The number of its type.
    pub kind: u32,
    /// The types of its locals, without its parameters.
    locals: Vec<u8>,
    parts: Vec<Part<'a>>,
}

impl<'a> Code<'a> {
    pub fn read(kind: u32, params: u32, mut body: Bytes<'a>) -> Read<Self> {
        let mut locals = Vec::new();
        for _ in 0..body.number()? {
            let count = body.number()?;
            locals.resize(locals.len() + count as usize, body.byte()?);
        }
        let parts = expression(&mut body)?;
        let mut code = Self { kind, locals, parts };
        code.renumber(params);
        Ok(code)
    }

    /// Gives locals of one type, which stand together, their numbers by use.
    fn renumber(&mut self, params: u32) {
        // How often it is used, and since when.
        let mut uses = vec![(Reverse(0), usize::MAX); self.locals.len()];
        for (at, part) in self.parts.iter().enumerate() {
            if let Part::Local(local) = part
                && let Some((count, first)) = local
                    .checked_sub(params)
                    .and_then(|own| uses.get_mut(own as usize))
            {
                count.0 += 1;
                *first = at.min(*first);
            }
        }
        let group = |at: usize| self.locals.iter().position(|kind| *kind == self.locals[at]);
        let mut order: Vec<usize> = (0..self.locals.len()).collect();
        order.sort_by_key(|at| (group(*at), uses[*at]));
        let new: HashMap<u32, u32> = order
            .iter()
            .zip(params..)
            .map(|(at, new)| (*at as u32 + params, new))
            .collect();
        self.locals = order.iter().map(|at| self.locals[*at]).collect();
        for part in &mut self.parts {
            if let Part::Local(local) = part {
                *local = new.get(local).copied().unwrap_or(*local);
            }
        }
    }

    pub fn write(&self, place: &dyn Fn(u32) -> u32, out: &mut Vec<u8>) {
        let groups = self.locals.chunk_by(|one, next| one == next);
        number(groups.clone().count() as u32, out);
        for group in groups {
            number(group.len() as u32, out);
            out.push(group[0]);
        }
        write(&self.parts, place, out);
    }
}

pub fn write(parts: &[Part], place: &dyn Fn(u32) -> u32, out: &mut Vec<u8>) {
    for part in parts {
        match part {
            Part::Plain(bytes) => out.extend(*bytes),
            Part::Function(function) => number(place(*function), out),
            Part::Local(local) => number(*local, out),
        }
    }
}

/// Reads instructions to the `end` that belongs to none of them.
pub fn expression<'a>(from: &mut Bytes<'a>) -> Read<Vec<Part<'a>>> {
    let mut parts = Vec::new();
    let mut plain = from.0;
    let mut depth = 0;
    loop {
        let code = from.byte()?;
        match code {
            // call, return_call, ref.func; local.get, local.set, local.tee
            0x10 | 0x12 | 0xd2 | 0x20..=0x22 => {
                parts.push(Part::Plain(from.since(plain)));
                let number = from.number()?;
                let local = matches!(code, 0x20..=0x22);
                parts.push(if local {
                    Part::Local(number)
                } else {
                    Part::Function(number)
                });
                plain = from.0;
            }
            0x0b if depth == 0 => break,
            0x0b => depth -= 1,
            // block, loop, if
            0x02..=0x04 => {
                depth += 1;
                from.skip()?;
            }
            _ => operands(code, from)?,
        }
    }
    parts.push(Part::Plain(from.since(plain)));
    Ok(parts)
}

/// Goes past what stands behind an instruction.
fn operands(code: u8, from: &mut Bytes) -> Read<()> {
    let numbers = match code {
        0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => 0,
        // Branches, globals, tables, memory's size, whole constants, ref.null
        0x0c | 0x0d | 0x23..=0x26 | 0x3f..=0x42 | 0xd0 => 1,
        // call_indirect; loads and stores
        0x11 | 0x13 | 0x28..=0x3e => 2,
        // br_table
        0x0e => from.number()? + 1,
        // select with types
        0x1c => from.number()?,
        0x43 => return from.take(4).map(drop),
        0x44 => return from.take(8).map(drop),
        0xfc => match from.number()? {
            0..=7 => 0,
            9 | 11 | 13 | 15..=17 => 1,
            8 | 10 | 12 | 14 => 2,
            other => {
                return Err(format!(
                    "The app's wasm holds an unknown instruction, 0xfc {other}."
                ));
            }
        },
        other => {
            return Err(format!(
                "The app's wasm holds an unknown instruction, {other:#x}."
            ));
        }
    };
    (0..numbers).try_for_each(|_| from.skip())
}
