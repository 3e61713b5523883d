extension Table {
  /// The table as part of a page, in a box of its own that scrolls when the page is narrow.
  func html() -> Markup {
    let head = HTML.element(
      "tr",
      columns.map { column in
        cell("th", column, [("scope", "col")], column.heading)
      })
    let body = rows.map { row in
      HTML.element(
        "tr",
        zip(columns, row).enumerated().map { index, pair in
          // The first cell names its row when it holds words.
          index == 0 && pair.0.alignment == .left
            ? cell("th", pair.0, [("scope", "row")], pair.1) : cell("td", pair.0, [], pair.1)
        })
    }
    let caption =
      caption.isEmpty ? [] : [HTML.element("caption", [HTML.element("span", text: self.caption)])]
    let table = HTML.element(
      "table",
      caption + [HTML.element("thead", [head]), HTML.element("tbody", body)])
    return HTML.scrolling([table], label: self.caption.isEmpty ? "Table" : self.caption)
  }

  private func cell(
    _ name: String, _ column: Column, _ attributes: [(String, String)], _ text: String
  ) -> Markup {
    let alignment = column.alignment == .right ? [("class", "number")] : []
    return HTML.element(name, attributes + alignment, text: text)
  }
}
