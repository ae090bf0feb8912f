//! Makes the built app smaller without changing what it does: brotli finds more alike where functions stand
//! beside their like, locals are numbered by how often they are used, and JavaScript is written for the browsers that
//! the app runs in.

mod bytes;
mod code;
mod glue;
mod order;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use self::bytes::{Bytes, Read, number, sized};
use self::code::{Code, expression, write};
use self::glue::{Glue, Import};

const HEAD: &[u8] = b"\0asm\x01\0\0\0";

/// The app's wasm and its JavaScript, packed.
pub fn pack(wasm: &[u8], js: &str) -> Read<(Vec<u8>, String)> {
    let module = Module::read(wasm)?;
    let glue = Glue::read(js, &module.imports)?;
    Ok((module.written(&glue)?, glue.into_js()))
}

/// What of a module changes, and all its sections.
struct Module<'a> {
    sections: Vec<(u8, Bytes<'a>)>,
    imports: Vec<Import<'a>>,
    code: Vec<Code<'a>>,
}

impl<'a> Module<'a> {
    fn read(wasm: &'a [u8]) -> Read<Self> {
        let mut rest = Bytes(wasm.strip_prefix(HEAD).ok_or("The app is no wasm module.")?);
        let mut sections = Vec::new();
        while !rest.is_empty() {
            let id = rest.byte()?;
            let content = rest.sized()?;
            // What is written for other programs: nothing of it is needed to run.
            if id != 0 {
                sections.push((id, content));
            }
        }
        let section = |wanted| {
            let found = sections.iter().find(|(id, _)| *id == wanted);
            found.map_or(Bytes(&[0]), |(_, content)| *content)
        };
        let params = section(1).list(|types| {
            let form = types.byte()?;
            let params = types.sized()?.0.len();
            types.sized()?;
            if form == 0x60 {
                Ok(params as u32)
            } else {
                Err("The app has types that are no functions.".into())
            }
        })?;
        let kinds = section(3).list(Bytes::number)?;
        let mut kinds = kinds.into_iter();
        let code = section(10).list(|bodies| {
            let kind = kinds.next().unwrap_or_default();
            let params = params.get(kind as usize).copied().unwrap_or_default();
            Code::read(kind, params, bodies.sized()?)
        })?;
        Ok(Self {
            imports: glue::imports(section(2))?,
            sections,
            code,
        })
    }

    fn written(&self, glue: &Glue) -> Read<Vec<u8>> {
        let (order, stands) = order::order(&self.code, &glue.places);
        let mut own = vec![0; self.code.len()];
        for (at, place) in order.iter().zip(glue.len()..) {
            own[*at] = place;
        }
        let mut places = glue.places.clone();
        places.extend(stands.iter().map(|at| own[*at]));
        let place = |function: u32| places.get(function as usize).copied().unwrap_or(function);
        let mut out = HEAD.to_vec();
        for (id, content) in &self.sections {
            let mut new = Vec::new();
            match id {
                2 => glue.write_imports(&mut new),
                3 => {
                    number(order.len() as u32, &mut new);
                    order.iter().for_each(|at| number(self.code[*at].kind, &mut new));
                }
                6 => globals(*content, &place, &mut new)?,
                7 => exports(*content, glue, &place, &mut new)?,
                8 => number(place({ *content }.number()?), &mut new),
                9 => elements(*content, &place, &mut new)?,
                10 => {
                    number(order.len() as u32, &mut new);
                    for at in &order {
                        let mut body = Vec::new();
                        self.code[*at].write(&place, &mut body);
                        sized(&body, &mut new);
                    }
                }
                _ => new.extend(content.0),
            }
            out.push(*id);
            sized(&new, &mut out);
        }
        Ok(out)
    }
}

type Place<'p> = &'p dyn Fn(u32) -> u32;

fn globals(mut from: Bytes, place: Place, out: &mut Vec<u8>) -> Read<()> {
    let count = from.number()?;
    number(count, out);
    for _ in 0..count {
        out.extend(from.take(2)?);
        write(&expression(&mut from)?, place, out);
    }
    Ok(())
}

/// What the JavaScript takes.
fn exports(from: Bytes, glue: &Glue, place: Place, out: &mut Vec<u8>) -> Read<()> {
    let mut exports = from.list(|from| Ok((from.sized()?.0, from.byte()?, from.number()?)))?;
    exports.retain(|(name, ..)| glue.takes(name));
    number(exports.len() as u32, out);
    for (name, kind, index) in exports {
        sized(name, out);
        out.push(kind);
        number(if kind == 0 { place(index) } else { index }, out);
    }
    Ok(())
}

fn elements(mut from: Bytes, place: Place, out: &mut Vec<u8>) -> Read<()> {
    let count = from.number()?;
    number(count, out);
    for _ in 0..count {
        let form = from.number()?;
        number(form, out);
        match form {
            0 => write(&expression(&mut from)?, place, out),
            1 | 3 => out.push(from.byte()?),
            2 => {
                number(from.number()?, out);
                write(&expression(&mut from)?, place, out);
                out.push(from.byte()?);
            }
            _ => return Err("The app's table of functions is of an unknown form.".into()),
        }
        let functions = from.number()?;
        number(functions, out);
        for _ in 0..functions {
            number(place(from.number()?), out);
        }
    }
    Ok(())
}
