import TestSupport
import Testing

@testable import Figures

@Suite("Charts")
struct ChartTests {
  @Test("A chart is well-formed whatever its names are", arguments: hostileNames)
  func hostile(name: String) {
    let points = [XYChart.Point(1, 2, tooltip: name), XYChart.Point(3, 4)]
    let chart = XYChart(
      title: name, horizontal: ChartAxis(name, unit: name), vertical: ChartAxis(name),
      series: [
        .init(name, style: .linePoints, points: points), .init(name, points: points),
        .init(name, style: .dots, points: points), .init(name, style: .limit, points: points),
        .init(name, style: .points, points: [.init(1, 1, label: name, link: name)]),
      ], note: name)
    let bars = BarChart(
      title: name, categories: [name, name], vertical: ChartAxis(name, unit: name),
      series: [.init(name, values: [1, -2]), .init(name, values: [3])])
    let gantt = GanttChart(
      title: name, rows: [name, name],
      bars: [.init(row: 1, start: 0, end: 2, label: name, color: 9)], horizontal: ChartAxis(name))
    let stacks = StackedBarChart(
      title: name, rows: [.init(name, values: [1, 2])],
      series: [.init(name, color: 0), .init(name, color: nil)], unit: name, note: name)
    let works = GanttChart(
      title: name, rows: [name],
      works: [
        .init(
          name, color: 1,
          parts: [
            .init(name, place: .whole, pieces: [.init(row: 0, start: 0, end: 9, numbers: [1])])
          ])
      ],
      pieceKeys: [name], horizontal: ChartAxis(name, unit: name),
      spans: [.init(name, start: 0, end: 9)], note: name)
    let figures = [
      chart.figure(), bars.figure(), gantt.figure(), stacks.figure(), works.figure(),
    ]
    for figure in figures {
      let document = ParsedDocument(figure.svgFile())
      #expect(document.errorMessage == nil)
      #expect(document.elements["script"] == nil)
      #expect(!document.attributes.values.contains { $0.contains("onload") })
    }
  }

  @Test(
    "Every point lies in the plot, and odd values are counted instead of drawn",
    arguments: [ChartAxis.Scale.linear, .logarithmic])
  func points(scale: ChartAxis.Scale) {
    let values = [1e-3, 5, 2_000, 1e7, .nan, .infinity, -.infinity, 1e300]
    let chart = XYChart(
      title: "t", horizontal: ChartAxis("x", scale: scale), vertical: ChartAxis("y", scale: scale),
      series: [.init("s", style: .points, points: values.map { XYChart.Point($0, $0) })])
    let text = chart.figure().svgFile()
    #expect(text.contains("s (4 not shown)"))
    #expect(!text.contains("nan") && !text.contains("inf,"))
    // Four points and the sample of the legend.
    #expect(text.split(separator: "class=\"fill-blue\"").count - 1 == 5)
  }

  @Test("Charts without data draw their axes")
  func empty() {
    let axis = ChartAxis("x", scale: .logarithmic)
    let chart = XYChart(title: "t", horizontal: axis, vertical: axis, series: [])
    let bars = BarChart(title: "t", categories: [], vertical: axis, series: [])
    #expect(ParsedDocument(chart.figure().svgFile()).errorMessage == nil)
    #expect(ParsedDocument(bars.figure().svgFile()).errorMessage == nil)
  }

  @Test("The unit of an axis fits the size of its values")
  func units() {
    let layout = AxisLayout(ChartAxis("Period", unit: "s"), values: [0.021, 0.147], tickCount: 6)
    #expect(layout.caption == "Period (ms)")
    #expect(layout.ticks.values.map(layout.text) == ["0", "25", "50", "75", "100", "125", "150"])
    let counts = AxisLayout(ChartAxis("MACs"), values: [2e9, 8e9], tickCount: 3)
    #expect(counts.caption == "MACs (×10^9)")
  }

  @Test("The legend stays above the data")
  func legend() {
    let series = (0..<9).map { XYChart.Series("a rather long name \($0)", points: [.init(1, 1)]) }
    let layout = AxisLayout(ChartAxis("y"), values: [1], tickCount: 6)
    let entries = series.map { ChartLegend.Entry(name: $0.name) { _, _ in [] } }
    let frame = ChartFrame(
      title: "t", width: 400, plotHeight: 100, legend: entries, vertical: layout, bottomMargin: 0)
    let legend = ChartLegend(entries, x: 0, y: 30, width: frame.plot.width)
    #expect(legend.height >= 60)
    #expect(frame.plot.y >= 30 + legend.height)
  }
}
