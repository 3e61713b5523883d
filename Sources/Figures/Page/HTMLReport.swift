/// A report as one file that works offline, without scripts, on paper, on a phone, by day and by
/// night.
package struct HTMLReport: Sendable {
  /// The title of the page.
  package var title: String
  /// What stands below the title.
  package var subtitle: String
  /// The sections, from top to bottom.
  package var sections: [Section]
  /// A last line, for instance what made the report.
  package var footer: String
  /// Whether a script adds to the page what a reader can do without: words beside the pointer,
  /// tables that can be sorted.
  package var isInteractive: Bool

  /// A page with its sections.
  package init(
    title: String, subtitle: String = "", sections: [Section] = [], footer: String = "",
    isInteractive: Bool = false
  ) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
    self.footer = footer
    self.isInteractive = isInteractive
  }

  /// A heading with what stands below it.
  package struct Section: Sendable {
    /// What stands above the section.
    package var heading: String
    /// What the section shows, from top to bottom.
    package var content: [Content]
    /// Whether it is a chapter or folded.
    package var kind: Kind

    /// A section with its content.
    package init(_ heading: String, _ content: [Content] = [], kind: Kind = .chapter) {
      self.heading = heading
      self.content = content
      self.kind = kind
    }

    /// How a section stands on the page.
    package enum Kind: Hashable, Sendable {
      /// A part of the page that its contents name.
      case chapter
      /// A part that a reader opens, below a line that says what it is about.
      ///
      /// Links to the anchor open it; the anchor has only letters, digits and hyphens.
      case folded(anchor: String, brief: String, isOpen: Bool)
    }
  }

  /// A piece of a section.
  package indirect enum Content: Sendable {
    /// Running text.
    case paragraph(String)
    /// A heading below that of the section.
    case subheading(String)
    /// A table with its own caption.
    case table(Table)
    /// A drawing and the words below it.
    case figure(Figure, caption: String)
    /// Small drawings, side by side where there is room.
    case gallery([Figure])
    /// Two pieces side by side where there is room.
    case pair(Content, Content)
    /// Names with their values.
    case facts([Fact])
    /// Remarks, one per entry.
    case list([String])
    /// Files beside the page.
    case files([File])
    /// A remark that stands out.
    case note(String)
    /// Something the reader must know before believing the rest.
    case warning(String)
    /// Commands or files, shown as they are.
    case preformatted(String)
  }

  /// A name with its value.
  package struct Fact: Hashable, Sendable {
    /// What the fact is about.
    package var name: String
    /// The value as the page shows it.
    package var value: String

    /// A fact in two words.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The width that drawings of a gallery should have, in pixels: they fill a phone without
  /// scrolling, and grow where there is more room.
  package static let galleryWidth = 424.0

  /// A file beside the page.
  package struct File: Hashable, Sendable {
    /// What the link to the file says.
    package var name: String
    /// The path relative to that of the page.
    package var path: String

    /// A file with its path beside the page.
    package init(_ name: String, path: String) {
      self.name = name
      self.path = path
    }
  }
}

extension HTMLReport {
  /// The report as HTML that is also well-formed XML.
  package func html() -> String {
    let root = HTML.element(
      "html", [("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")], [head, body])
    return "<!DOCTYPE html>\n" + root.serialized() + "\n"
  }

  private var head: Markup {
    HTML.element(
      "head",
      [
        HTML.element("meta", [("charset", "utf-8")], []),
        HTML.element(
          "meta",
          [("name", "viewport"), ("content", "width=device-width, initial-scale=1")], []),
        HTML.element("meta", [("name", "color-scheme"), ("content", "light dark")], []),
        HTML.element(
          "meta", [("http-equiv", "Content-Security-Policy"), ("content", policy)], []),
        HTML.element("title", text: title),
        HTML.element("style", text: PageStyle.rules + FigureStyle.inPage),
      ])
  }

  /// What a browser may do with the page: load nothing, and run no script but that of the page.
  private var policy: String {
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
      + (isInteractive ? "; script-src 'unsafe-inline'" : "")
  }

  private var body: Markup {
    var header = [HTML.element("h1", text: title)]
    if !subtitle.isEmpty {
      header.append(HTML.element("p", [("class", "subtitle")], text: subtitle))
    }
    var children = [HTML.element("header", header)]
    if chapters.count > 3 { children.append(contents) }
    children += sections.enumerated().map { HTMLSection(section: $1, id: Self.id($0)).html() }
    if !footer.isEmpty { children.append(HTML.element("footer", text: footer)) }
    let script = isInteractive ? [Markup.script(PageScript.code)] : []
    return HTML.element("body", [HTML.element("main", children)] + script)
  }

  private var chapters: [(index: Int, section: Section)] {
    sections.enumerated().filter { $0.element.kind == .chapter }.map { ($0.offset, $0.element) }
  }

  private var contents: Markup {
    let entries = chapters.map { index, section in
      HTML.element(
        "li", [HTML.element("a", [("href", "#" + Self.id(index))], text: section.heading)])
    }
    return HTML.element("nav", [("aria-label", "Contents")], [HTML.element("ol", entries)])
  }

  private static func id(_ section: Int) -> String { "section-\(section + 1)" }
}
