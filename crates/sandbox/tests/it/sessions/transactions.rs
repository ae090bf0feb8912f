//! What was paid.

use super::*;

async fn transactions(running: &Running, query: TransactionsQuery) -> Vec<Transaction> {
    let mut rows: Vec<Transaction> = Vec::new();
    loop {
        let search_query = TransactionsQuery {
            start_record: Some(rows.len() as i32 + 1),
            ..query.clone()
        };
        let answer = ask(running, &GetTransactionData { search_query }).await;
        assert_eq!(answer.response_code.as_deref(), Some("100"), "{query:?}");
        rows.extend(answer.transactions.unwrap().rows);
        if answer.more == Some(false) {
            return rows;
        }
    }
}

fn paid_of_day() -> TransactionsQuery {
    TransactionsQuery {
        from_time_stamp: moment(NOW - DAY),
        to_time_stamp: moment(NOW),
        num_transactions: Some(500),
        ..TransactionsQuery::default()
    }
}

#[tokio::test]
async fn what_is_paid_follows_from_sessions_and_prices() {
    let running = start().await;
    let rows = transactions(&running, paid_of_day()).await;
    let mut numbers: Vec<_> = rows.iter().map(|row| row.transaction_id.clone()).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), rows.len());
    assert!(rows.len() > 200, "{}", rows.len());
    running.estate(|estate| {
        for row in &rows {
            let number: i64 = row.transaction_id.as_ref().unwrap().parse().unwrap();
            let found = estate.transaction(number, NOW).unwrap();
            let fee = found.fee(NOW);
            assert_eq!(
                (row.gross_amount, row.tax_amount, row.net_revenue),
                (Some(fee.gross), Some(fee.tax), Some(fee.revenue))
            );
            let station = &found.session.unit.station;
            assert!(!station.pricing.is_empty());
            assert!(estate.is_enterprise(found.session.unit.traits.organization.unwrap()));
            assert_eq!(
                (&row.station_id, &row.currency),
                (&station.station_id, &station.currency_code)
            );
            let reservation = row.transaction_type.as_deref() == Some("Reservation");
            assert_eq!(reservation, row.energy == Some(0.0));
            assert!((moment(NOW - DAY)..=moment(NOW)).contains(&row.transaction_time));
        }
    });
    let kind = |word: &str| {
        rows.iter()
            .filter(|row| row.transaction_type.as_deref() == Some(word))
            .count()
    };
    assert!(kind("Session") > 200 && kind("Reservation") > 0);

    let one = rows
        .iter()
        .find(|row| row.anonymous_credit_card_number.is_some())
        .unwrap();
    let count = |means: &dyn Fn(&Transaction) -> bool| rows.iter().filter(|row| means(row)).count();
    for (query, expected) in [
        (
            TransactionsQuery {
                transaction_type: Some("Reservation".to_owned()),
                ..paid_of_day()
            },
            kind("Reservation"),
        ),
        (
            TransactionsQuery {
                station_id: one.station_id.clone(),
                ..paid_of_day()
            },
            count(&|row| row.station_id == one.station_id),
        ),
        (
            TransactionsQuery {
                station_mac_addr: one.station_mac_addr.clone(),
                ..paid_of_day()
            },
            count(&|row| row.station_id == one.station_id),
        ),
        (
            TransactionsQuery {
                organization_name: one.organization_name.clone(),
                ..paid_of_day()
            },
            count(&|row| row.organization_name == one.organization_name),
        ),
        (
            TransactionsQuery {
                pricing_rule_name: one.pricing_rule_name.clone(),
                ..paid_of_day()
            },
            count(&|row| row.pricing_rule_name == one.pricing_rule_name),
        ),
        (
            TransactionsQuery {
                anonymous_credit_card_number: one.anonymous_credit_card_number.clone(),
                ..paid_of_day()
            },
            count(&|row| row.anonymous_credit_card_number == one.anonymous_credit_card_number),
        ),
        (
            TransactionsQuery {
                transaction_id: one.transaction_id.clone(),
                ..TransactionsQuery::default()
            },
            1,
        ),
    ] {
        assert_eq!(
            transactions(&running, query.clone()).await.len(),
            expected,
            "{query:?}"
        );
    }
    let part = one.station_name.as_deref().unwrap();
    let part = part.split(' ').nth(1).unwrap().to_owned();
    let query = TransactionsQuery {
        station_name: Some(part.clone()),
        ..paid_of_day()
    };
    let part = part.to_lowercase();
    let expected = count(&|row| row.station_name.as_ref().unwrap().to_lowercase().contains(&part));
    assert_eq!(transactions(&running, query).await.len(), expected);
}

/// What is looked for is looked for before a session is worked out, and finds the same.
#[tokio::test]
async fn cards_rules_and_times_find_what_the_whole_list_has() {
    let running = start().await;
    let all = transactions(&running, paid_of_day()).await;
    let plain = |row: &Transaction| Transaction {
        record_number: None,
        ..row.clone()
    };
    let card = all
        .iter()
        .find_map(|row| row.anonymous_credit_card_number.clone())
        .unwrap();
    let rule = all[0].pricing_rule_name.clone().unwrap();
    let by_card = TransactionsQuery {
        anonymous_credit_card_number: Some(card.clone()),
        ..paid_of_day()
    };
    let by_rule = TransactionsQuery {
        pricing_rule_name: Some(rule.clone()),
        ..paid_of_day()
    };
    for (query, fits) in [
        (
            by_card,
            &(|row: &Transaction| row.anonymous_credit_card_number.as_ref() == Some(&card))
                as &dyn Fn(&_) -> bool,
        ),
        (by_rule, &|row: &Transaction| {
            row.pricing_rule_name.as_ref() == Some(&rule)
        }),
    ] {
        let expected: Vec<_> = all.iter().filter(|row| fits(row)).map(plain).collect();
        let found: Vec<_> = transactions(&running, query).await.iter().map(plain).collect();
        assert!(!found.is_empty() && found == expected);
    }
}

/// 10,000 stations and a month of sessions, and nothing fits.
#[tokio::test]
async fn what_matches_nothing_is_answered_soon() {
    let running = crate::support::start_with(sandbox::SandboxConfig::MAX_SCALE).await;
    let search_query = TransactionsQuery {
        anonymous_credit_card_number: Some("none".into()),
        ..TransactionsQuery::default()
    };
    let begun = std::time::Instant::now();
    let answer = ask(&running, &GetTransactionData { search_query }).await;
    assert_eq!(answer.response_code.as_deref(), Some("201"));
    println!("nothing among 10,000 stations: {:?}", begun.elapsed());
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
