//! Response codes, by number and by what they mean.

use chargepoint::code::{self, Code, Meaning};

#[test]
fn every_code_is_found_by_its_number_and_has_words() {
    let mut last = 99;
    for code in Code::ALL {
        let number: u16 = code.number().parse().unwrap();
        assert!(number > last, "{number} stands after {last}");
        last = number;
        assert_eq!(Code::of(&format!(" {number}\n")), Some(*code));
        let said = code.text().replace("<MaximumPageSize>", "500");
        assert_eq!(code::text(code.number()), said);
        assert!(!code.text().is_empty());
    }
    assert_eq!((Code::ALL.len(), last), (95, 202));
    for unknown in ["", "99", "157", "161", "193", "203", "0100", "SUCCESS"] {
        assert_eq!(Code::of(unknown), None, "{unknown}");
        assert!(!code::is_nothing_found(unknown));
        assert_eq!(code::text(unknown), Code::Unknown.text());
    }
}

#[test]
fn what_a_code_means() {
    let mean = |meaning| {
        let codes = Code::ALL.iter().filter(move |code| code.meaning() == meaning);
        codes.map(|code| code.number()).collect::<Vec<_>>()
    };
    assert_eq!(mean(Meaning::Done), ["100"]);
    assert_eq!(mean(Meaning::PlanRestricted), ["101"]);
    assert_eq!(mean(Meaning::RateLimited), ["139"]);
    assert_eq!(mean(Meaning::Upstream), ["143", "188"]);
    let theirs = mean(Meaning::NotYours);
    assert!(
        ["131", "133", "178"].iter().all(|code| theirs.contains(code)),
        "{theirs:?}"
    );
    let later = mean(Meaning::Unavailable);
    assert!(
        ["115", "137"].iter().all(|code| later.contains(code)),
        "{later:?}"
    );
    for nothing in [
        "102", "120", "122", "134", "136", "153", "156", "160", "169", "180", "201",
    ] {
        assert!(code::is_nothing_found(nothing), "{nothing}");
    }
}
