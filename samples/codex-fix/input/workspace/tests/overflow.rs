#[test]
fn huge_hours_are_an_error() {
    assert!(kettle::parse_duration("99999999999999999h").is_err());
}
