import Quantities
import Testing

@Suite struct DurationTests {
  @Test(arguments: [
    ("5", 5), ("5s", 5), ("5 s", 5), ("0.5", 0.5), ("500ms", 0.5), ("2min", 120), ("2m", 120),
    ("1.5h", 5400), ("90 sec", 90),
  ])
  func `a time to wait is read with its unit`(text: String, seconds: Double) {
    #expect(UnitTable.duration.value(of: text) == seconds)
  }

  @Test(arguments: ["", "s", "5x", "five", "5 s s", "0x5"])
  func `what is no time is none`(text: String) {
    #expect(UnitTable.duration.value(of: text) == nil)
  }

  @Test(arguments: [("1400", 1400), ("1.4GHz", 1400), ("200 MHz", 200), ("500kHz", 0.5)])
  func `a clock is read in MHz`(text: String, megahertz: Double) {
    #expect(UnitTable.clock.value(of: text) == megahertz)
  }
}
