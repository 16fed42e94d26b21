import KairosModel
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-01-05T13:02:11Z", "2026-01-05T13:02:11Z"),
    ("2026-02-15T20:13:40+11:00", "2026-02-15T09:13:40Z"),
    ("2026-09-23T09:42:02.118234", "2026-09-23T09:42:02.118Z"),
    ("1969-12-31T23:59:59.500Z", "1969-12-31T23:59:59.500Z"),
    ("2024-02-29 00:00:00-00:30", "2024-02-29T00:30:00Z"),
  ])
  func readsAnyZoneAndWritesUTC(text: String, expected: String) {
    #expect(Timestamp(rfc3339: text)?.rfc3339 == expected)
  }

  @Test(arguments: ["", "2026-13-01T00:00:00Z", "yesterday", "2026-01-05", "2026-01-05T13:02:11Zx"])
  func refusesEverythingElse(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }
}
