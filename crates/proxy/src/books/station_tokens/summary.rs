//! The stock in numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::moment::{self, Zone};
use domain::station_tokens::{Month, PlanSummary, Status, Summary};
use sqlx::{AssertSqlSafe, Row};

use super::super::Tx;
use super::super::limits::within;
use super::super::listing::{bind_all, number};
use crate::clock;
use crate::problem::Error;

/// Tokens per plan and status, and activations per month of Pacific Time.
pub async fn summary(tx: &mut Tx) -> Result<Summary, Error> {
    Ok(Summary {
        plans: plans(tx).await?,
        activations: activations(tx, &last_months(&clock::now())).await?,
    })
}

async fn plans(tx: &mut Tx) -> Result<Vec<PlanSummary>, Error> {
    let (condition, binds) = within(&tx.caller(), "org_key", 1);
    let sql = format!(
        "SELECT cloud_plan_fold, MIN(cloud_plan) AS cloud_plan, status, COUNT(*) AS tokens FROM station_tokens \
         WHERE {condition} GROUP BY cloud_plan_fold, status ORDER BY cloud_plan_fold"
    );
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_all(&mut **tx)
        .await?;
    let mut plans: BTreeMap<String, PlanSummary> = BTreeMap::new();
    for row in rows {
        let plan = plans.entry(row.try_get("cloud_plan_fold")?).or_default();
        plan.cloud_plan = row.try_get("cloud_plan")?;
        let status = Status::of(row.try_get("status")?).unwrap_or_default();
        plan.counts[status as usize] = number(&row, "tokens")?;
    }
    Ok(plans.into_values().collect())
}

async fn activations(tx: &mut Tx, months: &[String]) -> Result<Vec<Month>, Error> {
    let (condition, binds) = within(&tx.caller(), "org_key", 2);
    let sql = format!(
        "SELECT SUBSTR(activation_local, 1, 7) AS month, COUNT(*) AS tokens FROM station_tokens \
         WHERE activation_local >= $1 AND {condition} GROUP BY SUBSTR(activation_local, 1, 7)"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(months.first().cloned().unwrap_or_default());
    let rows = bind_all(query, &binds).fetch_all(&mut **tx).await?;
    let mut counts = BTreeMap::new();
    for row in rows {
        counts.insert(row.try_get::<String, _>("month")?, number(&row, "tokens")?);
    }
    let month = |month: &String| Month {
        month: month.clone(),
        count: counts.get(month).copied().unwrap_or_default(),
    };
    Ok(months.iter().map(month).collect())
}

/// The twelve months of Pacific Time up to that moment, the oldest first.
fn last_months(now: &str) -> Vec<String> {
    let local = moment::local(now, Zone::Pacific).unwrap_or_default();
    let part = |range: Range<usize>| -> i64 {
        let digits = local.get(range).unwrap_or_default();
        digits.parse().unwrap_or_default()
    };
    let number = part(0..4) * 12 + part(5..7) - 1;
    (number - 11..=number)
        .map(|month| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_pacific() {
        let months = last_months("2026-12-01T07:59:59Z");
        assert_eq!(months.len(), 12);
        assert_eq!((months[0].as_str(), months[11].as_str()), ("2025-12", "2026-11"));
        assert_eq!(last_months("2026-12-01T08:00:00Z")[11], "2026-12");
    }
}
