import Quantities
import Testing

@Suite("Quantities as texts with units")
struct UnitTableTests {
  @Test(
    "are read",
    arguments: [
      ("4 GB/s", 4e9), ("0.8GB/s", 0.8e9), ("  20000 MB/s ", 2e10), ("512", 512), ("1e3 kB/s", 1e6),
    ])
  func read(text: String, value: Double) {
    #expect(UnitTable.bandwidth.value(of: text) == value)
  }

  @Test(
    "or are none",
    arguments: [
      "", "GB/s", "4 GB", "4 gb/s", "4 GB/s more", "four GB/s", "1e400 B/s", "1e300 GB/s GB/s",
      "--4",
      "4 4 B/s", "nan", "inf B/s", "1e308 TB/s",
    ])
  func unread(text: String) {
    #expect(UnitTable.bandwidth.value(of: text) == nil)
  }

  @Test(
    "are read in other cases of their letters where these mean the same",
    arguments: [
      (UnitTable.frequency, "15FPS", 15.0 as Double?), (.frequency, "15 Fps", 15),
      (.frequency, "2 HZ", 2), (.frequency, "2 KHZ", 2000), (.duration, "2 MIN", 120),
      (.duration, "3 S", 3), (.time, "3 NS", 3e-9), (.rate, "2 gop/s", 2e9),
      (.rate, "2 GOP/S", 2e9), (.power, "2 w", 2), (.power, "2 KW", 2000), (.size, "2 gB", 2e9),
      // Each could be another unit: a megawatt, a megasecond, a gigabit, 1,024 bytes.
      (.power, "2 MW", nil), (.time, "2 MS", nil), (.size, "2 Gb", nil), (.size, "2 KB", nil),
      (.bandwidth, "2 mB/s", nil), (.energy, "2 MJ", nil), (.time, "2 PS", nil),
      (.clock, "2 mHz", nil),
    ])
  func cases(units: UnitTable, text: String, value: Double?) {
    #expect(units.value(of: text) == value, "\(text)")
  }

  @Test(
    "are written so that they read back to the last bit",
    arguments: [
      (UnitTable.rate, 180.92e9, "180.92 Gop/s"), (.rate, 1, "1 op/s"),
      (.bandwidth, 8e8, "800 MB/s"),
      (.size, 1_073_741_824, "1 GiB"), (.size, 1_258_291, "1.258291 MB"), (.time, 2e-5, "20 us"),
      (.power, 0.155, "155 mW"), (.energyPerByte, 60e-12, "60 pJ/B"), (.time, 0, "0 s"),
    ])
  func written(units: UnitTable, value: Double, text: String) {
    #expect(units.text(value) == text)
    #expect(units.value(of: text) == value)
  }

  @Test("whatever the value is")
  func roundTrip() {
    var state: UInt64 = 1
    for _ in 0..<2_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state >> 2)
      guard value.isFinite, value < 1e200 else { continue }
      for units in [UnitTable.rate, .bandwidth, .size, .time, .power, .energyPerByte] {
        #expect(units.value(of: units.text(value)) == value)
      }
    }
  }
}
