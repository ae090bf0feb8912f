//! `getTransactionData` (guide, section 6.3).

use std::borrow::Cow;

use super::{Call, Paged, answer};
use crate::code::Code;
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked, Invalid};

/// Kinds of transactions.
pub const TYPES: &[&str] = &[
    "Session",
    "Reservation",
    "Reservation Cancel",
    "Reservation Usage Addendum",
];

record! {
    /// Asks for what drivers paid.
    #[derive(Default)]
    pub struct GetTransactionData: Sequence "getTransactionData" {
        /// What to look for.
        search_query: TransactionsQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. 100 come in one page where nothing is said.
    #[derive(Default)]
    pub struct TransactionsQuery: All "getTransDataSearchRequest" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Part of `COMPANY / STATION`.
        station_name: Option<String> => "stationName",
        /// MAC address of the station.
        station_mac_addr: Option<String> => "stationMacAddr",
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// Name of the pricing rule.
        pricing_rule_name: Option<String> => "pricingRuleName",
        /// `Session`, `Reservation`, `Reservation Cancel` or `Reservation Usage Addendum`.
        transaction_type: Option<String> => "transactionType",
        /// Transaction.
        transaction_id: Option<String> as Long => "transactionID",
        /// Happened then or later; only with `to_time_stamp`.
        from_time_stamp: Option<DateTime> => "fromTransactionTimeStamp",
        /// Happened then or earlier; only with `from_time_stamp`.
        to_time_stamp: Option<DateTime> => "toTransactionTimeStamp",
        /// First row wanted; the first of all is 1.
        start_record: Option<i32> => "startRecord",
        /// Rows wanted, at most 500.
        num_transactions: Option<i32> => "numTransactions",
        /// Last four digits of the credit card (5.1).
        anonymous_credit_card_number: Option<String> => "anonymousCreditCardNumber",
    }
}

record! {
    /// One page of transactions.
    #[derive(Default)]
    pub struct GetTransactionDataResponse: Sequence "getTransactionDataResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rows.
        transactions: Option<Transactions> => "transactions",
        /// Whether more rows follow.
        more: Option<bool> as Int => "MoreFlag",
    }
}

record! {
    /// The rows of a page.
    #[derive(Default)]
    pub struct Transactions: Sequence "transDataParams" {
        /// The rows.
        rows: Vec<Transaction> => "transactionData",
    }
}

record! {
    /// What was paid for a session or a reservation; amounts are in `currency`.
    #[derive(Default)]
    pub struct Transaction: Sequence "transData" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// `COMPANY / STATION`.
        station_name: Option<String> => "stationName",
        /// MAC address of the station.
        station_mac_addr: Option<String> => "stationMacAddr",
        /// Port.
        port_number: Option<String> as Int => "portNumber",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// Name of the pricing rule.
        pricing_rule_name: Option<String> => "pricingRuleName",
        /// `Session`, `Reservation`, `Reservation Cancel` or `Reservation Usage Addendum`.
        transaction_type: Option<String> => "transactionType",
        /// Transaction.
        transaction_id: Option<String> as Long => "transactionID",
        /// Energy, kWh.
        energy: Option<f64> => "Energy",
        /// When the station reported it.
        transaction_time: Option<DateTime> => "transactionTime",
        /// When the session began.
        start_time: Option<DateTime> => "startTime",
        /// When the session ended.
        end_time: Option<DateTime> => "endTime",
        /// ISO 4217.
        currency: Option<String> => "Currency",
        /// What the driver paid.
        gross_amount: Option<f64> => "grossAmount",
        /// Fee of ChargePoint's Flex Billing.
        flex_billing_service_fee: Option<f64> => "flexBillingServiceFee",
        /// What the organization gets.
        net_revenue: Option<f64> => "netRevenue",
        /// Rate from `currency` to US dollars.
        exchange_rate_usd: Option<f64> => "exchangeRateUSD",
        /// Row number in the whole result, from 1.
        record_number: Option<i32> => "recordNumber",
        /// Last four digits of the credit card (5.1).
        anonymous_credit_card_number: Option<String> => "anonymousCreditCardNumber",
        /// Tax (5.1).
        tax_amount: Option<f64> => "taxAmount",
        /// Amount without tax (5.1).
        net_amount: Option<f64> => "netAmount",
    }
}

impl Call for GetTransactionData {
    type Answer = GetTransactionDataResponse;

    fn check(&self) -> Checked {
        let query = &self.search_query;
        rules::station_id(query.station_id.as_deref())?;
        rules::org_id("orgID", query.org_id.as_deref())?;
        rules::number(
            "transactionID",
            query.transaction_id.as_deref(),
            Code::InvalidFields,
        )?;
        rules::one_of("transactionType", query.transaction_type.as_deref(), TYPES)?;
        let (from, to) = (query.from_time_stamp.as_ref(), query.to_time_stamp.as_ref());
        if from.is_some() != to.is_some() {
            let missing = ["fromTransactionTimeStamp", "toTransactionTimeStamp"][usize::from(from.is_some())];
            return Err(Invalid::of(missing, Code::TransactionDatesIncomplete));
        }
        rules::span(
            ("fromTransactionTimeStamp", from),
            ("toTransactionTimeStamp", to),
            Code::TransactionFromAfterTo,
        )?;
        let digits = query.anonymous_credit_card_number.as_deref();
        rules::ensure(
            digits.is_none_or(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())),
            "anonymousCreditCardNumber",
            Code::InvalidFields,
            "anonymousCreditCardNumber is the last four digits of a card.",
        )?;
        rules::page(
            query.start_record.map(i64::from),
            "numTransactions",
            query.num_transactions,
            500,
        )
    }
}
answer!(GetTransactionDataResponse);

impl Paged for GetTransactionData {
    type Row = Transaction;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i32::try_from(record).ok();
    }

    fn rows(answer: GetTransactionDataResponse) -> (Vec<Transaction>, Option<bool>) {
        (answer.transactions.unwrap_or_default().rows, answer.more)
    }

    fn key(row: &Transaction) -> Cow<'_, str> {
        Cow::Borrowed(row.transaction_id.as_deref().unwrap_or_default())
    }
}
