use chargepoint::Decision;
use chargepoint::calls::users::{
    ConnectionQuery, CustomInfo, CustomInfos, GetUsers, GetUsersResponse, RealmQuery, User, Users, UsersQuery,
};
use chargepoint::code::Code;

use super::Refused;
use super::calls::Answered;
use crate::Estate;
use crate::clock::seconds;
use crate::estate::drivers::{NOT_CONNECTED, NOT_MANAGED, PENDING};
use crate::search::{self, like};

mod status;
mod waitlist;

impl Answered for GetUsers {
    fn answer(self, estate: &mut Estate, _now: i64) -> Result<GetUsersResponse, Refused> {
        let query = &self.search_query;
        check(query)?;
        let users = estate.drivers().iter().map(|driver| &driver.user);
        let found = users.filter(|user| matches(query, user));
        let (start, rows, more) = search::page(query.start_record, query.num_users, found.collect());
        if rows.is_empty() {
            return Err(Code::NoUser.into());
        }
        let row = |(index, user): (usize, &User)| {
            let mut user = user.clone();
            user.record_number = i32::try_from(start + index).ok();
            // The real one writes an empty element for null.
            user.connection.get_or_insert_default();
            user.management_realm.get_or_insert_default();
            user
        };
        let users = Users {
            users: rows.into_iter().enumerate().map(row).collect(),
            more: Some(more),
        };
        Ok(GetUsersResponse {
            users: Some(users),
            ..super::success()
        })
    }
}

fn check(query: &UsersQuery) -> Result<(), Refused> {
    let approved = Decision::Approved.word();
    let connected = [approved, NOT_CONNECTED, Decision::Rejected.word(), PENDING];
    let managed = [approved, NOT_MANAGED];
    let status = query.connection.as_ref().and_then(|c| c.status.as_deref());
    let realm = query
        .management_realm
        .as_ref()
        .and_then(|realm| realm.status.as_deref());
    let modified = query.last_modified.as_deref();
    if status.is_some_and(|word| !connected.contains(&word))
        || realm.is_some_and(|word| !managed.contains(&word))
        || modified.is_some_and(|moment| seconds(moment).is_none())
    {
        return Err(Code::InvalidFields.into());
    }
    search::check_page(query.start_record, query.num_users)
}

/// Whether a driver is meant: all that is set must hold.
fn matches(query: &UsersQuery, user: &User) -> bool {
    let ids = user.credential_ids.as_ref().map(|list| list.ids.as_slice());
    same(&query.user_id, &user.user_id)
        && same(&query.first_name, &user.first_name)
        && same(&query.last_name, &user.last_name)
        && query.last_modified.as_deref().is_none_or(|since| {
            let changed = user.last_modified.as_deref().and_then(seconds);
            changed >= seconds(since)
        })
        && query.credential_id.as_deref().is_none_or(|wanted| {
            let mut ids = ids.unwrap_or_default().iter();
            ids.any(|id| like(wanted, id))
        })
        && query.connection.as_ref().is_none_or(|wanted| {
            let ConnectionQuery { status, custom_info } = wanted;
            let found = user.connection.as_ref();
            found.is_some_and(|found| {
                same(status, &found.status) && answered(custom_info.as_ref(), found.custom_infos.as_ref())
            })
        })
        && query.management_realm.as_ref().is_none_or(|wanted| {
            let RealmQuery { status, custom_info } = wanted;
            let found = user.management_realm.as_ref();
            found.is_some_and(|found| {
                same(status, &found.status) && answered(custom_info.as_ref(), found.custom_infos.as_ref())
            })
        })
}

fn same(wanted: &Option<String>, found: &Option<String>) -> bool {
    wanted
        .as_deref()
        .is_none_or(|wanted| like(wanted, found.as_deref().unwrap_or_default()))
}

fn answered(wanted: Option<&CustomInfo>, found: Option<&CustomInfos>) -> bool {
    let infos = found.map(|found| found.infos.as_slice()).unwrap_or_default();
    wanted.is_none_or(|wanted| {
        infos
            .iter()
            .any(|info| same(&wanted.key, &info.key) && same(&wanted.value, &info.value))
    })
}
