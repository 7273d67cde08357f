// What became of a file that was imported: counts, and of whatever was left out or changed the
// first few as examples.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parlance {

class ImportReport {
 public:
  std::int64_t added = 0;
  std::int64_t known = 0;  // They had been imported before.
  std::int64_t threads = 0;
  std::int64_t votes = 0;

  // `what` is a few words that stand for all of their kind, `which` one of them. REQUIRES: `what`
  // is a literal.
  void skipped(const char* what, std::string_view which) { note(skipped_, what, which); }
  void changed(const char* what, std::string_view which) { note(changed_, what, which); }

  std::string json() const;
  std::string text() const;

 private:
  struct Kind {
    std::string_view what;
    std::int64_t count = 0;
    std::vector<std::string> examples;
  };
  static void note(std::vector<Kind>& kinds, const char* what, std::string_view which);

  std::vector<Kind> skipped_;
  std::vector<Kind> changed_;
};

}  // namespace parlance
