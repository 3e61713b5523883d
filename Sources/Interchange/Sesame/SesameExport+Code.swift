import Dataflow
import Diagnostics

/// The C++ of the processes.
extension SesameExport {
  func headerText(_ actor: Int) -> String {
    let process = application.processes[actor]
    let (name, guardName) = (process.name, "OUTRIGGER_PROCESS_\(process.name)")
    let notes = options.notes?[actor] ?? []
    let comments = ([application.graph.actors[actor].name] + notes).map { "// \(comment($0))" }
    let buffers = process.ports.map {
      "  std::vector<\(options.tokenType.rawValue)> data\($0.name);"
    }
    return """
      #ifndef \(guardName)
      #define \(guardName)

      #include <vector>

      #include "\(name)_Base.h"
      #include "transfers.h"

      \(comments.joined(separator: "\n"))
      class \(name) : public \(name)_Base {
      public:
        \(name)(Id n, \(name)_Ports *ports);
        virtual ~\(name)();
        void main();

      private:
        // Computes what a firing writes from what it has read.
        void compute(long long phase);

      \(buffers.joined(separator: "\n"))
      };

      #endif

      """
  }

  func sourceText(_ actor: Int) -> String {
    let process = application.processes[actor]
    let name = process.name
    let buffers = process.ports.map { port in
      ", data\(port.name)(\(max(1, application.rates(of: port).max() ?? 1)))"
    }
    var lines = [
      "#include \"\(name).h\"", "",
      "\(name)::\(name)(Id n, \(name)_Ports *ports) : \(name)_Base(n, ports)\(buffers.joined()) {}",
      "", "\(name)::~\(name)() {}", "", "void \(name)::main() {",
    ]
    lines += tables(process)
    lines.append("  const long long iterations = iterationCount(getArgc(), getArgv());")
    lines += prologue(process)
    lines.append("  for (long long rep = 0; rep < iterations * \(process.firings)LL; rep++) {")
    lines += process.reads.map { transfer(process.ports[$0], "read") }
    lines.append("    execute(\(operation(process)));")
    lines.append("    compute(rep % \(application.graph.phaseCounts[actor])LL);")
    lines += process.writes.map { transfer(process.ports[$0], "write") }
    lines += ["  }", "}", "", "void \(name)::compute(long long) {}", ""]
    return lines.joined(separator: "\n")
  }

  /// The rates of the ports, and the operations where phases differ in them.
  private func tables(_ process: SesameApplication.Process) -> [String] {
    var lines = process.ports.flatMap { port in
      Self.table("r\(port.name)", application.rates(of: port))
    }
    guard process.operations.count > 1 else { return lines }
    lines += ["  static const char *const operations[] = {"]
    let used = Set(process.operations).sorted()
    lines += used.map { "      \"\(application.operations[$0])\"," } + ["  };"]
    let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, Int64($0)) })
    return lines + Self.table("operation", process.operations.map { places[$0] ?? 0 })
  }

  private static func table(_ name: String, _ values: [Int64]) -> [String] {
    var lines = ["  static const int \(name)[\(values.count)] = {"]
    for value in values {
      if lines[lines.count - 1].utf8.count > 90 { lines.append("     ") }
      lines[lines.count - 1] += lines[lines.count - 1].hasSuffix("{") ? "\(value)," : " \(value),"
    }
    lines[lines.count - 1] = lines[lines.count - 1].dropLast() + "};"
    return lines
  }

  /// Writes the initial tokens, which process networks do not have.
  private func prologue(_ process: SesameApplication.Process) -> [String] {
    process.writes.map { process.ports[$0] }.compactMap { port in
      let tokens = application.graph.channels[port.channel].initialTokens
      guard tokens > 0 else { return nil }
      let type = options.tokenType.rawValue
      return "  writeInitialTokens<\(type)>(ports->\(port.name), \(tokens)LL);"
    }
  }

  private func transfer(_ port: SesameApplication.Port, _ verb: String) -> String {
    let count = application.rates(of: port).count
    return "    \(verb)Tokens(ports->\(port.name), &data\(port.name)[0], "
      + "r\(port.name)[rep % \(count)]);"
  }

  private func operation(_ process: SesameApplication.Process) -> String {
    process.operations.count == 1
      ? "\"\(application.operations[process.operations[0]])\""
      : "operations[operation[rep % \(process.operations.count)]]"
  }

  /// A text in a comment of one line: a backslash at its end would continue it, also as a trigraph, and
  /// marks of direction would show it in another order.
  private func comment(_ text: String) -> String {
    var result = ""
    for scalar in text.singleLine.unicodeScalars {
      switch scalar {
      case "\\": result += "/"
      case "?" where result.hasSuffix("?"): result += " ?"
      case _ where scalar.properties.generalCategory == .format: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
