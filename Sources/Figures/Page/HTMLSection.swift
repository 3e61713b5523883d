/// A section of a report on its way into the page.
struct HTMLSection {
  let section: HTMLReport.Section
  /// The anchor to which the contents of the page lead.
  let id: String

  func html() -> Markup {
    let content = section.content.map(Self.html)
    switch section.kind {
    case .chapter:
      let heading = HTML.element("h2", [("id", id)], text: section.heading)
      return HTML.element("section", [("aria-labelledby", id)], [heading] + content)
    case .folded(let anchor, let brief, let isOpen):
      return folded(anchor, brief, isOpen, content)
    }
  }

  private func folded(
    _ anchor: String, _ brief: String, _ isOpen: Bool, _ content: [Markup]
  ) -> Markup {
    let summary = HTML.element(
      "summary",
      [
        HTML.element("h2", text: section.heading),
        HTML.element("span", [("class", "brief")], text: brief),
      ])
    // A browser opens what holds the target of a link, so the anchor lies inside.
    let target = HTML.element("span", [("id", anchor), ("class", "anchor")], [])
    return HTML.element(
      "section", [("aria-label", section.heading)],
      [
        HTML.element(
          "details", isOpen ? [("open", "open")] : [], [summary, target] + content)
      ])
  }

  private static func html(_ content: HTMLReport.Content) -> Markup {
    switch content {
    case .paragraph(let text): HTML.element("p", HTML.prose(text))
    case .subheading(let text): HTML.element("h3", text: text)
    case .table(let table): table.html()
    case .figure(let figure, let caption): html(figure, caption)
    case .gallery(let figures):
      HTML.element("div", [("class", "gallery")], figures.map { html($0, "") })
    case .pair(let first, let second):
      HTML.element("div", [("class", "pair")], [html(first), html(second)])
    case .facts(let facts): html(facts)
    case .list(let entries): HTML.element("ul", entries.map { HTML.element("li", HTML.prose($0)) })
    case .files(let files):
      HTML.element(
        "ul", [("class", "files")],
        files.map { HTML.element("li", [HTML.link(to: $0.path, text: $0.name)]) })
    case .note(let text):
      HTML.element("p", [("class", "note"), ("role", "note")], HTML.prose(text))
    case .warning(let text): warning(text)
    case .preformatted(let text): preformatted(text)
    }
  }

  private static func html(_ figure: Figure, _ caption: String) -> Markup {
    var children = [HTML.scrolling([figure.inline()], label: figure.summary)]
    if !caption.isEmpty { children.append(HTML.element("figcaption", text: caption)) }
    // The frame ends where the drawing does: 14 pixels of padding and a line on either side.
    let width = SVG.number(figure.width.rounded(.up) + 30)
    return HTML.element("figure", [("style", "max-width:\(width)px")], children)
  }

  private static func html(_ facts: [HTMLReport.Fact]) -> Markup {
    HTML.element(
      "dl",
      facts.map { fact in
        HTML.element(
          "div", [HTML.element("dt", text: fact.name), HTML.element("dd", text: fact.value)])
      })
  }

  private static func warning(_ text: String) -> Markup {
    HTML.element(
      "p", [("class", "warning"), ("role", "note")],
      [HTML.element("strong", text: "Warning: ")] + HTML.prose(text))
  }

  private static func preformatted(_ text: String) -> Markup {
    HTML.element(
      "pre", [("tabindex", "0")], [HTML.element("code", text: text)])
  }
}
