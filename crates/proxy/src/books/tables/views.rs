//! Named views of a table.

use domain::audit::Change;
use domain::limits::{MAX_VIEW_NAME, MAX_VIEW_QUERY, MAX_VIEWS};
use domain::views::{View, ViewInput};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::super::audit::Noted;
use super::super::listing::{flag, number};
use super::super::{Tx, fields, ids, text};
use crate::problem::Error;

/// The views that a person sees, by name.
pub async fn all(tx: &mut Tx, person: &str, list: &str) -> Result<Vec<View>, Error> {
    let rows = sqlx::query(
        "SELECT * FROM table_views WHERE list = $1 AND (person = $2 OR everyone = 1) ORDER BY name_fold, id",
    )
    .bind(list)
    .bind(person)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .iter()
        .map(|row| read(row, person))
        .collect::<Result<_, _>>()?)
}

fn read(row: &AnyRow, person: &str) -> Result<View, sqlx::Error> {
    Ok(View {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        query: row.try_get("query")?,
        everyone: flag(row, "everyone")?,
        mine: row.try_get::<String, _>("person")? == person,
    })
}

/// Saves a view.
pub async fn create(tx: &mut Tx, person: &str, list: &str, input: ViewInput) -> Result<View, Error> {
    let row = sqlx::query("SELECT COUNT(*) AS views FROM table_views WHERE person = $1 AND list = $2")
        .bind(person)
        .bind(list)
        .fetch_one(&mut **tx)
        .await?;
    if number(&row, "views")? >= MAX_VIEWS {
        let said = format!("at most {MAX_VIEWS} views of a table; delete one first");
        return Err(Error::field("name", said));
    }
    let view = View {
        id: ids::new("view")?,
        mine: true,
        ..checked(input)?
    };
    check_name(tx, person, list, &view).await?;
    sqlx::query(
        "INSERT INTO table_views (id, person, list, name, name_fold, query, everyone) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&view.id)
    .bind(person)
    .bind(list)
    .bind(&view.name)
    .bind(text::fold(&view.name))
    .bind(&view.query)
    .bind(i64::from(view.everyone))
    .execute(&mut **tx)
    .await?;
    tell(tx, "Added", list, None, Some(&view));
    Ok(view)
}

/// Changes a view of the person's own; without a version, because nobody else does. One that is no longer for
/// everyone is nobody else's default.
pub async fn update(
    tx: &mut Tx,
    person: &str,
    list: &str,
    id: &str,
    input: ViewInput,
) -> Result<View, Error> {
    let before = own(tx, person, list, id).await?;
    let view = View {
        id: id.to_owned(),
        mine: true,
        ..checked(input)?
    };
    check_name(tx, person, list, &view).await?;
    sqlx::query("UPDATE table_views SET name = $2, name_fold = $3, query = $4, everyone = $5 WHERE id = $1")
        .bind(id)
        .bind(&view.name)
        .bind(text::fold(&view.name))
        .bind(&view.query)
        .bind(i64::from(view.everyone))
        .execute(&mut **tx)
        .await?;
    if !view.everyone {
        sqlx::query("UPDATE table_settings SET default_view = NULL WHERE default_view = $1 AND person <> $2")
            .bind(id)
            .bind(person)
            .execute(&mut **tx)
            .await?;
    }
    tell(tx, "Changed", list, Some(&before), Some(&view));
    Ok(view)
}

/// Deletes a view of the person's own. It is nobody's default any more.
pub async fn delete(tx: &mut Tx, person: &str, list: &str, id: &str) -> Result<(), Error> {
    let view = own(tx, person, list, id).await?;
    tell(tx, "Deleted", list, Some(&view), None);
    for sql in [
        "UPDATE table_settings SET default_view = NULL WHERE default_view = $1",
        "DELETE FROM table_views WHERE id = $1",
    ] {
        sqlx::query(sql).bind(id).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Tells of a view that is, or was, for everyone.
fn tell(tx: &mut Tx, what: &'static str, list: &str, before: Option<&View>, after: Option<&View>) {
    let shared = |view: &&View| view.everyone;
    let (Some(view), true) = (
        after.or(before),
        before.filter(shared).or(after.filter(shared)).is_some(),
    ) else {
        return tx.silently("a view of one's own concerns nobody else");
    };
    let change = |field: &str, get: fn(&View) -> String| {
        let change = Change::new(field, before.map(get), after.map(get));
        Some(change).filter(|change| change.before != change.after)
    };
    let for_whom = |view: &View| if view.everyone { "everyone" } else { "oneself" }.to_owned();
    let changes = [
        change("Name", |view| view.name.clone()),
        change("Query", |view| view.query.clone()),
        change("For", for_whom),
    ];
    let table = Change::new("Table", None, Some(list.to_owned()));
    let changes = std::iter::once(table).chain(changes.into_iter().flatten());
    tx.note(Noted::new(what, "views", &view.id, &view.name).with(changes));
}

/// Fails unless the view is the person's own.
async fn own(tx: &mut Tx, person: &str, list: &str, id: &str) -> Result<View, Error> {
    let row = sqlx::query(
        "SELECT * FROM table_views WHERE id = $1 AND list = $2 AND (person = $3 OR everyone = 1)",
    )
    .bind(id)
    .bind(list)
    .bind(person)
    .fetch_optional(&mut **tx)
    .await?;
    let view = read(&row.ok_or(Error::NotFound("view"))?, person)?;
    if view.mine {
        return Ok(view);
    }
    Err(Error::NotYours(format!(
        "Somebody else saved {}, and only they change it. Nothing was changed; save a view of your own.",
        view.name
    )))
}

fn checked(input: ViewInput) -> Result<View, Error> {
    let ViewInput {
        name,
        query,
        everyone,
    } = input;
    let name = fields::line("name", &name)?;
    if name.is_empty() {
        return Err(Error::field("name", "a view needs a name"));
    }
    for (field, text, most) in [("name", &name, MAX_VIEW_NAME), ("query", &query, MAX_VIEW_QUERY)] {
        if text.chars().count() > most {
            return Err(Error::field(field, format!("at most {most} characters")));
        }
    }
    if query.contains(char::is_control) {
        return Err(Error::field("query", "a control character cannot be kept"));
    }
    Ok(View {
        name,
        query,
        everyone,
        ..View::default()
    })
}

async fn check_name(tx: &mut Tx, person: &str, list: &str, view: &View) -> Result<(), Error> {
    let other = sqlx::query(
        "SELECT name FROM table_views WHERE person = $1 AND list = $2 AND name_fold = $3 AND id <> $4",
    )
    .bind(person)
    .bind(list)
    .bind(text::fold(&view.name))
    .bind(&view.id)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(other) = other else { return Ok(()) };
    Err(Error::Duplicate {
        field: "name",
        detail: format!(
            "There is a view {} already. Choose another name.",
            other.try_get::<String, _>("name")?
        ),
    })
}
