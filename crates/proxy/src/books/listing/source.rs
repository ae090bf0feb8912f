//! A list as routes know it: where its rows come from. Page and export are made of it.

use std::future::Future;

use domain::column::Listed;
use domain::limits::MAX_CHOSEN;
use domain::listing::{ListQuery, Page};
use futures::stream::{self, Stream, StreamExt};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, query};

use super::super::Tx;
use super::{Bind, Scope, Table, bind_all, count, narrow, now_in, order};
use crate::problem::Error;

/// A list that routes offer: its rows, found by the values in its path.
pub trait Source: 'static {
    type Row: Listed + Clone + Serialize + JsonSchema + Send + Sync;
    /// `()`, a text, or a tuple of texts.
    type Path: DeserializeOwned + Send;

    /// Where the rows come from.
    ///
    /// # Errors
    /// There is no record of that path.
    fn rows(tx: &mut Tx, path: Self::Path) -> impl Future<Output = Result<Rows<Self::Row>, Error>> + Send;
}

type Read<T> = Box<dyn Fn(&AnyRow) -> Result<T, sqlx::Error> + Send + Sync>;

/// The rows of a list, not read yet.
pub struct Rows<T> {
    pub(super) table: &'static Table,
    pub(super) scope: Scope,
    read: Read<T>,
}

impl<T> Rows<T> {
    /// The rows of a table within a scope, and how one is read.
    pub fn new(
        table: &'static Table,
        scope: Scope,
        read: impl Fn(&AnyRow) -> Result<T, sqlx::Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            table,
            scope,
            read: Box::new(read),
        }
    }

    /// The one of that id, if it is among them.
    pub fn only(mut self, id: &str) -> Self {
        let at = self.scope.bind((self.table.key)(id));
        self.scope.narrow(&format!("{} = ${at}", self.table.id));
        self
    }

    /// One page of them.
    ///
    /// # Errors
    /// What of the query cannot be understood.
    pub async fn page(self, tx: &mut Tx, query: &ListQuery) -> Result<Page<T>, Error> {
        super::page(tx, self.table, self.scope, query, self.read).await
    }

    /// All that the query means, or those of `ids`, in the list's order.
    ///
    /// # Errors
    /// What of the query cannot be understood; too many ids.
    pub async fn export(
        mut self,
        tx: &mut Tx,
        query: &ListQuery,
        ids: Option<&[String]>,
    ) -> Result<Export<T>, Error> {
        self.scope.limit(&tx.caller(), self.table.org);
        match ids {
            Some(ids) => self.scope.only(self.table, ids)?,
            None => narrow(self.table, &mut self.scope, query)?,
        }
        let order = order(self.table, query)?;
        let total = count(tx, self.table, &self.scope).await?;
        let Self { table, scope, read } = self;
        let sql = format!(
            "{}SELECT {} FROM {} WHERE {} ORDER BY {order}",
            scope.with,
            now_in(table.select),
            table.from,
            scope.condition
        );
        Ok(Export {
            total,
            rows: Found::Books {
                sql,
                binds: scope.binds,
                read,
            },
        })
    }
}

impl Scope {
    /// Narrows to the rows of those ids.
    pub(super) fn only(&mut self, table: &Table, ids: &[String]) -> Result<(), Error> {
        if ids.len() > MAX_CHOSEN {
            let said = format!(
                "at most {MAX_CHOSEN} ids, these are {}; choose them by a query",
                ids.len()
            );
            return Err(Error::field("ids", said));
        }
        if ids.is_empty() {
            self.narrow("1 = 0");
            return Ok(());
        }
        let marks: Vec<String> = ids
            .iter()
            .map(|id| format!("${}", self.bind((table.key)(id))))
            .collect();
        self.narrow(&format!("{} IN ({})", table.id, marks.join(", ")));
        Ok(())
    }
}

/// All rows that an export is of.
pub struct Export<T> {
    /// How many there are.
    pub total: u64,
    rows: Found<T>,
}

enum Found<T> {
    Books {
        sql: String,
        binds: Vec<Bind>,
        read: Read<T>,
    },
    Memory(Vec<T>),
}

impl<T: Clone + Send + Sync> Export<T> {
    /// Of rows in memory.
    pub fn of(rows: Vec<T>) -> Self {
        Self {
            total: rows.len() as u64,
            rows: Found::Memory(rows),
        }
    }

    /// The statement that finds the rows in the books, and its values.
    pub fn statement(&self) -> Option<(&str, &[Bind])> {
        match &self.rows {
            Found::Books { sql, binds, .. } => Some((sql, binds)),
            Found::Memory(_) => None,
        }
    }

    /// The rows, one after the other; of the books, none is kept.
    pub fn stream<'a>(&'a self, tx: &'a mut Tx) -> impl Stream<Item = Result<T, sqlx::Error>> + Send + 'a {
        match &self.rows {
            Found::Books { sql, binds, read } => bind_all(query(AssertSqlSafe(sql.clone())), binds)
                .fetch(&mut **tx)
                .map(move |row| read(&row?))
                .left_stream(),
            Found::Memory(rows) => stream::iter(rows.iter().cloned().map(Ok)).right_stream(),
        }
    }
}
