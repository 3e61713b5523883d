// Stands in for the runner of process networks of the Sesame environment in our tests: the same classes as
// generated processes see, a thread for each process, queues without bounds, and a log of all events.
#ifndef PNRUNNER_STAND_IN_H
#define PNRUNNER_STAND_IN_H

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

// All threads wait on one lock, so that a deadlock is seen when the last one would wait.
struct Scheduler {
  std::mutex lock;
  std::condition_variable changed;
  int alive = 0, waiting = 0;
  unsigned long changes = 0;

  static Scheduler &shared() {
    static Scheduler scheduler;
    return scheduler;
  }

  // Wakes all: each counts as running until it has looked again.
  void announce() {
    changes++;
    waiting = 0;
    changed.notify_all();
  }

  void checkDeadlock() {
    if (alive > 0 && waiting == alive) {
      std::printf("deadlock\n");
      std::fflush(stdout);
      std::_Exit(3);
    }
  }
};

class Id {
public:
  explicit Id(const char *name) : name(name) {}
  const std::string &fullName() const { return name; }

private:
  std::string name;
};

class Process;
inline thread_local std::vector<std::string> *currentLog = nullptr;

template <typename T> class In {
public:
  std::deque<T> tokens;

  void push(const T *values, unsigned count) {
    std::lock_guard<std::mutex> guard(Scheduler::shared().lock);
    tokens.insert(tokens.end(), values, values + count);
    Scheduler::shared().announce();
  }

  void pop(T *values, unsigned count) {
    Scheduler &scheduler = Scheduler::shared();
    std::unique_lock<std::mutex> guard(scheduler.lock);
    while (tokens.size() < count) {
      scheduler.waiting++;
      scheduler.checkDeadlock();
      const unsigned long seen = scheduler.changes;
      scheduler.changed.wait(guard, [&] { return scheduler.changes != seen; });
    }
    for (unsigned i = 0; i < count; i++) values[i] = tokens[i];
    tokens.erase(tokens.begin(), tokens.begin() + count);
  }
};

inline void logTransfer(char kind, const std::string &port, unsigned count) {
  currentLog->push_back(std::string(1, kind) + " " + port + " " + std::to_string(count));
}

template <typename T> class InPort {
public:
  InPort(const Id &id, In<T> &queue) : id(id), queue(queue) {}
  void read(T &value) { read(&value, 1); }
  void read(T *values, unsigned count) {
    queue.pop(values, count);
    logTransfer('R', id.fullName(), count);
  }

private:
  Id id;
  In<T> &queue;
};

template <typename T> class OutPort {
public:
  OutPort(const Id &id, In<T> &queue) : id(id), queue(queue) {}
  void write(const T &value) { write(&value, 1); }
  void write(const T *values, unsigned count) {
    queue.push(values, count);
    logTransfer('W', id.fullName(), count);
  }

private:
  Id id;
  In<T> &queue;
};

class Process : public Id {
public:
  explicit Process(const Id &id) : Id(id) {}
  virtual ~Process() {}
  virtual void main() = 0;
  std::vector<std::string> log;
  int argc = 0;
  char **argv = nullptr;

protected:
  void execute(const char *operation) { log.push_back(std::string("E ") + operation); }
  int getArgc() { return argc; }
  char **getArgv() { return argv; }
  std::string getFullName() { return fullName(); }
  const char *type() { return fullName().c_str(); }
};

inline void runProcesses(const std::vector<Process *> &processes) {
  Scheduler::shared().alive = (int)processes.size();
  std::vector<std::thread> threads;
  for (Process *process : processes) {
    threads.emplace_back([process] {
      currentLog = &process->log;
      process->main();
      std::lock_guard<std::mutex> guard(Scheduler::shared().lock);
      Scheduler::shared().alive--;
      Scheduler::shared().checkDeadlock();
    });
  }
  for (std::thread &thread : threads) thread.join();
  for (Process *process : processes) {
    std::printf("process %s\n", process->fullName().c_str());
    for (const std::string &line : process->log) std::printf("%s\n", line.c_str());
  }
}

#endif
