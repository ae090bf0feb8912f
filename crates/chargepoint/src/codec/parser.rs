use std::borrow::Cow;

use quick_xml::errors::SyntaxError;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};
use quick_xml::reader::Reader;

/// Elements may not be nested deeper than this; the deepest message of the API has nine levels.
const MAX_DEPTH: usize = 64;

/// Most memory that the rows of one document may take. The largest page of the API has 500 rows and
/// takes one megabyte; a row that says nothing takes a thousand bytes for thirty of its own.
const ROOM: usize = 128 * 1024 * 1024;

/// Before a document the mark of its encoding, within it a character.
const MARK: &str = "\u{feff}";

/// Why a document cannot be read. It quotes no text of the document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Not UTF-8, or declared as something else.
    #[error("it is not in UTF-8")]
    Encoding,
    /// A character or reference that XML does not allow.
    #[error("it holds a character that XML does not allow")]
    Character,
    /// The document ends within an element.
    #[error("it ends in the middle")]
    Truncated,
    /// Not well-formed.
    #[error("it is not well-formed XML")]
    Syntax,
    /// A document type declaration, which SOAP forbids.
    #[error("it has a document type declaration")]
    Doctype,
    /// A processing instruction, which SOAP forbids.
    #[error("it has a processing instruction")]
    ProcessingInstruction,
    /// Nested deeper than any message of the API.
    #[error("it is nested too deep")]
    TooDeep,
    /// More rows than any message of the API has.
    #[error("it has more rows than any message of the API")]
    TooMany,
    /// XML, but not a SOAP 1.1 envelope.
    #[error("it is not a SOAP envelope")]
    NotSoap,
    /// An envelope that is not put together as SOAP says.
    #[error("its envelope is wrong: {0}")]
    Envelope(&'static str),
    /// A value that is not of its type.
    #[error("a value is not of the type {0}")]
    Value(&'static str),
}

/// A pull parser that goes down and up the elements of a document in memory, refusing what SOAP
/// forbids. Time is linear in the document's size, and memory bounded.
///
/// Nearly all of a document is tags of a name alone, and text without references between them. That is read
/// here; whatever looks otherwise is read by quick-xml.
pub struct Parser<'a> {
    /// What is not read yet.
    rest: &'a str,
    /// The elements that are open: their names, and whether they may bring namespaces.
    open: Vec<(&'a str, bool)>,
    /// The innermost of them was empty, `<a/>`: its end comes next.
    ends: bool,
    namespaces: NamespaceResolver,
    room: usize,
    begun: bool,
}

impl<'a> Parser<'a> {
    /// Checks encoding and characters and stands before the root element.
    pub fn new(xml: &'a [u8]) -> Result<Self, Broken> {
        let text = std::str::from_utf8(xml).map_err(|_| Broken::Encoding)?;
        let text = text.strip_prefix(MARK).unwrap_or(text);
        let forbidden = |byte: u8| byte < 0x20 && byte != b'\t' && byte != b'\n' && byte != b'\r';
        // Without a way out at the first find, this is many bytes in one step.
        let bytes = text.bytes();
        if bytes.fold(false, |found, byte| found | forbidden(byte)) {
            return Err(Broken::Character);
        }
        Ok(Self {
            rest: text,
            open: Vec::with_capacity(MAX_DEPTH),
            ends: false,
            namespaces: NamespaceResolver::default(),
            room: ROOM,
            begun: false,
        })
    }

    /// Goes to the next child of the element open now and opens it, or closes the element and
    /// gives `None`. Text between children is passed over.
    pub fn next_child(&mut self) -> Result<Option<BytesStart<'a>>, Broken> {
        loop {
            match self.event()? {
                Event::Start(tag) => return Ok(Some(tag)),
                Event::End(_) => return Ok(None),
                Event::Eof => return Err(Broken::Truncated),
                _ => {}
            }
        }
    }

    /// The text of the element open now, to its end. Comments are passed over, elements too.
    pub fn text(&mut self) -> Result<Cow<'a, str>, Broken> {
        if let Some(text) = self.plain_text() {
            return Ok(Cow::Borrowed(text));
        }
        let mut text = Cow::Borrowed("");
        loop {
            match self.event()? {
                Event::Text(part) => push(&mut text, part.xml10_content()),
                Event::CData(part) => push(&mut text, part.xml10_content()),
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(character)) if is_xml(character) => Cow::Owned(character.into()),
                        Ok(None) => {
                            let name = reference.into_inner();
                            quick_xml::escape::resolve_predefined_entity(&name)
                                .map(Cow::Borrowed)
                                .ok_or(Broken::Character)?
                        }
                        _ => return Err(Broken::Character),
                    };
                    push(&mut text, resolved);
                }
                Event::Start(_) => self.skip()?,
                Event::End(_) => return Ok(text),
                Event::Eof => return Err(Broken::Truncated),
                _ => {}
            }
        }
    }

    /// Passes over the rest of the element open now.
    pub fn skip(&mut self) -> Result<(), Broken> {
        let outside = self.open.len() - 1;
        while self.open.len() > outside {
            if matches!(self.event()?, Event::Eof) {
                return Err(Broken::Truncated);
            }
        }
        Ok(())
    }

    /// Takes room for one more row of a size.
    pub fn take_room(&mut self, size: usize) -> Result<(), Broken> {
        self.room = self.room.checked_sub(size).ok_or(Broken::TooMany)?;
        Ok(())
    }

    /// Opens the root element.
    pub fn root(&mut self) -> Result<BytesStart<'a>, Broken> {
        loop {
            match self.event()? {
                Event::Start(tag) => return Ok(tag),
                Event::Text(text) if text.xml10_content().trim_ascii().is_empty() => {}
                Event::Comment(_) | Event::Decl(_) => {}
                Event::Eof => return Err(Broken::Truncated),
                _ => return Err(Broken::Syntax),
            }
        }
    }

    /// Makes sure that nothing but blanks and comments follows the root element.
    pub fn finish(&mut self) -> Result<(), Broken> {
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                Event::Text(text) if text.xml10_content().trim_ascii().is_empty() => {}
                Event::Comment(_) => {}
                _ => return Err(Broken::Syntax),
            }
        }
    }

    /// Whether an element just opened is in a namespace; for elements of the envelope and the one
    /// in its Body.
    pub fn is_in(&self, tag: &BytesStart<'_>, namespace: &str) -> bool {
        let (found, _) = self.namespaces.resolve_element(tag.name());
        matches!(found, ResolveResult::Bound(bound) if bound.into_inner() == namespace)
    }

    fn event(&mut self) -> Result<Event<'a>, Broken> {
        let first = !std::mem::replace(&mut self.begun, true);
        if let Some(event) = self.plain_tag()? {
            return Ok(event);
        }
        if std::mem::take(&mut self.ends) {
            return Ok(self.end());
        }
        let (before, event) = (self.rest, self.read()?);
        match &event {
            Event::Start(tag) => self.start(name_in(before, tag), Some(tag))?,
            Event::Empty(tag) => {
                self.start(name_in(before, tag), Some(tag))?;
                self.ends = true;
                return Ok(Event::Start(tag.clone()));
            }
            Event::End(tag) if self.innermost() == Some(tag.name().into_inner()) => return Ok(self.end()),
            Event::End(_) => return Err(Broken::Syntax),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Comment(_) | Event::Eof => {}
            Event::DocType(_) => return Err(Broken::Doctype),
            Event::PI(_) => return Err(Broken::ProcessingInstruction),
            Event::Decl(declaration) => {
                if !first {
                    return Err(Broken::Syntax);
                }
                match declaration.encoding() {
                    None => {}
                    Some(Ok(name)) if is_utf8(&name) => {}
                    Some(_) => return Err(Broken::Encoding),
                }
            }
        }
        Ok(event)
    }

    /// The text of the element open now, to its end, where it is nothing but text.
    fn plain_text(&mut self) -> Option<&'a str> {
        // References, what may end `]]>`, and lines that may end in two characters are not plain.
        let is_odd = |byte: u8| matches!(byte, b'<' | b'&' | b'>' | b'\r');
        let end = self.rest.bytes().position(is_odd).filter(|_| !self.ends)?;
        let (text, tags) = self.rest.split_at(end);
        let tags = tags.strip_prefix("</")?.strip_prefix(self.innermost()?)?;
        self.rest = tags.strip_prefix('>')?;
        self.end();
        Some(text)
    }

    /// The tag that comes next, where it is a name alone.
    fn plain_tag(&mut self) -> Result<Option<Event<'a>>, Broken> {
        let Some(tag) = self.rest.strip_prefix('<').filter(|_| !self.ends) else {
            return Ok(None);
        };
        if let Some(tag) = tag.strip_prefix('/') {
            let open = self.innermost().and_then(|name| tag.strip_prefix(name));
            return Ok(open.and_then(|tag| tag.strip_prefix('>')).map(|rest| {
                self.rest = rest;
                self.end()
            }));
        }
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric();
        let (name, rest) = tag.split_at(tag.bytes().take_while(is_name).count());
        let Some(rest) = rest.strip_prefix('>').filter(|_| !name.is_empty()) else {
            return Ok(None);
        };
        self.rest = rest;
        self.start(name, None)?;
        Ok(Some(Event::Start(BytesStart::from_content(name, name.len()))))
    }

    /// What comes next, whatever it is.
    fn read(&mut self) -> Result<Event<'a>, Broken> {
        // At the beginning of what it is given, quick-xml takes this for a mark of the encoding.
        if let Some(rest) = self.rest.strip_prefix(MARK) {
            self.rest = rest;
            return Ok(Event::Text(BytesText::from_escaped(MARK)));
        }
        let mut reader = Reader::from_str(self.rest);
        let config = reader.config_mut();
        // Which elements are open, the parser knows.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let event = reader.read_event().map_err(|error| match error {
            quick_xml::Error::Syntax(SyntaxError::InvalidBangMarkup) => Broken::Syntax,
            quick_xml::Error::Syntax(_) => Broken::Truncated,
            _ => Broken::Syntax,
        })?;
        let read = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        self.rest = self.rest.get(read..).ok_or(Broken::Syntax)?;
        Ok(event)
    }

    /// An element opens, with a tag that may bring namespaces.
    fn start(&mut self, name: &'a str, tag: Option<&BytesStart<'_>>) -> Result<(), Broken> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Broken::TooDeep);
        }
        self.open.push((name, tag.is_some()));
        tag.map_or(Ok(()), |tag| {
            self.namespaces.push(tag).map_err(|_| Broken::Syntax)
        })
    }

    /// The innermost element ends.
    fn end(&mut self) -> Event<'a> {
        let (name, is_scope) = self.open.pop().unwrap_or_default();
        if is_scope {
            self.namespaces.pop();
        }
        Event::End(BytesEnd::new(name))
    }

    fn innermost(&self) -> Option<&'a str> {
        self.open.last().map(|(name, _)| *name)
    }
}

/// The name of a tag, in the text that begins with it.
fn name_in<'a>(text: &'a str, tag: &BytesStart<'_>) -> &'a str {
    text.get(1..=tag.name().into_inner().len()).unwrap_or_default()
}

fn push<'a>(text: &mut Cow<'a, str>, part: Cow<'a, str>) {
    if text.is_empty() {
        *text = part;
    } else {
        text.to_mut().push_str(&part);
    }
}

fn is_utf8(name: &str) -> bool {
    ["utf-8", "utf8", "us-ascii"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
