import Documents

extension JobDocument {
  /// A job, with what is said by its defaults too, as far as that means something.
  package init(_ job: some Job) {
    self.init(written: job)
    // What goes without saying is said only where it counts.
    guard let situation = try? situation() else { return }
    var last: Int
    repeat {
      last = values.count
      for member in values where !Self.isPositional(member.key) {
        let needs = KeyTable.row(member.key, of: kind)?.cells[situation]
        if needs?.allSatisfy({ $0.complaint(self) == nil }) != true { self[member.key] = nil }
      }
    } while values.count < last
  }

  /// What a job says that its defaults do not.
  package init<Described: Job>(shortest job: Described) {
    self.init(written: job)
    let defaults = JobDocument(written: Described())
    for member in values
    where !Self.isPositional(member.key) && defaults[member.key] == member.value {
      self[member.key] = nil
    }
  }

  private init<Described: Job>(written job: Described) {
    self.init(Described.kind)
    for key in Described.keys { self[key.name] = key.write(job) }
  }
}
