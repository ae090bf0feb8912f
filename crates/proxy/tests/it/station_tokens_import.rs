use std::io::{Cursor, Write};

use reqwest::Method;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::station_tokens::{add, apply, estate, path};
use crate::support::{Answer, TestApp, on_both};

const IMPORTS: &str = "/station_tokens/imports";

async fn read(app: &TestApp, file: impl Into<Vec<u8>>) -> Answer {
    let request = app
        .request(Method::POST, IMPORTS)
        .header("content-type", "application/octet-stream");
    Answer::of(request.body(file.into())).await
}

async fn finalise(app: &TestApp, preview: &Value) -> Answer {
    app.post(
        &format!("{IMPORTS}/{}/finalise", preview["id"].as_str().unwrap()),
        json!(null),
    )
    .await
}

/// New, changed, unchanged and bad rows.
fn counts(preview: &Value) -> [u64; 4] {
    ["new", "changed", "unchanged", "bad"].map(|field| preview[field].as_u64().unwrap())
}

/// Row, column and message of each problem.
fn problems(preview: &Value) -> Vec<String> {
    let told = |one: &Value| {
        format!(
            "{} {}: {}",
            one["row"],
            one["column"].as_str().unwrap(),
            one["message"].as_str().unwrap()
        )
    };
    preview["problems"].as_array().unwrap().iter().map(told).collect()
}

async fn token(app: &TestApp, token_sn: &str) -> Value {
    app.get(&format!("/station_tokens?q={token_sn}")).await.ok()["items"][0].clone()
}

/// Why a file is not taken, with that status.
async fn why(app: &TestApp, file: impl Into<Vec<u8>>) -> String {
    let problem = read(app, file).await.problem(422, "/problems/invalid");
    assert_eq!(problem["errors"][0]["field"], "file");
    problem["errors"][0]["message"].as_str().unwrap().to_owned()
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with that in its sheet, and those texts.
fn workbook(rows: &str, texts: &str) -> Vec<u8> {
    let relations = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let book = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Stock" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let styles = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="170" formatCode="yyyy\-mm\-dd hh:mm"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>"#;
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    archive(&[
        (
            "_rels/.rels",
            relations("officeDocument", "xl/workbook.xml").as_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations("worksheet", "worksheets/sheet1.xml").as_bytes(),
        ),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", texts.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

const NO_TEXTS: &str = r#"<sst count="0" uniqueCount="0"></sst>"#;

on_both! {
    async fn a_file_is_previewed_and_taken_over(app) {
        estate(app).await;
        let known = add(app, "CPT-1", json!({ "partNo": "OLD", "customerName": "Kept Ltd" })).await;
        add(app, "CPT-2", json!({ "status": "Available" })).await;
        let file = "Status;token s/n;Part No.;Colour;Org ID;Org Name;Cloud Plan;Order Date;Activation Date;EVSE ID\n\
                    available;cpt-1;NEW;red;;;Commercial;;;\n\
                    Available;CPT-2;;;;;Commercial;;;\n\
                    Active;CPT-3;;;1:org1;acme;Fleet;11/20/2026;2026-11-20 08:15;1:7-1\n\
                    ;CPT-4;;;3:ORG9;Dune;Home;;;\n";
        let answer = read(app, file).await;
        assert_eq!(answer.status, 201);
        let preview = answer.ok();
        assert_eq!((counts(&preview), problems(&preview)), ([2, 1, 1, 0], vec![]));
        assert_eq!(preview["unknownColumns"], json!(["Colour"]));
        assert_eq!((&preview["sample"][0]["tokenSn"], &preview["sample"][2]), (&json!("CPT-3"), &json!(null)));
        let change = json!({ "row": 2, "tokenSn": "CPT-1", "detail": "Part No.: OLD → NEW · Status: New → Available" });
        assert_eq!(preview["changes"], json!([change]));
        let address = format!("{IMPORTS}/{}", preview["id"].as_str().unwrap());
        assert_eq!(app.get(&address).await.ok(), preview);
        assert_eq!(app.get("/station_tokens").await.ok()["total"], 2);

        assert_eq!(finalise(app, &preview).await.ok(), json!({ "added": 2, "changed": 1 }));
        // An answer that was lost is given again.
        assert_eq!(finalise(app, &preview).await.ok(), json!({ "added": 2, "changed": 1 }));
        let changed = app.get(&path(&known)).await.ok();
        for (field, value) in [("tokenSn", "CPT-1"), ("partNo", "NEW"), ("status", "Available"), ("customerName", "Kept Ltd"), ("orgName", "Acme")] {
            assert_eq!(changed[field], value, "{field}");
        }
        let new = token(app, "CPT-3").await;
        for (field, value) in [
            ("status", json!("Active")), ("evseId", json!("1:7-1")), ("orgId", json!("1:ORG1")), ("orderDate", json!("2026-11-20")),
            ("activationDate", json!("2026-11-20T16:15:00Z")), ("appliedDate", json!(null)), ("version", json!(1)),
        ] {
            assert_eq!(new[field], value, "{field}");
        }
        let other = token(app, "CPT-4").await;
        assert_eq!((&other["orgName"], &other["ours"], &other["status"]), (&json!("Dune"), &json!(false), &json!("New")));
        let history = app.get(&format!("{}/history", path(&known))).await.ok();
        let last = &history["items"][0];
        assert_eq!((&last["action"], &last["summary"]), (&json!("Imported"), &json!("Part No.: OLD → NEW · Status: New → Available")));
        app.delete(&address).await.problem(409, "/problems/import-state");
        // The same file again says nothing new; the one of another organization is not ours to change.
        let again = read(app, file).await.ok();
        assert_eq!((counts(&again), problems(&again)), ([0, 0, 3, 1], vec!["5 Token S/N: it belongs to Dune, which is not ours".into()]));
    }

    async fn each_bad_cell_is_named(app) {
        estate(app).await;
        add(app, "CPT-1", json!({})).await;
        let file = "Token S/N,Cloud Plan,Status,Org ID,Org Name,Order Date,Applied Date (Pacific Time),EVSE ID,Description\n\
                    ,Fleet,,1:ORG1,,,,,\n\
                    CPT-1,,Lost,,,20/11/2026,noon,,\n\
                    CPT-2,,,,,,,,\n\
                    CPT-3,Fleet,Active,1:ORG1,,,,,\n\
                    CPT-4,Fleet,,1:ORG1,Bolt,,,,\n\
                    CPT-5,Fleet,,9:ORG9,,,,,\n\
                    CPT-6,Fleet,,,Nobody,,,,\n\
                    cpt-1,Fleet,,,,,,,\n\
                    CPT-7,Fleet,,1:ORG1,,,,,\"a\x01b\"\n\
                    CPT 8,Fleet,,1:ORG1,,,,,\n\
                    #N/A,Fleet,,1:ORG1,,,,,\n\
                    4.1E+13,Fleet,,1:ORG1,,,,,\n";
        let preview = read(app, file).await.ok();
        assert_eq!(counts(&preview), [0, 0, 0, 12]);
        assert_eq!(problems(&preview), [
            "2 Token S/N: this cannot stay empty",
            "3 Cloud Plan: this cannot stay empty",
            "3 Status: one of New, Available, Active, Expired",
            "3 Order Date: a date such as 2026-11-20 or 11/20/2026",
            "3 Applied Date (Pacific Time): a date such as 2026-11-20 08:15 or 11/20/2026 8:15",
            "4 Cloud Plan: this cannot stay empty",
            "4 Org ID: a new token needs an organization",
            "5 EVSE ID: an Active token needs an EVSE",
            "6 Org Name: 1:ORG1 is Acme",
            "7 Org ID: no organization has that ID; give its name too",
            "8 Org Name: no organization has that name; give its Org ID too",
            "9 Token S/N: cpt-1 stands in row 3 already",
            "10 Description: a control character cannot be kept",
            "11 Token S/N: a serial number has no blanks",
            "12 Token S/N: this stands for no serial number",
            "13 Token S/N: a spreadsheet made a rounded number of it; format its column as text",
        ]);
        assert_eq!(finalise(app, &preview).await.ok(), json!({ "added": 0, "changed": 0 }));
        assert_eq!(app.get("/station_tokens").await.ok()["total"], 1);
        let many: String = (0..150).map(|n| format!("X{n},Lost\n")).collect();
        let preview = read(app, format!("Token S/N,Status\n{many}")).await.ok();
        assert_eq!((counts(&preview)[3], problems(&preview).len()), (150, 100));
    }

    async fn no_evse_gets_two_active_tokens(app) {
        estate(app).await;
        for (name, evse) in [("A", "1:7-1"), ("B", "1:7-2")] {
            let token = add(app, name, json!({})).await;
            apply(app, &token, evse).await.ok();
        }
        add(app, "C", json!({})).await;
        add(app, "D", json!({ "orgId": "1:ORG2" })).await;
        let header = "Token S/N,Status,EVSE ID\n";
        let taken = read(app, format!("{header}C,Active,1:7-1\nD,Active,1:9-9\n")).await.ok();
        assert_eq!((counts(&taken), problems(&taken)), ([0, 1, 0, 1], vec!["2 EVSE ID: A is Active there".into()]));
        // Two change places, and a third takes one that becomes free.
        let swap = read(app, format!("{header}A,Active,1:7-2\nB,Active,1:7-1\n")).await.ok();
        assert_eq!(counts(&swap), [0, 2, 0, 0]);
        finalise(app, &swap).await.ok();
        let evse = async |name: &str| token(app, name).await["evseId"].clone();
        assert_eq!((evse("A").await, evse("B").await), (json!("1:7-2"), json!("1:7-1")));
        let follow = read(app, format!("{header}C,Active,1:7-1\nB,Expired,1:7-1\n")).await.ok();
        assert_eq!(counts(&follow), [0, 2, 0, 0]);
        // Meanwhile somebody applies a token where D was to be.
        let late = read(app, format!("{header}D,Active,1:8-1\n")).await.ok();
        finalise(app, &follow).await.ok();
        let other = add(app, "E", json!({ "orgId": "1:ORG2" })).await;
        apply(app, &other, "1:8-1").await.ok();
        let refused = finalise(app, &late).await.problem(409, "/problems/import-state");
        assert!(refused["detail"].as_str().unwrap().starts_with("One token has changed"), "{refused}");
        assert_eq!(token(app, "D").await["status"], "New");
    }

    async fn a_file_makes_no_token_active_on_an_evse_of_another_organization(app) {
        estate(app).await;
        for name in ["A", "B"] {
            add(app, name, json!({})).await;
        }
        let active = add(app, "C", json!({})).await;
        apply(app, &active, "1:7-2").await.ok();
        // One that stands where it has no business stays there until somebody moves it.
        let mut tx = app.app.books.write().await.unwrap();
        sqlx::query("UPDATE evses SET org_key = '1:org2' WHERE id = '1:7-2'").execute(&mut *tx).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        let file = "Token S/N,Status,EVSE ID,Part No.\nA,Active,1:8-1,\nB,Active,1:7-1,\nC,Active,1:7-2,x\n";
        let preview = read(app, file).await.ok();
        assert_eq!((counts(&preview), problems(&preview)),
            ([0, 2, 0, 1], vec!["2 EVSE ID: 1:8-1 belongs to another organization than the token".into()]));
    }

    async fn a_file_moves_no_token_to_another_organization_and_leaves_none_on_a_station(app) {
        estate(app).await;
        let active = add(app, "A", json!({})).await;
        apply(app, &active, "1:7-1").await.ok();
        add(app, "B", json!({})).await;
        let header = "Token S/N,Org ID,Status,EVSE ID\n";
        let moved = read(app, format!("{header}A,1:ORG2,Active,1:7-1\nB,1:ORG2,New,\n")).await.ok();
        let said = "Org ID: it belongs to Acme; that changes by Transfer tokens only";
        assert_eq!((counts(&moved), problems(&moved)), ([0, 0, 0, 2], vec![format!("2 {said}"), format!("3 {said}")]));
        let off = read(app, "Token S/N,Status\nA,Available\n").await.ok();
        assert_eq!(counts(&off), [0, 0, 0, 1]);
        assert!(problems(&off)[0].starts_with("2 Status: it is Active on 1:7-1"), "{off}");
        // Taken off its station in the same row, it is free for another.
        let off = read(app, format!("{header}A,1:ORG1,Available,\n")).await.ok();
        finalise(app, &off).await.ok();
        let free = token(app, "A").await;
        assert_eq!((&free["status"], &free["evseId"], &free["orgId"]), (&json!("Available"), &json!(""), &json!("1:ORG1")));
    }

    async fn nothing_is_taken_over_where_a_token_changed_meanwhile(app) {
        estate(app).await;
        let (a, b) = (add(app, "A", json!({})).await, add(app, "B", json!({})).await);
        let file = "Token S/N,Part No.,Cloud Plan,Org ID\nA,x,Fleet,\nB,x,Fleet,\nC,x,Fleet,1:ORG1\nD,x,Fleet,1:ORG1\n";
        let preview = read(app, file).await.ok();
        let other = read(app, file).await.ok();
        app.change(Method::PATCH, &path(&a), &json!(1), json!({ "description": "y" })).await.ok();
        app.delete(&path(&b)).await;
        add(app, "c", json!({})).await;
        let refused = finalise(app, &preview).await.problem(409, "/problems/import-state");
        assert!(refused["detail"].as_str().unwrap().starts_with("3 tokens have changed"), "{refused}");
        assert_eq!((&token(app, "A").await["partNo"], app.get("/station_tokens?q=D").await.ok()["total"].clone()), (&json!(""), json!(0)));
        // Discarded, it is gone; the other one stays until it is, too.
        let address = format!("{IMPORTS}/{}", preview["id"].as_str().unwrap());
        assert_eq!(app.delete(&address).await.status, 204);
        app.delete(&address).await.problem(404, "/problems/not-found");
        app.get(&address).await.problem(404, "/problems/not-found");
        finalise(app, &preview).await.problem(404, "/problems/not-found");
        finalise(app, &other).await.problem(409, "/problems/import-state");
    }

    async fn one_of_two_imports_at_once_wins(app) {
        estate(app).await;
        add(app, "A", json!({})).await;
        let file = |part: &str| format!("Token S/N,Part No.,Cloud Plan,Org ID\nA,{part},Fleet,\nN,{part},Fleet,1:ORG1\n");
        let (one, two) = (read(app, file("one")).await.ok(), read(app, file("two")).await.ok());
        let (a, b) = tokio::join!(finalise(app, &one), finalise(app, &two));
        let (won, lost, part) = if a.status == 200 { (a, b, "one") } else { (b, a, "two") };
        assert_eq!(won.ok(), json!({ "added": 1, "changed": 1 }));
        lost.problem(409, "/problems/import-state");
        for name in ["A", "N"] {
            assert_eq!(token(app, name).await["partNo"], part);
        }
    }

    async fn a_staged_file_is_forgotten_after_a_day(app) {
        estate(app).await;
        let preview = read(app, "Token S/N,Cloud Plan,Org ID\nA,Fleet,1:ORG1\n").await.ok();
        let mut tx = app.app.books.write().await.unwrap();
        sqlx::query("UPDATE station_token_imports SET created_at = '2020-01-01T00:00:00Z'").execute(&mut *tx).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        finalise(app, &preview).await.problem(404, "/problems/not-found");
        read(app, "Token S/N\n").await.ok();
        let mut tx = app.app.books.read().await.unwrap();
        let left = sqlx::query("SELECT 1 AS one FROM station_token_import_rows").fetch_all(&mut *tx).await.unwrap();
        assert!(left.is_empty());
    }

    /// What was exported says nothing new: nothing is lost or bent on the way out and in.
    async fn an_export_is_imported_without_a_change(app) {
        estate(app).await;
        let odd = json!({ "partNo": "=1+1", "description": "a;b,\"c\"", "customerName": "'Łódź", "orderDate": "2026-02-28" });
        add(app, "CPT-1", odd).await;
        for (name, evse) in [("007", "1:7-1"), ("1e5", "1:7-2")] {
            let token = add(app, name, json!({ "status": "Available" })).await;
            apply(app, &token, evse).await.ok();
        }
        // The second 1:30 of that night.
        let mut tx = app.app.books.write().await.unwrap();
        sqlx::query("UPDATE station_tokens SET activation_date = '2026-11-01T09:30:07Z' WHERE token_sn = '007'")
            .execute(&mut *tx).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        for format in ["csv", "xlsx"] {
            let path = format!("/station_tokens/export?format={format}");
            let file = app.request(Method::GET, &path).send().await.unwrap().bytes().await.unwrap();
            let preview = read(app, file.to_vec()).await.ok();
            assert_eq!((counts(&preview), problems(&preview)), ([0, 0, 3, 0], vec![]), "{format} {preview}");
            assert_eq!(preview["unknownColumns"], json!([]));
        }
    }

    async fn a_workbook_is_read_with_its_dates(app) {
        estate(app).await;
        let texts = r#"<sst uniqueCount="2"><si><t>Token S/N</t></si><si><t>Łódź Ltd</t></si></sst>"#;
        let inline = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
        let header: String = [("B1", "Cloud Plan"), ("C1", "ORG ID"), ("D1", "activationDate"), ("E1", "Ship Date"), ("F1", "Customer Name"), ("G1", "Part No.")]
            .into_iter().map(|(at, text)| inline(at, text)).collect();
        let rows = format!(
            r#"<row r="1"><c r="A1" t="s"><v>0</v></c>{header}</row><row r="3"><c r="A3"><v>4100000017</v></c>{}{}<c r="D3" s="1"><v>46346.34375</v></c><c r="E3"><v>46346</v></c><c r="F3" t="s"><v>1</v></c></row><row r="4"><c r="A4" t="str"><v>BAD</v></c><c r="G4" t="e"><v>#N/A</v></c></row>"#,
            inline("B3", "Fleet"), inline("C3", "1:ORG1"),
        );
        let preview = read(app, workbook(&rows, texts)).await.ok();
        assert_eq!(counts(&preview), [1, 0, 0, 1], "{preview}");
        assert!(problems(&preview).contains(&"4 Part No.: the workbook has an error here: #N/A".into()), "{preview}");
        let new = &preview["sample"][0];
        for (field, value) in [
            ("tokenSn", "4100000017"), ("activationDate", "2026-11-20T16:15:00Z"), ("shipDate", "2026-11-20"), ("customerName", "Łódź Ltd"),
        ] {
            assert_eq!(new[field], value, "{field}");
        }
        assert_eq!(finalise(app, &preview).await.ok()["added"], 1);
    }
}

#[tokio::test]
async fn files_that_cannot_be_taken_say_why() {
    let app = &TestApp::sqlite().await;
    assert_eq!(why(app, "").await, "the file is empty");
    assert!(
        why(app, "Part No.\nx\n")
            .await
            .contains("names no column Token S/N")
    );
    assert!(
        why(app, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec())
            .await
            .contains("save it as .xlsx")
    );
    assert!(
        why(app, b"\x89PNG\r\n\x1a\n\0\0".to_vec())
            .await
            .contains("neither CSV nor XLSX")
    );
    assert!(why(app, "PK\u{3}\u{4} no archive").await.contains("damaged"));
    assert!(
        why(app, archive(&[("letter.txt", b"hello")]))
            .await
            .contains("is no XLSX file")
    );
    let mut cut = workbook("", NO_TEXTS);
    cut.truncate(cut.len() - 40);
    assert!(why(app, cut).await.contains("damaged"));
    assert_eq!(why(app, workbook("", NO_TEXTS)).await, "the file is empty");
    assert!(
        why(app, workbook("<row r=\"1\"><c r=\"A1\"", NO_TEXTS))
            .await
            .contains("damaged")
    );
    let lines = "x\n".repeat(200_001);
    assert!(
        why(app, format!("Token S/N\n{lines}"))
            .await
            .contains("more than 200000 rows")
    );
    let large = vec![b'x'; 20 * 1024 * 1024 + 1];
    read(app, large).await.problem(413, "/problems/too-large");
}

/// Small files that would be large ones, and a cell that is far away.
#[tokio::test]
async fn bombs_are_refused() {
    let app = &TestApp::sqlite().await;
    let zeros = vec![b' '; 101 * 1024 * 1024];
    let bomb = archive(&[("xl/media/a.bin", &zeros)]);
    assert!(bomb.len() < 1024 * 1024);
    assert!(why(app, bomb).await.contains("unpacks to more"));
    let texts = format!("<sst uniqueCount='{}'></sst>", u64::MAX / 64);
    assert!(
        why(app, workbook("", &texts))
            .await
            .contains("announces more texts")
    );
    let parts: Vec<String> = (0..1_001).map(|n| format!("p{n}")).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(why(app, archive(&parts)).await.contains("more than 1000 parts"));
    let wide = format!("Token S/N{}\n", ",x".repeat(1_000));
    assert!(why(app, wide).await.contains("more than 1000 columns"));
    let again = format!("<row r=\"1\">{}</row>", "<c r=\"A1\"><v>1</v></c>".repeat(1_002));
    assert!(
        why(app, workbook(&again, NO_TEXTS))
            .await
            .contains("same cells again")
    );
    // Kilobytes on disk; one text, many megabytes, or one that a hundred thousand cells share.
    let long = "x".repeat(60 * 1024 * 1024);
    let cell = format!(r#"<row r="1"><c r="A1" t="str"><v>{long}</v></c></row>"#);
    let file = workbook(&cell, NO_TEXTS);
    assert!(file.len() < 100 * 1024);
    assert_eq!(
        why(app, file).await,
        "the workbook has a cell of more than 512 KB"
    );
    let texts = format!("<sst uniqueCount=\"1\"><si><t>{long}</t></si></sst>");
    assert!(
        why(app, workbook("", &texts))
            .await
            .contains("a cell of more than")
    );
    let header =
        r#"<row r="1"><c r="A1" t="str"><v>Token S/N</v></c><c r="B1" t="str"><v>Part No.</v></c></row>"#;
    let shared = |text: &str| format!("<sst uniqueCount=\"1\"><si><t>{text}</t></si></sst>");
    let rows: String = (2..100_002)
        .map(|n| format!(r#"<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="s"><v>0</v></c></row>"#))
        .collect();
    let preview = read(
        app,
        workbook(&(header.to_owned() + &rows), &shared(&long[..500_000])),
    )
    .await
    .ok();
    assert_eq!(problems(&preview)[0], "2 Part No.: at most 255 characters");
    let wide: String = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Token S/N</v></c>".to_owned()
        + &["partNo", "purchaseOrder", "salesOrder", "customerId"]
            .map(|key| format!(r#"<c t="str"><v>{key}</v></c>"#))
            .join("")
        + "</row>";
    let all: String = (2..100_002)
        .map(|n| {
            format!(
                "<row r=\"{n}\"><c r=\"A{n}\"><v>{n}</v></c>{}</row>",
                r#"<c t="s"><v>0</v></c>"#.repeat(4)
            )
        })
        .collect();
    assert!(
        why(app, workbook(&(wide + &all), &shared(&long[..1_000])))
            .await
            .contains("says more than an import takes")
    );
    let far = r#"<row r="1"><c r="A1" t="str"><v>Token S/N</v></c></row><row r="1048576"><c r="A1048576"><v>7</v></c><c r="XFD1048576"><v>7</v></c></row>"#;
    let preview = read(app, workbook(far, NO_TEXTS)).await.ok();
    assert_eq!(
        (&preview["rows"], &preview["problems"][0]["row"]),
        (&json!(1), &json!(1_048_576))
    );
}
