//! A server that keeps one location's list and its imports in memory, behind [`Portal`].

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use domain::authorization::Authorization;
use domain::identifiers::{IdKind, key};
use domain::imports::{
    Chunk, Finalise, Import, ImportPreview, ImportResult, ImportState, NewImport, RemovedEntry, Undo,
};
use domain::listing::Page;
use domain::privacy::{Visibility, opens};
use domain::problem::kind;

use crate::portal::{Portal, Reply, Seen};

/// What the server holds. Tests change it under the wizard's feet.
#[derive(Default)]
pub struct Server {
    pub version: u64,
    pub listed: BTreeSet<String>,
    before: BTreeSet<String>,
    staged: BTreeSet<String>,
    pub import: Option<Import>,
    /// Happens at the moment when an import is begun.
    pub meanwhile: Option<Box<dyn FnOnce()>>,
    /// Answers instead of the server, once: method, end of the path, reply, and whether the server
    /// does its work all the same.
    pub trouble: Option<(&'static str, &'static str, Reply, bool)>,
}

pub type Shared = Rc<RefCell<Server>>;

/// Starts a server whose list holds these Auth IDs.
pub fn start(listed: &[&str]) -> (Portal, Shared) {
    let server = Server {
        version: 1,
        listed: listed.iter().map(|id| (*id).to_owned()).collect(),
        ..Server::default()
    };
    let server = Rc::new(RefCell::new(server));
    let own = server.clone();
    (Portal::start(move |seen| own.borrow_mut().answer(seen)), server)
}

impl Server {
    fn answer(&mut self, seen: &Seen) -> Reply {
        let path = seen.path.split('?').next().unwrap_or_default();
        let hit =
            |(method, end, ..): &(&str, &str, Reply, bool)| seen.method == *method && path.ends_with(end);
        if self.trouble.as_ref().is_some_and(hit) {
            let (.., reply, works) = self.trouble.take().unwrap();
            if works {
                self.work(seen, path);
            }
            return reply;
        }
        self.work(seen, path)
    }

    fn work(&mut self, seen: &Seen, path: &str) -> Reply {
        let rest = path
            .strip_prefix("/locations/L1/authorization")
            .unwrap_or_default();
        let parts: Vec<&str> = rest.split('/').skip(1).collect();
        match (seen.method.as_str(), &parts[..]) {
            ("GET", []) => Reply::ok(&self.authorization()),
            ("GET", ["imports"]) => {
                let only_staged = seen.path.contains("filter=state");
                let meant = |import: &Import| !only_staged || import.state == ImportState::Staged;
                let items: Vec<Import> = self.import.clone().into_iter().filter(meant).collect();
                Reply::ok(&Page {
                    total: items.len() as u64,
                    items,
                    page: 1,
                    page_size: 200,
                    as_of: "2026-11-20T08:00:00Z".into(),
                })
            }
            ("GET", ["imports", _, "removed"]) => {
                let gone = self.before.difference(&self.listed);
                let items: Vec<RemovedEntry> = gone
                    .map(|id| RemovedEntry {
                        id: id.clone(),
                        customer: None,
                    })
                    .collect();
                Reply::ok(&Page {
                    total: items.len() as u64,
                    items,
                    page: 1,
                    page_size: 50,
                    as_of: "2026-11-20T08:00:00Z".into(),
                })
            }
            ("POST", ["imports"]) => self.stage(&serde_json::from_str(&seen.body).unwrap()),
            ("GET", ["imports", _]) => Reply::ok(self.import.as_ref().unwrap()),
            ("PUT", ["imports", _, "chunks", seq]) => {
                self.chunk(seq.parse().unwrap(), serde_json::from_str(&seen.body).unwrap())
            }
            ("GET", ["imports", _, "preview"]) => self.preview(seen.path.ends_with("clear=true")),
            ("POST", ["imports", _, "finalise"]) => self.finalise(seen),
            ("POST", ["imports", _, "undo"]) => self.undo(seen),
            ("DELETE", ["imports", _]) => {
                self.import = None;
                Reply::Json(204, String::new())
            }
            _ => Reply::problem(404, kind::NOT_FOUND),
        }
    }

    fn authorization(&self) -> Authorization {
        let tokens = self.listed.len() as u64;
        Authorization {
            location_id: "L1".into(),
            visibility: Visibility::of(false, tokens),
            published: false,
            customers: 0,
            tokens,
            customer_tokens: 0,
            version: self.version,
        }
    }

    fn stage(&mut self, new: &NewImport) -> Reply {
        self.staged.clear();
        if let Some(meanwhile) = self.meanwhile.take() {
            meanwhile();
        }
        let import = Import {
            id: format!("imp-{}", self.version),
            location_id: "L1".into(),
            file_name: new.file_name.clone(),
            kind: new.kind,
            state: ImportState::Staged,
            next_chunk: 0,
            ids: 0,
            added: 0,
            already_listed: 0,
            removed: 0,
            cleared: false,
            created_at: "2026-11-20T08:00:00Z".into(),
            finalised_at: None,
            undone_at: None,
        };
        self.import = Some(import.clone());
        Reply::ok(&import)
    }

    fn chunk(&mut self, seq: u64, chunk: Chunk) -> Reply {
        let import = self.import.as_mut().unwrap();
        assert_eq!(seq, import.next_chunk, "chunks come in order");
        self.staged.extend(chunk.ids);
        import.next_chunk = seq + 1;
        import.ids = self.staged.len() as u64;
        Reply::ok(import)
    }

    fn preview(&self, clear: bool) -> Reply {
        let keys: BTreeSet<String> = self.listed.iter().map(|id| key(IdKind::AuthId, id)).collect();
        let known = self
            .staged
            .iter()
            .filter(|id| keys.contains(&key(IdKind::AuthId, id)))
            .count() as u64;
        let ids = self.staged.len() as u64;
        let gone: Vec<&String> = self
            .listed
            .iter()
            .filter(|id| clear && !self.staged.contains(*id))
            .collect();
        Reply::ok(&ImportPreview {
            ids,
            added: ids - known,
            already_listed: known,
            known: 0,
            external: ids - known,
            refused_though_listed: 0,
            removed: gone.len() as u64,
            removed_sample: gone
                .iter()
                .map(|id| RemovedEntry {
                    id: (*id).clone(),
                    customer: None,
                })
                .collect(),
            visibility_before: Visibility::of(false, self.listed.len() as u64),
            visibility_after: Visibility::of(false, self.listed.len() as u64 + ids),
            version: self.version,
        })
    }

    fn stale(&self, seen: &Seen) -> bool {
        seen.if_match.as_deref() != Some(&format!("\"{}\"", self.version))
    }

    fn finalise(&mut self, seen: &Seen) -> Reply {
        if self.stale(seen) {
            return Reply::problem(412, kind::STALE);
        }
        let how: Finalise = serde_json::from_str(&seen.body).unwrap();
        if how.ids != self.staged.len() as u64 {
            return Reply::problem(409, kind::IMPORT_INCOMPLETE);
        }
        let visibility_before = self.authorization().visibility;
        self.before = self.listed.clone();
        let before = self.listed.len();
        if how.clear {
            self.listed.clear();
        }
        self.listed.extend(self.staged.iter().cloned());
        self.version += 1;
        let added = self.listed.difference(&self.before).count() as u64;
        let import = self.import.as_mut().unwrap();
        import.state = ImportState::Finalised;
        import.added = added;
        import.cleared = how.clear;
        import.removed = (before as u64 + added).saturating_sub(self.listed.len() as u64);
        let import = import.clone();
        Reply::ok(&ImportResult {
            import,
            visibility_before,
            authorization: self.authorization(),
        })
    }

    fn undo(&mut self, seen: &Seen) -> Reply {
        if self.stale(seen) {
            return Reply::problem(412, kind::STALE);
        }
        let how: Undo = serde_json::from_str(&seen.body).unwrap();
        if opens(self.listed.len() as u64, self.before.len() as u64) && !how.confirm {
            return Reply::problem(409, kind::OPENS_LOCATION);
        }
        let visibility_before = self.authorization().visibility;
        self.listed = self.before.clone();
        self.version += 1;
        let import = self.import.as_mut().unwrap();
        import.state = ImportState::Undone;
        let import = import.clone();
        Reply::ok(&ImportResult {
            import,
            visibility_before,
            authorization: self.authorization(),
        })
    }
}
