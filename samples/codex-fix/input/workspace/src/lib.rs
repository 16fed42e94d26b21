//! Durations as people write them.

/// Reads `1h30m` as seconds.
pub fn parse_duration(text: &str) -> Result<u64, ParseError> {
    tokens(text).try_fold(0u64, |sum, token| token.map(|t| sum + t.seconds()))
}
