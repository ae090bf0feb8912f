//! What reading a token file promises whatever the file holds.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use domain::csv_out;
use domain::identifiers::{
    Code, Id, IdKind, MAX_KEY, Repair, Repairs, auth_key, check_character, chip_key, judge, judge_into, key,
    usual_key,
};
use domain::token_file::{
    CheckReport, Encoding, MAX_BYTES, Options, Refusal, Report, TokenFile, bad_rows_csv, read,
};
use proptest::prelude::*;

fn auth(text: &str) -> Result<Report, Refusal> {
    read(text.as_bytes().to_vec(), Options::new(IdKind::AuthId))
}

fn chip(text: &str) -> Report {
    read(text.as_bytes().to_vec(), Options::new(IdKind::ChipId)).unwrap()
}

fn keys(report: &Report) -> Vec<&str> {
    report.accepted().map(|id| id.key).collect()
}

fn bad(report: &Report) -> Vec<(u32, Code)> {
    report.rejected().map(|row| (row.line, row.code)).collect()
}

fn has(report: &Report, code: Code) -> bool {
    report.warnings().any(|(found, _)| found == code)
}

#[test]
fn refusals() {
    for (text, code) in [
        ("", Code::FEmpty),
        ("\r\n ;;\r\n", Code::FEmpty),
        ("# only a comment", Code::FNoRows),
        ("sep=;\r\n", Code::FNoRows),
        ("Auth ID\r\n,\r\n", Code::FNoRows),
        ("Auth ID,idTag\r\nNL-1,NL-2", Code::FAmbiguousHeader),
        ("Auth ID,auth_id\r\nNL-1,NL-2", Code::FAmbiguousHeader),
        ("Kunde\r\nNL-GFX-C00000001-4", Code::FNeedsMapping),
        ("Column1\r\nNL-GFX-C00000001-4", Code::FNeedsMapping),
        (
            "NL-GFX-C00000001-4,X\r\nNL-GFX-C00000002-1,Y",
            Code::FNeedsMapping,
        ),
        ("\"Auth ID\r\nNL-GFX-C00000001-4", Code::FUnclosedQuote),
        ("{\"authId\":1}", Code::FJson),
        ("<html>", Code::FHtml),
        ("\u{1f}\u{8}\u{1}\u{2}abcdefghij", Code::FBinary),
    ] {
        assert_eq!(
            auth(text).err().map(|refusal| refusal.code),
            Some(code),
            "{text:?}"
        );
    }
    let huge = TokenFile::open(vec![b'A'; MAX_BYTES + 1], Options::new(IdKind::AuthId));
    assert_eq!(huge.err().map(|refusal| refusal.code), Some(Code::FTooLarge));
}

#[test]
fn an_unclosed_quote_names_its_row() {
    let refusal = auth("Auth ID,N\r\nNL-1,a\r\nNL-2,\"b\r\nNL-3,c").err().unwrap();
    assert_eq!((refusal.code, refusal.line), (Code::FUnclosedQuote, Some(3)));
}

#[test]
fn an_operator_maps_the_column_of_a_refused_file() {
    let bytes = b"Klantnummer;Naam\r\nNL-GFX-C00000001-4;X\r\n".to_vec();
    let options = Options::new(IdKind::AuthId);
    let refusal = TokenFile::open(bytes, options).err().unwrap();
    let preview = refusal.preview.unwrap();
    assert_eq!(preview.columns, ["Klantnummer", "Naam"]);
    assert_eq!(
        (preview.delimiter, preview.has_header, preview.column),
        (Some(';'), true, None)
    );
    assert_eq!(preview.rows, [["NL-GFX-C00000001-4", "X"]]);

    let options = Options {
        column: Some(0),
        ..options
    };
    let report = read(refusal.bytes.clone(), options).unwrap();
    assert_eq!(keys(&report), ["NLGFXC00000001"]);

    let beyond = Options {
        column: Some(2),
        ..options
    };
    assert_eq!(
        read(refusal.bytes, beyond).err().unwrap().code,
        Code::FNeedsMapping
    );
}

#[test]
fn an_operator_says_what_was_found_wrongly() {
    let bytes = b"A1;X\r\nB2;Y\r\n".to_vec();
    let options = Options {
        header: Some(false),
        delimiter: Some(';'),
        column: Some(0),
        encoding: Some(Encoding::Windows1252),
        ..Options::new(IdKind::AuthId)
    };
    let report = read(bytes.clone(), options).unwrap();
    assert_eq!(keys(&report), ["A1", "B2"]);
    assert_eq!(report.preview().columns, ["Column 1", "Column 2"]);
    assert!(!has(&report, Code::WEncodingGuessed) && has(&report, Code::WNoHeader));

    let named = read(
        bytes,
        Options {
            header: Some(true),
            ..options
        },
    )
    .unwrap();
    assert_eq!(keys(&named), ["B2"]);
}

#[test]
fn a_column_of_ids_needs_no_header() {
    let report = auth("NL-GFX-C00000001-4\nNL-GFX-C00000002-1").unwrap();
    assert_eq!(keys(&report), ["NLGFXC00000001", "NLGFXC00000002"]);
    assert!(has(&report, Code::WNoHeader));
    let report = auth("EMP1\nEMP2").unwrap();
    assert_eq!(keys(&report), ["EMP1", "EMP2"]);
}

#[test]
fn header_names_belong_to_the_kind() {
    for (header, kind) in [
        ("contract id", IdKind::AuthId),
        ("eMA_ID", IdKind::AuthId),
        ("uid", IdKind::AuthId),
        ("RFID UID", IdKind::ChipId),
        ("uid", IdKind::ChipId),
        ("ID", IdKind::ChipId),
    ] {
        let report = read(format!("{header}\n04A1B2C3\n").into_bytes(), Options::new(kind));
        assert_eq!(keys(&report.unwrap()), ["04A1B2C3"], "{header}");
    }
}

#[test]
fn comments_before_the_header_are_passed_over_but_a_numbered_header_is_not() {
    let report = auth("# one, \"two\n#three\nAuth ID,N\nNL-GFX-C00000001-4,x").unwrap();
    assert_eq!(
        report.warnings().collect::<Vec<_>>(),
        [(Code::WSkippedPreamble, 1)]
    );
    let report = auth("#,Auth ID\n1,NL-GFX-C00000001-4").unwrap();
    assert_eq!(keys(&report), ["NLGFXC00000001"]);
}

#[test]
fn the_delimiter_that_knows_a_column_wins() {
    let report = auth("Auth ID;Name, first, last\nNL-GFX-C00000001-4;a, b, c").unwrap();
    assert_eq!(
        (report.preview().delimiter, keys(&report)),
        (Some(';'), vec!["NLGFXC00000001"])
    );
    let report = auth("sep=|\nAuth ID|a;b\nNL-GFX-C00000001-4|x").unwrap();
    assert_eq!(report.preview().delimiter, Some('|'));
}

#[test]
fn without_a_delimiter_in_the_header_commas_are_data() {
    let report = auth("Auth ID\nNL-GFX-C00000001-4,X\nNL-GFX-C00000001-4,NL-GFX-C00000002-1").unwrap();
    assert_eq!(bad(&report), [(2, Code::EFormat), (3, Code::EMultipleInCell)]);
    let options = Options {
        encoding: Some(Encoding::Utf8),
        ..Options::new(IdKind::AuthId)
    };
    let report = read(b"Auth ID\nNL-GFX-C00000001-4\xff\n".to_vec(), options).unwrap();
    assert_eq!(bad(&report), [(2, Code::ENonAscii)]);
    assert_eq!(
        report.rejected().next().unwrap().value,
        "NL-GFX-C00000001-4\u{fffd}"
    );
}

#[test]
fn one_wrong_byte_far_down_makes_the_file_windows_1252() {
    let mut bytes = b"Auth ID,Name\r\n".to_vec();
    while bytes.len() < 300_000 {
        bytes.extend_from_slice(b"NL-GFX-C00000001-4,x\r\n");
    }
    bytes.extend_from_slice(b"NL\x96GFX\x96C00000002-1,M\xfcller\r\n");
    let report = read(bytes.clone(), Options::new(IdKind::AuthId)).unwrap();
    assert_eq!(report.preview().encoding, Encoding::Windows1252);
    assert_eq!(keys(&report), ["NLGFXC00000001", "NLGFXC00000002"]);
    assert!(has(&report, Code::WEncodingGuessed) && has(&report, Code::WDashNormalised));

    // A byte order mark says UTF-8 all the same: only the row is bad.
    let marked = [b"\xef\xbb\xbf", &bytes[..]].concat();
    let report = read(marked, Options::new(IdKind::AuthId)).unwrap();
    assert_eq!(report.preview().encoding, Encoding::Utf8);
    assert_eq!(report.rejected().next().unwrap().code, Code::ENonAscii);
}

#[test]
fn rows_wider_or_narrower_than_the_header_are_read() {
    let report = auth("N,Auth ID\nx,NL-GFX-C00000001-4,more\ny\nz,NL-GFX-C00000002-1").unwrap();
    assert_eq!(keys(&report), ["NLGFXC00000001", "NLGFXC00000002"]);
    assert_eq!(bad(&report), [(3, Code::EEmpty)]);
    assert_eq!(report.warnings().collect::<Vec<_>>(), [(Code::WExtraCells, 2)]);
}

#[test]
fn duplicates_name_the_id_that_they_repeat() {
    let report = auth("Auth ID\nNL-GFX-C00000001-4\nnlgfxc00000001").unwrap();
    let repeated: Vec<_> = report.duplicates().collect();
    assert_eq!(repeated.len(), 1);
    let (line, first) = repeated[0];
    assert_eq!((line, first.unwrap().line), (3, 2));
    assert_eq!(
        report.find("nl*gfx*c00000001").unwrap().display,
        "NL-GFX-C00000001-4"
    );
    assert!(report.find("NL-GFX-C0000000").is_none());
}

#[test]
fn neighbours_are_noticed() {
    let report = chip("Chip ID\n04A1B2C3D4E5F6\n04A1B2C3\nC3B2A104\n11111111");
    assert_eq!(report.accepted_count(), 4);
    let warned: Vec<_> = report.warnings().collect();
    let expected = [
        (Code::WMaybeReversed, 3),
        (Code::WMaybeReversed, 4),
        (Code::WPrefixOfOther, 3),
    ];
    assert_eq!(warned, expected);
}

#[test]
fn repairs_are_offered_made_and_undone() {
    let text = "Chip ID\n4A2DAA2\nO4A1B2C3\n0652147431\n047DAFBA7F823100\n04A2DAA2\nC3B2A104\n04A1B2C3";
    let report = chip(text);
    let rejected = [(2, Code::EOddHex), (3, Code::ENotHex), (4, Code::EUidLength)];
    assert_eq!(bad(&report), rejected);
    let offers: Vec<_> = report
        .offers()
        .iter()
        .map(|o| (o.repair, o.count, o.to.as_str()))
        .collect();
    let expected = [
        (Repair::PadZero, 1, "04A2DAA2"),
        (Repair::LetterOToZero, 1, "04A1B2C3"),
        (Repair::DecimalToHex, 1, "26DEFAE7"),
        (Repair::DecimalToHexReversed, 1, "E7FADE26"),
        (Repair::StripTrailingZeros, 1, "047DAFBA7F8231"),
        (Repair::ReverseBytes, 1, "C3B2A104"),
    ];
    assert_eq!(offers, expected);
    let before = CheckReport::from(&report);

    let all = Repairs::from_iter(Repair::ALL);
    let repaired = report.with_repairs(all).finish().unwrap();
    assert_eq!(
        keys(&repaired),
        ["04A2DAA2", "04A1B2C3", "26DEFAE7", "047DAFBA7F8231"]
    );
    assert_eq!((bad(&repaired), repaired.repaired_count()), (vec![], 5));
    assert_eq!((repaired.offers().len(), repaired.duplicates().len()), (0, 3));

    let undone = repaired.with_repairs(Repairs::NONE).finish().unwrap();
    assert_eq!(CheckReport::from(&undone), before);
}

#[test]
fn bad_rows_come_back_in_their_own_columns_and_can_be_mended() {
    let text = "Name;Auth ID;Note\r\n=A;NL,1;\"x \"\"y\"\"\"\r\nB;NL-GFX-C00000002-1;\r\nC;;n\r\n";
    let report = auth(text).unwrap();
    let file = String::from_utf8(bad_rows_csv(&report)).unwrap();
    let expected = "\u{feff}Name,Auth ID,Note,line,code,message\r\n\
        '=A,\"NL,1\",\"x \"\"y\"\"\",2,E_FORMAT,\"The id holds characters that no Auth ID may have. Use letters, digits and hyphens.\"\r\n\
        C,,n,4,E_EMPTY,The row has no id. Fill in the id or remove the row.\r\n";
    assert_eq!(file, expected);

    // Rejected again, the file keeps its columns.
    let again = auth(&file).unwrap();
    let header = String::from_utf8(bad_rows_csv(&again)).unwrap();
    assert!(
        header.starts_with("\u{feff}Name,Auth ID,Note,line,code,message\r\n'"),
        "{header}"
    );
    assert_eq!(header.lines().nth(2).unwrap().matches("E_EMPTY").count(), 1);

    let mended = auth(&file.replace("\"NL,1\"", "NL-1").replace("C,,", "C,NL-2,")).unwrap();
    assert_eq!((keys(&mended), mended.rejected_count()), (vec!["NL1", "NL2"], 0));
}

#[test]
fn bad_rows_of_a_file_without_header_get_one() {
    let report = chip("04A1B2C3\n4A1B2C3");
    let file = String::from_utf8(bad_rows_csv(&report)).unwrap();
    assert!(
        file.starts_with("\u{feff}Chip ID,line,code,message\r\n4A1B2C3,2,E_ODD_HEX,"),
        "{file}"
    );
}

#[test]
fn findings_count_every_row() {
    let report = auth(&format!("Auth ID,N\n{}", "n/a,x\n".repeat(30))).unwrap();
    let findings = report.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code, findings[0].count), (Code::EPlaceholder, 30));
    assert_eq!(findings[0].lines[..2], [2, 3]);
}

/// A text as a person or a spreadsheet may leave it around an id.
fn messy() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "[A-Za-z0-9]{1,6}",
        Just(String::from("NL-GFX-C00000001-4")),
        "[-*: '\"=+@#.,;|/\t\r\n\\\\]",
        prop_oneof![
            "\u{a0}", "\u{200b}", "\u{2013}", "“", "’", "\u{feff}", "ü", "0x", "O"
        ],
    ];
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

/// UTF-16, big end first, with its mark.
fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_key_is_its_own_key(text in messy()) {
        for kind in [IdKind::AuthId, IdKind::ChipId] {
            let once = key(kind, &text);
            prop_assert_eq!(key(kind, &once), once.clone());
            if let Ok(id) = judge(kind, &text) {
                prop_assert_eq!(&id.key, &once);
                prop_assert_eq!(key(kind, &id.display), once);
                prop_assert!(id.key.is_ascii() && id.key.len() <= MAX_KEY);
            }
        }
    }

    #[test]
    fn case_and_separators_do_not_count(id in "[A-Z]{2}[A-Z0-9]{3}[A-Z0-9]{1,12}", at in 0..10_usize) {
        let plain = auth_key(&id);
        let (left, right) = id.split_at(at.min(id.len()));
        for separator in ["-", "*", " "] {
            let spelled = format!("{left}{separator}{right}").to_lowercase();
            prop_assert_eq!(auth_key(&spelled), plain.clone());
        }
    }

    #[test]
    fn chip_keys_ignore_case_and_separators(bytes in prop::collection::vec(any::<u8>(), 7)) {
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        for spelled in [hex.join(":"), hex.join(" ").to_uppercase(), format!("0x{}", hex.concat())] {
            prop_assert_eq!(chip_key(&spelled), hex.concat().to_uppercase());
        }
    }

    #[test]
    fn a_wrong_check_character_never_merges_ids(body in "[A-Z]{2}[A-Z0-9]{12}", check in "[A-Z0-9]") {
        let right = char::from(check_character(body.as_bytes()).unwrap()).to_string();
        let merged = auth_key(&format!("{body}{check}")) == auth_key(&body);
        prop_assert_eq!(merged, check == right);
    }

    #[test]
    fn usual_spellings_are_judged_alike(text in "[A-Za-z]{2}[A-Za-z0-9]{3}-?[A-Za-z0-9]{9}-?[A-Z0-9]?|[A-Za-z][A-Za-z0-9*-]{13,36}|[0-9A-Fa-f]{8}|[0-9a-f]{14}|[0-9A-F]{20}") {
        for kind in [IdKind::AuthId, IdKind::ChipId] {
            let mut buffer = [0; MAX_KEY];
            if let Some(usual) = usual_key(kind, text.as_bytes(), &mut buffer) {
                let mut id = Id::default();
                judge_into(kind, Repairs::NONE, &text, &mut id).unwrap();
                prop_assert_eq!(judge(kind, &text).unwrap(), id.clone());
                prop_assert_eq!(key(kind, &text), id.key.clone());
                prop_assert_eq!(id.key.as_bytes(), usual);
                prop_assert_eq!(id.display, text.clone());
                prop_assert!(id.warnings.is_empty());
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for kind in [IdKind::AuthId, IdKind::ChipId] {
            for column in [None, Some(0)] {
                let options = Options { column, ..Options::new(kind) };
                if let Ok(report) = read(bytes.clone(), options) {
                    prop_assert!(report.rows() > 0);
                    bad_rows_csv(&report);
                }
            }
        }
    }

    #[test]
    fn slices_do_not_change_the_result(
        cells in prop::collection::vec(messy(), 1..20),
        slice in 1..40_usize,
        wide in any::<bool>(),
        wide_characters in any::<bool>(),
    ) {
        let header = if wide { "Auth ID;N" } else { "Auth ID" };
        let text = format!("{header}\r\n{}", cells.join(if wide { ";\r\n" } else { "\n" }));
        let bytes = if wide_characters { utf16(&text) } else { text.clone().into_bytes() };
        let sliced = TokenFile::open(bytes, Options::new(IdKind::AuthId));
        let sliced = sliced.and_then(|mut file| {
            let mut before = file.step(slice);
            while !before.done {
                let now = file.step(slice);
                assert_eq!(now.bytes_total, before.bytes_total);
                assert!(now.bytes_done >= before.bytes_done && now.bytes_done <= now.bytes_total);
                before = now;
            }
            assert_eq!(before.bytes_done, before.bytes_total);
            file.finish()
        });
        match (sliced, auth(&text)) {
            (Ok(sliced), Ok(whole)) => {
                prop_assert_eq!(CheckReport::from(&sliced), CheckReport::from(&whole));
                let kinds = [whole.accepted_count(), whole.rejected_count(), whole.duplicates().len()];
                prop_assert_eq!(whole.rows(), kinds.iter().sum::<usize>());
            }
            (sliced, whole) => prop_assert_eq!(
                sliced.err().map(|refusal| (refusal.code, refusal.line)),
                whole.err().map(|refusal| (refusal.code, refusal.line))
            ),
        }
    }

    #[test]
    fn what_is_exported_comes_back(names in prop::collection::vec("[a-cü=+@'\",;|\\\\\t\r\n #-]{0,12}", 1..8)) {
        let mut file = csv_out::BOM.to_vec();
        csv_out::write_row(&mut file, ["Name", "Auth ID"]);
        for (row, name) in names.iter().enumerate() {
            csv_out::write_row(&mut file, [name.clone(), format!("NL-GFX-{row:04}")]);
        }
        let report = read(file, Options::new(IdKind::AuthId)).unwrap();
        prop_assert_eq!(report.accepted_count(), names.len());
        prop_assert_eq!(report.rejected_count(), 0);
        for (cells, name) in report.preview().rows.iter().zip(&names) {
            prop_assert_eq!(csv_out::unguard(&cells[0]), name);
        }
    }
}
