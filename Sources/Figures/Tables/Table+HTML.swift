extension Table {
  /// The table as part of a page, in a box of its own that scrolls when the page is narrow.
  func html() -> Markup {
    let head = HTML.element(
      "tr",
      columns.map { column in
        cell("th", column, [("scope", "col")], column.heading)
      })
    let body = rows.enumerated().map { place, row in
      HTML.element(
        "tr",
        zip(columns, row).enumerated().map { index, pair in
          let link = links[Place(row: place, column: index)]
          // The first cell names its row when it holds words.
          return index == 0 && pair.0.alignment == .left
            ? cell("th", pair.0, [("scope", "row")], pair.1, link)
            : cell("td", pair.0, [], pair.1, link)
        })
    }
    let caption =
      caption.isEmpty ? [] : [HTML.element("caption", [HTML.element("span", text: self.caption)])]
    let table = HTML.element(
      "table", isSortable ? [("class", "sortable")] : [],
      caption + [HTML.element("thead", [head]), HTML.element("tbody", body)])
    return HTML.scrolling(
      [table], label: self.caption.isEmpty ? "Table" : self.caption,
      isTall: rows.count > Self.mostRowsAtOnce)
  }

  private func cell(
    _ name: String, _ column: Column, _ attributes: [(String, String)], _ text: String,
    _ link: String? = nil
  ) -> Markup {
    let alignment = column.alignment == .right ? [("class", "number")] : []
    let content = link.map { HTML.link(to: $0, text: text) } ?? .text(text)
    return HTML.element(name, attributes + alignment, [content])
  }

  /// A table of more rows scrolls in its own box.
  private static let mostRowsAtOnce = 30
}
