import Diagnostics

/// The C++ of the processes.
extension SesameExport {
  /// Transfers of several tokens, one event each or in pieces, and what all processes need beside.
  var transfersText: String {
    let limit = SesameApplication.burstLimit
    let isBurst = options.events == .burst
    func loop(_ verb: String) -> String {
      isBurst
        ? """
            while (count > 0) {
              const unsigned piece = count < \(limit) ? (unsigned)count : \(limit)u;
              port.\(verb)(tokens, piece);
              tokens += piece;
              count -= piece;
            }
          """ : "  for (long long i = 0; i < count; i++) port.\(verb)(tokens[i]);"
    }
    return """
      // \(isBurst ? "Bursts: an event moves up to \(limit) tokens." : "Single tokens: an event moves one token.")
      #ifndef OUTRIGGER_TRANSFERS
      #define OUTRIGGER_TRANSFERS

      #include <cstdlib>

      template <typename Port, typename T> void readTokens(Port &port, T *tokens, long long count) {
      \(loop("read"))
      }

      template <typename Port, typename T> void writeTokens(Port &port, T *tokens, long long count) {
      \(loop("write"))
      }

      // Zeros, which the consumer finds before the first firing.
      template <typename T, typename Port> void writeInitialTokens(Port &port, long long count) {
        static T zeros[\(limit)];
        while (count > 0) {
          const long long piece = count < \(limit) ? count : \(limit);
          writeTokens(port, zeros, piece);
          count -= piece;
        }
      }

      // How many iterations to execute: the last argument of the process.
      inline long long iterationCount(int argc, char **argv) {
        const long long count = argc > 0 ? strtoll(argv[argc - 1], 0, 10) : 0;
        return count > 0 ? count : \(options.iterations)LL;
      }

      #endif

      """
  }

  func headerText(_ actor: Int) -> String {
    let process = application.processes[actor]
    let (name, guardName) = (process.name, "OUTRIGGER_PROCESS_\(process.name)")
    let notes = options.notes?[actor] ?? []
    let comments = ([application.graph.actors[actor].name] + notes).map { "// \(comment($0))" }
    let buffers = process.ports.map { "  std::vector<\(options.tokenType.rawValue)> data\($0.name);" }
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

  /// A text in a comment of one line: a backslash at its end would continue it.
  private func comment(_ text: String) -> String {
    String(text.singleLine.map { $0 == "\\" ? "/" : $0 })
  }

  var makefileText: String {
    let name = application.name
    let map = mapping == nil ? "" : " -m ../$(NAME)_map.yml"
    return """
      # Builds and runs the application with the tools of the Sesame environment.
      NAME = \(name)
      YML = $(NAME)_app.yml
      APPVIRTUAL_MAP = ../$(NAME)_appvirt_map.yml
      APP_LIB = lib$(NAME).so
      ITERATIONS = \(options.iterations)

      CLASSES := $(shell PNRunnerYMLTool --classes $(YML))
      SOURCES := $(shell PNRunnerYMLTool --sources $(YML)) $(NAME)_stub.cpp
      BASES := $(CLASSES:%=%_Base.h)
      OBJECTS := $(SOURCES:.cpp=.o)
      CXXFLAGS += -fPIC $(shell sesamesim-config --PNRunner-cflags)
      LIBS := $(shell sesamesim-config --PNRunner-libs)

      .PHONY: build run runmap runtrace clean

      build: $(APP_LIB)

      $(APP_LIB): $(OBJECTS)
      \t$(CXX) -shared -o $@ $(OBJECTS) $(LIBS)

      $(OBJECTS): $(BASES) transfers.h

      # A base class is written only where it changes, so that nothing is compiled in vain.
      %_Base.h: $(YML)
      \tPNRunnerYMLTool --create-base-class $(YML) $* > $@.new
      \tcmp -s $@.new $@ && rm $@.new || mv $@.new $@

      $(NAME)_stub.cpp: $(YML)
      \tPNRunnerYMLTool --create-stubs $(YML) > $@

      run: build
      \tPNRunner -L . $(YML) iterations=$(ITERATIONS)

      runmap: build
      \tPNRunner -L . -m $(APPVIRTUAL_MAP) $(YML) iterations=$(ITERATIONS)

      runtrace: build
      \tPNRunner -L .\(map) -T trace $(YML) iterations=$(ITERATIONS)

      clean:
      \trm -f $(APP_LIB) $(OBJECTS) $(BASES) $(NAME)_stub.cpp trace[0-9]*

      """
  }
}
