//! The files of operators come out as they must.

#[path = "../../../tests/fixtures/token-files/mod.rs"]
mod token_files;

#[test]
fn each_file_comes_out_as_it_must() {
    for slice in [1, 7, 64, 1 << 20] {
        let differences = token_files::differences(slice);
        assert!(
            differences.is_empty(),
            "in slices of {slice}:\n{}",
            differences.join("\n")
        );
    }
}
