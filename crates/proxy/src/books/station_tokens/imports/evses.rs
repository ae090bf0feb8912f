//! Never two active tokens on one EVSE, whatever order a file names them in.

use std::collections::{HashMap, HashSet};

use domain::station_tokens::{RowProblem, StationToken, Status};

use super::super::super::organizations;
use super::judge::{Candidate, active_on, problem};

/// Takes out the candidates whose EVSE is another organization's. `owners` are the organizations of the EVSEs
/// that ChargePoint shows. A token that stands there already stays as it is.
pub fn of_others(candidates: &mut Vec<Candidate>, owners: &HashMap<String, String>) -> Vec<RowProblem> {
    let mut problems = Vec::new();
    candidates.retain(|candidate| {
        let claim = candidate.claims();
        if claim == candidate.before.as_ref().and_then(active_on) {
            return true;
        }
        let owner = claim.and_then(|evse| owners.get(&evse));
        let own = organizations::key(&candidate.after.org_id);
        let is_others = owner.is_some_and(|owner| *owner != own);
        if is_others {
            let said = format!(
                "{} belongs to another organization than the token",
                candidate.after.evse_id
            );
            problems.push(problem(candidate.row, "evseId", said));
        }
        !is_others
    });
    problems
}

/// Takes out the candidates whose EVSE is not free. `holders` are the tokens that are active now on an
/// EVSE that a candidate claims. One that is taken out keeps its own EVSE, for which another may have to
/// go in turn.
pub fn settle(candidates: &mut Vec<Candidate>, holders: Vec<StationToken>) -> Vec<RowProblem> {
    let mut problems = Vec::new();
    let mut bad = HashSet::new();
    let mut claims: HashMap<String, usize> = HashMap::new();
    let mut waiting = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let Some(evse) = candidate.claims() else { continue };
        match claims.get(&evse).map(|first| &candidates[*first]) {
            Some(first) => {
                let message = format!(
                    "{} becomes Active there by row {}",
                    first.after.token_sn, first.row
                );
                problems.push(problem(candidate.row, "evseId", message));
                waiting.push(at);
                bad.insert(at);
            }
            None => {
                claims.insert(evse, at);
            }
        }
    }
    let own: HashMap<&str, usize> = candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| (candidate.after.id.as_str(), at))
        .collect();
    // Those that the file does not touch stay where they are, and so do those of bad rows.
    let mut staying: Vec<StationToken> = Vec::new();
    for holder in holders {
        if !own.contains_key(holder.id.as_str()) {
            staying.push(holder);
        }
    }
    loop {
        while let Some(holder) = staying.pop() {
            let claim = active_on(&holder).and_then(|evse| claims.get(&evse).copied());
            if let Some(at) = claim
                && candidates[at].after.id != holder.id
                && bad.insert(at)
            {
                let message = format!("{} is Active there", holder.token_sn);
                problems.push(problem(candidates[at].row, "evseId", message));
                waiting.push(at);
            }
        }
        match waiting.pop() {
            Some(at) => staying.extend(
                candidates[at]
                    .before
                    .clone()
                    .filter(|token| token.status == Status::Active),
            ),
            None => break,
        }
    }
    let mut at = 0..;
    candidates.retain(|_| at.next().is_none_or(|at| !bad.contains(&at)));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(name: &str, evse: &str) -> StationToken {
        StationToken {
            id: name.into(),
            token_sn: name.into(),
            evse_id: evse.into(),
            status: if evse.is_empty() {
                Status::Expired
            } else {
                Status::Active
            },
            ..StationToken::default()
        }
    }

    fn settled(moves: &[(&str, &str, &str)], holders: &[(&str, &str)]) -> (String, Vec<String>) {
        let candidate = |(row, (name, from, to)): (u64, &(&str, &str, &str))| Candidate {
            row,
            before: Some(token(name, from)),
            after: token(name, to),
        };
        let mut candidates: Vec<Candidate> = (2..).zip(moves).map(candidate).collect();
        let holders = holders.iter().map(|(name, evse)| token(name, evse)).collect();
        let problems = settle(&mut candidates, holders);
        let left: Vec<&str> = candidates.iter().map(|one| one.after.token_sn.as_str()).collect();
        let told = problems
            .iter()
            .map(|one| format!("{}: {}", one.row, one.message))
            .collect();
        (left.join(" "), told)
    }

    #[test]
    fn two_may_change_places() {
        assert_eq!(
            settled(&[("A", "1", "2"), ("B", "2", "1")], &[("A", "1"), ("B", "2")]),
            ("A B".into(), vec![])
        );
        assert_eq!(
            settled(&[("A", "1", ""), ("B", "", "1")], &[("A", "1")]),
            ("A B".into(), vec![])
        );
        assert_eq!(settled(&[("A", "1", "1")], &[("A", "1")]), ("A".into(), vec![]));
    }

    #[test]
    fn a_taken_place_is_refused_and_so_is_what_waited_for_it() {
        let (left, told) = settled(
            &[("A", "1", "2"), ("B", "", "1"), ("C", "", "3")],
            &[("A", "1"), ("X", "2")],
        );
        assert_eq!(
            (left.as_str(), told),
            (
                "C",
                vec!["2: X is Active there".into(), "3: A is Active there".into()]
            )
        );
    }

    #[test]
    fn two_claims_of_one_place_are_one_too_many() {
        let (left, told) = settled(&[("A", "", "1"), ("B", "2", "1"), ("C", "", "2")], &[("B", "2")]);
        assert_eq!(left, "A");
        assert_eq!(
            told,
            ["3: A becomes Active there by row 2", "4: B is Active there"]
        );
    }
}
