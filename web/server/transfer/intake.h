// Takes comments in, whatever program they come from: in batches, each of them durable, so that an
// import that ends early goes on where it was when it is done again. Nothing is held in memory but
// one batch: a comment that comes before the one it answers waits in the database.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "web/server/store/store.h"
#include "web/server/store/transfer.h"
#include "web/server/transfer/comment_line.h"
#include "web/server/transfer/report.h"

namespace parlance {

struct IntakeOptions {
  std::string source;  // Names the program; with a comment's id there it is known for good.
  UnixSeconds now = 0;
  bool is_rehearsal = false;  // Nothing is kept.
  bool keeps_ids = false;     // Comments have the ids that they had, where those are free.
  std::function<void(std::int64_t)> progress;  // Told how many were taken; may be empty.
};

class Intake {
 public:
  // All of them must outlive it.
  Intake(Store& store, const Site& site, const IntakeOptions& options, ImportReport& report)
      : store_(store), site_(site), options_(options), report_(report) {}

  // Whatever cannot be taken is told in the report; fails when the database does.
  Status take(TravellingComment comment);

  Status take_thread(const ThreadRow& thread);
  Status take_person(const KnownPerson& person);
  Status take_ban(const KnownBan& ban);
  Status take_vote(const GuestId& guest, const std::string& comment, int value);

  // Gives those that still wait a place, and keeps everything.
  Status finish();

  ImportReport& report() { return report_; }
  UnixSeconds now() const { return options_.now; }

 private:
  Connection& connection() { return change_->connection(); }
  Status open();
  Status count_one();
  Status keep();
  Origin origin(std::string_view id) const { return {site_.id, options_.source, id}; }
  Result<ThreadRow*> thread_of(const TravellingComment& comment);
  bool make_fit(TravellingComment& comment);
  Status place(TravellingComment& comment);
  Status add(TravellingComment& comment);
  Status take_waiting(Waiting which);
  Status place_below(CommentRow& row, const TravellingComment& comment);

  Store& store_;
  const Site& site_;
  const IntakeOptions& options_;
  ImportReport& report_;
  std::optional<Store::Change> change_;
  int in_batch_ = 0;
  std::int64_t taken_ = 0;
  bool has_waiting_ = false;
  std::unordered_map<std::string, ThreadRow> threads_;
  std::unordered_set<RowId> added_;  // Where the file has votes for them, too.
};

}  // namespace parlance
