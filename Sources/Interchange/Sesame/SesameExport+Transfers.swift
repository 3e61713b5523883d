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
}
